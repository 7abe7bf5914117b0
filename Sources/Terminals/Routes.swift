package import Web

/// What door terminals ask for that call by themselves (ZKTeco's "push", docs/doors-zkteco.md), and all that they reach.
package let terminalRoutes: [Route] = [
    Route(.get, "/iclock/cdata", for: .anyone, ConnectTerminal.self),
    Route(.post, "/iclock/cdata", for: .anyone, TakeData.self),
    Route(.post, "/iclock/registry", for: .anyone, RegisterTerminal.self),
    Route(.get, "/iclock/push", for: .anyone, ConfigureTerminal.self),
    Route(.post, "/iclock/push", for: .anyone, ConfigureTerminal.self),
    Route(.get, "/iclock/getrequest", for: .anyone, HandOverCommands.self),
    Route(.post, "/iclock/devicecmd", for: .anyone, TakeResults.self),
    Route(.post, "/iclock/querydata", for: .anyone, TakeRows.self),
    Route(.get, "/iclock/ping", for: .anyone, Greet.self),
    Route(.get, "/iclock/rtdata", for: .anyone, TellTime.self),
    Route(.post, "/iclock/exchange", for: .anyone, RefuseExchange.self),
]

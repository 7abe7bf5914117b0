import Pages
import Vocabulary
package import Web

/// The console of guards.
package let gatePages: [Route] =
    [
        .page(.get, GatePath.console, for: .gatekeepers, ShowConsole.self)
            .inNavigation(Text("Gate", es: "Caseta"))
    ] + Route.form(GatePath.shift, for: .gatekeepers, ShiftPage.init)

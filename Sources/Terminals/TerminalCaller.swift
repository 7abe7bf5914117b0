import Cryptography
import PostgreSQL
import Web

/// Who asks, as far as it says: a serial number in clear, and a token that only shows that the handshake was seen.
struct TerminalCaller {
    private static let serialBytes = 3...32

    /// As it stands on the device.
    let serial: String
    /// The names of a query have either case.
    let query: [String: String]
    private let address: String
    private let tokenTag: [UInt8]

    /// - Throws: 406 without a serial number that a device could have: a status other than 200 makes it begin anew later.
    init(_ request: Request) throws(HTTPError) {
        query = Dictionary(request.query.map { ($0.name.lowercased(), $0.value) }) { _, last in last }
        let serial = query["sn"] ?? ""
        guard Self.serialBytes.contains(serial.utf8.count), serial.utf8.allSatisfy(Self.isOfSerial) else {
            throw HTTPError(406, .unknownTerminal)
        }
        self.serial = serial
        address = request.address
        let token = request.cookie("token") ?? ""
        tokenTag = token.isEmpty ? [] : Checksum.sha256Bytes(Array(token.utf8))
    }

    /// That the terminal is there.
    ///
    /// - SQL: `api.greet_terminal` (sql/functions/terminals/greet_terminal.sql): code of the session, minutes from UTC.
    var greeting: Statement { ask("greet_terminal", "select * from api.greet_terminal($1, $2, $3)") }

    /// A statement whose first parameters are serial number, address and the tag of the token.
    func ask(_ name: String, _ sql: String, _ more: [Parameter] = []) -> Statement {
        begin(name, sql, [.bytes(tokenTag)] + more)
    }

    /// The same before registration, which the token follows from.
    func begin(_ name: String, _ sql: String, _ more: [Parameter]) -> Statement {
        Statement(sql, name: name, parameters: [.text(serial), .text(address)] + more)
    }

    private static func isOfSerial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension Text {
    /// 406: which of its conditions does not hold is not told.
    static let unknownTerminal = Text(
        "This terminal is not known here.", es: "Esta terminal no se conoce aquí.")
}

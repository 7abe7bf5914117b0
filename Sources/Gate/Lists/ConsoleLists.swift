import Pages
import Web

/// What stands below the box of the console: who is expected, who waits, who is inside.
enum ConsoleLists {
    static func html(_ page: PageContext, _ shift: GateShift) throws -> HTML { "" }
}

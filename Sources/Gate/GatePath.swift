/// Where the pages of this room are; no other file spells them.
enum GatePath {
    static let console = "/gate/"
    static let shift = "\(console)shift/"
    /// What the one box sends (POST).
    static let scan = "\(console)scan/"
    static let walkIn = "\(console)walk-in/"

    /// All about one visit, and what can be done about it.
    static func visit(_ id: Int64) -> String { "\(console)visits/\(id)/" }
    /// Lets a visitor in whose name was found, by the visit's own code (POST).
    static func admit(_ id: Int64) -> String { "\(visit(id))admit/" }
    /// Lets a visitor out (POST).
    static func exit(_ id: Int64) -> String { "\(visit(id))exit/" }
    /// Who lives in a home.
    static func unit(_ id: Int64) -> String { "\(console)units/\(id)/" }
    /// A resident, who may have left the own card at home.
    static func resident(_ id: Int64) -> String { "\(console)residents/\(id)/" }
}

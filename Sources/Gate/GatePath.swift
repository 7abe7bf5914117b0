import Vocabulary

/// Where the pages of this room are; no other file spells them.
enum GatePath {
    static let console = "/gate/"
    static let shift = "\(console)shift/"
    /// What the one box sends (POST).
    static let scan = "\(console)scan/"
    /// Somebody passes who has no code and no visit.
    static let manual = "\(console)manual/"
    /// Whoever must pass at once passes (POST).
    static let emergency = "\(console)emergency/"
    /// The doors of the gate, each to be opened by hand.
    static let doors = "\(console)doors/"
    static let walkIn = "\(console)walk-in/"
    /// The standing orders of the shift.
    static let orders = "\(console)orders/"
    /// Homes to choose while one types, as JSON.
    static let pickUnit = "\(console)units/pick/"
    /// The lists of the console alone, for its script to ask for again and again.
    static let live = "\(console)live/"
    /// Which lists a browser may see: nginx asks it before it answers `live`, nobody else can.
    static let feed = "\(live)feed/"

    /// All visits of a list.
    static func list(_ list: GateList) -> String { "\(console)\(list.rawValue)/" }

    /// All about one visit, and what can be done about it.
    static func visit(_ id: Int64) -> String { "\(console)visits/\(id)/" }
    /// The small picture of a visitor.
    static func visitPhoto(_ id: Int64) -> String { "\(visit(id))photo/" }
    /// Lets a visitor in whose name was found, by the visit's own code (POST).
    static func admit(_ id: Int64) -> String { "\(visit(id))admit/" }
    /// Lets a visitor out (POST).
    static func exit(_ id: Int64) -> String { "\(visit(id))exit/" }
    /// Approves a visit by a resident's word (POST).
    static func approve(_ id: Int64) -> String { "\(visit(id))approve/" }
    /// Refuses a visit that waits (POST).
    static func deny(_ id: Int64) -> String { "\(visit(id))deny/" }
    /// What a visitor wears, to be printed.
    static func badge(_ id: Int64) -> String { "\(visit(id))badge/" }

    /// Who lives in a home.
    static func unit(_ id: Int64) -> String { "\(console)units/\(id)/" }
    /// A resident, who may have left the own card at home.
    static func resident(_ id: Int64) -> String { "\(console)residents/\(id)/" }
    /// What one shift hands over.
    static func shift(_ id: Int64) -> String { "\(console)shifts/\(id)/" }
    /// The small picture of a resident.
    static func residentPhoto(_ id: Int64) -> String { "\(resident(id))photo/" }
    /// Opens one door by hand.
    static func door(_ id: Int64) -> String { "\(doors)\(id)/" }
    /// How far an opening by hand has come.
    static func opening(_ id: Int64) -> String { "\(console)openings/\(id)/" }
    /// How far the openings of a decision have come.
    static func openings(ofDecision id: Int64) -> String { "\(decision(id))doors/" }
    /// A row of the log, and what was wrong with it.
    static func decision(_ id: Int64) -> String { "\(console)decisions/\(id)/" }
    /// The console, for one direction.
    static func console(_ direction: Direction) -> String { "\(console)?direction=\(direction.rawValue)" }
}

import Web

/// Where the pages of this room are; no other file spells them.
enum HomePath {
    static let home = "/home/"
    static let invite = "\(home)invite/"
    static let recurring = "\(invite)recurring/"
    static let party = "\(invite)party/"
    static let visits = "\(home)visits/"
    /// Who waits, for the script of the first page.
    static let waiting = "\(home)waiting/"
    static let log = "\(home)log/"
    static let cards = "\(home)cards/"
    static let vehicles = "\(home)vehicles/"
    static let household = "\(home)household/"
    static let me = "\(home)me/"

    /// What happened before a moment, in microseconds since 1970.
    static func log(before moment: Int64) -> String { "\(log)?\(QueryItem.encode([QueryItem("before", "\(moment)")]))" }
    /// A visit with its pass.
    static func visit(_ id: Int64) -> String { "\(visits)\(id)/" }
    /// What can be done about a visit: `approve`, `deny`, `change`, `renew`, `cancel`, `card`, `party`, `photo`.
    static func visit(_ id: Int64, _ verb: String) -> String { "\(visit(id))\(verb)/" }
    /// Asks whether a whole guest list is called off.
    static func cancelParty(of id: Int64) -> String { "\(visit(id, "party"))cancel/" }
    /// Asks whether a card is lost.
    static func lost(_ id: Int64) -> String { "\(cards)\(id)/lost/" }
    static func removeVehicle(_ id: Int64) -> String { "\(vehicles)\(id)/remove/" }
    /// Asks whether somebody of the family moves out.
    static func endMember(_ id: Int64) -> String { "\(household)\(id)/end/" }
    static func photo(ofResident id: Int64) -> String { "\(household)\(id)/photo/" }
    /// The same visit once more.
    static func invite(like id: Int64, everyWeek: Bool) -> String {
        "\(everyWeek ? recurring : invite)?\(QueryItem.encode([QueryItem("from", "\(id)")]))"
    }
}

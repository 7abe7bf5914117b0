import Doors
import Pages
import PostgreSQL
import Vocabulary
import Web

/// What the lists of the console say of doors: an emergency, and those of the gate that need somebody.
///
/// The same for all who watch the gate.
/// - SQL: `api.list_door_troubles`, `garita.emergency_notice` (sql/functions/doors/).
enum DoorNotices {
    static let troubles = Statement(
        "select trouble, door_id, door, detail from api.list_door_troubles()", name: "list_door_troubles")
    static let emergency = Statement("select notice from api.show_emergency_notice()", name: "emergency_notice")

    /// - Parameter found: the answers to ``troubles`` and ``emergency``.
    static func html(_ found: some Collection<Rows>, _ page: PageContext) throws -> HTML? {
        let answers = Array(found)
        guard answers.count == 2 else { return nil }
        let notice = try answers[1].first?.optionalText(0).flatMap(EmergencyNotice.init)
        let lines = try answers[0].map { row -> HTML in
            let isHeld = try row.text(0) == "door_held"
            let word = isHeld ? openTooLong : DoorTrouble.label(of: try row.text(3))
            return """
                <p class="notice bad">\(Icon.warning)<a href="\(GatePath.door(try row.integer(1)))">\(try row.text(2))</a>: \
                \(page.localized(word))</p>

                """
        }
        return "\(notice?.html(page.layout.language))\(lines)"
    }

    private static let openTooLong = Text("open for too long", es: "abierta demasiado tiempo")
}

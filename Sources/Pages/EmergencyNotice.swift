import JSON
package import Web

/// That all doors of the residence are to stay open: stands on every page of guards and administrators while it lasts.
///
/// - SQL: `garita.emergency_notice` (sql/functions/doors/emergency_notice.sql).
package struct EmergencyNotice: Sendable {
    /// `HH:MM` at the residence.
    private let since: String
    private let doors: Int64
    private let open: Int64
    /// Names of doors that were told to open a moment ago.
    private let opening: [String]
    /// Names of the other doors that are not known to be open.
    private let others: [String]

    /// - Parameter text: as PostgreSQL writes it.
    package init?(_ text: String) {
        guard let object = try? JSON(parsing: Array(text.utf8), maximumBytes: 1_048_576),
            let since = object["since"]?.stringValue
        else { return nil }
        self.since = since
        doors = object["doors"]?.integerValue ?? 0
        open = object["open"]?.integerValue ?? 0
        opening = (object["opening"]?.elements ?? []).compactMap(\.stringValue)
        others = (object["others"]?.elements ?? []).compactMap(\.stringValue)
    }

    /// What stands above a page.
    package func html(_ language: Language) -> HTML {
        return """
            <div class="notice bad emergency" role="status"><p>\(Icon.warning)<strong>\(said(language))</strong>\(list(opening, Self.isOpening(language)))\
            \(list(others, Self.notOpen(language)))</p>
            <p><a href="\(PagePath.emergency)">\(Self.look(language))</a></p></div>

            """
    }

    private func list(_ doors: [String], _ what: String) -> HTML? {
        guard !doors.isEmpty else { return nil }
        return " \(what) <strong>\(doors.prefix(5).joined(separator: ", "))\(doors.count > 5 ? " …" : "")</strong>."
    }

    private func said(_ language: Language) -> String {
        Text(
            "EMERGENCY since \(since): all doors were told to open. \(open) of \(doors) confirmed.",
            es: "EMERGENCIA desde las \(since): se ordenó abrir todas las puertas. \(open) de \(doors) confirmadas."
        )(language)
    }

    private static let isOpening = Text("Opening:", es: "Abriendo:")
    private static let notOpen = Text("Not confirmed, open by hand:", es: "Sin confirmar, abrir a mano:")
    private static let look = Text("See the doors or end the emergency", es: "Ver las puertas o terminar la emergencia")
}

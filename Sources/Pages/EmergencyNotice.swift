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
    /// Names of doors that are not known to be open.
    private let others: [String]

    /// - Parameter text: as PostgreSQL writes it.
    package init?(_ text: String) {
        guard let object = try? JSON(parsing: Array(text.utf8), maximumBytes: 1_048_576),
            let since = object["since"]?.stringValue
        else { return nil }
        self.since = since
        doors = object["doors"]?.integerValue ?? 0
        open = object["open"]?.integerValue ?? 0
        others = (object["others"]?.elements ?? []).compactMap(\.stringValue)
    }

    /// What stands above a page.
    package func html(_ language: Language) -> HTML {
        let names = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? " …" : "")
        let rest: HTML? = others.isEmpty ? nil : " \(Self.notOpen(language)) <strong>\(names)</strong>."
        return """
            <div class="notice bad emergency" role="status"><p>\(Icon.warning)<strong>\(said(language))</strong>\(rest)</p>
            <p><a href="\(PagePath.emergency)">\(Self.look(language))</a></p></div>

            """
    }

    private func said(_ language: Language) -> String {
        Text(
            "EMERGENCY since \(since): all doors open. \(open) of \(doors) confirmed.",
            es: "EMERGENCIA desde las \(since): todas las puertas abiertas. \(open) de \(doors) confirmadas."
        )(language)
    }

    private static let notOpen = Text("Not confirmed, open by hand:", es: "Sin confirmar, abrir a mano:")
    private static let look = Text("See the doors or end the emergency", es: "Ver las puertas o terminar la emergencia")
}

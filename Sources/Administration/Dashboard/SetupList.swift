import Pages
import PostgreSQL
import Users
import Web

/// The first steps to a running gate, with what is done of them; gone when all are done, or once somebody puts it away.
///
/// - SQL: `api.show_setup` (sql/functions/administration/show_setup.sql).
struct SetupList {
    private let isPutAway: Bool
    /// Whether each step is done, in the order of ``steps``.
    private let done: [Bool]
    let hasGates: Bool

    static let columns =
        "is_put_away, has_buildings, has_units, has_residents, has_gates, has_guards, has_accounts, has_passes"

    init(_ row: Row) throws {
        isPutAway = try row.optionalBool(0) ?? true
        done = try Self.steps.indices.map { try row.bool($0 + 1) }
        hasGates = try row.bool(4)
    }

    private struct Step {
        let label: Text
        let path: String
        let link: Text
    }

    private static let steps = [
        Step(
            label: Text("Buildings", es: "Torres"), path: "\(AdminPath.buildings)new/",
            link: Text("Add the first building", es: "Agregar la primera torre")),
        Step(
            label: Text("Units", es: "Unidades"), path: "\(AdminPath.units)import/",
            link: Text("Import the units from a file", es: "Importar las unidades desde un archivo")),
        Step(
            label: Text("Residents", es: "Residentes"), path: "\(AdminPath.residents)import/",
            link: Text("Import the residents from a file", es: "Importar los residentes desde un archivo")),
        Step(
            label: Text("Gates", es: "Accesos"), path: "\(AdminPath.gates)new/",
            link: Text("Add the first gate", es: "Agregar el primer acceso")),
        Step(
            label: Text("Guards", es: "Guardias"), path: "\(AdminPath.users)new/?role=GUARD",
            link: Text("Create the account of a guard", es: "Crear la cuenta de un guardia")),
        Step(
            label: Text("Residents' accounts", es: "Cuentas de los residentes"), path: AdminPath.residents,
            link: Text(
                "Choose residents and press “Create accounts”", es: "Elegir residentes y pulsar «Crear cuentas»")),
        Step(
            label: Text("First pass", es: "Primer pase"), path: "\(AdminPath.visitors)new/",
            link: Text("Register a visitor and issue the pass", es: "Registrar un visitante y emitir su pase")),
    ]

    /// Nil once there is nothing to be done.
    func html(_ page: PageContext) -> HTML? {
        guard !isPutAway, done.contains(false) else { return nil }
        let lines = zip(Self.steps, done).map { step, isDone -> HTML in
            let label = page.localized(step.label)
            return isDone
                ? "<li><span>\(Icon.done)\(label)</span> <span class=\"quiet\">\(page.localized(.done))</span></li>\n"
                : "<li><strong>\(label)</strong> <a href=\"\(step.path)\">\(page.localized(step.link))</a></li>\n"
        }
        let count = done.count { $0 }
        return """
            <section><h2>\(page.localized(.firstSteps)) <span class="quiet">\(count) / \(done.count)</span></h2>
            <ol class="rows">
            \(lines)</ol>
            <form method="post" action="\(AdminPath.home)">\(page.layout.formToken)\
            <p><button class="quiet">\(page.localized(.putAway))</button></p></form></section>

            """
    }
}

/// `POST /admin/`: puts the list of first steps away, for all administrators of the site.
struct PutSetupAway: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        _ = try page.context.run([
            Statement(
                "update garita.sites set setup_put_away = true where id = garita.current_site_id()",
                name: "put_setup_away")
        ])
        return page.seeOther(AdminPath.home)
    }
}

extension Text {
    fileprivate static let firstSteps = Text("First steps", es: "Primeros pasos")
    fileprivate static let done = Text("done", es: "listo")
    fileprivate static let putAway = Text("Hide this list", es: "Ocultar esta lista")
}

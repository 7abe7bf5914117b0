import Pages
import PostgreSQL
import Web

/// `/gate/orders/`: what the last shift left in words, and the standing orders until this shift has acknowledged them.
///
/// - SQL: `api.acknowledge_orders` (sql/functions/gate/acknowledge_orders.sql).
struct OrdersPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atGate { shift in
            let found = try page.context.run([StandingOrders.unread, OtherShift.statement])
            let last = try found[1].map(OtherShift.init).last { $0.gate == shift.gate && !$0.isOpen }
            let notes = try last.flatMap {
                try ShiftSummary.words(page.context.run([ShiftSummary.notes($0.id)])[0], page)
            }
            let orders = try found[0].map { row -> HTML in
                "<section class=\"order\"><h2>\(try row.text(1))</h2><p class=\"lines\">\(try row.text(2))</p></section>\n"
            }
            let form = PageForm(
                GatePath.orders, groups: [], buttons: [FormButton(Text("Acknowledged", es: "Enterado"))],
                errors: answer.errors,
                hidden: try found[0].map { QueryItem("orders", String(try $0.integer(0))) })
            let none: HTML = "<p class=\"quiet\">\(page.localized(Self.none))</p>"
            return page.gate(
                Text("Before you begin", es: "Antes de comenzar"), status: answer.status,
                """
                \(last?.html(page))\(notes)
                \(orders.isEmpty ? none : "\(orders)\(form.html(page))")
                <p class="tools"><a href="\(GatePath.console)">\(page.localized(Self.console))</a></p>
                """)
        }
    }

    /// Those alone that were on the page: what was ordered meanwhile is still to be read.
    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let orders = try form.read { $0.identifiers("orders") }
        _ = try page.context.run([
            Statement(
                "select api.acknowledge_orders($1)", name: "acknowledge_orders", parameters: [.integerArray(orders)])
        ])
        return page.seeOther(GatePath.console)
    }

    private static let none = Text("There are no standing orders to read.", es: "No hay consignas por leer.")
    private static let console = Text("To the gate", es: "Ir a la caseta")
}

import Pages
import PostgreSQL
import Web

/// What the administration tells the guards of a gate, until their shift has read it.
enum StandingOrders {
    /// Those that the open shift of the caller has not acknowledged.
    ///
    /// - SQL: `api.unread_orders` (sql/functions/gate/unread_orders.sql).
    static let unread = Statement("select id, title, text from api.unread_orders()", name: "unread_orders")

    /// That there are some; nil without any.
    static func banner(_ rows: Rows, _ page: PageContext) throws -> HTML? {
        guard !rows.isEmpty else { return nil }
        let titles = try rows.map { try $0.text(1) }.joined(separator: " · ")
        return """
            <p class="notice bad">\(Icon.warning)<a href="\(GatePath.orders)">\(page.localized(.ordersToRead))</a> \(titles)</p>

            """
    }
}

extension Text {
    static let ordersToRead = Text("Standing orders to read:", es: "Consignas por leer:")
}

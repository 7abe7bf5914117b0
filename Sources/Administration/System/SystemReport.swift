import Monitoring
import Pages
import PostgreSQL
import Scoreboard
import Web

/// What an administrator is told of the system: of the machine as a whole, and nothing of other sites.
struct SystemReport {
    /// What to ask the database, as the administrator who looks.
    static let statements = DatabaseFacts.statements

    private let status: SystemStatus

    /// Nil in a process that was not told where to look.
    ///
    /// - Parameter rows: what the database answered to ``statements``.
    init?(_ rows: some Sequence<Rows>) throws {
        guard let system = MonitoredSystem.inUse else { return nil }
        let facts = try DatabaseFacts(Array(rows))
        status = SystemStatus(of: system, routes: false, database: .success(facts))
    }

    /// One line for the start page; nil when all is well.
    func notice(_ page: PageContext) -> HTML? {
        let troubles = status.troubles
        guard let worst = troubles.first else { return nil }
        let more = troubles.count - 1
        let rest = more > 0 ? Text(" and \(more) more", es: " y \(more) más") : Text("", es: "")
        let bad: HTML? = worst.level == .fail ? " bad" : nil
        return """
            <p class="notice\(bad)">\(Icon.warning)<strong>\(page.localized(.system)):</strong> \(page.localized(worst.title)), \
            \(page.localized(worst.detail))\(page.localized(rest)). \
            <a href="\(AdminPath.system)">\(page.localized(Text("View the system", es: "Ver el sistema")))</a></p>

            """
    }

    func html(_ page: PageContext) -> HTML {
        "\(summary(page))\(troubles(page))\(pools(page))\(parts(page))"
    }

    private func summary(_ page: PageContext) -> HTML {
        let state =
            switch status.level {
            case .ok: Text("Everything is working.", es: "Todo funciona.")
            case .warning: Text("Working, with warnings.", es: "Funciona, con advertencias.")
            case .fail: Text("Something cannot serve.", es: "Algo no puede dar servicio.")
            }
        let since = status.pools.compactMap(\.startedAt).min().map { Text.duration(status.at - $0) }
        let running = since.map {
            Text(", running for \($0.english)", es: ", en marcha desde hace \($0.spanish)")
        }
        return """
            <p><strong>\(page.localized(state))</strong> \
            Garita \(status.version)\(running.map(page.localized) ?? "").</p>

            """
    }

    /// Words that can be passed on as they are.
    private func troubles(_ page: PageContext) -> HTML? {
        let troubles = status.troubles
        guard !troubles.isEmpty else { return nil }
        let lines = troubles.map { part -> HTML in
            let advice = part.advice.map { text -> HTML in "<br>\(page.localized(text))" }
            return """
                <li><div><strong>\(Icon.warning)\(page.localized(part.title)): \(page.localized(part.detail))</strong>\(advice)</div>\
                \(Self.badge(part, page))</li>

                """
        }
        let heading = Text("What to tell the operator", es: "Qué decir a quien opera el sistema")
        return "<section><h2>\(page.localized(heading))</h2>\n<ul class=\"rows\">\n\(lines)</ul></section>\n"
    }

    private func parts(_ page: PageContext) -> HTML? {
        let right = status.parts.filter { $0.level == .ok }
        guard !right.isEmpty else { return nil }
        let lines = right.map { part -> HTML in
            "<dt>\(page.localized(part.title))</dt><dd>\(page.localized(part.detail))</dd>\n"
        }
        let heading = Text("What is right", es: "Lo que está en orden")
        return "<section><h2>\(page.localized(heading))</h2>\n<dl class=\"facts\">\n\(lines)</dl></section>\n"
    }

    private static func badge(_ part: Part, _ page: PageContext) -> HTML {
        part.level == .fail
            ? "<span class=\"badge bad\">\(page.localized(Text("Fault", es: "Falla")))</span>"
            : "<span class=\"badge\">\(page.localized(Text("Warning", es: "Advertencia")))</span>"
    }

    // MARK: Pools

    private func pools(_ page: PageContext) -> HTML? {
        guard !status.pools.isEmpty else { return nil }
        let titles = Self.columns.map { title -> HTML in "<th scope=\"col\">\(page.localized(title))</th>" }
        let rows = status.pools.map { pool -> HTML in
            let queue = pool.waiting.flatMap { waiting in pool.waitingLimit.map { "\(waiting) / \($0)" } } ?? "–"
            let since = pool.startedAt.map { page.localized(.duration(status.at - $0)) } ?? "–"
            let cells = [
                "\(pool.workers.count)", "\(pool.busy)", queue, pool[CounterPlan.Counter.accepted].grouped, since,
            ]
            let filled = zip(Self.columns.dropFirst(), cells).map { title, cell -> HTML in
                "<td data-label=\"\(page.localized(title))\">\(cell)</td>"
            }
            return "<tr><th scope=\"row\">\(page.localized(pool.title))</th>\(filled)</tr>\n"
        }
        let heading = page.localized(Text("What runs", es: "Qué está en marcha"))
        return """
            <section><h2>\(heading)</h2>
            <table class="rows-table"><caption class="unseen">\(heading)</caption><thead><tr>\(titles)</tr></thead>
            <tbody>\(rows)</tbody></table></section>

            """
    }

    private static let columns = [
        Text("Work", es: "Trabajo"), Text("Workers", es: "Procesos"), Text("Busy", es: "Ocupados"),
        Text("Waiting / limit", es: "En fila / límite"), Text("Requests", es: "Solicitudes"),
        Text("Running for", es: "En marcha desde hace"),
    ]
}

extension Text {
    static let system = Text("System", es: "Sistema")
}

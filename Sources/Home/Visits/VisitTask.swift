import Pages
import PostgreSQL
import Visitors
import Web

extension PageContext {
    /// An answer about a visit of the home.
    ///
    /// - Throws: 404 for a visit of another home.
    func atVisit(_ id: Int64, _ answer: (OwnHome, HomeVisit) throws -> Response) throws -> Response {
        try atHome { home in try answer(home, try HomeVisit.find(id, context)) }
    }

    /// A page that asks before something is done: what will happen, a sentence each, and a form.
    func question(
        _ title: String, _ answer: FormAnswer, below crumb: (path: String, name: Text), consequences: [Text],
        _ form: PageForm
    ) -> Response {
        let sentences = consequences.map { "<li>\(localized($0))</li>" as HTML }
        let outcome: HTML? = sentences.isEmpty ? nil : "<ul class=\"outcome\">\(sentences)</ul>\n"
        return homePage(
            title, status: answer.status, below: crumb, "\(form.summary(self))\(outcome)\(form.body(self))")
    }

    /// The same about a visit.
    func task(
        _ title: Text, of visit: HomeVisit, _ answer: FormAnswer, consequences: [Text] = [], _ form: PageForm
    ) -> Response {
        question(
            localized(title), answer, below: (HomePath.visit(visit.id), Text(visit.name, es: visit.name)),
            consequences: consequences, form)
    }
}

extension HomeVisit {
    /// Whether it still can be changed: neither over nor called off.
    var isOpen: Bool { status != "DENIED" && place != .past }

    /// - Throws: 409 for a visit that is over or called off.
    func requireOpen() throws(HTTPError) {
        guard isOpen else { throw HTTPError(409, .visitIsOver) }
    }

    /// The pass that opens, or will.
    ///
    /// - Throws: 409 without one.
    func livePass() throws(HTTPError) -> Pass {
        guard let pass, pass.isLive else { throw HTTPError(409, .noPass) }
        return pass
    }

    /// Ends every pass that still opens.
    func endPasses(_ context: Context) throws {
        let live = try context.run([
            // Two who renew at once: the second waits here, and then finds what the first has issued.
            Statement(
                "select pg_advisory_xact_lock(hashtextextended('passes ' || $1, 0))",
                name: "lock the passes of a visit",
                parameters: [.text(String(id))]),
            Statement(
                "select t.id from garita.temporary_codes as t join garita.credentials as c"
                    + " on c.code_kind = 'temporary' and c.code_id = t.id and c.times_used < t.max_uses"
                    + " where t.visitor_id = $1 and t.is_active order by t.id",
                name: "active passes of a visit", parameters: [.integer(id)]),
        ])[1]
        _ = try context.run(live.map { RevokePass(try $0.integer(0)).statement })
    }
}

extension Text {
    fileprivate static let visitIsOver = Text(
        "The visit is over, canceled or refused: invite again.",
        es: "La visita terminó, se canceló o fue rechazada: invite otra vez.")
    fileprivate static let noPass = Text(
        "The visit has no pass that opens.", es: "La visita no tiene un pase que abra.")
}

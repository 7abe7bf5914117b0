import AccessControl
import Cryptography
import Pages
import PostgreSQL
import Vocabulary
import Web

/// `POST /gate/scan/`: what the one box sent: a code is decided on, whatever else is looked for.
///
/// Shift and search are one round trip, the decision another, the card of its answer a third.
struct ScanPage: PageHandler {
    private let form: Form

    init(_ request: Request) throws(HTTPError) { form = try Form(request) }

    func respond(_ page: PageContext) throws -> Response {
        let typed = String(form.text("q").prefix(GateText.maximumLength))
        let isCode = form.text("read") == "1" || !form.text("as_code").isEmpty
        let text = form.text("as_words").isEmpty ? GateText(typed, isCode: isCode) : .words(nil)
        let search = GateSearch(typed, text)
        let results = try page.context.run([GateShift.statement] + (search.map { [$0.statement] } ?? []))
        guard let shift = try results[0].first.map(GateShift.init) else { return page.seeOther(GatePath.shift) }
        let direction = shift.direction(form.text("direction"))
        let box = GateBox(shift: shift, direction: direction, text: typed)
        switch text {
        case .nothing: return page.seeOther(GatePath.console(direction))
        case .code(let code): return try decide(code, typed, box, page)
        case .words(let code):
            return try SearchPage(found: FoundAtGate.all(results[1]), box: box, code: code).response(page)
        case .either(let code):
            let found = try FoundAtGate.all(results[1])
            guard found.isEmpty else { return try SearchPage(found: found, box: box, code: code).response(page) }
            return try decide(code, typed, box, page)
        }
    }

    private func decide(_ code: GateCode, _ typed: String, _ box: GateBox, _ page: PageContext) throws -> Response {
        let question = GateQuestion(
            code, at: box.shift.gate, box.direction, requestID: requestID(of: code, page.context.keys.codes))
        let verdict = try question.ask(page.context)
        let isUnknown = verdict.reasons.contains(.unknownCode) && form.text("read") != "1"
        return try VerdictPage(
            verdict: verdict, shift: box.shift, direction: box.direction, next: box.direction,
            after: isUnknown ? SearchPage.offer(typed, box, page) : nil
        ).response(page)
    }

    /// The page's name for the attempt, together with what was asked: in a page that is looked at once more (the back
    /// button), another code is another attempt.
    private func requestID(of code: GateCode, _ keys: CodeKeys) -> String? {
        let name = form.text("request_id").prefix(40)
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return "\(name).\(Base64URL.encode(keys.tag(code).prefix(6)))"
    }
}

import Cryptography
import Pages
import PostgreSQL
import Visitors
import Vocabulary
import Web

extension ShowPass {
    /// For a guard in an open shift, who read the pass with a phone: leads to the console.
    ///
    /// By a form, so that no address holds the token. Whatever is wrong with the session of whoever looks, the pass is shown
    /// all the same.
    func askTheGate(_ page: PageContext) -> HTML? {
        guard let link = place.link, let role = page.context.caller?.role, Access.gatekeepers.admits(role),
            let answers = try? page.context.run([Self.shift]), (try? answers[0].single().bool(0)) == true
        else { return nil }
        return """
            <form class="tools" method="post" action="/gate/scan/">\(page.layout.sessionToken)\
            <input type="hidden" name="q" value="\(link.token.text)"><input type="hidden" name="read" value="1">\
            <input type="hidden" name="request_id" value="\(Base64URL.encode(RandomBytes.make(count: 12)))">\
            <button>\(page.localized(Text("Ask the gate", es: "Preguntar al acceso")))</button></form>

            """
    }

    private static let shift = Statement(
        "select exists (select from api.current_shift())", name: "has an open shift")
}

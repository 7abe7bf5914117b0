import Cryptography
import Pages
import Visitors
import Web

/// What opens the gate: a picture, and the code in groups as one says it.
///
/// The picture of a pass is its link, which every reader of a gate and every telephone understands; of a one-time pass it is
/// the handle with the digits of this half minute, which a copy of the picture outlives.
struct PassTicket {
    private let picture: String
    private let code: String
    /// Seconds until other digits count; nil for a code that stays.
    private let secondsLeft: Int64?

    /// Nil for a pass that is good for nothing.
    init?(_ pass: OpenedPass, _ place: PassPlace, _ context: Context) {
        guard let code = pass.code, let link = place.link else { return nil }
        guard pass.isOneTime else {
            self.code = code.text.inGroups
            picture = link.picture(origin: context.request.origin)
            secondsLeft = nil
            return
        }
        guard let generator = context.keys.codes.oneTimePassword(of: code)?.generator else { return nil }
        let digits = generator.password(atStep: OneTimePassword.step(at: context.now))
        self.code = "\(code.text.inGroups) \(digits.inGroups)"
        picture = code.text + digits
        secondsLeft = OneTimePassword.periodSeconds - context.now % OneTimePassword.periodSeconds
    }

    /// Without scripts the page itself is asked again for the next digits.
    var refresh: HTML? {
        secondsLeft.map { "<noscript><meta http-equiv=\"refresh\" content=\"\($0 + 1)\"></noscript>\n" }
    }

    /// A phone may keep a copy of what it shows, for the time without network; digits that change are worth nothing then.
    var keeping: Header {
        Header("Cache-Control", secondsLeft == nil ? "private, no-cache" : "private, no-store")
    }

    func html(_ page: PageContext) -> HTML {
        let renewal: HTML? = secondsLeft.map { " data-renew=\"\($0)\"" }
        let changes = Text("It changes every 30 seconds.", es: "Cambia cada 30 segundos.")
        let note: HTML? = secondsLeft == nil ? nil : "<p class=\"quiet\">\(page.localized(changes))</p>\n"
        return """
            <section class="ticket pass"\(renewal)>
            \(page.qrCode(picture, Text("QR code of the pass", es: "Código QR del pase")))\
            <p class="quiet">\(page.localized(Text("Code", es: "Código")))</p>
            <p class="secret-text"><code>\(code)</code></p>
            \(note)</section>

            """
    }
}

extension String {
    /// `482913` as `482 913`, `AB12CD34` as `AB12 CD34`; the gate takes blanks for nothing.
    fileprivate var inGroups: String {
        let size = count <= 6 ? 3 : 4
        return stride(from: 0, to: count, by: size).map { String(dropFirst($0).prefix(size)) }.joined(separator: " ")
    }
}

import Pages
import Web

/// A secret on a page, to be read, copied, scanned and printed: only ever in the answer to a POST.
///
/// Scripts add buttons, and give the page the address of what it shows, so that reloading it does nothing once more.
struct SecretReveal {
    let text: String
    let label: Text
    /// What the picture says; nil for no picture.
    var picture: String?
    /// The page of what it belongs to.
    let place: String

    func html(_ page: PageContext) -> HTML {
        """
        <section class="ticket" data-place="\(place)">
        \(picture.flatMap { page.qrCode($0, Text("QR code", es: "Código QR")) })<p class="quiet">\(page.localized(label))</p>
        <p class="secret-text"><code data-copy\(" class=\"lines\"", if: text.contains("\n"))>\(text)</code></p>
        <p><button type="button" class="quiet" data-print hidden>\(page.localized(Text("Print", es: "Imprimir")))</button></p>
        </section>

        """
    }
}

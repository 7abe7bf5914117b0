import QRCode
package import Web

extension PageContext {
    /// The picture of a text, for a phone or a reader.
    package func qrCode(_ text: String, _ label: Text) -> HTML? {
        // A drawing of ours: digits and letters of a path.
        guard let symbol = try? QRCode(text: text) else { return nil }
        return
            "<div class=\"qr\" role=\"img\" aria-label=\"\(localized(label))\">\(HTML(unescaped: symbol.svg()))</div>\n"
    }
}

import Cryptography
import Pages
import Vocabulary
import Web

/// The one box of the console, with the direction it asks about: what is scanned, typed or pasted goes in here.
struct GateBox {
    let shift: GateShift
    let direction: Direction
    /// What stands in it.
    var text = ""

    /// Box and direction, above what they are about.
    func html(_ page: PageContext) -> HTML {
        var field = FormField(
            "q", Text("Code, name, plate or unit", es: "Código, nombre, placas o unidad"),
            .text(maximum: GateText.maximumLength, verbatim: true), [text], required: false)
        field.hasFocus = true
        return """
            \(directions(page))<form class="box\(" leaving", if: direction == .exit)" method="post" action="\(GatePath.scan)" data-verdict data-box>\
            \(page.layout.formToken)\(Self.hidden(direction))<input type="hidden" name="read" value="">
            \(FieldInput(field).html(page))<button>\(page.localized(Text("Check", es: "Revisar")))</button></form>
            \(camera(page))
            """
    }

    /// What every form of the console carries: the direction, and a name for the attempt, so that sent twice it counts once.
    static func hidden(_ direction: Direction?) -> HTML {
        """
        <input type="hidden" name="direction" value="\(direction?.rawValue ?? "")">\
        <input type="hidden" name="request_id" value="\(requestID())">
        """
    }

    static func requestID() -> String { Base64URL.encode(RandomBytes.make(count: 12)) }

    /// Only the ways the gate is for; none to choose where it has one.
    private func directions(_ page: PageContext) -> HTML? {
        guard shift.directions.count > 1 else { return nil }
        let links = shift.directions.map { one -> HTML in
            """
            <li><a href="\(GatePath.console(one))"\(" aria-current=\"page\"", if: one == direction)>\
            \(page.localized(one.label))</a></li>
            """
        }
        let label = page.localized(Text("Direction", es: "Sentido"))
        return "<nav class=\"choices\" aria-label=\"\(label)\"><ul>\(links)</ul></nav>\n"
    }

    /// Shown by the script where there is a camera.
    private func camera(_ page: PageContext) -> HTML? {
        guard let module = page.asset("scan.js") else { return nil }
        let label = page.localized(Text("Scan with the camera", es: "Escanear con la cámara"))
        return """
            <p class="tools" data-camera="\(module)" data-wasm="\(page.asset("zbar.wasm") ?? "")" hidden>\
            <button type="button" class="quiet">\(label)</button></p>
            <video class="finder" muted playsinline hidden></video>

            """
    }
}

extension GateShift {
    /// The direction of that name, where the gate is for it; else the first it is for.
    func direction(_ name: String?) -> Direction {
        directions.first { $0.rawValue == name } ?? directions.first ?? .entry
    }
}

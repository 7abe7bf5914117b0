import Cryptography
import Pages
import PostgreSQL
import Visitors
import Web

/// Where the pages of one pass are: behind the token of its link.
struct PassPlace: Sendable {
    static let pattern = "\(PassLink.path){token}/"

    /// As it stands in the address, which the forms of the page are bound to.
    private let token: String
    /// Nil for what can be no token.
    let link: PassLink?

    init(_ request: Request) {
        token = request.captures["token"] ?? ""
        let code = GateCode(reading: token)
        link = code?.text == token.uppercased() ? code.map(PassLink.init(token:)) : nil
    }

    /// The tags its link may be stored with; none for what can be no token.
    func tags(_ context: Context) -> Parameter {
        .bytesArray(link.map { context.keys.codes.tags($0.token) } ?? [])
    }

    var pass: String { "\(PassLink.path)\(token)/" }
    /// The pass, which says that the plate was kept: no cookie may.
    var saved: String { "\(pass)?\(QueryItem.encode([QueryItem("saved", "plate")]))" }
    var plate: String { "\(pass)plate/" }
    var cancel: String { "\(pass)cancel/" }
    var calendar: String { "\(pass)calendar.ics" }
}

extension PageContext {
    /// An answer about the pass of an address, in the language of its residence where the visitor asks for none; one and the
    /// same page where there is none.
    ///
    /// - Parameter isLook: whether it is shown to somebody.
    func atPass(
        _ place: PassPlace, isLook: Bool = false, _ answer: (OpenedPass, PageContext) throws -> Response
    ) throws -> Response {
        guard let pass = try OpenedPass.find(place, context, isLook: isLook) else { return noPass }
        return try answer(pass, speaking(pass.language).at(pass.siteName))
    }

    private var noPass: Response {
        render(
            Text("There is no such pass", es: "No existe este pase"), status: 404,
            """
            <p>\(localized(Text(
                "Perhaps part of the link is missing. Open it again from the message you were sent, or ask your host.",
                es: "Quizá falta una parte del enlace. Ábralo de nuevo desde el mensaje que recibió, o pregunte a quien le"
                    + " invitó.")))</p>
            """)
    }
}

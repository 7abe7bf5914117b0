import Pages
import PostgreSQL
import Residents
import Resource
import Web

/// `/home/me/`: how the community reaches the resident, and whom it calls in an emergency.
struct OwnDataPage: FormPage {
    private static let names = ["phone", "email", "emergency_contact_name", "emergency_contact_phone"]

    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let row = try page.context.run([
                Statement(
                    "select r.\(Self.names.joined(separator: ", r.")), r.photo <> '' from garita.residents as r"
                        + " where r.id = $1", name: "own data", parameters: [.integer(home.resident)])
            ])[0].single()
            var fields = try Self.names.enumerated().map { place, name in
                try Self.field(name, answer.form?.text(name) ?? row.text(place))
            }
            let hasPhoto = try row.bool(Self.names.count)
            let remove = Text("Remove photo", es: "Quitar fotografía")
            fields.append(
                FormField(
                    "photo", Text("Photo", es: "Fotografía"),
                    .file(accept: "image/jpeg,image/png,image/webp", removal: hasPhoto ? remove : nil), required: false)
            )
            let form = PageForm(HomePath.me, fields, submit: .save, errors: answer.errors)
            let photo: HTML? =
                hasPhoto
                ? """
                <p><img class="photo" src="\(HomePath.photo(ofResident: home.resident))" width="96" height="96"\
                 alt="\(page.localized(Text("Your photo", es: "Su fotografía")))"></p>

                """ : nil
            return page.homePage(
                page.localized(Text("My data", es: "Mis datos")), status: answer.status,
                """
                \(form.summary(page))\(photo)\(form.body(page))
                <p><a href="\(PagePath.account)">\(page.localized(.toAccount))</a></p>
                """)
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let changes = form.text("photo.remove") == "yes" ? form.with("photo", "") : form
            try UpdateRow(residents, home.resident, changes).perform(page.context)
            return page.seeOther(HomePath.me, notice: Text("Your data is saved.", es: "Sus datos se guardaron."))
        }
    }

    private static func field(_ name: String, _ value: String) throws(HTTPError) -> FormField {
        guard let field = residents.field(name) else { throw HTTPError.internalError }
        let control: FormField.Control =
            switch field.kind {
            case .phone(let maximum): .phone(maximum: maximum)
            case .email: .email
            case .text(let maximum): .text(maximum: maximum)
            default: .text()
            }
        return FormField(name, field.label, control, [value], required: false)
    }
}

extension Text {
    fileprivate static let toAccount = Text(
        "Password, language, sessions: my account", es: "Contraseña, idioma, sesiones: mi cuenta")
}

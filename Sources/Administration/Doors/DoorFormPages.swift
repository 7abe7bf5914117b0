import Doors
import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// Doors are made and changed by pages of their own: what a driver must be told is drawn from its declaration.
let doorFormPages: [Route] =
    Route.form("\(AdminPath.doors)new/", for: .administrators, NewDoorPage.init)
    + Route.form("\(AdminPath.doors){id}/edit/", for: .administrators, EditDoorPage.init)

/// `/admin/doors/new/`: first what it is reached by, then what that must be told.
private struct NewDoorPage: FormPage {
    private let driver: DriverDeclaration?
    private let preset: DoorPreset?
    private let request: Request

    init(_ request: Request) throws(HTTPError) {
        self.request = request
        let driver = request.queryValue("driver").flatMap(DriverDeclaration.named)
        self.driver = driver
        preset = request.queryValue("preset").flatMap { name in driver?.presets.first { $0.name == name } }
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        guard let driver else { return DriverChoice(gate: request.queryValue("access_point")).response(page) }
        var form = DoorForm(driver: driver, path: address(driver), values: FormValues(request))
        if let preset { form.filled = preset.settings.merging(["preset": preset.name]) { $1 } }
        return try form.response(page, answer)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        guard let driver else { return page.seeOther("\(AdminPath.doors)new/") }
        let made = try CreateRow(doors, DoorForm.sent(form, isNew: true).with("driver", driver.name)).perform(
            page.context)
        return page.seeOther("\(AdminPath.doors)\(made.id)/", notice: .doorSaved)
    }

    /// With what was chosen, so that a form that is refused still knows it.
    private func address(_ driver: DriverDeclaration) -> String {
        let preset = preset.map { [QueryItem("preset", $0.name)] } ?? []
        return "\(AdminPath.doors)new/?\(QueryItem.encode([QueryItem("driver", driver.name)] + preset))"
    }
}

/// `/admin/doors/{id}/edit/`.
private struct EditDoorPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    private var path: String { "\(AdminPath.doors)\(id)/edit/" }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        guard let table = Table.named("doors") else { throw HTTPError.notFound() }
        let row = try CurrentRow(table, .number(id), page)
        guard let driver = row.json["driver"]?.stringValue.flatMap(DriverDeclaration.named) else {
            throw HTTPError.internalError
        }
        var form = DoorForm(driver: driver, path: path, values: FormValues(row: row.json))
        form.row = row
        for member in row.json["settings"]?.members ?? [] { form.filled[member.name] = member.value.stringValue }
        return try form.response(page, answer)
    }

    /// What its device says changes the row as well, so its state is when somebody last saved it.
    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.context.transaction { context in
            let lock = Statement("select driver from api.door_settings($1)", parameters: [.integer(id)])
            let read = doors.rowStatement("t.updated_at", .number(id))
            guard let row = try context.run([lock, read])[1].first else { throw HTTPError.notFound(doors.model) }
            guard try WireTime.timestamp(row.text(0)) == form.text("state") else {
                throw HTTPError(409, .changedMeanwhile)
            }
            try UpdateRow(doors, id, DoorForm.sent(form, isNew: false)).perform(context)
        }
        return page.seeOther("\(AdminPath.doors)\(id)/", notice: .doorSaved)
    }
}

extension Text {
    fileprivate static let doorSaved = Text("Saved.", es: "Guardado.")
    fileprivate static let changedMeanwhile = Text(
        "Somebody changed this door while you were editing it. What you typed is kept below: compare it, and save again.",
        es:
            "Alguien cambió esta puerta mientras usted la editaba. Lo que escribió se conserva abajo: compárelo y guarde otra"
            + " vez.")
}

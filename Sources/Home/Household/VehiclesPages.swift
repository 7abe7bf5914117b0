import JSON
import Pages
import PostgreSQL
import Residents
import Resource
import Web

/// `/home/vehicles/`: the vehicles of the home, and one more.
struct VehiclesPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let rows = try page.context.run([
                Statement(
                    "select v.id, v.plate, v.description from garita.vehicles as v where v.unit_id = $1 and v.is_active"
                        + " order by v.id", name: "vehicles of a home", parameters: [.integer(home.unit)])
            ])[0]
            let lines = try rows.map { row in
                try Self.line(try row.integer(0), try row.text(1), try row.text(2), page)
            }
            let list: HTML? = lines.isEmpty ? nil : "<ul class=\"rows\">\n\(lines)</ul>\n"
            let form = PageForm(
                HomePath.vehicles,
                [
                    FormField(
                        "plate", Text("License plate", es: "Placas"), .text(maximum: 20, verbatim: true),
                        [answer.text("plate")]),
                    FormField(
                        "description", Text("Make, model and color", es: "Marca, modelo y color"), .text(maximum: 200),
                        [answer.text("description")], required: false),
                ], submit: Text("Add the vehicle", es: "Agregar el vehículo"), errors: answer.errors,
                hidden: [page.requestNumber])
            return page.homePage(
                page.localized(vehicles.plural), status: answer.status, "\(form.summary(page))\(list)\(form.body(page))"
            )
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try page.atHome { home in
            let values = Form([
                .init(name: "unit", value: .integer(home.unit)),
                .init(name: "resident", value: .integer(home.resident)),
                .init(name: "plate", value: .string(form.text("plate"))),
                .init(name: "description", value: .string(form.text("description"))),
            ])
            _ = try page.once(form, "vehicle") { try CreateRow(vehicles, values).perform($0).id }
            return page.seeOther(
                HomePath.vehicles, notice: Text("The vehicle was added.", es: "El vehículo se agregó."))
        }
    }

    private static func line(_ id: Int64, _ plate: String, _ description: String, _ page: PageContext) throws -> HTML {
        """
        <li><div><strong class="code">\(plate)</strong><br><span class="quiet">\(description)</span></div>\
        <form method="post" action="\(HomePath.removeVehicle(id))">\(page.layout.formToken)\
        <button class="quiet">\(page.localized(Text("Remove", es: "Quitar")))<span class="unseen"> \(plate)</span></button></form></li>

        """
    }
}

/// `POST /home/vehicles/{id}/remove/`: the home no longer has it.
struct RemoveVehicle: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        try UpdateRow(vehicles, id, Form([.init(name: "is_active", value: .bool(false))])).perform(page.context)
        return page.seeOther(
            HomePath.vehicles, notice: Text("The vehicle was removed.", es: "El vehículo se quitó."))
    }
}

import JSON
import Pages
import PostgreSQL
import Web

/// The home of a form, which is typed by its name: `A-101`, `b 12`, `torre b 12`, or who lives there.
struct UnitChoice {
    private static let field = "unit"
    private static let limit: Int64 = 10

    /// The form with the number of the home, where what was typed leads to one.
    private(set) var form: Form
    /// Those that what was typed may mean.
    private(set) var candidates: [FormOption] = []
    private(set) var errors: [FieldError] = []

    init(_ form: Form, _ page: PageContext) throws {
        self.form = form
        let typed = form.text("\(Self.field).text").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let choice = form.text("\(Self.field).choice")
        if !choice.isEmpty {
            self.form = form.with(Self.field, choice).with("\(Self.field).text", nil)
        } else if typed.isEmpty {
            self.form = form.with(Self.field, "")
            errors = [FieldError(Self.field, Text("Choose a unit.", es: "Elija una unidad."))]
        } else if typed != form.text("\(Self.field).was") || form.text(Self.field).isEmpty {
            try settle(typed, try page.context.run([Self.named(typed)])[0])
        }
    }

    private mutating func settle(_ typed: String, _ rows: Rows) throws {
        let found = try rows.map { (id: try $0.integer(0), name: try $0.text(1)) }
        let exact = found.filter { $0.name.plain == typed.plain }
        if let unit = exact.count == 1 ? exact[0] : found.count == 1 ? found[0] : nil {
            form = form.with(Self.field, String(unit.id)).with("\(Self.field).text", nil)
            return
        }
        form = form.with(Self.field, "")
        candidates = found.map { FormOption(String($0.id), named: $0.name) }
        errors = [FieldError(Self.field, found.isEmpty ? .nothingCalled(typed) : .severalCalled(typed))]
    }

    /// The homes that somebody may mean, the likeliest first.
    static func named(_ words: String) -> Statement {
        Statement(
            "select f.id, f.name from (select u.id, b.code || '-' || u.number as name,"
                + " translate(garita.fold(b.code || u.number), ' -', '') as short,"
                + " translate(garita.fold(b.name || u.number), ' -', '') as long,"
                + " translate(garita.fold($1), ' -', '') as typed"
                + " from garita.units as u join garita.buildings as b on b.id = u.building_id) as f"
                + " where strpos(f.short, f.typed) > 0 or strpos(f.long, f.typed) > 0 or f.id in ("
                + "select r.unit_id from garita.residents as r where garita.resides(r.move_out_date)"
                + " and strpos(garita.fold(r.first_name || ' ' || r.last_name), garita.fold($1)) > 0)"
                + " order by f.typed not in (f.short, f.long), strpos(f.short, f.typed) = 0, length(f.short), f.name"
                + " limit \(limit)",
            name: "homes by name", parameters: [.text(words)])
    }

    /// The field, with what was typed.
    ///
    /// - Parameter name: of the home in it; empty for none.
    static func field(_ unit: String, _ name: String, typed: String = "", _ candidates: [FormOption] = []) -> FormField
    {
        FormField(
            field, Text("Unit", es: "Unidad"),
            .record(
                RecordPicker(
                    name: name, typed: typed, completionPath: GatePath.pickUnit, candidates: candidates)),
            [unit])
    }
}

/// `GET /gate/units/pick/?q=`: homes to choose while one types, as JSON.
struct PickUnit: PageHandler {
    private let words: String

    init(_ request: Request) throws(HTTPError) { words = request.queryValue("q") ?? "" }

    func respond(_ page: PageContext) throws -> Response {
        let rows = try page.context.run([UnitChoice.named(words)])[0]
        return .json(
            .array(try rows.map { ["id": .integer(try $0.integer(0)), "title": .string(try $0.text(1))] }))
    }
}

extension String {
    /// Letters and digits alone, small.
    fileprivate var plain: String { lowercased().filter { $0.isLetter || $0.isNumber } }
}

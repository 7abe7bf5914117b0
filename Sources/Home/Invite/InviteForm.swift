import Pages
import PostgreSQL
import Resource
import Visitors
import Vocabulary
import Web

/// The fields that invitations share, with what stands in them.
struct InviteForm {
    let answer: FormAnswer
    /// What stands in a field that nobody has filled in, by its name.
    let defaults: [String: String]

    func text(_ name: String) -> String { answer.form.map { $0.text(name) } ?? defaults[name] ?? "" }

    func field(
        _ name: String, _ label: Text, _ control: FormField.Control = .text(), hint: Text? = nil, required: Bool = false
    ) -> FormField {
        FormField(name, label, control, [text(name)], hint: hint, required: required)
    }

    /// Whoever comes.
    var name: FormField {
        var field = field("name", .whoComes, .text(maximum: 200), required: true)
        field.hasFocus = answer.form == nil && text("name").isEmpty
        return field
    }

    /// Today, tomorrow and the days after.
    func day(_ page: PageContext) throws -> FormField {
        let days = try page.context.run([Self.days])[0].enumerated().map { place, row in
            let day = Day(try row.text(0))
            let weekday = Weekdays.names[max(0, min(6, Int(try row.integer(1)) - 1))]
            let said = place == 0 ? Text.today : place == 1 ? .tomorrow : weekday
            return FormOption(
                try row.text(0),
                Text("\(said.english), \(day.name(.english))", es: "\(said.spanish), \(day.name(.spanish))"))
        }
        return field("day", Text("When", es: "Cuándo"), .choice(days, blank: nil), hint: .otherDayIsBelow)
    }

    var otherDay: FormField { field("other_day", Text("Another day", es: "Otro día"), .date, hint: .countsInstead) }
    var time: FormField { field("expected_time", Text("At what time", es: "A qué hora"), .time, hint: .timeIsNoLimit) }
    var untilTime: FormField {
        field("until_time", Text("Until what time", es: "Hasta qué hora"), .time, hint: .untilLimits)
    }
    var lastDay: FormField {
        field("last_day", Text("Until which day", es: "Hasta qué día"), .date, hint: .emptyForOneDay)
    }
    var phone: FormField { field("phone", Text("Phone", es: "Teléfono"), .phone(maximum: 20)) }
    var plate: FormField {
        field("vehicle_plate", Text("License plate", es: "Placas"), .text(maximum: 20, verbatim: true))
    }
    var companions: FormField { field("companions", Text("How many come along", es: "Cuántos acompañantes"), .number) }
    var purpose: FormField { field("purpose", Text("Reason for the visit", es: "Motivo de la visita")) }
    var type: FormField {
        field("visitor_type", Text("Kind of visit", es: "Tipo de visita"), .choice(Self.kinds, blank: nil))
    }
    var codeType: FormField {
        field("code_type", Text("Code", es: "Código"), .choice(Self.types, blank: nil), hint: .aboutCodes)
    }
    var card: FormField {
        field("card", Text("Number of a card", es: "Número de una tarjeta"), .code(), hint: .aboutCards)
    }

    /// - Parameter current: a number that is offered besides the usual ones.
    func entries(_ current: Int64? = nil) -> FormField {
        let numbers: Set<Int64> = [1, 2, 3, 5, 10, 20, current ?? 1]
        let some = numbers.sorted().filter { $0 < IssuePass.unlimitedEntries }.map { number in
            number == 1
                ? FormOption("1", Text("Once", es: "Una vez"))
                : FormOption("\(number)", Text("\(number) times", es: "\(number) veces"))
        }
        return field(
            "entries", Text("How often it lets in", es: "Cuántas veces deja entrar"),
            .choice(some + [FormOption("\(IssuePass.unlimitedEntries)", .unlimited)], blank: nil))
    }

    /// The kinds of visit.
    static let kinds =
        visitors.field("visitor_type").map { field in
            field.choices.map { FormOption($0.value, $0.label) }
        } ?? []

    /// The kinds of code that residents are offered.
    static let types = [
        FormOption(CodeType.qr.rawValue, Text("QR code with a link", es: "Código QR con enlace")),
        FormOption(
            CodeType.numeric.rawValue, Text("Number to dictate by phone", es: "Número para dictar por teléfono")),
        FormOption(CodeType.oneTime.rawValue, Text("Code that changes", es: "Código que cambia")),
    ]

    private static let days = Statement(
        "select d.day::date::text, extract(isodow from d.day)::integer"
            + " from generate_series(current_date, current_date + 6, interval '1 day') as d (day)",
        name: "days to come")
}

extension Text {
    fileprivate static let whoComes = Text("Who comes (first and last name)", es: "Quién viene (nombre y apellido)")
    fileprivate static let tomorrow = Text("Tomorrow", es: "Mañana")
    fileprivate static let otherDayIsBelow = Text(
        "For another day open “More options”.", es: "Para otro día abra «Más opciones».")
    fileprivate static let countsInstead = Text(
        "Counts instead of the day above.", es: "Cuenta en lugar del día de arriba.")
    fileprivate static let timeIsNoLimit = Text(
        "For the guard to know; the pass opens all day.", es: "Para que el guardia lo sepa; el pase abre todo el día.")
    fileprivate static let untilLimits = Text(
        "Leave it empty for all day; else the pass opens from the one hour to the other.",
        es: "Déjelo vacío para todo el día; si no, el pase abre de una hora a la otra.")
    fileprivate static let emptyForOneDay = Text("Leave it empty for one day.", es: "Déjelo vacío si es un solo día.")
    fileprivate static let aboutCodes = Text(
        "The code that changes opens only with the visitor's page open: a picture of it is worth nothing.",
        es: "El código que cambia solo abre con la página del visitante abierta: una foto de él no sirve.")
    fileprivate static let aboutCards = Text(
        "Printed on it, six digits or more. It opens as the code does.",
        es: "Está impreso en ella, seis cifras o más. Abre igual que el código.")
    static let unlimited = Text("No limit", es: "Sin límite")
    static let moreOptions = Text("More options", es: "Más opciones")
}

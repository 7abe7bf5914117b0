package import Web

/// Days of the week, added up as schedules keep them: Monday 1, Tuesday 2 … Sunday 64.
package struct Weekdays: Sendable, Equatable {
    private let sum: Int64

    /// - Parameter sum: 1 to 127.
    package init(_ sum: Int64) { self.sum = sum }

    /// Monday 0 … Sunday 6, in their order.
    package var days: [Int] { (0..<7).filter { sum & (1 << $0) != 0 } }

    /// `Monday to Friday`, `Monday, Wednesday and Sunday`, `Every day`.
    package var name: Text {
        let days = days
        guard let first = days.first, let last = days.last else { return Text("Never", es: "Nunca") }
        if days.count == 7 { return Text("Every day", es: "Todos los días") }
        if days.count > 2, last - first == days.count - 1 {
            return Text(
                "\(Self.names[first].english) to \(Self.names[last].english)",
                es: "\(Self.names[first].spanish) a \(Self.names[last].spanish.lowercased())")
        }
        return Text(
            Self.list(days.map { Self.names[$0].english }, "and"),
            es: Self.list(
                [Self.names[first].spanish] + days.dropFirst().map { Self.names[$0].spanish.lowercased() }, "y"))
    }

    private static func list(_ names: [String], _ and: String) -> String {
        let start = names.dropLast().joined(separator: ", ")
        return start.isEmpty ? names.joined() : "\(start) \(and) \(names[names.count - 1])"
    }

    /// What people call each, Monday first.
    package static let names = [
        Text("Monday", es: "Lunes"), Text("Tuesday", es: "Martes"), Text("Wednesday", es: "Miércoles"),
        Text("Thursday", es: "Jueves"), Text("Friday", es: "Viernes"), Text("Saturday", es: "Sábado"),
        Text("Sunday", es: "Domingo"),
    ]
}

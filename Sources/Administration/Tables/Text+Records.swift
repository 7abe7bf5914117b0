import Web

extension Text {
    /// What is clicked for a new record: "Add" and what one is called.
    ///
    /// - Parameter singular: what one is called.
    static func add(_ singular: Text) -> Text {
        Text("Add \(singular.english.inSentence)", es: "Agregar \(singular.spanish.inSentence)")
    }

    /// That what was typed leads to no record.
    static func nothingCalled(_ typed: String) -> Text {
        Text("There is no “\(typed.echo)”.", es: "No existe «\(typed.echo)».")
    }

    /// That what was typed may mean several records.
    static func severalCalled(_ typed: String) -> Text {
        Text(
            "“\(typed.echo)” can be several: choose one.",
            es: "«\(typed.echo)» puede ser más de uno: elija cuál.")
    }
}

extension String {
    /// With a small first letter, unless it begins with an abbreviation.
    fileprivate var inSentence: String {
        dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
    }
}

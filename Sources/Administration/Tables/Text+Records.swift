import Web

extension Text {
    /// What is clicked for a new record: "Add" and what one is called.
    ///
    /// - Parameter singular: what one is called.
    static func add(_ singular: Text) -> Text {
        Text("Add \(singular.english.inSentence)", es: "Agregar \(singular.spanish.inSentence)")
    }
}

extension String {
    /// With a small first letter, unless it begins with an abbreviation.
    fileprivate var inSentence: String {
        dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
    }
}

package import Web

extension Text {
    /// That what was typed leads to no record.
    package static func nothingCalled(_ typed: String) -> Text {
        Text("There is no “\(typed.echo)”.", es: "No existe «\(typed.echo)».")
    }

    /// That what was typed may mean several records.
    package static func severalCalled(_ typed: String) -> Text {
        Text(
            "“\(typed.echo)” can be several: choose one.",
            es: "«\(typed.echo)» puede ser más de uno: elija cuál.")
    }
}

extension String {
    /// As a message repeats it: not too much of it.
    package var echo: String { count > 60 ? String(prefix(60)) + "…" : self }
}

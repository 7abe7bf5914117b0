package import OpenAPI
import Web

extension Resource {
    /// What `OPTIONS` tells of the whole table; the words are the legacy API's.
    var aboutList: About { about("List") }

    /// What `OPTIONS` tells of one row.
    var aboutRow: About { about("Instance") }

    /// What `OPTIONS` tells of a request beside the table.
    package func about(_ name: String, _ description: String) -> About {
        About(name, description, (described ?? fields).filter { !$0.isAlert }.map(\.about))
    }

    private func about(_ what: String) -> About {
        let verb = Set(permissions.keys).isDisjoint(with: [.create, .update, .delete]) ? "viewing" : "managing"
        return about("\(words) \(what)", "ViewSet for \(verb) \(words.lowercased())s")
    }

    /// `TemporaryCode` is `Temporary Code`; the legacy API's accounts are its own kind of user.
    var words: String {
        let name = model.hasPrefix("Custom") ? String(model.dropFirst(6)) : model
        return name.reduce(into: "") { words, letter in
            if letter.isUppercase, !words.isEmpty { words.append(" ") }
            words.append(letter)
        }
    }
}

extension Field {
    fileprivate var about: AboutField {
        AboutField(
            name, kind, required: isRequired || isSent, readOnly: isReadOnly, isComputed: column == nil,
            label: legacyLabel ?? label.wire(name),
            help: help, choices: choices.map(\.legacyLabel))
    }
}

extension Text {
    /// In English the legacy API's label is the field's name, in words.
    fileprivate func wire(_ name: String) -> Text {
        Text(name == "id" ? "ID" : name.replacing("_", with: " ").capitalizedWord, es: spanish)
    }
}

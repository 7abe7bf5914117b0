/// A sentence a person may read, in both languages of the product.
package struct Text: Sendable, Equatable {
    /// The legacy API's words where its clients know them.
    package let english: String
    /// Mexican Spanish.
    package let spanish: String

    /// Both, so that no sentence exists in one language only.
    package init(_ english: String, es spanish: String) {
        self.english = english
        self.spanish = spanish
    }

    /// The sentence in one language.
    package func callAsFunction(_ language: Language) -> String {
        language == .spanish ? spanish : english
    }
}

/// The two languages every text exists in.
package enum Language: Sendable, Equatable {
    case english, spanish

    /// The language of a code; nil for one we do not speak.
    package init?(code: String) {
        switch code {
        case "en": self = .english
        case "es": self = .spanish
        default: return nil
        }
    }

    /// As in `lang` and `Content-Language` (BCP 47).
    package var code: String { self == .spanish ? "es" : "en" }

    /// What its readers call it.
    package var name: String { self == .spanish ? "Español" : "English" }

    /// The first of our languages that `Accept-Language` names; English, the legacy API's only one, when it names none.
    ///
    /// Weights are not compared: every browser and phone sends its languages in order of preference (RFC 9110, 12.5.4).
    package init(acceptLanguage: String?) {
        for range in (acceptLanguage ?? "").utf8.split(separator: UInt8(ascii: ",")) {
            let name = range.drop(while: Request.isBlank).prefix { !";- \t".utf8.contains($0) }.lazy.map { $0 | 0x20 }
            if name.elementsEqual("es".utf8) { self = .spanish; return }
            if name.elementsEqual("en".utf8) { break }
        }
        self = .english
    }
}

import JSON
import Web

/// What happened to a row of the legacy system, in words for the operator.
///
/// Numbers and names of fields only: no name of a person, no code, no password.
struct LegacyImportNote: Equatable {
    let text: Text

    private init(_ english: String, es spanish: String) { text = Text(english, es: spanish) }

    // MARK: Taken, but not as it was

    static let noPassword = LegacyImportNote(
        "has no password; make a link with `garita user link`",
        es: "no tiene contraseña; haga un enlace con `garita user link`")
    static let passwordUnknown = LegacyImportNote(
        "the password is hashed in a way we do not know; make a link with `garita user link`",
        es: "la contraseña está cifrada de un modo desconocido; haga un enlace con `garita user link`")
    static let superuser = LegacyImportNote(
        "was a superuser; is now an ADMIN of this site", es: "era superusuario; ahora es ADMIN de este sitio")
    static let staff = LegacyImportNote(
        "had the staff flag; the role alone counts here", es: "tenía la marca de personal; aquí solo cuenta el rol")
    static let fixedNumber = LegacyImportNote(
        "code_type: OTP is now NUMERIC, the fixed number it was",
        es: "code_type: OTP ahora es NUMERIC, el número fijo que era")
    static let renumbered = LegacyImportNote(
        "its number is in use here; it has got another", es: "su número está en uso aquí; recibió otro")

    static let photoUnreadable = LegacyImportNote(
        "photo: the file is not there, too large, or no picture",
        es: "photo: el archivo falta, es muy grande o no es una imagen")

    static func dropped(_ field: String) -> LegacyImportNote {
        LegacyImportNote(
            "\(field): leads to nothing that was taken; left empty",
            es: "\(field): no lleva a nada que se haya tomado; queda vacío")
    }

    // MARK: Not taken

    static let codeUnreadable = LegacyImportNote(
        "code: empty, or longer than 100 characters", es: "code: vacío o con más de 100 caracteres")

    static let twice = LegacyImportNote("its number stands there twice", es: "su número aparece dos veces")

    /// Why a row has no number to go by.
    /// - Parameter key: its primary key in the legacy system; nil when it has none.
    static func noNumber(_ key: JSON?) -> LegacyImportNote {
        guard let key, key != .null else {
            return LegacyImportNote(
                "pk: missing; write the dump anew without --natural-primary",
                es: "pk: falta; genere el archivo de nuevo sin --natural-primary")
        }
        return LegacyImportNote(
            "pk: not a whole number from 1 to 9007199254740991",
            es: "pk: no es un número entero de 1 a 9007199254740991")
    }

    /// A reference as `dumpdata --natural-foreign` writes it: no row here is known by it.
    static func naturalKey(_ field: String) -> LegacyImportNote {
        LegacyImportNote(
            "\(field): holds a natural key instead of a number; write the dump anew without --natural-foreign",
            es:
                "\(field): tiene una clave natural en lugar de un número; genere el archivo de nuevo sin --natural-foreign"
        )
    }

    /// A value of another kind than the field holds.
    static func unexpected(_ field: String, _ found: Text, _ wanted: Text) -> LegacyImportNote {
        LegacyImportNote(
            "\(field): \(found.english) instead of \(wanted.english)",
            es: "\(field): \(found.spanish) en lugar de \(wanted.spanish)")
    }

    /// PostgreSQL keeps no NUL in a text.
    static func nullCharacter(_ field: String) -> LegacyImportNote {
        LegacyImportNote("\(field): holds a NUL character", es: "\(field): tiene un carácter nulo (NUL)")
    }

    /// Why the database refused a row of a table.
    /// - Parameter subject: a constraint, a column, or a word of `garita.import_legacy_row` or its neighbours.
    static func refused(_ subject: String, table: String) -> LegacyImportNote {
        switch subject {
        case "changed_here":
            return LegacyImportNote(
                "changed in the legacy system and here; left as it is here",
                es: "cambió en el sistema anterior y aquí; queda como está aquí")
        case "deleted_here":
            return LegacyImportNote(
                "changed in the legacy system, deleted here; stays deleted",
                es: "cambió en el sistema anterior y se borró aquí; sigue borrado")
        case "unreadable":
            return LegacyImportNote("its values do not go together", es: "sus valores no concuerdan entre sí")
        default: break
        }
        let name = subject.hasPrefix("\(table)_") ? String(subject.dropFirst(table.count + 1)) : subject
        guard let cut = name.lastIndex(of: "_"), let words = rules[String(name[name.index(after: cut)...])] else {
            return LegacyImportNote("\(name): missing", es: "\(name): falta")
        }
        let field = name[..<cut]
        return LegacyImportNote("\(field): \(words.english)", es: "\(field): \(words.spanish)")
    }

    /// By the last word of a constraint's name.
    private static let rules: [String: Text] = [
        "reference": Text("the row it points to was not taken", es: "el registro al que apunta no se tomó"),
        "fkey": Text("the row it points to is not of this site", es: "el registro al que apunta no es de este sitio"),
        "unique": Text("another row here has the same", es: "otro registro de aquí tiene el mismo"),
        "length": Text("too long, or empty", es: "demasiado largo o vacío"),
        "format": Text("not written as it must be", es: "no está escrito como debe"),
        "choice": Text("not a word we know", es: "no es una palabra conocida"),
        "range": Text("out of range", es: "fuera de rango"),
        "order": Text("ends before it begins", es: "termina antes de empezar"),
        "inactive": Text("revoked and active at once", es: "cancelado y activo a la vez"),
    ]
}

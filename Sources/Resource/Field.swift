package import JSON
import OpenAPI
import PostgreSQL
package import Web

/// One field of a declared table: its name on the wire, what it holds, where it is stored, who may see and set it.
package struct Field: Sendable {
    /// The legacy API's name.
    package let name: String
    /// What it holds.
    package let kind: FieldKind
    /// What a person reads beside it.
    package let label: Text
    /// The column a client's value goes into; nil when the field is worked out.
    package let column: String?
    /// The expression that reads it, over the table's alias `t`.
    package let expression: String
    /// The table a reference points into.
    package let target: String?
    /// The table between, of links to several rows.
    let links: Links?
    /// What is stored instead of a secret that clients send and nobody reads.
    private(set) var transform: (@Sendable (String) throws -> String)?
    /// What a text must look like beyond its kind.
    private(set) var pattern: Pattern?
    /// How rows of a file find the row that has this secret code; nil where a code tells no row from another.
    package private(set) var codeLookup: CodeLookup?
    /// What else people write above its column of a file, in either language; case, accents, signs and blanks do not count.
    package private(set) var synonyms: [String] = []
    /// The column of `garita.sites` that says whether a site demands it of new rows; nil where none can.
    package private(set) var demandedBy: String?
    /// Characters of the shortest text.
    private(set) var minimumLength = 0
    /// The sentence of a value somebody else has; nil for the usual one.
    private(set) var taken: Text?

    /// Must be in the body of POST and PUT, and may not be blank.
    package private(set) var isRequired = false
    /// Must be in the body of POST and PUT, be it blank: every client of the legacy API sends it.
    package private(set) var isSent = false
    /// Never taken from a client.
    package private(set) var isReadOnly = false
    /// No two rows of a site have the same value.
    package private(set) var isUnique = false
    /// Set when the row is made, and never again: later values are ignored like read-only ones.
    package private(set) var isFixed = false
    /// Null on the wire means null in the table; other fields refuse null.
    package private(set) var isNullable: Bool
    /// Left out of the answer when null, as the legacy API leaves out a name behind an empty link.
    package private(set) var isOmittedWhenNull = false
    /// Absent from lists, present in the answer to one row.
    package private(set) var isDetailOnly = false
    /// Who reads it; others get unset text or null in its place, so that the shape stays.
    package private(set) var readers = Access.signedIn
    /// Who sets it; from others it is ignored like any read-only field.
    package private(set) var writers = Access.signedIn
    /// What it is for.
    package private(set) var help: Text?
    /// What a person who fills it in should know beyond its label.
    package private(set) var hint: Text?
    /// The legacy API's label, where it is not the name in words.
    package private(set) var legacyLabel: Text?
    /// The values it may have, in their order; empty where they are not told one by one.
    package private(set) var choices: [FieldChoice] = []
    /// What people read for a text that is no choice.
    package private(set) var wording: (@Sendable (String) -> Text)?
    /// A page shows its seconds.
    package private(set) var showsSeconds = false
    /// Its text is the name of a table, for which people have another word.
    package private(set) var namesTable = false
    /// What it means where it is left empty; nil for nothing.
    package private(set) var emptyMeaning: Text?
    /// Pages show it above the rest; `OPTIONS` of the legacy API does not know it.
    package private(set) var isAlert = false
    /// A new row has today, which its form offers, or a later day, of the site; a row that is changed may keep what it has.
    package private(set) var isFromToday = false
    /// Its text is a phone, or anything else.
    private var mayBePhone = false
    /// The database keeps phones of it in one style, and finds them however they are typed.
    package var holdsPhone: Bool { kind.isPhone || mayBePhone }
    /// What a person calls each bit of a number, the lowest first; ticked on pages, added up on the wire.
    package private(set) var flags: [Text] = []
    /// The sums that at most thirty of them make.
    package static let flagSums: ClosedRange<Int64> = 0...(1 << 30 - 1)
    /// What the table fills in where nothing is sent; nil for unset text and null.
    package private(set) var defaultValue: JSON?
    /// A value of it, for the documentation; nil for one of its kind.
    package private(set) var example: JSON?

    private init(
        _ name: String, _ kind: FieldKind, _ label: Text, column: String?, expression: String? = nil,
        target: String? = nil, links: Links? = nil, nullable: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.label = label
        self.column = column
        self.expression = expression ?? column.map { "t.\($0)" } ?? "null"
        self.target = target
        self.links = links
        isNullable = nullable
    }

    /// A stored value; dates, times and decimals may be null, everything else has an unset value of its own.
    package static func stored(_ name: String, _ kind: FieldKind, _ label: Text, column: String? = nil) -> Field {
        let nullable = [.date, .time(), .timestamp, .decimal, .photo].contains(kind)
        return Field(name, kind, label, column: column ?? name, nullable: nullable)
    }

    /// A stored value out of a few, in the order in which a person is offered them.
    ///
    /// - Parameter isOpen: the API's document promises no list, so that a value may be added.
    package static func choice(
        _ name: String, _ label: Text, _ choices: [FieldChoice], isOpen: Bool = false
    ) -> Field {
        stored(name, .choice(isOpen ? [] : choices.map(\.value)), label).changed { $0.choices = choices }
    }

    /// Any of some words.
    package static func words(_ name: String, _ label: Text, _ choices: [FieldChoice]) -> Field {
        stored(name, .words(choices.map(\.value)), label).changed { $0.choices = choices }
    }

    /// What somebody must know who has the row before them; left out where there is nothing.
    ///
    /// - Parameter expression: gives some of the words, or null.
    package static func alert(
        _ name: String, _ label: Text, _ choices: [FieldChoice], _ expression: String
    ) -> Field {
        Field(name, .words(choices.map(\.value)), label, column: nil, expression: expression).changed {
            $0.choices = choices
            $0.isAlert = true
        }.omittedWhenNull().detailOnly()
    }

    /// A picture that clients send in a multipart form and read at an address of ours.
    ///
    /// - Parameter path: the address of the table: `/api/visitors/`.
    package static func photo(_ name: String, of path: String, _ label: Text) -> Field {
        let address = "case when t.\(name) <> '' then '\(path)' || t.id || '/photo/' end"
        return Field(name, .photo, label, column: name, expression: address, nullable: true)
    }

    /// A link to a row of another table: the wire says `unit`, the column `unit_id` unless named.
    package static func reference(_ name: String, to target: String, _ label: Text, column: String? = nil) -> Field {
        Field(name, .reference, label, column: column ?? "\(name)_id", target: target, nullable: true)
    }

    /// A link that a file asks for and the row it leads to keeps (``Connection``).
    package static func connection(_ name: String, to target: String, _ label: Text, _ expression: String) -> Field {
        Field(name, .reference, label, column: nil, expression: expression, target: target, nullable: true)
    }

    /// Links to several rows of another table, one row of a table between for each.
    ///
    /// - Parameter expression: reads their numbers, in the order of the wire.
    package static func references(
        _ name: String, to target: String, through links: Links, _ label: Text, _ expression: String
    ) -> Field {
        Field(name, .references, label, column: nil, expression: expression, target: target, links: links)
    }

    /// A code of a gate, in the columns `code_tag`, `code_sealed`, `key_version`, `code_hint`.
    ///
    /// - Parameter expression: what a reader gets, a mask or a seal (`SealedText`).
    package static func code(_ name: String, _ label: Text, _ expression: String) -> Field {
        Field(name, .code, label, column: "code_tag", expression: expression)
    }

    /// A text that is stored in another form and never read: a password.
    ///
    /// - Parameters:
    ///   - length: in characters; too short or too long is refused.
    ///   - transform: makes what is stored, once all else is known to be right.
    package static func secret(
        _ name: String, _ label: Text, column: String, length: ClosedRange<Int>,
        _ transform: @escaping @Sendable (String) throws -> String
    ) -> Field {
        Field(name, .text(maximum: length.upperBound), label, column: column).required().changed {
            $0.minimumLength = length.lowerBound
            $0.transform = transform
        }
    }

    /// Sent by clients and never in an answer.
    package var isWriteOnly: Bool { transform != nil }

    /// A value worked out by SQL over the alias `t`; nobody sets it.
    package static func computed(_ name: String, _ kind: FieldKind, _ label: Text, _ expression: String) -> Field {
        Field(name, kind, label, column: nil, expression: expression).readOnly()
    }

    /// The row's number.
    package static let id = stored("id", .integer(1...Int64.max), Text("ID", es: "ID")).readOnly()
    /// When the row was made; the table writes it.
    package static let createdAt = stored("created_at", .timestamp, Text("Created", es: "Creado")).filled().readOnly()
    /// When the row was last changed; a trigger writes it.
    package static let updatedAt = stored("updated_at", .timestamp, Text("Updated", es: "Actualizado"))
        .filled().readOnly()

    /// POST and PUT need it, and it may not be blank.
    package func required() -> Field {
        changed {
            $0.isRequired = true; $0.isNullable = false
        }
    }
    /// POST and PUT need it, be it blank.
    package func sent() -> Field { changed { $0.isSent = true } }
    /// Clients do not set it.
    package func readOnly() -> Field { changed { $0.isReadOnly = true } }
    /// - Parameter taken: the sentence when somebody else has the value; nil for the usual one.
    package func unique(_ taken: Text? = nil) -> Field {
        changed {
            $0.isUnique = true; $0.taken = taken
        }
    }
    /// Set when the row is made, and never again.
    package func fixed() -> Field { changed { $0.isFixed = true } }
    /// Has a default in the table and is never null.
    package func filled() -> Field { changed { $0.isNullable = false } }
    /// Worked out, and null where there is none.
    package func nullable() -> Field { changed { $0.isNullable = true } }
    /// Left out of an answer that would show null.
    package func omittedWhenNull() -> Field { changed { $0.isOmittedWhenNull = true } }
    /// Absent from lists.
    package func detailOnly() -> Field { changed { $0.isDetailOnly = true } }
    /// Others read unset text or null.
    package func read(by readers: Access) -> Field { changed { $0.readers = readers } }
    /// From others it is ignored.
    package func written(by writers: Access) -> Field { changed { $0.writers = writers } }
    /// A text all of whose characters match the pattern; a blank one is not looked at.
    package func matching(_ pattern: String, otherwise fault: @escaping @Sendable (String) -> Text) -> Field {
        changed { $0.pattern = Pattern(pattern, otherwise: fault) }
    }
    /// A secret code by which rows of a file find the rows that are there.
    package func lookedUp(by lookup: CodeLookup) -> Field { changed { $0.codeLookup = lookup } }
    /// What else people write above its column of a file.
    package func synonyms(_ words: [String]) -> Field { changed { $0.synonyms += words } }
    /// A site may demand it of new rows; the database holds to that.
    ///
    /// - Parameter column: of `garita.sites`.
    package func demanded(by column: String) -> Field { changed { $0.demandedBy = column } }
    /// What it is for, in `OPTIONS` and the API's document.
    package func help(_ english: String, es spanish: String) -> Field {
        changed { $0.help = Text(english, es: spanish) }
    }
    /// What a person who fills it in should know.
    package func hint(_ english: String, es spanish: String) -> Field {
        changed { $0.hint = Text(english, es: spanish) }
    }
    /// What `OPTIONS` of the legacy API calls it.
    package func legacyLabel(_ english: String) -> Field {
        changed { $0.legacyLabel = Text(english, es: $0.label.spanish) }
    }
    /// What pages say where it is left empty, such as that all are meant.
    package func whenEmpty(_ english: String, es spanish: String) -> Field {
        changed { $0.emptyMeaning = Text(english, es: spanish) }
    }
    /// Its text is a phone, or anything else.
    package func takingPhones() -> Field { changed { $0.mayBePhone = true } }
    /// No day that is over is set by hand; files of rows bring history.
    package func fromToday() -> Field { changed { $0.isFromToday = true } }
    /// Its text is the name of a table.
    package func namingTable() -> Field { changed { $0.namesTable = true } }
    /// What people call the values that each of its texts may have.
    package func offering(_ choices: [FieldChoice]) -> Field { changed { $0.choices = choices } }
    /// What people read for its text.
    package func worded(_ wording: @escaping @Sendable (String) -> Text) -> Field { changed { $0.wording = wording } }
    /// Its seconds matter to people.
    package func toTheSecond() -> Field { changed { $0.showsSeconds = true } }
    /// The bits of a number have names, the lowest first.
    package func flags(_ flags: [Text]) -> Field { changed { $0.flags = flags } }

    /// - Parameter value: the default of its column.
    package func `default`(_ value: JSON) -> Field { changed { $0.defaultValue = value } }

    /// A value of it, for the API's document.
    package func example(_ example: JSON) -> Field { changed { $0.example = example } }

    /// A plain column that clients set at any time.
    var isSettable: Bool { column != nil && kind != .code && !isReadOnly && !isFixed }

    /// What a client may set goes into columns of the row or of a table between.
    package var isStored: Bool { column != nil || links != nil }

    private func changed(_ change: (inout Field) -> Void) -> Field {
        var field = self
        change(&field)
        return field
    }
}

import JSON
import Pages
import Resource
import Vocabulary
import Web

/// What a file may hold.
///
/// So many rows of any table are tried and written well within the time that a request has (docs/csv-import.md).
enum CSVImportLimit {
    static let rows = 5_000
    /// Rows that link to several others, which take statements of their own, are written one by one.
    static let linkedRows = 500
    static let bytes = 4_194_304
    static var megabytes: Int { bytes / 1_048_576 }
}

extension Table {
    /// Tables whose rows an administrator may make by a form that a file can stand in for.
    static let importable =
        all.filter { $0.allows(.create) && !$0.admin.hasCustomCreatePage } + [.accounts].compactMap(\.self)

    var importPath: String { "\(path)import/" }
    var templatePath: String { "\(importPath)template/" }

    /// Whether its list leads to such a page.
    var isImportable: Bool { Self.importable.contains { $0.path == path } }

    /// What a file may bring: no photos, nothing that is worked out.
    var importFields: [Field] {
        resource.fields.filter {
            !$0.isReadOnly && !$0.isWriteOnly && $0.kind != .photo && $0.writers.admits(.administrator)
        }
    }

    /// How the fields are named by which a row is recognised, in one language: "Name or Code".
    func keyNames(_ language: Language) -> String {
        let keys = resource.keys + resource.fields.filter { $0.codeLookup != nil }.map { [$0] }
        let names = keys.map { $0.map { $0.label(language) }.joined(separator: " + ") }
        return names.joined(separator: language == .spanish ? " o " : " or ")
    }
}

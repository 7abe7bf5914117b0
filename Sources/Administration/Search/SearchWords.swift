import Cryptography
import Pages
import PostgreSQL
import Resource
import Web

/// What somebody looks for, everywhere.
///
/// It may be a code of a gate, a name or a document, and addresses stay in the histories of browsers and the logs of
/// servers in between. So no address holds it in clear: a form posts it, and the page of its results is found at an
/// address in which it is sealed, which opens for this session alone.
struct SearchWords {
    /// Of what is typed; more is no name and no code.
    private static let maximumLength = 200
    private static let name = "s"
    /// As typed, without the blanks around it; never empty.
    let text: String

    init?(_ typed: String) {
        let words = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(Self.maximumLength)
        guard !words.isEmpty else { return nil }
        text = String(words)
    }

    /// What a sealed address holds; nil for one of another session, or none.
    init?(_ request: Request, _ context: Context) throws {
        guard let sealed = Base64URL.decode(request.queryValue(Self.name) ?? ""),
            let opened = try? context.keys.accounts.open(sealed, .search, tag: try Self.owner(context)),
            let words = SearchWords(String(decoding: opened, as: UTF8.self))
        else { return nil }
        self = words
    }

    /// Where its results are.
    func address(_ context: Context) throws -> String {
        let sealed = try context.keys.accounts.seal(Array(text.utf8), .search, tag: try Self.owner(context))
        return "\(AdminPath.search)?\(Self.name)=\(Base64URL.encode(sealed))"
    }

    private static func owner(_ context: Context) throws -> [UInt8] {
        Array("session \(try context.requireCaller().sessionID)".utf8)
    }

    /// - SQL: `api.search_everywhere` (sql/functions/administration/search_everywhere.sql).
    func statement(_ codes: CodeKeys) -> Statement {
        let tags = GateCode(reading: text).map(codes.tags) ?? []
        return Statement(
            "select \(SearchResult.columns) from api.search_everywhere($1, $2, $3, $4)", name: "search_everywhere",
            parameters: [
                .textArray(Search.patterns(text)), .optionalText(plate), .optionalText(PhoneText.part(text)),
                .bytesArray(tags),
            ])
    }

    /// A plate without what keeps its groups apart; nil for what is none.
    private var plate: String? {
        let plate = text.filter { !" -.".contains($0) }
        let isPlate =
            (4...10).contains(plate.utf8.count) && plate.contains(where: \.isNumber)
            && plate.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isPlate ? plate : nil
    }
}

/// One endpoint: its stored properties are its parsed input.
///
/// A new value for every request, so it cannot keep state. `init` sees text and makes typed fields, without a database;
/// `respond` does the work.
package protocol Handler: SendableMetatype {
    /// - Throws: 4xx when the request cannot be honoured.
    init(_ request: Request) throws(HTTPError)

    /// - Throws: `HTTPError`, or `DatabaseError`, which `HTTPError.init(_:)` turns into an answer.
    func respond(_ context: Context) throws -> Response
}

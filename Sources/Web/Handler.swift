/// One endpoint: its stored properties are its parsed input.
///
/// It is made anew for every request, so it keeps no state between them. `init` turns text into typed fields and sees no
/// database; `respond` does the work.
package protocol Handler: SendableMetatype {
    /// - Throws: 4xx when the request cannot be honoured.
    init(_ request: Request) throws(HTTPError)

    /// - Throws: `HTTPError`, or `DatabaseError`, which `HTTPError.init(_:)` turns into an answer.
    func respond(_ context: Context) throws -> Response
}

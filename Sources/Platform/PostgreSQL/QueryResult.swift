import CPostgreSQL

/// One result of the server.
///
/// Sole owner of its `PGresult`. Source: libpq, "Command Execution Functions": every result is to be freed with
/// `PQclear`.
struct QueryResult: ~Copyable {
    private let result: OpaquePointer

    /// Takes ownership.
    init(taking result: OpaquePointer) {
        self.result = result
    }

    deinit { PQclear(result) }

    var status: ExecStatusType { PQresultStatus(result) }

    /// All rows, copied; none for a command without rows.
    func rows() -> Rows {
        let columns = PQnfields(result)
        let count = PQntuples(result)
        var bytes: [UInt8] = []
        var cells: [Range<Int>?] = []
        cells.reserveCapacity(Int(columns) * Int(count))
        for row in 0..<count {
            for column in 0..<columns { cells.append(copyCell(row, column, into: &bytes)) }
        }
        return Rows(types: (0..<columns).map { PQftype(result, $0) }, cells: cells, bytes: bytes, count: Int(count))
    }

    /// The error of the server, or of libpq itself, which has no SQLSTATE.
    func error() -> SQLError {
        SQLError(
            state: field(GARITA_DIAG_SQLSTATE) ?? "",
            message: field(GARITA_DIAG_MESSAGE) ?? Text.line(PQresultErrorMessage(result)),
            detail: field(GARITA_DIAG_DETAIL), hint: field(GARITA_DIAG_HINT),
            constraint: field(GARITA_DIAG_CONSTRAINT), column: field(GARITA_DIAG_COLUMN),
            table: field(GARITA_DIAG_TABLE))
    }

    /// Whether the server ended the connection with this error.
    var endsConnection: Bool {
        let severity = field(GARITA_DIAG_SEVERITY)
        return severity == "FATAL" || severity == "PANIC"
    }

    private func copyCell(_ row: Int32, _ column: Int32, into bytes: inout [UInt8]) -> Range<Int>? {
        guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else { return nil }
        let start = bytes.count
        bytes += UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result, row, column)))
        return start..<bytes.count
    }

    private func field(_ code: Int) -> String? {
        PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
    }
}

/// Text that libpq owns.
enum Text {
    /// A copy in one line, without the line end libpq puts after its messages.
    static func line(_ message: UnsafePointer<CChar>?) -> String {
        var text = message.map { String(cString: $0) } ?? ""
        while text.last?.isWhitespace == true { text.removeLast() }
        return text.replacing("\n", with: " ")
    }
}

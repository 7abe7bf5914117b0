import JSON

/// What Home Assistant asks for on the command topic of its entity.
package struct OpenAsk: Sendable, Equatable {
    /// Names the press; empty where Home Assistant cannot say it (a cover).
    package let id: String
    /// It was pressed too long ago, or the clocks differ.
    package let isStale: Bool

    /// Seconds by which the moment of a press may differ from now.
    private static let tolerance: Int64 = 10
    private static let opening: Set<String> = ["PRESS", "UNLOCK", "OPEN"]

    /// - Parameter wall: seconds since 1970.
    /// - Returns: Nil for all that asks for no opening. Locking and closing are no asks: what was opened closes by itself, and
    ///   what an emergency keeps open nobody closes from there.
    package init?(_ payload: [UInt8], wall: Int64) {
        let said = try? JSON(parsing: payload, maximumBytes: 1024, maximumDepth: 2)
        let action = said?["action"]?.stringValue ?? String(decoding: payload.prefix(16), as: UTF8.self)
        guard Self.opening.contains(action) else { return nil }
        id = said?["id"]?.stringValue.map { String($0.prefix(64)) } ?? ""
        guard let at = said?["at"] else {
            // Without a moment in a document that could have one: nobody knows when.
            isStale = said?.members != nil
            return
        }
        isStale = at.integerValue.map { !(wall - Self.tolerance...wall + Self.tolerance ~= $0) } ?? true
    }
}

import CJansson

extension JSON {
    /// Compact UTF-8: no blanks, order kept, only what must be escaped is escaped.
    ///
    /// A real that JSON cannot write (NaN, infinity) is `null`.
    package func serialized() -> [UInt8] {
        let node = node()
        defer { json_decref(node) }
        // Most answers fit into a kilobyte; `json_dumpb` says how much a longer one needs.
        let text = Self.text(of: node, capacity: 1024)
        return text.needs <= 1024 ? text.bytes : Self.text(of: node, capacity: text.needs).bytes
    }

    /// The first `capacity` bytes of the text, and how many the whole has.
    ///
    /// `json_dumpb`: "Returns the number of bytes that would be written to buffer or 0 on error". JSON_ENCODE_ANY,
    /// because a value alone is as good as an object.
    private static func text(
        of node: UnsafeMutablePointer<json_t>?, capacity: Int
    ) -> (bytes: [UInt8], needs: Int) {
        var needs = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                needs = json_dumpb(node, characters.baseAddress, capacity, Int(JSON_COMPACT | JSON_ENCODE_ANY))
            }
            count = min(needs, capacity)
        }
        return needs == 0 ? (Array("null".utf8), 4) : (bytes, needs)
    }

    /// The value in jansson's memory: a new reference, the caller's to release; NULL only when memory is exhausted.
    private func node() -> UnsafeMutablePointer<json_t>? {
        switch self {
        case .null: json_null()
        case .bool(let flag): flag ? json_true() : json_false()
        case .integer(let number): json_integer(json_int_t(number))
        case .real(let number): number.isFinite ? json_real(number) : json_null()
        case .string(let text): JSON.node(text)
        case .array(let elements): JSON.node(elements)
        case .object(let members): JSON.node(members)
        }
    }

    /// "Nocheck", because a Swift string is valid UTF-8; by length, because it may hold a NUL.
    private static func node(_ text: String) -> UnsafeMutablePointer<json_t>? {
        var text = text
        return text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map { json_stringn_nocheck($0, characters.count) } ?? json_string_nocheck("")
            }
        }
    }

    /// `json_array_append_new`: "steals the reference to value".
    private static func node(_ elements: [JSON]) -> UnsafeMutablePointer<json_t>? {
        let array = json_array()
        for element in elements { json_array_append_new(array, element.node()) }
        return array
    }

    /// `json_object_set_new_nocheck` steals the reference too; order is that of insertion.
    private static func node(_ members: [Member]) -> UnsafeMutablePointer<json_t>? {
        let object = json_object()
        for member in members { json_object_set_new_nocheck(object, member.name, member.value.node()) }
        return object
    }
}

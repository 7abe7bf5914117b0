import CJansson

/// A document in jansson's memory.
///
/// Sole owner of its root `json_t`. Source: jansson manual 2.14, "Reference Count" and "Decoding".
struct JanssonDocument: ~Copyable {
    private let root: UnsafeMutablePointer<json_t>

    /// Parses `bytes`, which are some and whose nesting has been checked.
    init(parsing bytes: [UInt8]) throws(JSONError) {
        let flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL
        var error = json_error_t()
        let loaded = bytes.withUnsafeBytes { buffer in
            // `json_loadb`: "Return value: New reference", so it is ours to release; NULL on error.
            json_loadb(buffer.baseAddress, buffer.count, Int(flags), &error)
        }
        guard let loaded else { throw JSONError(error) }
        root = loaded
    }

    deinit { json_decref(root) }

    /// Everything copied into Swift values.
    func value() -> JSON { JSON(borrowing: root) }
}

extension JSON {
    /// Copies what `node` holds.
    ///
    /// Every reference taken from it is a borrowed one ("Return value: Borrowed reference"
    /// at `json_array_get` and `json_object_iter_value`): it lives as long as the root and is not released here.
    fileprivate init(borrowing node: UnsafeMutablePointer<json_t>) {
        switch node.pointee.type {
        case JSON_OBJECT: self = .object(JSON.members(of: node))
        case JSON_ARRAY: self = .array(JSON.elements(of: node))
        case JSON_STRING: self = .string(JSON.text(json_string_value(node), length: json_string_length(node)))
        case JSON_INTEGER: self = .integer(Int64(json_integer_value(node)))
        case JSON_REAL: self = .real(json_real_value(node))
        case JSON_TRUE: self = .bool(true)
        case JSON_FALSE: self = .bool(false)
        default: self = .null
        }
    }

    private static func elements(of node: UnsafeMutablePointer<json_t>) -> [JSON] {
        (0..<json_array_size(node)).compactMap { index in
            json_array_get(node, index).map { JSON(borrowing: $0) }
        }
    }

    /// jansson 2.8 and later iterate in the order of insertion.
    private static func members(of node: UnsafeMutablePointer<json_t>) -> [Member] {
        var members: [Member] = []
        members.reserveCapacity(json_object_size(node))
        var iterator = json_object_iter(node)
        while let current = iterator {
            if let value = json_object_iter_value(current) {
                let name = text(json_object_iter_key(current), length: json_object_iter_key_len(current))
                members.append(Member(name: name, value: JSON(borrowing: value)))
            }
            iterator = json_object_iter_next(node, current)
        }
        return members
    }

    /// Copies by length, not up to a NUL.
    ///
    /// jansson has checked that it is UTF-8.
    private static func text(_ start: UnsafePointer<CChar>?, length: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length), as: UTF8.self)
    }
}

extension JSONError {
    /// Takes code and place from jansson and leaves its text, which quotes the input.
    fileprivate init(_ error: json_error_t) {
        self.init(reason: Reason(error), line: max(1, Int(error.line)), column: max(0, Int(error.column)))
    }
}

extension JSONError.Reason {
    /// `json_error_code()` of the manual: the code is the last byte of the text (it shares its name with the enum, so
    /// Swift cannot call it).
    fileprivate init(_ error: json_error_t) {
        let code = withUnsafeBytes(of: error.text) { json_error_code(rawValue: UInt32($0.last ?? 0)) }
        self =
            switch code {
            case json_error_out_of_memory: .outOfMemory
            case json_error_invalid_utf8: .notUTF8
            case json_error_premature_end_of_input: .endedEarly
            case json_error_end_of_input_expected: .dataAfterEnd
            case json_error_numeric_overflow: .numberOutOfRange
            case json_error_null_byte_in_key: .nullCharacterInName
            case json_error_duplicate_key: .duplicateName
            default: .unexpectedToken
            }
    }
}

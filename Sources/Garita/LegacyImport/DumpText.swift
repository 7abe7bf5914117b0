/// Splits a JSON text into its outermost objects: one list of them, several lists, or none around them.
struct DumpText {
    private var object: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isInList = false
    /// Objects that have ended.
    private var count: Int64 = 0

    /// Takes the next piece of the text and passes on every object that ends in it, with its place from 1.
    mutating func read(_ piece: [UInt8], _ body: (Int64, [UInt8]) throws -> Void) throws {
        var start = 0
        for (index, byte) in piece.enumerated() {
            if isInString {
                if byte == UInt8(ascii: "\""), !isEscaped { isInString = false }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                continue
            }
            switch byte {
            case UInt8(ascii: "{"):
                if depth == 0 { start = index }
                depth += 1
            case UInt8(ascii: "}") where depth > 0:
                depth -= 1
                if depth == 0 {
                    object += piece[start...index]
                    count += 1
                    try body(count, object)
                    object.removeAll(keepingCapacity: true)
                }
            case UInt8(ascii: "\"") where depth > 0: isInString = true
            case UInt8(ascii: "[") where depth == 0 && !isInList: isInList = true
            case UInt8(ascii: "]") where isInList && depth == 0: isInList = false
            case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: ","): break
            default: guard depth > 0 else { throw fault }
            }
        }
        if depth > 0 { object += piece[start...] }
    }

    /// - Throws: when the text ends inside an object or its list.
    func finish() throws {
        guard depth == 0 else { throw CommandFailure.badData("that file ends in the middle of a row") }
        guard !isInList else {
            throw CommandFailure.badData("that file ends behind row \(count), before its list does: it is not whole")
        }
    }

    /// Something that is no object stands where a row begins.
    private var fault: CommandFailure {
        let place = isInList ? "row \(count + 1) is no object" : "other text stands behind row \(count)"
        return .badData(
            "that file is not what dumpdata writes: "
                + (isInList || count > 0 ? place : "other text stands before the first row")
                + "; write the dump anew: \(LegacyFile.command)")
    }

    /// The model, when it stands first, as dumpdata writes it; nil when the object must be parsed to know.
    static func quickModel(of object: [UInt8]) -> String? {
        let parts = object.prefix(200).split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        guard parts.count > 4, parts[1].elementsEqual("model".utf8), !parts[3].contains(UInt8(ascii: "\\")) else {
            return nil
        }
        return String(validating: parts[3], as: UTF8.self)
    }
}

package import Cryptography
import Web

/// What somebody means by the text that reached the one box.
package enum GateText: Sendable {
    /// Nothing but blanks.
    case nothing
    /// A code, whatever else it may be.
    case code(GateCode)
    /// A code by its looks, unless somebody is known by just this text: a plate, a document, a phone, a name.
    case either(GateCode)
    /// Words to look for; they may be tried as a code where there is one in them.
    case words(GateCode?)

    /// Of what is typed; more is no name and no code, and less than a link has.
    package static let maximumLength = 300

    /// - Parameters:
    ///   - raw: as it was typed, pasted or read.
    ///   - isCode: whether a reader or a camera wrote it, or a person says that it is a code.
    package init(_ raw: String, isCode: Bool) {
        let code = GateCode(keyed: raw)
        if raw.allSatisfy(\.isWhitespace) {
            self = .nothing
        } else if let code, isCode || GateCode.isContent(raw) {
            self = .code(code)
        } else if let code, Self.looksLikeCode(code, raw) {
            self = .either(code)
        } else {
            self = .words(code)
        }
    }

    /// Whether a code has these looks (`RandomCode`): 6 to 10 digits, 8 or 26 letters without look-alikes, a handle and six
    /// digits; or so many letters and digits, in one piece, as the number of a card has.
    private static func looksLikeCode(_ code: GateCode, _ raw: String) -> Bool {
        guard let bare = code.compact?.text else { return false }
        let count = bare.utf8.count
        let digits = bare.utf8.count { (0x30...0x39).contains($0) }
        let isOfAlphabet = bare.allSatisfy(RandomCode.alphabet.contains)
        if digits == count { return (6...10).contains(count) || count > 10 }
        if count == RandomCode.handleLength + 6, bare.prefix(RandomCode.handleLength).allSatisfy(isLetterOfCode) {
            if bare.suffix(6).allSatisfy(\.isNumber) { return true }
        }
        if [RandomCode.alphanumericLength, RandomCode.qrLength].contains(count), isOfAlphabet { return true }
        let isOnePiece = !raw.trimmingPrefix(while: \.isWhitespace).contains { $0 == " " }
        return count > RandomCode.alphanumericLength && digits >= 4 && isOnePiece
    }

    private static func isLetterOfCode(_ letter: Character) -> Bool { RandomCode.alphabet.contains(letter) }
}

import CQREncode
import Glibc

/// A symbol in libqrencode's memory.
///
/// Sole owner of its `QRcode`. Source: qrencode.h, "QRcode_encodeString": returns "an instance of QRcode class",
/// which "You can free the object by QRcode_free()".
struct EncodedSymbol: ~Copyable {
    private let symbol: UnsafeMutablePointer<CQREncode.QRcode>

    /// Encodes a text.
    ///
    /// Version 0 lets the library choose the smallest symbol; it changes between digits, capitals and
    /// bytes by itself, and case sensitivity keeps it from turning small letters into capitals.
    init(text: String) throws(QRCodeError) {
        guard !text.isEmpty else { throw .emptyText }
        guard !text.utf8.contains(0) else { throw .nullCharacter }
        guard let encoded = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
            // ERANGE: "input data is too large"; else ENOMEM.
            throw errno == ERANGE ? .textTooLong : .libraryFailure
        }
        symbol = encoded
    }

    deinit { QRcode_free(symbol) }

    /// Modules along one side.
    var side: Int { Int(symbol.pointee.width) }

    /// The modules, copied; bit 0 of a byte of `data` says "1=black/0=white", the others are the library's own.
    func modules() -> [Bool] {
        UnsafeBufferPointer(start: symbol.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }
}

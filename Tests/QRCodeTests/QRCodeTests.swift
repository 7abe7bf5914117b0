import Foundation
import QRCode
import Testing

@Suite struct `A pass as a picture` {
    /// What Debian's zbarimg reads from the picture.
    private func read(_ picture: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).png")
        try Data(picture).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let reader = Process()
        let output = Pipe()
        reader.executableURL = URL(fileURLWithPath: "/usr/bin/zbarimg")
        reader.arguments = ["--raw", "--quiet", "-Sdisable", "-Sqrcode.enable", file.path]
        reader.standardOutput = output
        reader.standardError = FileHandle.nullDevice  // zbarimg complains about a missing D-Bus
        try reader.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        reader.waitUntilExit()
        #expect(reader.terminationStatus == 0)
        return String(decoding: text.dropLast(), as: UTF8.self)
    }

    @Test(arguments: [
        "7", "482913", "AB12CD34", "VISITOR:AB12CD34|anything", "https://garita.example/g/ABCDEFGHJKMNPQRSTUVWXYZ234",
        "small Letters stay small", "Peña Ñandú 😀", " spaces ", String(repeating: "x", count: 1_500),
    ])
    func `a reader reads back what was written`(text: String) throws {
        #expect(try read(try QRCode(text: text).png()) == text)
    }

    @Test(arguments: [3, 4, 10, 40])
    func `it is read at every scale`(scale: Int) throws {
        #expect(try read(try QRCode(text: "AB12CD34").png(scale: scale)) == "AB12CD34")
    }

    @Test func `it is a small PNG of two colours with the quiet zone`() throws {
        let code = try QRCode(text: "ABCDEFGHJKMNPQRSTUVWXYZ234")
        #expect(code.side == 25)
        let picture = try code.png(scale: 10)
        #expect(picture.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(picture[16..<24] == [0, 0, 1, 74, 0, 0, 1, 74])  // (25 + 8) * 10 = 330 pixels each way
        #expect(picture[24] == 1 && picture[25] == 3)  // one bit for a pixel, palette
        #expect(picture.count < 1_500)
    }

    @Test func `the drawing has the same modules as the picture`() throws {
        let drawing = try QRCode(text: "AB12CD34").svg()
        #expect(drawing.hasPrefix(#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29""#))
        #expect(drawing.contains(#"d="M4 4h7v1h-7z"#))  // the upper edge of the first finder pattern
        #expect(drawing.hasSuffix("</svg>"))
        #expect(try read(try rasterised(drawing)) == "AB12CD34")
    }

    @Test func `a name inside the text cannot become markup`() throws {
        #expect(!(try QRCode(text: "<script>alert(1)</script>").svg().contains("script")))
    }

    @Test func `texts that cannot be drawn are refused with the reason`() throws {
        #expect(throws: QRCodeError.emptyText) { try QRCode(text: "") }
        #expect(throws: QRCodeError.nullCharacter) { try QRCode(text: "AB\0CD") }
        #expect(throws: QRCodeError.textTooLong) { try QRCode(text: String(repeating: "x", count: 2_332)) }
        #expect(try QRCode(text: String(repeating: "x", count: 2_331)).side == 177)
    }

    @Test(arguments: [0, -1, 41, Int.max, Int.min])
    func `a scale beyond reason is refused`(scale: Int) throws {
        let code = try QRCode(text: "7")
        #expect(throws: QRCodeError.scaleOutOfRange) { try code.png(scale: scale) }
    }

    @Test func `the same text gives the same picture`() throws {
        #expect(try QRCode(text: "AB12CD34").png() == QRCode(text: "AB12CD34").png())
    }

    /// The drawing's runs painted into a plain grey map, which zbarimg reads as well as PNG.
    private func rasterised(_ drawing: String) throws -> [UInt8] {
        let scale = 8
        let side = 29
        var pixels = [UInt8](repeating: 255, count: side * scale * side * scale)
        for run in drawing.matches(of: /M(\d+) (\d+)h(\d+)v1h-/) {
            let (x, y, length) = try (#require(Int(run.1)), #require(Int(run.2)), #require(Int(run.3)))
            for row in y * scale..<(y + 1) * scale {
                for column in x * scale..<(x + length) * scale { pixels[row * side * scale + column] = 0 }
            }
        }
        return Array("P5 \(side * scale) \(side * scale) 255\n".utf8) + pixels
    }
}

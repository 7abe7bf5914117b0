import Images
import Testing

@Suite struct `A photo as it is kept` {
    @Test(arguments: Pictures.all) func `is a JPEG of the same picture, whatever was sent`(sample: Sample) throws {
        let photo = try Photo(file: sample.file)
        for jpeg in [photo.picture, photo.thumbnail] {
            let (width, height, grey) = Pictures.pixels(jpeg)
            #expect((width, height) == (16, 8))
            #expect(grey[0] < 40 && grey[7 * 16 + 2] < 40 && grey[13] > 215 && grey[7 * 16 + 15] > 215)
        }
    }

    @Test(arguments: [
        ([3000, 1500], [1600, 800], [256, 128]), ([1000, 4000], [400, 1600], [64, 256]),
        ([300, 200], [300, 200], [256, 170]), ([5000, 1], [1600, 1], [256, 1]),
    ])
    func `is never larger than needed, and never made larger`(sent: [Int], kept: [Int], small: [Int]) throws {
        for file in [
            Pictures.jpeg(width: sent[0], height: sent[1]), Pictures.png(width: sent[0], height: sent[1]),
        ] {
            let photo = try Photo(file: file)
            let (picture, thumbnail) = (Pictures.pixels(photo.picture), Pictures.pixels(photo.thumbnail))
            #expect([picture.width, picture.height] == kept)
            #expect([thumbnail.width, thumbnail.height] == small)
            #expect(thumbnail.grey[0] < 40 && thumbnail.grey[small[0] - 1] > 215)
        }
    }

    /// Where the black half lies once the picture is upright: left, right, top or bottom.
    @Test(
        arguments: [
            (1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom"),
        ],
        [true, false])
    func `is upright, and nothing of the EXIF block remains`(held: (value: Int, black: String), isLittle: Bool) throws {
        let exif = Pictures.exif(orientation: held.value, isLittle: isLittle)
        let files = [
            Pictures.jpeg(Pictures.jpeg, with: 0xE1, Array("Exif\0\0".utf8) + exif),
            Array(Pictures.png[..<33]) + Pictures.chunk("eXIf", exif) + Pictures.png[33...],
        ]
        for file in files {
            let photo = try Photo(file: file)
            for jpeg in [photo.picture, photo.thumbnail] {
                let (width, height, grey) = Pictures.pixels(jpeg)
                #expect((width, height) == (held.value >= 5 ? (8, 16) : (16, 8)))
                let (first, last) = (grey[0] < 128, grey[width * height - 1] < 128)
                let corner = grey[width - 1] < 128  // top right
                let black =
                    switch (first, corner, last) {
                    case (true, false, false): "left"
                    case (false, true, true): "right"
                    case (true, true, false): "top"
                    case (false, false, true): "bottom"
                    default: "nowhere"
                    }
                #expect(black == held.black)
                #expect(!contains(jpeg, Pictures.secret) && !contains(jpeg, Array("Exif".utf8)))
            }
        }
    }

    @Test(arguments: 1...8) func `is upright also from WebP`(value: Int) throws {
        let exif = Pictures.exif(orientation: value, isLittle: true)
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            Array(name.utf8) + Pictures.bytes(content.count, 4).reversed() + content
                + (content.count % 2 == 1 ? [0] : [])
        }
        // RFC 9649, 2.7: flags (8 is EXIF), then width and height less one.
        let body =
            chunk("VP8X", [8, 0, 0, 0, 15, 0, 0, 7, 0, 0]) + Pictures.webp[12...] + chunk("EXIF", exif)
        let file = chunk("RIFF", Array("WEBP".utf8) + body)
        let photo = try Photo(file: file)
        #expect(Pictures.pixels(photo.picture).width == (value >= 5 ? 8 : 16))
        #expect(!contains(photo.picture, Pictures.secret))
    }

    /// The standard wants a SHORT; some programs write another number, or an empty block in front.
    @Test(arguments: [1, 3, 4], [true, false])
    func `is upright however its EXIF blocks tell so`(type: Int, isLittle: Bool) throws {
        func segment(_ exif: [UInt8]) -> [UInt8] { Array("Exif\0\0".utf8) + exif }
        let turned = Pictures.exif(orientation: 6, isLittle: isLittle, type: type)
        let upright = try Photo(file: Pictures.jpeg(Pictures.jpeg, with: 0xE1, segment(turned)))
        #expect(Pictures.pixels(upright.picture).width == 8)
        let empty = Array("II".utf8) + [42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let odd = Pictures.exif(orientation: 9, isLittle: isLittle)
        for first in [empty, odd, [], Array("XX".utf8)] {
            let second = Pictures.jpeg(Pictures.jpeg, with: 0xE1, segment(turned))
            #expect(try Photo(file: Pictures.jpeg(second, with: 0xE1, segment(first))) == upright)
        }
        let contradicted = Pictures.jpeg(
            Pictures.jpeg, with: 0xE1, segment(Pictures.exif(orientation: 1, isLittle: true)))
        #expect(try Photo(file: Pictures.jpeg(contradicted, with: 0xE1, segment(turned))) == upright)
    }

    @Test(arguments: [
        Array("SEFH".utf8) + [UInt8](repeating: 0x11, count: 14), [0], [1, 2, 3], [0xFF], [0xFF, 0xFF, 0xFF],
        [0xFF, 0x00, 0x2A], [0xD8], [UInt8](repeating: 0, count: 5000),
    ])
    func `is the same with odd bytes between the markers`(odd: [UInt8]) throws {
        for sample in [Pictures.jpeg, Pictures.progressive, Pictures.cmyk] {
            let photo = try Photo(file: sample)
            for file in Pictures.jpegs(sample, with: odd) { #expect(try Photo(file: file) == photo) }
        }
    }

    /// Only Adobe's programs, which say who they are, store ink inverted: in this file all of cyan, magenta and yellow.
    @Test func `of ink is as it is stored where Adobe's marker is not`() throws {
        let photo = try Photo(file: Array(Pictures.cmyk[..<2] + Pictures.cmyk[18...]))
        #expect(Pictures.pixels(photo.picture).grey.allSatisfy { $0 < 40 })
    }

    @Test func `holds nothing that stood in or behind the file`() throws {
        let script = Array("<html><script>alert(1)</script>".utf8)
        let file = Pictures.jpeg(Pictures.jpeg, with: 0xFE, script) + script
        let photo = try Photo(file: file)
        #expect(!contains(photo.picture, script) && !contains(photo.thumbnail, script))
    }

    private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: part) }
    }
}

@Suite struct `What is no photo` {
    @Test(arguments: [
        "", "GIF89a\u{1}\0\u{1}\0", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7", "not a picture", "RIFF",
        "RIFF\u{4}\0\0\0WEBP", "BM", "<!doctype html><title>x</title>",
    ])
    func `is told by its content`(text: String) {
        #expect(throws: ImageError.notAPicture) { try Photo(file: Array(text.utf8)) }
    }

    @Test func `a moving picture is none`() {
        #expect(throws: ImageError.notAPicture) { try Photo(file: Pictures.movingWebP) }
    }

    @Test(arguments: Pictures.all) func `a torn file is none`(sample: Sample) throws {
        let file = sample.file
        // The last chunk of PNG and the padding of WebP hold no pixels.
        for length in 0..<file.count - 16 {
            #expect(throws: ImageError.notAPicture) { try Photo(file: Array(file[..<length])) }
        }
        for length in file.count - 16..<file.count { _ = try? Photo(file: Array(file[..<length])) }
    }

    @Test func `more bytes than are taken are not looked at`() {
        let file = Pictures.jpeg + [UInt8](repeating: 0, count: Photo.maximumBytes)
        #expect(throws: ImageError.tooManyBytes) { try Photo(file: file) }
    }

    @Test(arguments: [(5000, 3201), (16_000, 16_000), (1_000_000, 1), (16_384, 10), (1, 2_000_000)])
    func `a bomb is refused by what it claims, before anything is decoded`(width: Int, height: Int) throws {
        let png = Pictures.png(width: 16, height: 8, claimed: (width, height))
        // libpng itself takes no side over 1,000,000.
        #expect(throws: max(width, height) > 1_000_000 ? ImageError.notAPicture : .tooManyPixels) {
            try Photo(file: png)
        }
        guard max(width, height) <= 65_535, width * height > 25_000_000 || max(width, height) > 16_383 else { return }
        var jpeg = Pictures.jpeg
        let frame = try #require(jpeg.indices.first { jpeg[$0...].starts(with: [0xFF, 0xC0]) })
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: Pictures.bytes(height, 2) + Pictures.bytes(width, 2))
        #expect(throws: ImageError.tooManyPixels) { try Photo(file: jpeg) }
    }

    @Test func `a WebP bomb is refused too`() {
        var file = Pictures.losslessWebP
        // RFC 9649, 3.4: fourteen bits of width less one, fourteen of height less one.
        let size: UInt32 = 16_382 | 16_382 << 14
        file.replaceSubrange(21..<25, with: Pictures.bytes(Int(size), 4).reversed())
        #expect(throws: ImageError.tooManyPixels) { try Photo(file: file) }
    }

    /// Each scan is a walk over the whole picture: the larger it is, the fewer there may be.
    @Test(arguments: [
        (20, 16, 8, true), (40, 16, 8, false), (10, 5712, 4284, true), (11, 5712, 4284, false),
        // As much work as one of thirty-two rows.
        (20, 16_383, 1, true),
    ])
    func `endless scans are refused`(scans: Int, width: Int, height: Int, isTaken: Bool) throws {
        var file = Pictures.progressive
        let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC2]) })
        file.replaceSubrange(frame + 5..<frame + 9, with: Pictures.bytes(height, 2) + Pictures.bytes(width, 2))
        let start = try #require(file.lastIndex { $0 == 0xDA }) - 1
        let scan = file[start..<file.count - 2]
        // The last of its ten, as often as is wanted.
        let many = Array(file[..<start] + (0..<scans - 9).flatMap { _ in scan } + [0xFF, 0xD9])
        if isTaken {
            #expect(throws: Never.self) { try Photo(file: many) }
        } else {
            #expect(throws: ImageError.tooMuchWork) { try Photo(file: many) }
        }
    }

    /// Arithmetic coding takes a multiple of the time, and no camera and no browser has it.
    @Test func `a JPEG of a kind that nobody writes is refused`() throws {
        var file = Pictures.jpeg
        let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
        file[frame + 1] = 0xC9
        #expect(throws: ImageError.notAPicture) { try Photo(file: file) }
    }

    @Test func `what a PNG holds beside its pixels is not even inflated`() throws {
        let bomb = Pictures.chunk("zTXt", Array("Comment\0\0".utf8) + Pictures.deflated(zeros: 1_000_000))
        let file = Array(Pictures.png[..<33] + bomb + Pictures.png[33...])
        #expect(try Photo(file: file) == Photo(file: Pictures.png))
    }

    /// What lacks no more than its checksum is not refused for its length.
    @Test(arguments: [(60_000_000, ImageError.notAPicture), (70_000_000, .tooMuchWork)])
    func `a PNG with more rows than any picture has is refused`(bytes: Int, error: ImageError) throws {
        let start = Pictures.png(width: 1, height: 1)[..<33]
        let file = Array(start + Pictures.chunk("IDAT", Pictures.deflated(zeros: bytes)) + Pictures.chunk("IEND", []))
        #expect(throws: error) { try Photo(file: file) }
    }

    /// 20,000 broken files: some are still pictures, none may end the process.
    @Test(arguments: Pictures.all) func `a mangled file is refused or taken, and nothing else happens`(sample: Sample) {
        let file = sample.file
        var dice = Dice(state: 2026)
        for _ in 0..<20_000 {
            var mangled = file
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                mangled[Int.random(in: 12..<file.count, using: &dice)] = .random(in: .min ... .max, using: &dice)
            }
            do {
                let photo = try Photo(file: mangled)
                #expect(photo.picture.starts(with: [0xFF, 0xD8]))
            } catch {
                #expect(error != .libraryFailure)
            }
        }
    }
}

/// The same numbers in every run (SplitMix64).
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

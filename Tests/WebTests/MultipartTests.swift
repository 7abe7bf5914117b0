import JSON
import Testing
import Web

@Suite("Forms with files")
struct MultipartTests {
    @Test func `texts and files arrive as they were sent`() throws {
        let body =
            Array("preamble\r\n--b\r\nContent-Disposition: form-data; name=\"first_name\"\r\n\r\nIñaki\r\n".utf8)
            + Array("--b \t\r\ncontent-disposition: FORM-DATA; name=photo; filename=\"C:\\fotos\\cara.png\"\r\n".utf8)
            + Array("Content-Type: image/png\r\n\r\n".utf8) + [0, 13, 10, 45, 45, 120, 13, 255]
            + Array("\r\n--b--\r\nepilogue".utf8)
        let form = try Form(Self.request(body))
        #expect(form["first_name"] == .json("Iñaki"))
        let bytes: [UInt8] = [0, 13, 10, 45, 45, 120, 13, 255]
        #expect(form["photo"] == .file(UploadedFile(name: "cara.png", contentType: "image/png", bytes: bytes)))
    }

    @Test(arguments: [
        ("name=\"a\\\"b\"", "a\"b"), ("name=a", "a"), ("NAME=\"a; filename=x\"", "a; filename=x"), ("name=\"\"", ""),
        ("name=\"first\"; name=\"second\"", "first"),
    ])
    func `the name of a field`(parameters: String, name: String) throws {
        let form = try Form(Self.request(Self.part("form-data; \(parameters)", "x") + Self.end))
        #expect(form[name] == .json("x"))
    }

    @Test func `a file field left empty was not sent, an empty file was`() throws {
        let body = Self.part("form-data; name=a; filename=\"\"", "") + Self.part("form-data; name=b; filename=x", "")
        let form = try Form(Self.request(body + Self.end))
        #expect(form["a"] == nil)
        #expect(form["b"] == .file(UploadedFile(name: "x", contentType: "", bytes: [])))
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), ("a\u{1}\u{0}b.png", "ab.png"), ("..", ".."), ("/", ""),
        ("ñandú.jpg", "ñandú.jpg"),
    ])
    func `a file's name is never a path`(sent: String, kept: String) throws {
        let form = try Form(Self.request(Self.part("form-data; name=a; filename=\"\(sent)\"", "x") + Self.end))
        #expect(form["a"] == .file(UploadedFile(name: kept, contentType: "", bytes: [120])))
    }

    @Test(arguments: [
        ("filename*=UTF-8''c%C3%A1mara.png", "cámara.png"), ("filename*=utf-8'es'foto.png", "foto.png"),
        ("FILENAME*=Utf-8'es-MX'c%c3%a1mara.png", "cámara.png"), ("filename*=ISO-8859-1''c%E1mara.png", "cámara.png"),
        ("filename*=\"UTF-8''a%20b.png\"", "a b.png"), ("filename*=UTF-8''it's.png", "it's.png"),
        ("filename=\"camara.png\"; filename*=UTF-8''c%C3%A1mara.png", "cámara.png"),
        ("filename*=UTF-8''c%C3%A1mara.png; filename=camara.png", "cámara.png"),
        // Not of that form, of its charset or of a charset we read: the other name, else as it stands.
        ("filename=a.png; filename*=UTF-8''%E1.png", "a.png"), ("filename=a.png; filename*=UTF-8''", "a.png"),
        ("filename*=UTF-8''%E1.png", "UTF-8''%E1.png"), ("filename*=foto.png", "foto.png"),
        ("filename*=klingon''a.png", "klingon''a.png"), ("filename*=UTF-8''100%.png", "100%.png"),
        ("filename*=UTF-8''a%2", "a%2"), ("filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("filename*=UTF-8''a%00%0D%0Ab.png", "ab.png"),
        ("filename=foto de Ana.png", "foto de Ana.png"), ("filename=\"a;b\\\"c.png\"", "a;b\"c.png"),
        ("filename = \"a.png\" ", "a.png"),
    ])
    func `a file's name in either way of writing it`(parameters: String, name: String) throws {
        let form = try Form(Self.request(Self.part("form-data; name=a; \(parameters)", "x") + Self.end))
        #expect(form["a"] == .file(UploadedFile(name: name, contentType: "", bytes: [120])))
    }

    @Test func `a repeated name is a list, and the last one counts`() throws {
        let body = Self.part("form-data; name=a", "1") + Self.part("form-data; name=a", "2") + Self.end
        let form = try Form(Self.request(body))
        #expect(form["a"] == .json("2"))
        #expect(form.repeated("a") == .json(["1", "2"]))
    }

    @Test func `texts are of the charset they name`() throws {
        let named = Array("--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=\"".utf8)
        let latin = named + Array("iso-8859-1\"\r\n\r\n".utf8) + [0xF1] + Array("\r\n".utf8) + Self.end
        #expect(try Form(Self.request(latin))["a"] == .json("ñ"))
        let whole =
            Self.part("form-data; name=_charset_", "iso-8859-1")
            + Array("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8) + [0xF1] + Array("\r\n".utf8)
        #expect(try Form(Self.request(whole + Self.end))["a"] == .json("ñ"))
        #expect(Self.status(named + Array("klingon\"\r\n\r\nx\r\n".utf8) + Self.end) == 415)
    }

    @Test(arguments: [
        "", "x", "--", "--b", "--b\r\n", "--b\r\n\r\n", "--bx", "--b\r\n--b--", "--b--", "--c\r\n\r\n--c--",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "--b\r\nContent-Disposition: form-data; name=a\r\n",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "--b\r\nContent-Type: a/b\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
        "--b\r\nno colon\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\n folded\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
        "--b\nContent-Disposition: form-data; name=a\n\nx\n--b--",
        "--b\r\nContent-Disposition: form-data; name=_charset_\r\n\r\nklingon\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\u{0}\"\r\n\r\nx\r\n--b--",
    ])
    func `whatever is broken is a 400, or an empty form, and never more`(text: String) {
        let status = Self.status(Array(text.utf8))
        #expect(status == 400 || status == nil && (text.isEmpty || text == "--b--"), "\(status ?? 0) for \(text)")
    }

    @Test(arguments: [nil, "", "b\u{7}", String(repeating: "b", count: 71)])
    func `without a boundary there is nothing to read`(boundary: String?) {
        #expect(
            Self.status(Self.end, type: "multipart/form-data" + (boundary.map { "; boundary=\"\($0)\"" } ?? "")) == 400)
    }

    @Test func `bytes that are not UTF-8 are a 400, in a text, a name or a header`() {
        let head = Array("--b\r\nContent-Disposition: form-data; name=\"a".utf8)
        #expect(Self.status(head + Array("\"\r\n\r\n".utf8) + [0xFF] + Array("\r\n".utf8) + Self.end) == 400)
        #expect(Self.status(head + [0xFF] + Array("\"\r\n\r\nx\r\n".utf8) + Self.end) == 400)
    }

    @Test func `too many parts, too long a text or too long a head is refused`() {
        let one = Self.part("form-data; name=a", "x")
        #expect(Self.status(Array(repeating: one, count: 100).flatMap { $0 } + Self.end) == nil)
        #expect(Self.status(Array(repeating: one, count: 101).flatMap { $0 } + Self.end) == 413)
        #expect(Self.status(Self.part("form-data; name=a", String(repeating: "x", count: 16_385)) + Self.end) == 413)
        #expect(Self.status(Self.part("form-data; name=" + String(repeating: "x", count: 4096), "x") + Self.end) == 400)
    }

    @Test func `every prefix of a good body is refused or read, and nothing crashes`() {
        let body =
            Self.part("form-data; name=\"a\"; filename=\"x\\\"y\"", "\r\n--\r\n") + Self.part("form-data; name=b", "")
        for length in 1...body.count {
            #expect(Self.status(Array(body.prefix(length))) == 400)
        }
    }

    @Test func `only a photo takes a file, and it takes nothing else`() {
        let file = FormValue.file(UploadedFile(name: "a.png", contentType: "", bytes: [1]))
        #expect(fault(.photo, .json("http://x/y.png")) == .notAFile)
        #expect(fault(.photo, .file(UploadedFile(name: "a", contentType: "", bytes: []))) == .emptyFile)
        #expect(fault(.photo, file) == nil)
        #expect(fault(.text(maximum: nil), file) == .notAString)
        #expect(fault(.integer(0...9), file) == .notAnInteger)
        #expect(fault(.boolean, file) == .notABoolean)
        #expect(fault(.date, file) == .notADate)
        #expect(fault(.reference, file) == .wrongKeyType("InMemoryUploadedFile"))
    }

    private func fault(_ kind: FieldKind, _ value: FormValue) -> Text? {
        if case .failure(let fault) = kind.parse(value) { fault.texts.first } else { nil }
    }

    private static let end = Array("--b--\r\n".utf8)

    private static func part(_ disposition: String, _ content: String) -> [UInt8] {
        Array("--b\r\nContent-Disposition: \(disposition)\r\n\r\n\(content)\r\n".utf8)
    }

    private static func request(_ body: [UInt8], type: String = "multipart/form-data; boundary=b") throws -> Request {
        try Request(method: "POST", path: "/", contentType: type, body: body)
    }

    /// The status of the error; nil when there is none.
    private static func status(_ body: [UInt8], type: String = "multipart/form-data; boundary=b") -> Int? {
        do {
            _ = try Form(request(body, type: type))
            return nil
        } catch {
            return HTTPError(error).status
        }
    }
}

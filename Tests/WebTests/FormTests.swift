import JSON
import Testing
import Web

@Suite("Bodies")
struct FormTests {
    @Test func `JSON and a form say the same`() throws {
        let json = try Form(request("application/json; charset=utf-8", #"{"code": "AB12", "access_point_id": 1}"#))
        let form = try Form(request("application/x-www-form-urlencoded", "code=AB12&access_point_id=1"))
        #expect(json["code"] == .json("AB12"))
        #expect(form["code"] == .json("AB12"))
        #expect(json["access_point_id"] == .json(1))
        #expect(form["access_point_id"] == .json("1"))
    }

    @Test(arguments: [nil, "application/json", "text/plain"])
    func `no body is an empty form, whatever its type`(type: String?) throws {
        #expect(try Form(request(type, "")).isEmpty)
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", "notes=a%0D%0Ab%0Dc%0A"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=notes\r\n\r\na\r\nb\rc\n\r\n--x--"
        ),
    ])
    func `lines of a form end as they are kept`(type: String, body: String) throws {
        #expect(try Form(request(type, body)).text("notes") == "a\nb\nc\n")
    }

    @Test func `a list is an array in JSON and a repeated name in a form`() throws {
        let json = try Form(request("application/json", #"{"points": [1, "2"], "one": 1}"#))
        let form = try Form(request("application/x-www-form-urlencoded", "points=1&points=2"))
        #expect(json.repeated("points") == .json([1, "2"]))
        #expect(form.repeated("points") == .json(["1", "2"]))
        #expect(json.repeated("none") == nil)
        #expect(form.repeated("none") == nil)
        #expect(json.repeated("one") == .json(1))
    }

    @Test func `JSON may be UTF-16 or Latin-1 when it says so`() throws {
        let text = #"{"name": "Núñez"}"#
        var littleEndian: [UInt8] = [0xFF, 0xFE]
        var bigEndian: [UInt8] = []
        for unit in text.utf16 {
            littleEndian += [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
            bigEndian += [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
        }
        let latin = text.unicodeScalars.map { UInt8($0.value) }
        for (charset, body) in [("utf-16", littleEndian), ("UTF-16", bigEndian), ("iso-8859-1", latin)] {
            let request = try Request(
                method: "POST", path: "/", contentType: "application/json; charset=\(charset)", body: body)
            #expect(try Form(request)["name"] == .json("Núñez"))
        }
        #expect(answer { _ = try Form(request("application/json; charset=klingon", "{}")) }.hasPrefix("415 "))
        #expect(answer { _ = try Form(request("application/json; charset=utf-16", "{} ")) }.hasPrefix("400 "))
    }

    @Test(arguments: [nil, "text/plain", "application/xml"])
    func `a type we do not read is a 415 that names it`(type: String?) {
        #expect(
            answer { _ = try Form(request(type, "x")) } == #"415 {"detail":"Unsupported media type \""# + (type ?? "")
                + #"\" in request."}"#)
    }

    @Test func `a list or a word is not an object`() {
        #expect(
            answer { _ = try Form(request("application/json", "[1]")) }
                == #"400 {"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}"#)
        #expect(
            answer { _ = try Form(request("application/json", "\"x\"")) }
                == #"400 {"non_field_errors":["Invalid data. Expected a dictionary, but got str."]}"#)
    }

    @Test func `broken JSON is told without repeating it`() {
        let text = answer { _ = try Form(request("application/json", #"{"password": "secret"#)) }
        #expect(text.hasPrefix(#"400 {"detail":"JSON parse error - "#))
        #expect(!text.contains("secret"))
    }

    @Test func `every faulty field is told at once, in the caller's language`() {
        func read() throws {
            var fields = FieldReader(Form([.init(name: "code", value: " "), .init(name: "direction", value: "UP")]))
            _ = fields.text("code", maximum: 100)
            _ = fields.integer("access_point_id", 1...10)
            _ = fields.choice("direction", ["ENTRY", "EXIT"])
            try fields.finish()
        }
        #expect(
            answer(read) == #"400 {"code":["This field may not be blank."],"#
                + #""access_point_id":["This field is required."],"direction":["\"UP\" is not a valid choice."]}"#)
        #expect(answer(in: .spanish, read).contains("Este campo es obligatorio."))
    }

    private func request(_ type: String?, _ body: String) throws -> Request {
        try Request(method: "POST", path: "/", contentType: type, body: Array(body.utf8))
    }

    /// The error as the client would see it.
    private func answer(in language: Language = .english, _ work: () throws -> Void) -> String {
        do {
            try work()
            return "nothing wrong"
        } catch {
            let response = HTTPError(error).response(language, requestID: "r")
            return "\(response.status) \(String(decoding: response.body, as: UTF8.self))"
        }
    }
}

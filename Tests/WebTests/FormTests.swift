import JSON
import Testing
import Web

@Suite("Bodies")
struct FormTests {
    @Test func `JSON and a form say the same`() throws {
        let json = try Form(request("application/json; charset=utf-8", #"{"code": "AB12", "access_point_id": 1}"#))
        let form = try Form(request("application/x-www-form-urlencoded", "code=AB12&access_point_id=1"))
        #expect(json["code"] == "AB12")
        #expect(form["code"] == "AB12")
        #expect(json["access_point_id"] == 1)
        #expect(form["access_point_id"] == "1")
    }

    @Test func `no body and no type is an empty form`() throws {
        #expect(try Form(request(nil, "")).values.isEmpty)
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

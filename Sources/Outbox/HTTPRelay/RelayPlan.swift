import Doors
import HTTPClient
import Outbox
import Web

/// The requests to one device and what its answers mean, read from a door's settings.
struct RelayPlan {
    /// What is wrong with the settings: a name of one.
    struct Fault: Error { let setting: String }

    /// A request whose answer is read by rules.
    struct Question {
        let path: String
        let open: AnswerRule?
        let closed: AnswerRule?
    }

    /// Bytes of an answer that are read.
    private static let answerLimit = 16 * 1024

    let isIdempotent: Bool
    let state: Question?
    let contact: Question?
    let pollMilliseconds: Int64
    private let settings: [String: String]
    private let secrets: [String: String]
    private let address: String
    private let authentication: HTTPClientRequest.Authentication
    private let pin: CertificatePin?
    private let headers: [(name: String, value: String)]
    private let statuses: StatusList
    private let success: AnswerRule?
    private let confirmed: AnswerRule?
    private let openSeconds: Int

    init(_ door: Door) throws(Fault) {
        var settings = door.settings.filter { !$0.value.isEmpty }
        for setting in DriverDeclaration.http.settings where settings[setting.name] == nil {
            settings[setting.name] = setting.standard
        }
        func value(_ name: String) -> String { settings[name] ?? "" }
        self.settings = settings
        secrets = door.secrets
        openSeconds = door.openSeconds
        address = String(value("address").reversed().drop { $0 == "/" }.reversed())
        guard !address.isEmpty else { throw Fault(setting: "address") }
        guard value("open_path").hasPrefix("/") else { throw Fault(setting: "open_path") }
        guard let statuses = StatusList(value("success_status")) else { throw Fault(setting: "success_status") }
        self.statuses = statuses
        let password = door.secrets["password"] ?? ""
        switch value("authentication") {
        case "basic": authentication = .basic(user: value("user"), password: password)
        case "digest": authentication = .digest(user: value("user"), password: password)
        case "bearer": authentication = .bearer(password)
        default: authentication = .none
        }
        pin = value("pin").isEmpty ? nil : CertificatePin(value("pin"))
        if pin == nil && !value("pin").isEmpty { throw Fault(setting: "pin") }
        headers = try Self.headers(value("headers"), contentType: value("content_type"))
        isIdempotent = value("idempotent") == "yes"
        pollMilliseconds = (WholeNumber.read(value("poll_seconds"), in: 2...3600) ?? 5) * 1000
        let names = ["door": value("door"), "input": value("input")]
        success = try Self.rule("success_rule", settings, names)
        confirmed = try Self.rule("confirmed_rule", settings, names)
        state = try Self.question("state", settings, names)
        contact = try Self.question("contact", settings, names)
    }

    private static func headers(
        _ text: String, contentType: String
    ) throws(Fault) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = contentType.isEmpty ? [] : [("Content-Type", contentType)]
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { throw Fault(setting: "headers") }
            found.append((String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " })))
        }
        return found
    }

    private static func rule(
        _ name: String, _ settings: [String: String], _ names: [String: String]
    ) throws(Fault) -> AnswerRule? {
        guard let text = settings[name] else { return nil }
        guard let rule = AnswerRule(Template(names).filled(text, for: .plain)) else { throw Fault(setting: name) }
        return rule
    }

    /// nil where nothing is asked for: no path, or one about an input that there is not.
    private static func question(
        _ name: String, _ settings: [String: String], _ names: [String: String]
    ) throws(Fault) -> Question? {
        guard let path = settings["\(name)_path"] else { return nil }
        guard path.hasPrefix("/") else { throw Fault(setting: "\(name)_path") }
        let open = try rule("\(name)_open", settings, names)
        let closed = try rule("\(name)_closed", settings, names)
        let all = [path, settings["\(name)_open"] ?? "", settings["\(name)_closed"] ?? ""].joined()
        if all.contains("{input}") && (names["input"] ?? "").isEmpty { return nil }
        guard open != nil || closed != nil else { throw Fault(setting: "\(name)_open") }
        return Question(path: path, open: open, closed: closed)
    }

    /// nil when the device cannot do it.
    func request(for command: DoorCommand) -> HTTPClientRequest? {
        let name = command.kind.rawValue
        guard let path = settings["\(name)_path"] else { return nil }
        let place = Template.Place(contentType: settings["content_type"] ?? "")
        let template = template(command.id)
        var request = request(settings["method"] ?? "GET", path, template)
        request.headers = headers
        request.body = settings["\(name)_body"].map { Array(template.filled($0, for: place).utf8) }
        request.isRepeatable = command.kind != .open
        request.freshUntil = command.freshUntil
        return request
    }

    /// How state or contact are asked for.
    func request(for question: Question) -> HTTPClientRequest {
        var request = request("GET", question.path, template(0))
        request.headers = headers.filter { $0.name != "Content-Type" }
        return request
    }

    private func request(_ method: String, _ path: String, _ template: Template) -> HTTPClientRequest {
        HTTPClientRequest(
            method, address + template.filled(path, for: .address), authentication: authentication, pin: pin,
            answerLimit: Self.answerLimit)
    }

    private func template(_ command: Int64) -> Template {
        // Tasmota's PulseTime: tenths of a second up to 111, above that seconds and 100.
        let pulse = openSeconds <= 11 ? openSeconds * 10 : openSeconds + 100
        return Template([
            "door": settings["door"] ?? "", "input": settings["input"] ?? "", "user": settings["user"] ?? "",
            "password": secrets["password"] ?? "", "seconds": String(openSeconds),
            "milliseconds": String(openSeconds * 1000), "pulsetime": String(pulse), "command_id": String(command),
        ])
    }

    /// What the answer to a command means, and a few words of it.
    func judge(_ answer: HTTPClientAnswer, of kind: DoorCommand.Kind) -> (CommandState, String) {
        if answer.isCut { return (.failed, "answered \(answer.status) with more than a device has to say") }
        guard statuses.contains(answer.status), success?.holds(in: answer.body) != false else {
            return (.failed, "answered \(answer.status), which is no success: \(excerpt(answer.body))")
        }
        if kind != .release, confirmed?.holds(in: answer.body) == true {
            return (.confirmed, "answered \(answer.status), relay on")
        }
        return (.accepted, "answered \(answer.status)")
    }

    /// Open, closed, or nil where the answer says neither.
    func reading(of question: Question, in answer: HTTPClientAnswer) -> Contact? {
        guard answer.status == 200, !answer.isCut else { return nil }
        let (isOpen, isClosed) = (question.open?.holds(in: answer.body), question.closed?.holds(in: answer.body))
        switch (isOpen, isClosed) {
        case (true, false), (true, nil): return .open
        case (false, true), (nil, true): return .closed
        default: return nil
        }
    }

    /// The beginning of what a device said, as far as it may be shown.
    private func excerpt(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(400), as: UTF8.self)
        // A device that repeats what it was sent must not bring a password into a log.
        let password = secrets["password"] ?? ""
        let spellings = [password, Template(["it": password]).filled("{it}", for: .address)]
        guard password.isEmpty || !spellings.contains(where: text.contains) else { return "(not shown)" }
        let plain = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : String(Character($0)) }
        return String(plain.joined().prefix(100))
    }
}

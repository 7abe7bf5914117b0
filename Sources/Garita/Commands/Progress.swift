import OperatingSystem
import Web

/// How far long work is: one line of the operator's terminal, drawn anew in place; nothing where standard error is none.
struct Progress {
    let language: Language
    /// What there is to do.
    let total: Int64
    /// What is counted, of many.
    private let unit: Text
    private let begun = Time.monotonicMilliseconds()
    private let isShown = StandardError.isTerminal

    init(of total: Int64, _ unit: Text = .rows, _ language: Language = .english) {
        self.total = total
        self.unit = unit
        self.language = language
    }

    /// Draws the line: what is done, how fast, and how long the rest will take.
    ///
    /// - Parameter name: of what is being done.
    func show(_ done: Int64, _ name: String = "") {
        let milliseconds = max(1, Time.monotonicMilliseconds() - begun)
        let rate = done * 1000 / milliseconds
        let left = done > 0 ? max(0, total - done) * milliseconds / done / 1000 : 0
        let percent = total > 0 ? min(100, done * 100 / total) : 100
        draw(
            Text(
                "\(done) of \(total) \(unit.english), \(percent) %, \(rate) a second, \(Self.duration(left)) left",
                es:
                    "\(done) de \(total) \(unit.spanish), \(percent) %, \(rate) por segundo, faltan \(Self.duration(left))"
            ), name)
    }

    /// Draws the line for work whose steps take times of their own: which step it is, and how much of it is done.
    ///
    /// - Parameters:
    ///   - step: from 1.
    ///   - done: so far; nil where a step cannot tell.
    func show(step: Int64, _ name: String, done: Int64? = nil) {
        let seconds = (Time.monotonicMilliseconds() - begun) / 1000
        let sofar = done.map { ": \($0)" } ?? ""
        draw(
            Text(
                "\(step) of \(total) \(unit.english), \(Self.duration(seconds)) so far",
                es: "\(step) de \(total) \(unit.spanish), van \(Self.duration(seconds))"), name + sofar)
    }

    /// Takes the line away, before another one is printed and at the end.
    func hide() {
        if isShown { StandardError.write("\r\u{1B}[K") }
    }

    private func draw(_ words: Text, _ name: String) {
        guard isShown else { return }
        StandardError.write("\r\u{1B}[K\(words(language))\(name.isEmpty ? "" : " · \(name)")")
    }

    /// Seconds as minutes and seconds, or hours and minutes: `4:05 min`, `1:30 h`.
    private static func duration(_ seconds: Int64) -> String {
        let (large, small, unit) =
            seconds < 3600 ? (seconds / 60, seconds % 60, "min") : (seconds / 3600, seconds % 3600 / 60, "h")
        return "\(large):\(small < 10 ? "0" : "")\(small) \(unit)"
    }
}

extension Text {
    static let rows = Text("rows", es: "registros")
    static let steps = Text("steps", es: "pasos")
    static let files = Text("files", es: "archivos")
    static let migrations = Text("migrations", es: "migraciones")
}

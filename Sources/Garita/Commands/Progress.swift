import OperatingSystem
import Web

/// How far long work is: one line of the operator's terminal, drawn anew in place; nothing where standard error is none.
struct Progress {
    let language: Language
    /// Rows that there are to do.
    let total: Int64
    private let begun = Time.monotonicMilliseconds()
    private let isShown = StandardError.isTerminal

    init(of total: Int64, _ language: Language) {
        self.total = total
        self.language = language
    }

    /// Draws the line.
    func show(_ done: Int64) {
        guard isShown else { return }
        let milliseconds = max(1, Time.monotonicMilliseconds() - begun)
        let rate = done * 1000 / milliseconds
        let left = done > 0 ? max(0, total - done) * milliseconds / done / 1000 : 0
        let percent = total > 0 ? min(100, done * 100 / total) : 100
        let words = Text(
            "\(done) of \(total) rows, \(percent) %, \(rate) a second, \(Self.duration(left)) left",
            es: "\(done) de \(total) registros, \(percent) %, \(rate) por segundo, faltan \(Self.duration(left))"
        )
        StandardError.write("\r\u{1B}[K\(words(language))")
    }

    /// Takes the line away, before another one is printed and at the end.
    func hide() {
        if isShown { StandardError.write("\r\u{1B}[K") }
    }

    /// Seconds as minutes and seconds, or hours and minutes: `4:05 min`, `1:30 h`.
    private static func duration(_ seconds: Int64) -> String {
        let (large, small, unit) =
            seconds < 3600 ? (seconds / 60, seconds % 60, "min") : (seconds / 3600, seconds % 3600 / 60, "h")
        return "\(large):\(small < 10 ? "0" : "")\(small) \(unit)"
    }
}

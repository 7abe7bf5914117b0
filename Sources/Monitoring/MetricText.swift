/// Metrics as Prometheus reads them.
///
/// Sources: prometheus.io/docs/instrumenting/exposition_formats (text 0.0.4), OpenMetrics 1.0.0
package struct MetricText {
    /// The two forms of the same numbers.
    package enum Form: Sendable {
        case prometheus, openMetrics

        /// The `Content-Type`.
        package var type: String {
            switch self {
            case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
            case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
            }
        }

        /// The one that a client asks for by `Accept`.
        package init(accept: String?) {
            self = accept?.contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
        }
    }

    /// What kind of number it is.
    enum Kind: String {
        case counter, gauge, histogram
    }

    typealias Labels = [(String, String)]

    private let form: Form
    private var text = ""

    init(_ form: Form) {
        self.form = form
    }

    /// The text, which is then complete.
    var complete: [UInt8] { Array((form == .openMetrics ? text + "# EOF\n" : text).utf8) }

    /// Begins a family: what stands behind it belongs to it.
    ///
    /// - Parameter name: as samples say it: of counters with `_total`, which OpenMetrics leaves out of the family's name.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        let family = form == .openMetrics && kind == .counter ? String(name.dropLast("_total".count)) : name
        text += "# HELP \(family) \(help)\n# TYPE \(family) \(kind.rawValue)\n"
    }

    mutating func sample(_ name: String, _ labels: Labels, _ value: some BinaryInteger) {
        sample(name, labels, text: "\(value)")
    }

    /// - Parameter value: a number as Prometheus writes it.
    mutating func sample(_ name: String, _ labels: Labels, text value: String) {
        let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += pairs.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs)} \(value)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
    }
}

package import Web

extension Text {
    /// `3 days`, `5 hours`, `12 minutes`, `40 seconds`: the largest unit of which there are two, and whole ones.
    package static func duration(_ seconds: Int64) -> Text {
        let seconds = max(0, seconds)
        switch seconds {
        case 172_800...: return Text("\(seconds / 86_400) days", es: "\(seconds / 86_400) días")
        case 7_200...: return Text("\(seconds / 3_600) hours", es: "\(seconds / 3_600) horas")
        case 120...: return Text("\(seconds / 60) minutes", es: "\(seconds / 60) minutos")
        default:
            return Text(
                seconds == 1 ? "1 second" : "\(seconds) seconds", es: seconds == 1 ? "1 segundo" : "\(seconds) segundos"
            )
        }
    }
}

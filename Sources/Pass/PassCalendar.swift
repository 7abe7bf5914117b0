import Vocabulary

/// A file of one event (RFC 5545): lines of at most 75 bytes that end in CR LF.
struct PassCalendar {
    let event: PassEvent
    /// Of the pass.
    let link: String

    var text: String { lines.map { Self.folded($0) + "\r\n" }.joined() }

    private var lines: [String] {
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Garita//Pass//ES"]
            + (event.days == nil ? [] : timeZone)
            + [
                "BEGIN:VEVENT", "UID:pass-\(event.id)@\(host)", "DTSTAMP:\(event.changed)",
                "DTSTART\(zoneName):\(event.begins)", "DTEND\(zoneName):\(event.ends)",
            ]
            + (event.days.map { ["RRULE:FREQ=WEEKLY;BYDAY=\(Self.codes($0));UNTIL=\(event.lastEnd)"] } ?? [])
            + ["SUMMARY:\(Self.escaped(event.summary))"]
            + (event.address.isEmpty ? [] : ["LOCATION:\(Self.escaped(event.address))"])
            + ["URL:\(link)", "DESCRIPTION:\(Self.escaped(link))", "END:VEVENT", "END:VCALENDAR"]
    }

    /// Of the residence: its number makes an event one of a kind there only.
    private var host: Substring { link.split(separator: "/").dropFirst().first ?? "garita" }

    private var zoneName: String { event.days == nil ? "" : ";TZID=\(event.zone)" }

    /// The time of the site, with its changes while the pass lasts.
    private var timeZone: [String] {
        let starts = [(time: "19700101T000000", offset: event.firstOffset)] + event.changes
        let offsets = [event.firstOffset] + starts.map(\.offset)
        return ["BEGIN:VTIMEZONE", "TZID:\(event.zone)"]
            + zip(starts, offsets).flatMap { start, before in
                [
                    "BEGIN:STANDARD", "DTSTART:\(start.time)", "TZOFFSETFROM:\(Self.offset(before))",
                    "TZOFFSETTO:\(Self.offset(start.offset))", "END:STANDARD",
                ]
            } + ["END:VTIMEZONE"]
    }

    /// `-0600`.
    private static func offset(_ seconds: Int64) -> String {
        let minutes = (seconds < 0 ? -seconds : seconds) / 60
        let parts = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return (seconds < 0 ? "-" : "+") + parts.joined()
    }

    private static func codes(_ days: Weekdays) -> String {
        days.days.map { ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][$0] }.joined(separator: ",")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
            .replacing("\r\n", with: "\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\n")
    }

    /// Broken between characters; what goes on begins with a blank.
    private static func folded(_ line: String) -> String {
        var text = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if length + size > 75 {
                text += "\r\n "
                length = 1
            }
            text.unicodeScalars.append(scalar)
            length += size
        }
        return text
    }
}

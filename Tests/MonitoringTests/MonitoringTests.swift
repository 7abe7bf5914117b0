import JSON
import Monitoring
import OperatingSystem
import Scoreboard
import Testing
import Web

@Suite struct MonitoringTests {
    private static let plan = CounterPlan([
        Route(.get, "/api/things/{id}/", for: .anyone, named: "ShowThing") { _ throws(HTTPError) in
            { _ in Response(200) }
        }
    ])

    private func system(scoreboards: String?, folders: [MonitoredSystem.Folder] = []) -> MonitoredSystem {
        MonitoredSystem(
            scoreboards: scoreboards, pools: ["gate", "app"], layout: Self.plan.layout, version: "1.2.3", schema: nil,
            folders: folders, certificate: nil)
    }

    private func status(_ system: MonitoredSystem) -> SystemStatus {
        SystemStatus(of: system, routes: true, database: .failure(Away()))
    }

    @Test func withoutADatabaseItCannotServeAndSaysTheRestAllTheSame() {
        let told = status(system(scoreboards: nil, folders: [.init(name: "photos", path: "/")]))
        #expect(told.level == .fail)
        #expect(told.parts.map(\.name) == ["workers", "database", "keys", "disk"])
        #expect(told.readiness["status"]?.stringValue == "fail")
        #expect(told.readiness["parts"]?["database"]?["status"]?.stringValue == "fail")
        #expect(told.troubles.first?.name == "database", "the worst stands first")
    }

    @Test func aPoolWithoutAWorkerCannotServe() {
        let told = status(system(scoreboards: "/nowhere"))
        #expect(told.parts.first?.level == .fail)
        #expect(told.parts.first?.detail.english == "no worker of: gate, app")
    }

    @Test func bothFormsSayTheSameNumbers() throws {
        let told = status(system(scoreboards: "/nowhere"))
        let text = String(decoding: told.metrics(Self.plan, .prometheus), as: UTF8.self)
        let open = String(decoding: told.metrics(Self.plan, .openMetrics), as: UTF8.self)
        #expect(text.contains("garita_build_info{version=\"1.2.3\"} 1\n"))
        #expect(text.contains("# TYPE garita_requests_accepted_total counter\n"))
        #expect(open.contains("# TYPE garita_requests_accepted counter\n") && open.hasSuffix("# EOF\n"))
        let samples = { (text: String) in text.split(separator: "\n").filter { !$0.hasPrefix("#") } }
        #expect(samples(text) == samples(open))
    }

    @Test func aClientGetsOpenMetricsWhenItAsksForThem() {
        #expect(MetricText.Form(accept: nil) == .prometheus)
        #expect(MetricText.Form(accept: "*/*") == .prometheus)
        #expect(MetricText.Form(accept: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5") == .openMetrics)
    }

    @Test(
        arguments: [
            (-5, "0 seconds", "0 segundos"), (1, "1 second", "1 segundo"), (119, "119 seconds", "119 segundos"),
            (120, "2 minutes", "2 minutos"), (7_200, "2 hours", "2 horas"), (172_800, "2 days", "2 días"),
        ] as [(Int64, String, String)])
    func aDurationIsToldInItsLargestUnit(seconds: Int64, english: String, spanish: String) {
        #expect(Text.duration(seconds) == Text(english, es: spanish))
    }

    private struct Away: Error {}
}

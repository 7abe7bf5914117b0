import Glibc
import OperatingSystem
import PostgreSQL
import Testing

extension DatabaseTests {
    @Suite struct ConnectionTests {
        private let cluster = Cluster.shared
        private let database = Database(Cluster.shared.settings())

        @Test func nothingHappensBeforeTheFirstCall() throws {
            #expect(database.socket == -1)
            #expect(try database.integer("select 1") == 1)
            #expect(database.socket >= 0)
            #expect(Poll.until(database.socket, is: .readable, milliseconds: 0) == false)
        }

        @Test func theApplicationIsNamed() throws {
            let row = try database.run(Statement("show application_name")).single()
            #expect(try row.text(0) == "garita it's a test")
        }

        @Test func aSlowStatementEndsAtTheDeadlineAndTheServerStopsItSoon() throws {
            let hasty = Database(cluster.settings(deadline: 300))
            _ = try hasty.integer("select 1")
            var error: DatabaseError?
            let time = milliseconds { error = failure { _ = try hasty.run(Statement("select pg_sleep(30)")) } }
            #expect(error == .timeout)
            #expect((290...800).contains(time))
            #expect(try hasty.integer("select 1") == 1)
            Time.sleep(milliseconds: 1500)
            let sleeping = "select count(*) from pg_stat_activity where query like 'select pg_sleep%'"
            #expect(try database.integer(sleeping) == 0)
        }

        @Test func aStatementTimeoutOfTheServerIsARefusal() throws {
            let error = failure {
                _ = try database.run([Statement("set local statement_timeout = 50"), Statement("select pg_sleep(5)")])
            }
            guard case .refused(let refusal) = error else { throw DatabaseError.timeout }
            #expect(refusal.state == "57014")
        }

        @Test func aServerThatStandsStillCostsOneDeadline() throws {
            let hasty = Database(cluster.settings(deadline: 300))
            cluster.signalPostmaster(SIGSTOP)
            defer { cluster.signalPostmaster(SIGCONT) }
            var errors: [DatabaseError?] = []
            let first = milliseconds { errors.append(failure { _ = try hasty.integer("select 1") }) }
            let second = milliseconds { errors.append(failure { _ = try hasty.integer("select 1") }) }
            #expect((290...800).contains(first) && second < 20)
            for error in errors {
                guard case .unavailable = error else { throw DatabaseError.unexpected(facts: "\(errors)") }
            }
        }

        @Test func anIdleConnectionEndedByTheServerIsReplacedUnnoticed() throws {
            let killer = Database(cluster.settings())
            for isNoticed in [true, false] {
                #expect(try database.integer("select 1", name: "one") == 1)
                let backend = try database.backend()
                _ = try killer.run(Statement("select pg_terminate_backend($1)", parameters: [.integer(backend)]))
                #expect(Poll.until(database.socket, is: .readable, milliseconds: 2000))
                if isNoticed {
                    Time.sleep(milliseconds: 50)
                    database.noticeIdleActivity()
                    #expect(database.socket == -1)
                }
                #expect(try database.integer("select 1", name: "one") == 1)
                #expect(try database.backend() != backend)
            }
        }

        @Test func aFarewellDuringAStatementMeansNotExecuted() throws {
            // The retry on a new connection meets the same end; nothing was executed either time.
            let suicide = Statement("select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)")
            guard case .unavailable = failure({ _ = try database.run(suicide) }) else { throw DatabaseError.timeout }
            #expect(try database.integer("select 1") == 1)
        }

        @Test func aSuddenEndLeavesTheOutcomeUnknown() throws {
            // A killed process says no farewell; the server then restarts all others.
            let backend = try database.backend()
            let assassin = Statement(
                "copy (select 1) to program 'sleep 0.2; kill -9 \(backend)'")
            guard case .outcomeUnknown = failure({ _ = try database.run(assassin) }) else {
                throw DatabaseError.timeout
            }
            try expectRecovery()
        }

        @Test func aRestartOfTheServerIsSurvived() throws {
            #expect(try database.integer("select 2", name: "two") == 2)
            cluster.stop()
            var times: [Int64] = []
            for _ in 1...5 {
                times.append(
                    milliseconds {
                        guard case .unavailable = failure({ _ = try database.integer("select 2", name: "two") }) else {
                            Issue.record("a stopped server must be unavailable")
                            return
                        }
                    })
            }
            #expect(times.allSatisfy { $0 < 100 })
            cluster.start()
            try expectRecovery()
            #expect(try database.integer("select 2", name: "two") == 2)
        }

        @Test func theDeadSocketOfAMissingServerIsUnavailable() {
            let settings = DatabaseSettings(
                ConnectionText(pairs: [("host", "/nowhere")]), deadlineMilliseconds: 100, applicationName: "x")
            let error = failure { _ = try Database(settings).integer("select 1") }
            #expect(error?.description == "the database is not available")
            #expect(error?.debugDescription.contains("/nowhere") == true)
        }

        /// Service is normal at most 2 s (the longest backoff) after the server is back.
        private func expectRecovery() throws {
            let end = Time.monotonicMilliseconds() + 4000
            while failure({ _ = try database.integer("select 1") }) != nil {
                guard Time.monotonicMilliseconds() < end else { throw DatabaseError.timeout }
                Time.sleep(milliseconds: 20)
            }
        }
    }
}

import OperatingSystem
import PostgreSQL
import Testing

extension DatabaseTests {
    @Suite struct PipelineTests {
        private let database = Database(Cluster.shared.settings())

        init() throws {
            try database.runScript(
                """
                drop table if exists child, parent;
                create table parent (id bigint primary key, name text not null constraint name_is_short check (length(name) < 9));
                create table child (id bigint, parent_id bigint references parent deferrable initially deferred);
                """)
        }

        private func insert(_ id: Int64, _ name: Parameter) -> Statement {
            Statement("insert into parent values ($1, $2)", parameters: [.integer(id), name])
        }

        private func count() throws -> Int64 { try database.integer("select count(*) from parent") }

        @Test func resultsComeInTheOrderOfTheStatements() throws {
            let results = try database.run([
                Statement("select 1 union all select 2 order by 1"), Statement("set local work_mem = '1MB'"),
                Statement("select 3 where false"), Statement("select 4, 5"),
            ])
            #expect(results.map(\.count) == [2, 0, 0, 1])
            #expect(try results[0].map { try $0.integer(0) } == [1, 2])
            #expect(try results[3].single().integer(1) == 5)
            #expect(results[2].columnCount == 1)
            #expect(try database.run([]).isEmpty)
        }

        @Test func allStatementsAreOneTransaction() throws {
            let error = failure {
                _ = try database.run([insert(1, .text("a")), insert(2, .null), insert(3, .text("c"))])
            }
            guard case .refused(let refusal) = error else {
                throw DatabaseError.unexpected(facts: "\(String(describing: error))")
            }
            #expect(refusal.state == "23502" && refusal.column == "name" && refusal.table == "parent")
            #expect(try count() == 0)
            _ = try database.run([insert(1, .text("a")), insert(2, .text("b"))])
            #expect(try count() == 2)
        }

        @Test func theFirstErrorIsTheOneReported() throws {
            let error = failure {
                _ = try database.run([
                    insert(1, .text("much too long")), Statement("select 1/0"), insert(1, .text("a")),
                ])
            }
            guard case .refused(let refusal) = error else { throw DatabaseError.timeout }
            #expect(refusal.state == "23514" && refusal.constraint == "name_is_short")
        }

        @Test func anErrorAtCommitIsReported() throws {
            let orphan = Statement("insert into child values (1, 99)")
            let error = failure { _ = try database.run([insert(5, .text("five")), orphan]) }
            guard case .refused(let refusal) = error else { throw DatabaseError.timeout }
            #expect(refusal.state == "23503")
            #expect(try count() == 0)
            #expect(try database.integer("select 7") == 7)
        }

        @Test func localSettingsReachTheNextStatementAndEndWithTheCall() throws {
            let set = Statement("select set_config('garita.user_id', $1, true)", parameters: [.text("42")])
            let get = Statement("select current_setting('garita.user_id', true)")
            #expect(try database.run([set, get])[1].single().text(0) == "42")
            #expect(try database.run(get).single().optionalText(0) ?? "" == "")
        }

        @Test func ourOwnErrorsKeepTheirWords() throws {
            let raise = """
                do $$ begin raise exception using errcode = 'GA404', hint = 'Visitor', message = 'No Visitor matches.',
                detail = 'Ninguna visita coincide.'; end $$
                """
            let error = failure { _ = try database.run(Statement(raise)) }
            guard case .refused(let refusal) = error else { throw DatabaseError.timeout }
            #expect(refusal.isOurs && refusal.hint == "Visitor" && refusal.detail == "Ninguna visita coincide.")
            #expect(error?.description == "No Visitor matches.")
        }

        @Test func noValueAppearsInAnError() throws {
            let statement = Statement("select $1::text::integer", parameters: [.text("secret-code")])
            let error = failure { _ = try database.run(statement) }
            #expect(error?.description == "the database refused the statement (22P02)")
            #expect(error?.debugDescription == "SQLSTATE 22P02")
            _ = try database.run(insert(1, .text("secret")))
            let duplicate = failure { _ = try database.run(insert(1, .text("secret"))) }
            #expect(duplicate?.debugDescription.contains("constraint=parent_pkey") == true)
            #expect(duplicate?.debugDescription.contains("secret") == false)
            guard case .refused(let refusal) = duplicate else { throw DatabaseError.timeout }
            #expect(refusal.detail == nil, "PostgreSQL's own details quote the row")
        }

        @Test func aTransactionLeftOpenIsAnErrorAndLeaksToNobody() throws {
            let error = failure { _ = try database.run([Statement("begin"), insert(8, .text("open"))]) }
            guard case .unexpected = error else { throw DatabaseError.timeout }
            #expect(try count() == 0)
        }

        @Test func namedStatementsArePreparedOnce() throws {
            for value in 1...3 as ClosedRange<Int64> {
                #expect(try database.integer("select $1::bigint * 2", name: "twice", [.integer(value)]) == value * 2)
            }
            let both = Statement("select $1::bigint * 3", name: "thrice", parameters: [.integer(5)])
            #expect(try database.run([both, both]).map { try $0.single().integer(0) } == [15, 15])
            #expect(try database.integer("select count(*) from pg_prepared_statements") == 2)
        }

        @Test func anotherTextUnderTheSameNameIsWhatRuns() throws {
            #expect(try database.integer("select 1", name: "same") == 1)
            #expect(try database.integer("select 2", name: "same") == 2)
        }

        @Test func preparedStatementsTheServerForgotAreMadeAgain() throws {
            #expect(try database.integer("select 1", name: "one") == 1)
            try database.runScript("deallocate all")
            #expect(try database.integer("select 1", name: "one") == 1)
        }

        @Test func aPreparedStatementSurvivesAChangeOfItsTable() throws {
            let all = Statement("select * from parent", name: "all parents")
            _ = try database.run([insert(1, .text("a"))])
            #expect(try database.run(all).columnCount == 2)
            try database.runScript("alter table parent add column note text")
            #expect(try database.run(all).columnCount == 3)
        }

        @Test func aStatementRefusedWhenPreparedIsReportedAndTriedAgain() throws {
            let bad = Statement("select * from not_there", name: "later")
            for _ in 1...2 {
                guard case .refused(let refusal) = failure({ _ = try database.run([Statement("select 1"), bad]) })
                else { throw DatabaseError.timeout }
                #expect(refusal.state == "42P01")
            }
            try database.runScript("create table not_there (id bigint)")
            #expect(try database.run(bad).isEmpty)
            try database.runScript("drop table not_there")
        }

        @Test func scriptsAndTransactionsForMigrations() throws {
            try database.transaction {
                try database.runScript("insert into parent values (1, 'a'); insert into parent values (2, 'b')")
                _ = try database.run(insert(3, .text("c")))
            }
            #expect(try count() == 3)
            #expect(throws: DatabaseError.self) {
                try database.transaction {
                    _ = try database.run(insert(4, .text("d")))
                    try database.runScript("insert into parent values (5, 'e'); select 1/0")
                }
            }
            #expect(throws: DatabaseError.self) {
                try database.transaction { _ = failure { try database.runScript("select 1/0") } }
            }
            #expect(throws: DatabaseError.self) {
                try database.runScript("insert into parent values (6, 'f'); select 1/0")
            }
            #expect(try count() == 3)
        }

        @Test func ofSeveralTrialsTheRefusedAreUndoneAndTheOthersStand() throws {
            let results = try database.transaction {
                try database.attempt([
                    [insert(1, .text("a"))], [insert(2, .text("b")), insert(1, .text("twice"))], [],
                    [insert(3, .text("c")), Statement("select name from parent where id = 3")],
                ])
            }
            let states = results.map { result -> String in
                switch result {
                case .success(let rows): "\(rows.count)"
                case .failure(let refusal): refusal.state
                }
            }
            #expect(states == ["1", "23505", "0", "2"])
            #expect(try count() == 2, "1 and 3; 2 went with its group")
            guard case .success(let rows) = results[3] else { throw DatabaseError.timeout }
            #expect(try rows[1].single().text(0) == "c")
        }

        @Test func aFaultThatIsNoValuesEndsAllTrials() throws {
            for wrong in [["select 1/"], ["set local statement_timeout = 20", "select pg_sleep(2)"]] {
                #expect(throws: DatabaseError.self) {
                    try database.transaction {
                        _ = try database.attempt([[insert(1, .text("a"))], wrong.map { Statement($0) }])
                    }
                }
            }
            #expect(throws: DatabaseError.self) { _ = try database.attempt([[insert(1, .text("a"))]]) }
            #expect(try count() == 0)
        }

        @Test func aLostTransactionIsNotContinuedOnANewConnection() throws {
            let killer = Database(Cluster.shared.settings())
            #expect(throws: DatabaseError.self) {
                try database.transaction {
                    let backend = try database.backend()
                    _ = try killer.run(Statement("select pg_terminate_backend($1)", parameters: [.integer(backend)]))
                    Time.sleep(milliseconds: 50)
                    _ = try database.run(insert(9, .text("outside")))
                }
            }
            #expect(try count() == 0)
        }

        @Test func largeParametersAndResultsPass() throws {
            let large = String(repeating: "x", count: 5_000_000)
            let echo = Statement("select $1::text", parameters: [.text(large)])
            let results = try database.run([echo, echo, echo])
            #expect(try results.allSatisfy { try $0.single().text(0) == large })
        }
    }
}

import PostgreSQL
import Testing

extension DatabaseTests {
    @Suite struct TypeTests {
        private let database = Database(Cluster.shared.settings())

        private func row(_ sql: String, _ parameters: [Parameter] = []) throws -> Row {
            try database.run(Statement(sql, parameters: parameters)).single()
        }

        @Test func valuesOfEveryTypeMakeTheRoundTrip() throws {
            let bytes = (0...255).map { UInt8($0) }
            let row = try row(
                "select $1::text, $2::bigint, $3::boolean, $4::bytea, $5::text, $6::integer, $7::numeric",
                [
                    .text("¡Señal! 'x' \\ \"y\""), .integer(.min), .bool(true), .bytes(bytes), .null, .integer(-7),
                    .text("1.50"),
                ])
            #expect(try row.text(0) == "¡Señal! 'x' \\ \"y\"")
            #expect(try row.integer(1) == .min)
            #expect(try row.bool(2))
            #expect(try row.bytes(3) == bytes)
            #expect(row.isNull(4) && !row.isNull(0))
            #expect(try row.optionalText(4) == nil)
            #expect(try row.integer(5) == -7)
            #expect(try row.text(6) == "1.50")
            #expect(row.columnCount == 7)
        }

        @Test(arguments: [
            [], ["a"], ["", "null", "NULL"], ["a b", "c,d", "{e}", "\"f\"", "\\g", "ñ\n"],
        ])
        func textArraysMakeTheRoundTrip(_ texts: [String]) throws {
            let row = try row("select $1::text[], cardinality($1::text[])", [.textArray(texts)])
            #expect(try row.textArray(0) == texts)
            #expect(try row.integer(1) == Int64(texts.count))
        }

        @Test func arraysOfBytesAndIntegersArrive() throws {
            let row = try row(
                "select ($1::bytea[])[2], cardinality($1), $2::bigint[], $3::bytea[] = '{}'",
                [.bytesArray([[1], [0, 255, 92, 34]]), .integerArray([1, -2, .max]), .bytesArray([])])
            #expect(try row.bytes(0) == [0, 255, 92, 34])
            #expect(try row.integer(1) == 2)
            #expect(try row.integerArray(2) == [1, -2, .max])
            #expect(try row.bool(3))
        }

        @Test func emptyIsNotNull() throws {
            let row = try row("select $1::text, $2::bytea", [.text(""), .bytes([])])
            #expect(try row.text(0) == "" && row.bytes(1) == [])
        }

        @Test(arguments: [Parameter.text("a\0b"), .textArray(["ok", "\0"])])
        func textWithNULIsRefusedAndNeverCut(_ parameter: Parameter) throws {
            let statement = Statement("select $1", parameters: [parameter])
            guard case .refused(let refusal) = failure({ _ = try database.run(statement) }) else {
                throw DatabaseError.timeout
            }
            #expect(refusal.state == "22021")
            #expect(try database.integer("select 1") == 1)
        }

        @Test func theWrongTypeIsAnErrorAndNotATrap() throws {
            let row = try row("select 'x'::text, null::bigint, 1::bigint, array['a', null]")
            let mistakes: [() throws -> Void] = [
                { _ = try row.integer(0) }, { _ = try row.integer(1) }, { _ = try row.bool(2) },
                { _ = try row.bytes(0) }, { _ = try row.textArray(0) }, { _ = try row.text(9) },
                { _ = try row.text(-1) }, { _ = try row.textArray(3) }, { _ = try row.text(1) },
            ]
            for mistake in mistakes {
                guard case .unexpected = failure(mistake) else { throw DatabaseError.timeout }
            }
            #expect(row.isNull(9))
            guard case .unexpected = failure({ _ = try database.run(Statement("select 1 where false")).single() })
            else { throw DatabaseError.timeout }
        }

        @Test func jsonIsLentAsBytes() throws {
            let row = try row("select '{\"a\": 1}'::json, null::json")
            #expect(try row.utf8(0).map { Array($0) } == Array("{\"a\": 1}".utf8))
            #expect(try row.utf8(1) == nil)
        }
    }
}

import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// By what the rows of a table are found that a file names.
extension Table {
    /// Who bears these names: answers name and number.
    func bearers(of texts: [String]) -> Statement {
        // Signs that people put between a name and a place do not count.
        let asked = texts.map { ($0, $0) } + texts.map { ($0, $0.withoutSigns) }.filter { $0 != $1 }
        // Each name is folded once: of a join over the function the planner makes one of all pairs.
        let sql = """
            with asked as materialized (
            select x.text, garita.fold(x.name) as name from unnest($1::text[], $2::text[]) as x (text, name)
            ), known as materialized (
            select t.id, garita.fold(n.name) as name from \(resource.table) as t \(placeJoin)
            cross join lateral unnest(array[\(importNames.joined(separator: ", "))]::text[]) as n (name)
            ) select distinct a.text, k.id from asked as a join known as k on k.name = a.name
            """
        return Statement(sql, parameters: [.textArray(asked.map(\.0)), .textArray(asked.map(\.1))])
    }

    /// What people call these rows, and where they stand (``places``): answers number, title and numbers.
    func records(_ ids: [Int64]) -> Statement {
        let items = ["t.id", choiceTitle] + places.map(\.expression)
        return Statement(
            "select \(items.joined(separator: ", ")) from \(resource.table) as t where t.id = any ($1::bigint[])",
            parameters: [.integerArray(ids)])
    }

    private var place: (table: Table, column: String)? {
        guard let field = places.first?.field, let column = field.column else { return nil }
        return Table.of(field.target).map { ($0, column) }
    }

    private var placeJoin: String {
        place.map { "join \($0.table.resource.table) as p on p.id = t.\($0.column)" } ?? ""
    }

    /// What only one row can have, a code excepted, and what people call it: alone, and with where it stands.
    private var importNames: [String] {
        let title = admin.title("t")
        let own = resource.keys.filter { $0.count > 1 }.flatMap(\.self).compactMap { $0.textName("t") }
        let unique = resource.keys.filter { $0.count == 1 }.flatMap(\.self).compactMap { $0.textName("t") }
        let around = place.map { place in
            let unique = place.table.resource.keys.flatMap(\.self).filter(\.isUnique).compactMap { $0.textName("p") }
            return unique.isEmpty ? [place.table.admin.title("p")] : unique
        }
        let placed = (around ?? []).flatMap { place in
            (own.isEmpty ? [title] : own).flatMap { name in
                [" ", "-"].map { "\(place) || '\($0)' || \(name)" } + ["\(name) || ' ' || \(place)"]
            }
        }
        return [title] + own + unique + placed
    }
}

extension Field {
    fileprivate func textName(_ alias: String) -> String? {
        guard kind.isText, kind != .code, readers.admits(.administrator) else { return nil }
        return column.map { "\(alias).\($0)" }
    }
}

extension String {
    /// `Juan Pérez · A-101` and `Juan Pérez (A-101)` as `Juan Pérez A-101`.
    fileprivate var withoutSigns: String {
        split { $0.isWhitespace || "·,;:()[]/|".contains($0) }.filter { !["-", "–", "—"].contains($0) }
            .joined(separator: " ")
    }
}

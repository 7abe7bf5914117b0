extension Resource {
    /// What a table's declaration names and nothing has, a sentence each: fields of lists and pages, filters of related lists.
    ///
    /// - Parameter tables: all that have pages, among which related ones and targets are looked for.
    package static func faults(in tables: [Resource]) -> [String] {
        let bySlug = Dictionary(tables.compactMap { table in table.admin.map { ($0.slug, table) } }) { first, _ in first
        }
        return tables.flatMap { $0.listFaults + $0.pageFaults(bySlug) }
    }

    private var listFaults: [String] {
        let shown = list.order.map(\.field) + list.orderable + list.search.fields
        let bound = list.search.bound.map { [$0.until] + $0.narrowedBy + $0.bounded } ?? []
        return missing(shown + list.minimal)
            + bound.filter { list.filter($0) == nil }.map {
                "\(tableName): there is no filter \($0), which bounds a search"
            }
    }

    private func pageFaults(_ tables: [String: Resource]) -> [String] {
        guard let admin else { return [] }
        let shown = admin.columns + admin.fieldsets.flatMap(\.fields)
        let single = [admin.dates?.field, admin.deactivationField].compactMap { $0 }
        let days = [admin.dates?.from, admin.dates?.until].compactMap { $0 }
        return missing(shown + single)
            + days.filter { list.filter($0) == nil }.map { "\(tableName): there is no filter \($0) of days" }
            + admin.related.compactMap { related in
                guard let other = tables[related.slug] else {
                    return "\(tableName): its related list \(related.slug) is no table with pages"
                }
                return fault(related, other)
            }
    }

    private func fault(_ related: AdminOptions.Related, _ other: Resource) -> String? {
        if other.list.filter(related.filter) == nil {
            return "\(tableName): its related list \(related.slug) has no filter \(related.filter)"
        }
        guard let field = related.field, other.field(field) == nil else { return nil }
        return "\(tableName): its related list \(related.slug) has no field \(field) to fill in"
    }

    private func missing(_ names: [String]) -> [String] {
        names.filter { listField($0) == nil }.map { "\(tableName): there is no field \($0)" }
    }
}

package import Web

/// What the lists of a table offer: how they are ordered, searched, filtered and counted.
package struct ListOptions: Sendable {
    /// The order without `?ordering=`; the row number always follows, so that pages never overlap.
    package let order: [Ordering]
    /// Field names that `?ordering=` may name.
    package let orderable: [String]
    /// What `?search=` looks into.
    package let search: SearchOptions
    /// Query parameters that leave rows out.
    package let filters: [Filter]
    /// Field names of `list_minimal/`; empty when the table has none.
    package let minimal: [String]
    /// Fields that no row of the API has: for `list_minimal/`, searches, orders and columns of pages.
    package let hidden: [Field]
    /// How all rows are counted.
    package let counting: RowCounting

    /// What is left out, the table has not.
    package init(
        order: [Ordering] = [], orderable: [String] = [], search: SearchOptions = [], filters: [Filter] = [],
        minimal: [String] = [], hidden: [Field] = [], counting: RowCounting = .each
    ) {
        self.order = order
        self.orderable = orderable
        self.search = search
        self.filters = filters
        self.minimal = minimal
        self.hidden = hidden
        self.counting = counting
    }

    /// The filter of that name.
    package func filter(_ name: String) -> Filter? { filters.first { $0.name == name } }
}

/// What the words of `?search=` are looked for in; for most tables a list of field names says it all.
package struct SearchOptions: Sendable, ExpressibleByArrayLiteral {
    /// Names of the fields.
    package let fields: [String]
    /// That a row has a word in one of the fields, `?` standing for its pattern; nil: each field is looked at.
    ///
    /// For a large table, in which it says the same in less time, and whose fields every role reads.
    let condition: String?
    /// A function in SQL that finds, by an index, the rows of which some field is like a pattern; null when they are many.
    let finder: String?
    /// How far a search goes; nil for a table that is searched whole.
    package let bound: SearchBound?
    /// The API passes over `?search=`, as the legacy API did; pages search.
    let isForPages: Bool

    /// - Parameter fields: names; the rest is for a large table.
    package init(
        _ fields: [String], condition: String? = nil, finder: String? = nil, bound: SearchBound? = nil,
        isForPages: Bool = false
    ) {
        self.isForPages = isForPages
        self.fields = fields
        self.condition = condition
        self.finder = finder
        self.bound = bound
    }

    /// Each of these fields is looked at, in all rows.
    package init(arrayLiteral fields: String...) { self.init(fields) }
}

/// Words are looked for in no more rows of a large table than a request has time for.
package struct SearchBound: Sendable {
    /// The condition on rows, `?` standing for the value of the filter `until`.
    ///
    /// A function in it stands in a subquery: called in a condition, it would be called for each row.
    let condition: String
    /// The name of the filter that says where the time searched ends.
    let until: String
    /// Names of filters each of which leaves so few rows that a page searches them all.
    package let narrowedBy: [String]
    /// Names of filters that look at row by row, too, and go no further than words.
    let bounded: [String]
    /// A sentence for the API's document.
    let about: Text
    /// A sentence for the page of the list.
    package let notice: Text

    /// As the properties say; `about` follows the sentence of the parameter in the API's document.
    package init(
        _ condition: String, until: String, narrowedBy: [String], bounded: [String] = [], about: Text, notice: Text
    ) {
        self.bounded = bounded
        self.condition = condition
        self.until = until
        self.narrowedBy = narrowedBy
        self.about = about
        self.notice = notice
    }
}

/// How the rows of a table are counted.
package enum RowCounting: Sendable {
    /// Each is looked at: few, or seldom asked for.
    case each
    /// Counted as they come and go (`garita.row_counts`), for whom sees every row of the site.
    case kept(for: Access)
    /// Counted from sums of days (`CountRollup`), in the newest-first order.
    case rollup(CountRollup)

    /// The rollup; nil where there is none.
    package var rollup: CountRollup? {
        if case .rollup(let rollup) = self { rollup } else { nil }
    }

    /// Whether somebody of this role reads the number of all rows without counting them.
    func keepsCount(for role: Role) -> Bool {
        if case .kept(let readers) = self { readers.admits(role) } else { false }
    }
}

/// One term of an `order by`.
package struct Ordering: Sendable, Equatable {
    /// The field's name.
    package let field: String
    /// The largest first.
    package let isDescending: Bool

    /// The smallest first.
    package static func ascending(_ field: String) -> Ordering { Ordering(field: field, isDescending: false) }
    /// The largest first.
    package static func descending(_ field: String) -> Ordering { Ordering(field: field, isDescending: true) }
}

import Web

/// A place in an ordered list, told by the values of a row there: what lies behind it is found without counting.
struct KeysetPagination {
    private struct Term {
        let expression: String
        let isDescending: Bool
        let isNeverNull: Bool
    }

    private let terms: [Term]

    /// - Parameter isReversed: backwards.
    init(_ resource: Resource, _ order: [Ordering], isReversed: Bool) {
        var terms = order.compactMap { ordering in
            resource.listField(ordering.field).map {
                Term(
                    expression: $0.expression, isDescending: ordering.isDescending != isReversed,
                    isNeverNull: !$0.isNullable)
            }
        }
        let isLastDescending = order.last?.isDescending ?? false
        terms.append(Term(expression: "t.id", isDescending: isLastDescending != isReversed, isNeverNull: true))
        self.terms = terms
    }

    /// How many values tell a place.
    var count: Int { terms.count }

    /// To be selected behind the columns of the answer.
    var columns: String { terms.map { ", \($0.expression)" }.joined() }

    var orderBy: String {
        " order by " + terms.map { "\($0.expression)\($0.isDescending ? " desc" : "")" }.joined(separator: ", ")
    }

    /// Only the rows behind a place.
    ///
    /// PostgreSQL takes nulls for larger than anything else.
    func add(_ place: [String?], to conditions: inout WhereClause) {
        let bound = place.map { value in value.map { conditions.bind(.text($0)) } }
        conditions.add(isOneRange(place) ? range(bound) : steps(bound))
    }

    /// Whether one comparison of rows says it all, which an index answers.
    ///
    /// With nulls it does so where they come first, because they are behind no place.
    private func isOneRange(_ place: [String?]) -> Bool {
        guard !place.contains(nil) else { return false }
        return terms.allSatisfy(\.isDescending) || terms.allSatisfy { !$0.isDescending && $0.isNeverNull }
    }

    private func range(_ bound: [String?]) -> String {
        let expressions = terms.map(\.expression).joined(separator: ", ")
        let sign = terms.allSatisfy(\.isDescending) ? "<" : ">"
        return "(\(expressions)) \(sign) (\(bound.compactMap { $0 }.joined(separator: ", ")))"
    }

    /// Behind in the first term; or equal there and behind in the second; and so on.
    private func steps(_ bound: [String?]) -> String {
        let steps = terms.indices.map { index -> String in
            let equal = zip(terms, bound).prefix(index).map { term, value in
                value.map { "\(term.expression) = \($0)" } ?? "\(term.expression) is null"
            }
            return "(" + (equal + [behind(terms[index], bound[index])]).joined(separator: " and ") + ")"
        }
        return steps.joined(separator: " or ")
    }

    private func behind(_ term: Term, _ value: String?) -> String {
        switch (value, term.isDescending) {
        case (nil, false): "false"
        case (nil, true): "\(term.expression) is not null"
        case (let value?, false): "(\(term.expression) > \(value) or \(term.expression) is null)"
        case (let value?, true): "\(term.expression) < \(value)"
        }
    }
}

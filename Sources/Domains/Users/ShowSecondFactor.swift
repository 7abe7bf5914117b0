import PostgreSQL
import Resource
package import Web

/// Whether one's own second factor is required and in use.
///
/// - SQL: `api.second_factor` (sql/functions/users/second_factor.sql).
package struct ShowSecondFactor: Action {
    package init() {}

    package func perform(_ context: Context) throws -> SecondFactorState {
        let row = try context.runOnOwnFactor(
            "second_factor",
            "select is_required, confirmed_at::text, recovery_codes_left from api.second_factor($1, $2, $3)"
        ).single()
        return SecondFactorState(
            isRequired: try row.bool(0), confirmedAt: try row.optionalText(1).map(WireTime.timestamp),
            recoveryCodesLeft: row.isNull(2) ? 0 : try row.integer(2))
    }
}

/// What is known of one's own second factor.
package struct SecondFactorState {
    /// Whether the site demands one of this role.
    package let isRequired: Bool
    /// Since when a log-in needs a code; nil where it does not.
    package let confirmedAt: String?
    /// How many recovery codes were not used yet.
    package let recoveryCodesLeft: Int64
}

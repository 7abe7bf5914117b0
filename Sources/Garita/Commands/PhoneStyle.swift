import PostgreSQL
import Web

/// Phones that were stored before they had one style, or before the site had its country.
struct PhoneStyle {
    let database: Database

    /// Columns that hold phones; `garita.write_phones` is the trigger of each.
    private static let columns = [
        ("users", "phone"), ("units", "owner_phone"), ("residents", "phone"), ("residents", "emergency_contact_phone"),
        ("visitors", "phone"),
    ]
    /// Rows of one transaction: few, because a decision at a gate may wait for the lock of one of them.
    private static let batch: Int64 = 500

    /// Writes them in the style; what is no number stays as it is.
    /// - Returns: how many were written.
    func apply() throws -> Int64 {
        // A site of before has the country of its time zone.
        _ = try database.run(
            Statement("update garita.sites set country = garita.country_of(time_zone) where country is null"))
        let countries = try database.run(
            Statement(
                "select s.id, s.country, (select sum(greatest(c.reltuples, 0))::bigint from pg_catalog.pg_class as c"
                    + " where c.oid in ('garita.users'::regclass, 'garita.units'::regclass, 'garita.residents'::regclass,"
                    + " 'garita.visitors'::regclass))"
                    + " from garita.sites as s where s.country is distinct from s.phones_read_in"))
        guard let first = countries.first else { return 0 }
        let progress = Progress(of: try first.integer(2))
        var (seen, written): (Int64, Int64) = (0, 0)
        for (table, column) in Self.columns {
            var last: Int64? = 0
            while let after = last {
                let row = try database.run(
                    Statement(
                        "select last_id, changed from garita.restyle_phones($1, $2, $3, $4::integer)",
                        parameters: [.text(table), .text(column), .integer(after), .integer(Self.batch)])
                ).single()
                last = row.isNull(0) ? nil : try row.integer(0)
                written += try row.integer(1)
                seen += Self.batch
                progress.show(seen)
            }
        }
        progress.hide()
        for site in countries {
            _ = try database.run(
                Statement(
                    "update garita.sites as s set phones_read_in = $2 where s.id = $1",
                    parameters: [.integer(try site.integer(0)), .text(try site.text(1))]))
        }
        return written
    }
}

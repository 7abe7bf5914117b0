import CPostgreSQL

extension Connection {
    /// The options in force that have a variable (libpq, "Environment Variables").
    ///
    /// Source: libpq, `PQconninfo`: the list ends with a null keyword and is freed by `PQconninfoFree`.
    func environment() throws(DatabaseError) -> [String: String] {
        guard let options = PQconninfo(handle) else { throw .unavailable(facts: "out of memory") }
        defer { PQconninfoFree(options) }
        var found: [String: String] = [:]
        var option = options
        while option.pointee.keyword != nil {
            if let name = option.pointee.envvar, let value = option.pointee.val {
                found[String(cString: name)] = String(cString: value)
            }
            option += 1
        }
        return found
    }
}

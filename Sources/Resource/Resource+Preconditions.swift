import JSON
import PostgreSQL
import Web

extension Resource {
    /// Changes a row only in the state that the client has seen; a request that names none is done as it is.
    ///
    /// The row is locked, compared and written in one transaction, so that of two who saw the same state one loses.
    /// - Throws: 412 when the row is in another state.
    func whileUnchanged<Value>(
        _ id: Int64, _ preconditions: Preconditions?, _ context: Context, _ work: (Context) throws -> Value
    ) throws -> Value {
        guard let preconditions else {
            return try rules.derived == nil ? work(context) : context.transaction(work)
        }
        return try context.transaction { context in
            let role = try context.requireCaller().role
            let projection = rowProjection(for: role)
            let read = rowStatement(.number(id), for: role, isLocked: true)
            // A row that is not there is what the work itself will find.
            if let row = try context.run([read])[0].first {
                try preconditions.require(EntityTag(of: projection.json(row, context).serialized()))
            }
            return try work(context)
        }
    }
}

/// A device that signs its requests in place of a token, as its signature says; the database checks that it is in use.
package struct SigningDevice: Sendable, Equatable {
    /// Its row.
    package let id: Int64
    /// Which of its keys it signed with; each renewal of the key raises it by one.
    package let keyVersion: Int64
    /// The device's name for this request: a repeated one gets the first answer again.
    package let requestID: String
    /// Whose columns it reads; which rows are its own, the statement says that reads them.
    package let role: Role

    /// What a verified signature says.
    package init(id: Int64, keyVersion: Int64, requestID: String, role: Role) {
        self.id = id
        self.keyVersion = keyVersion
        self.requestID = requestID
        self.role = role
    }
}

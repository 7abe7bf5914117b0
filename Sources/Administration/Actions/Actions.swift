extension ActionPage {
    /// What administrators do beside editing rows; a table's links stand in this order.
    static let all =
        visitActions + passActions + [acknowledgeGate, openDoorNow] + pairingActions + deviceActions + cardActions
        + residentActions + accountActions + sessionActions + webhookActions
}

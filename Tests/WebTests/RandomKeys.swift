import Cryptography
import Web

extension Keys {
    /// One random key of every kind.
    static func random(
        signingWith master: MasterKey = MasterKey(generation: 1, secret: .random()), devices: DeviceKeys? = nil
    ) -> Keys {
        let key = MasterKey(generation: 1, secret: .random())
        let ring = KeyRing([key])
        return Keys(
            tokens: Tokens(signingWith: master), codes: CodeKeys(tagging: [key], showing: [key]),
            devices: devices ?? DeviceKeys(ring), accounts: AccountKeys(ring), factors: ring)
    }
}

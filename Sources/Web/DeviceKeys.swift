package import Cryptography

/// The master keys of devices that sign their requests.
package struct DeviceKeys: Sendable {
    private let masters: KeyRing

    /// - Parameter masters: the keys from which that of each device is derived.
    package init(_ masters: KeyRing) {
        self.masters = masters
    }

    /// What to hand to a device at enrolment and with each new key; nil where no master key has been made.
    package func credentials(of device: Int64, version: Int64) -> DeviceCredentials? {
        keys(of: device, version: version).current.map { DeviceCredentials(id: device, keyVersion: version, key: $0) }
    }

    /// What a device may sign with: its key under each generation of the master key.
    package func keys(of device: Int64, version: Int64) -> KeyRing {
        masters.derive { _ in "gate|\(device)|\(version)" }
    }
}

/// What a device signs with: shown once, stored nowhere.
package struct DeviceCredentials: Sendable {
    /// The device's number.
    package let id: Int64
    /// Counts its keys, from 1.
    package let keyVersion: Int64
    /// Of 32 bytes.
    package let key: Secret

    /// As a device is told: a name and a value in each line.
    package var exposedLines: String { "id=\(id)\nkv=\(keyVersion)\nkey=\(key.exposedHexadecimal())" }
}

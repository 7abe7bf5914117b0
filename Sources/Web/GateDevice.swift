package import Cryptography

/// A gate's own device, as its signed request says; the database checks that it lives and which gate is its own.
package struct GateDevice: Sendable, Equatable {
    package let id: Int64
    package let keyVersion: Int64
    /// The device's name for this request: a repeated one gets the first answer again.
    package let requestID: String

    package init(id: Int64, keyVersion: Int64, requestID: String) {
        self.id = id
        self.keyVersion = keyVersion
        self.requestID = requestID
    }
}

/// The master keys of gate devices.
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

/// What a gate device signs with: shown once, stored nowhere.
package struct DeviceCredentials: Sendable {
    package let id: Int64
    package let keyVersion: Int64
    package let key: Secret

    /// As a device is told: a name and a value in each line.
    package var exposedLines: String { "id=\(id)\nkv=\(keyVersion)\nkey=\(key.exposedHexadecimal())" }
}

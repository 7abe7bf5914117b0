import Glibc

/// The environment of the process.
package enum Environment {
    /// The value of one variable; nil when unset or not UTF-8.
    ///
    /// Only the configuration reads it, so that all settings are found in one place.
    package static func value(of name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        return String(validatingCString: value)
    }
}

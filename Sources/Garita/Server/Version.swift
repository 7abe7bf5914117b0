/// The version of the product: `garita --version`, `info.version` of the API's document, the newest section of
/// CHANGELOG.md and the version of a package all say this one.
///
/// Semantic versioning (semver.org): before 1.0.0 a minor version may change what clients and operators rely on, and
/// CHANGELOG.md says so under "Upgrade".
enum Version {
    static let current = "0.1.0"
}

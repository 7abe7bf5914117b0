import Pages
import Vocabulary
package import Web

/// Where the pages of this room are; no other file spells them.
enum HomePath {
    static let home = "/home/"
}

/// The pages of residents.
package let homePages: [Route] = [
    .page(.get, HomePath.home, for: .residents, ShowHome.self).inNavigation(Text("My home", es: "Mi casa"))
]

import Vocabulary
import Web

/// The start page, reports and the search over all tables.
let homePages: [Route] = [
    .page(.get, AdminPath.home, for: .administrators, ShowHome.self).inNavigation(.administration)
]

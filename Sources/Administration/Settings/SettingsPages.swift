import Pages
import Vocabulary
import Web

/// What a residence decides about itself, and where a superuser works.
let settingsPages: [Route] = [
    .page(.get, AdminPath.settings, for: .administrators, ShowSettings.self),
    .page(.post, AdminPath.settings, for: .administrators, SubmitSettings.self),
    .page(.get, PagePath.site, for: .administrators, ShowSites.self),
    .page(.post, PagePath.site, for: .administrators, SubmitSite.self),
]

import Pages
import Vocabulary
import Web

/// What a residence decides about itself, and where a superuser works.
let settingsPages: [Route] =
    Route.form(AdminPath.settings, for: .administrators, SettingsPage.init) + [
        .page(.get, PagePath.site, for: .administrators, ShowSites.self),
        .page(.post, PagePath.site, for: .administrators, SubmitSite.self),
    ]

import Pages
import Vocabulary
import Web

/// The start page, reports and the search over all tables.
let homePages: [Route] =
    [
        .page(.get, AdminPath.home, for: .administrators, Dashboard.self).inNavigation(.administration),
        .page(.post, AdminPath.home, for: .administrators, PutSetupAway.self),
        .page(.get, AdminPath.reports, for: .administrators, ShowReports.self),
        .page(.get, AdminPath.reportsFile, for: .administrators, DownloadReport.self),
    ] + Route.form(AdminPath.search, for: .administrators, SearchPage.init)

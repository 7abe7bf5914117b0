import AccessControl
import AccessLogs
import Account
import Administration
import Residents
import Users
import Visitors
import Web

/// The joined route tables: all that Garita answers.
let routeTable: [Route] =
    healthRoutes + usersRoutes + residentsRoutes + visitorsRoutes
    + [visitorValidation(visitor: visitors, pass: temporaryCodes)] + passPictureRoutes + accessControlRoutes
    + accessLogsRoutes + schemaRoutes + accountPages + adminPages

import AccessControl
import AccessLogs
import Account
import Administration
import Doors
import Gate
import Home
import Integrations
import Pass
import Residents
import Users
import Visitors
import Web

/// The joined route tables: all that Garita answers.
let routeTable: [Route] =
    usersRoutes + residentsRoutes + visitorsRoutes
    + [visitorValidation(visitor: visitors, pass: temporaryCodes)] + passPictureRoutes + accessControlRoutes
    + accessLogsRoutes + doorsRoutes + integrationsRoutes + schemaRoutes + accountPages + gatePages + homePages
    + passPages + adminPages

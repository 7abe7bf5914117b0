import Pages
import Vocabulary
package import Web

/// The administration: pages drawn from the declared tables, and those made by hand beside them.
package let adminPages: [Route] =
    homePages + newAccountPages + settingsPages + systemPages + importPages + doorFormPages + Table.all.flatMap(\.pages)

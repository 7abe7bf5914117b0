import Resource
package import Web

/// Buildings, units, the people who live there and their vehicles.
package let residentsRoutes: [Route] = buildings.routes + units.routes + residents.routes + vehicles.routes

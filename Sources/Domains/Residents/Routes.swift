import Resource
package import Web

/// Buildings, units and the people who live there.
package let residentsRoutes: [Route] = buildings.routes + units.routes + residents.routes

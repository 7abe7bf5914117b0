import Resource
package import Web

/// The access log.
package let accessLogsRoutes: [Route] = accessLogs.routes

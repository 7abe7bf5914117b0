package import Web

/// Signing in and out.
package let usersRoutes: [Route] = [
    .post("/api/auth/login/", for: .anyone, SignIn.self),
    .post("/api/auth/refresh/", for: .anyone, RefreshSession.self),
    .post("/api/auth/verify/", for: .anyone, VerifyToken.self),
    .post("/api/auth/logout/", for: .signedIn, SignOut.self),
]

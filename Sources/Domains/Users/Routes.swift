import Resource
import Vocabulary
package import Web

/// Accounts, signing in and out, passwords, sessions, the audit.
package let usersRoutes: [Route] =
    [
        EndSession.route,
        .post("/api/auth/login/", for: .anyone, SignIn.self),
        .post("/api/auth/refresh/", for: .anyone, RefreshSession.self),
        .post("/api/auth/verify/", for: .anyone, VerifyToken.self),
        .post("/api/auth/logout/", for: .signedIn, SignOut.self),
        .post("/api/auth/password/", for: .signedIn, ChangePassword.self),
        .post("/api/auth/reset/", for: .anyone, ResetPassword.self),
        .post("/api/users/{id}/password_link/", for: .administrators, MakePasswordLink.self),
        .post("/api/users/{id}/unlock/", for: .administrators, UnlockAccount.self),
        .post("/api/users/{id}/end_sessions/", for: .signedIn, EndUserSessions.self),
        .get("/api/users/me/", for: .signedIn, ShowMe.self),
    ] + users.routes + newUsers.routes + sessions.routes + audit.routes

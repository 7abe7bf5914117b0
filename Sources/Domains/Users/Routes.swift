import Resource
import Vocabulary
package import Web

/// Accounts, signing in and out, and passwords.
package let usersRoutes: [Route] =
    [
        .post("/api/auth/login/", for: .anyone, SignIn.self),
        .post("/api/auth/refresh/", for: .anyone, RefreshSession.self),
        .post("/api/auth/verify/", for: .anyone, VerifyToken.self),
        .post("/api/auth/logout/", for: .signedIn, SignOut.self),
        .post("/api/auth/password/", for: .signedIn, ChangePassword.self),
        .post("/api/auth/reset/", for: .anyone, ResetPassword.self),
        .post("/api/users/{id}/password_link/", for: .administrators, MakePasswordLink.self),
        .post("/api/users/{id}/unlock/", for: .administrators, UnlockAccount.self),
        .get("/api/users/me/", for: .signedIn, ShowMe.self),
    ] + users.routes + newUsers.routes

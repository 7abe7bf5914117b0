import OpenAPI
import Resource
import Vocabulary
package import Web

/// Accounts, signing in and out, passwords, sessions, the audit.
package let usersRoutes: [Route] =
    [
        // As the legacy API's, which names no other table.
        .links("/api/", ["users": "/api/users/"]),
        EndSession.route,
        .post("/api/auth/login/", for: .anyone, SignIn.self).with(
            About(
                "Token Obtain Pair",
                "Takes a set of user credentials and returns an access and refresh JSON web\ntoken pair to prove the"
                    + " authentication of those credentials.",
                [
                    AboutField("username", .text(maximum: nil), required: true),
                    AboutField("password", .text(maximum: nil), required: true),
                ])),
        .post("/api/auth/login/code/", for: .anyone, SignInWithCode.self),
        .post("/api/auth/refresh/", for: .anyone, RefreshSession.self).with(
            About(
                "Token Refresh",
                "Takes a refresh type JSON web token and returns an access type JSON web\ntoken if the refresh token is"
                    + " valid.",
                [
                    AboutField("refresh", .text(maximum: nil), required: true),
                    AboutField("access", .text(maximum: nil), readOnly: true),
                ])),
        .post("/api/auth/verify/", for: .anyone, VerifyToken.self).with(
            About(
                "Token Verify",
                "Takes a token and indicates if it is valid.  This view provides no\ninformation about a token's fitness"
                    + " for a particular use.", [AboutField("token", .text(maximum: nil), required: true)])),
        .post("/api/auth/logout/", for: .signedIn, SignOut.self),
        .post("/api/auth/password/", for: .signedIn, ChangePassword.self),
        .post("/api/auth/reset/", for: .anyone, ResetPassword.self),
        .post("/api/users/{id}/password_link/", for: .administrators, MakePasswordLink.self),
        .post("/api/users/{id}/unlock/", for: .administrators, UnlockAccount.self),
        .post("/api/users/{id}/end_sessions/", for: .signedIn, EndUserSessions.self),
        .get("/api/users/me/", for: .signedIn, ShowMe.self),
        .post("/api/sites/{id}/choose/", for: .administrators, ChooseSite.self),
    ] + secondFactorRoutes + users.routes + newUsers.routes + sessions.routes + audit.routes + sites.routes

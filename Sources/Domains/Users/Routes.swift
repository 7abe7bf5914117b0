import JSON
import OpenAPI
import Resource
import Vocabulary
package import Web

/// Accounts, signing in and out, passwords, sessions, the audit.
package let usersRoutes: [Route] =
    [
        // As the legacy API's, which names no other table.
        .links("/api/", ["users": "/api/users/"]),
        .action(
            "/api/auth/sessions/{id}/", by: .delete, for: .signedIn, EndSession.self,
            Documentation(
                Text("End a session", es: "Terminar una sesión"),
                Text(
                    "Its tokens are void at the next request.",
                    es: "Sus tokens dejan de servir en la siguiente solicitud."),
                answers: [.noContent])),
    ] + signInRoutes + [
        .action(
            "/api/auth/password/", for: .signedIn, ChangePassword.self,
            Documentation(
                Text("Change one's password", es: "Cambiar la propia contraseña"),
                Text(
                    "Every other session ends; the answer is a new pair of tokens.",
                    es: "Las demás sesiones terminan; la respuesta es un nuevo par de tokens."),
                answers: [.ok(TokenPair.schema)])
        ) { change, context in
            .json(try change.perform(context).json(context))
        },
        .action(
            "/api/auth/reset/", for: .anyone, ResetPassword.self,
            Documentation(
                Text("Set a password by a link", es: "Fijar la contraseña con un enlace"), answers: [.noContent])),
        .action(
            "/api/users/{id}/password_link/", for: .administrators, MakePasswordLink.self,
            Documentation(
                Text("Make a link that sets a password", es: "Crear un enlace para fijar la contraseña"),
                Text(
                    "It works once; one made before is void. The present password stays until then.",
                    es: "Sirve una vez; el anterior deja de servir. La contraseña actual sigue hasta entonces."),
                answers: [
                    .created(
                        .named(
                            "PasswordLink", .object(Property("token", .string), Property("expires_at", .timestamp))))
                ])
        ) { making, context in
            let link = try making.perform(context)
            let end = WireTime.timestamp(link.endsAt)
            return .json(["token": .string(link.token), "expires_at": .string(end)], status: 201)
        },
        .action(
            "/api/users/{id}/unlock/", for: .administrators, UnlockAccount.self,
            Documentation(
                Text("Forget the failed log-ins of an account", es: "Olvidar los intentos fallidos de una cuenta"),
                answers: [.noContent])),
        .action(
            "/api/users/{id}/end_sessions/", for: .signedIn, EndSessions.self,
            Documentation(
                Text("End every session of an account", es: "Cerrar todas las sesiones de una cuenta"),
                id: "endUserSessions",
                Text(
                    "One's own, or an administrator those of any.",
                    es: "La propia, o un administrador las de cualquiera."),
                answers: [.noContent])),
        .get("/api/users/me/", for: .signedIn, ShowMe.self),
        .action(
            "/api/sites/{id}/choose/", for: .administrators, ChooseSite.self,
            Documentation(
                Text("Choose where a superuser works", es: "Elegir dónde trabaja un superusuario"),
                Text(
                    "Holds for this session, from the next request on. Other accounts belong to one site: 404 for all"
                        + " others.",
                    es:
                        "Vale para esta sesión, desde la siguiente solicitud. Las demás cuentas son de una comunidad:"
                        + " 404."
                ),
                answers: [.noContent])),
    ] + secondFactorRoutes + users.routes + newUsers.routes + sessions.routes + audit.routes + sites.routes

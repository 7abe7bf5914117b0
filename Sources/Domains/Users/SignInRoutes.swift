import JSON
import OpenAPI
import Web

/// Signing in and out, and the tokens of a session.
let signInRoutes: [Route] = [
    .action("/api/auth/login/", for: .anyone, SignIn.self, aboutSignIn) { attempt, context in
        try attempt.perform(context).answer(context)
    }.with(
        About(
            "Token Obtain Pair",
            "Takes a set of user credentials and returns an access and refresh JSON web\ntoken pair to prove the"
                + " authentication of those credentials.",
            [
                AboutField("username", .text(maximum: nil), required: true),
                AboutField("password", .text(maximum: nil), required: true),
            ])),
    .action(
        "/api/auth/login/code/", for: .anyone, PassChallenge.self,
        Documentation(
            Text("Sign in with a second factor", es: "Iniciar sesión con segundo factor"), id: "signInWithCode",
            Text(
                "The second step of a log-in. Each code is good once; five codes end the challenge.",
                es:
                    "El segundo paso del inicio de sesión. Cada código sirve una vez; cinco códigos terminan el intento."
            ),
            answers: [.ok(TokenPair.schema), TokenAnswer.refusal])
    ) { step, context in
        try step.perform(context).answer(context)
    },
    .action(
        "/api/auth/refresh/", for: .anyone, RefreshSession.self,
        Documentation(
            Text("Renew a session", es: "Renovar la sesión"),
            Text(
                "A refresh token works once (ten seconds longer for a retry); an older one ends the session.",
                es:
                    "Un token de renovación sirve una vez (diez segundos más para reintentar); uno más viejo termina la sesión."
            ),
            answers: [.ok(TokenPair.schema), TokenAnswer.refusal])
    ) { refresh, context in
        .json(try refresh.perform(context).renewedJSON(context))
    }.with(
        About(
            "Token Refresh",
            "Takes a refresh type JSON web token and returns an access type JSON web\ntoken if the refresh token is"
                + " valid.",
            [
                AboutField("refresh", .text(maximum: nil), required: true),
                AboutField("access", .text(maximum: nil), readOnly: true),
            ])),
    .action(
        "/api/auth/verify/", for: .anyone, VerifyToken.self,
        Documentation(
            Text("Check a token", es: "Verificar un token"),
            Text(
                "Nothing while it is good and its session lives.",
                es: "Nada, mientras sea válido y su sesión siga viva."),
            answers: [.ok(.object()), TokenAnswer.refusal])
    ) { token, context in
        try token.perform(context)
        return .json([:])
    }.with(
        About(
            "Token Verify",
            "Takes a token and indicates if it is valid.  This view provides no\ninformation about a token's fitness"
                + " for a particular use.", [AboutField("token", .text(maximum: nil), required: true)])),
    .action(
        "/api/auth/logout/", for: .signedIn, SignOut.self,
        Documentation(
            Text("Sign out", es: "Cerrar sesión"),
            Text(
                "Its tokens are void at the next request.", es: "Sus tokens dejan de servir en la siguiente solicitud."),
            answers: [.noContent]),
        reading: { _ in SignOut() }),
]

private let aboutSignIn = Documentation(
    Text("Sign in", es: "Iniciar sesión"),
    Text(
        "A pair of tokens: the access token for an hour, the refresh token for the next pair.",
        es: "Un par de tokens: el de acceso dura una hora, el de renovación da el siguiente par."),
    answers: [
        .ok(TokenPair.schema),
        Answer(
            401,
            Text(
                "They are not good, or the account is not active; or with `second_factor_required` a code is still to"
                    + " come: send it with the `challenge` to `login/code/` within five minutes.",
                es: "No son válidos, o la cuenta no está activa; o con `second_factor_required` falta un código:"
                    + " envíelo con el `challenge` a `login/code/` en cinco minutos."),
            .named(
                "SignInRefusal",
                .object(
                    Property("detail", .string, Text("For people.", es: "Para personas.")),
                    Property(
                        "code", .string, Text("For programs, where there is one.", es: "Para programas, si lo hay."),
                        required: false),
                    Property(
                        "challenge", .string, Text("Stands for the right password.", es: "Representa la contraseña."),
                        required: false)))),
    ])

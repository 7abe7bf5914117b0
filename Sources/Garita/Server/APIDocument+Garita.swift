import OpenAPI
import Web

/// The document of the whole API.
let apiDocument = APIDocument(
    title: Text("Garita", es: "Garita"),
    version: Version.current,
    introduction: Text(
        """
        Who may pass the gates of a residential community, and who did.

        - Paths end in `/`; without it they are redirected (301).
        - Bodies are JSON, `application/x-www-form-urlencoded` or `multipart/form-data`. Unknown fields and those that \
        nobody may set are passed over.
        - Values are read leniently: blanks around them are taken away, `"07"` and `7.0` are the number 7, `"yes"` and \
        `1` are true, numbers pass for text. The schemas show how they should be written.
        - Every error is JSON; with `Accept: application/problem+json` in the form of RFC 9457.
        - `Accept-Language: es` gives Spanish texts.
        - `OPTIONS` tells of every path, `HEAD` answers like `GET` without a body.
        """,
        es: """
            Quién puede pasar los accesos de un residencial, y quién pasó.

            - Las rutas terminan en `/`; sin ella se redirigen (301).
            - Los cuerpos son JSON, `application/x-www-form-urlencoded` o `multipart/form-data`. Los campos desconocidos \
            y los que nadie puede cambiar se ignoran.
            - Los valores se leen con tolerancia: se quitan los espacios de los extremos, `"07"` y `7.0` son el número \
            7, `"yes"` y `1` son verdadero, un número sirve como texto. Los esquemas dicen cómo deben escribirse.
            - Todo error es JSON; con `Accept: application/problem+json`, en la forma del RFC 9457.
            - `Accept-Language: es` da los textos en español.
            - `OPTIONS` describe cada ruta; `HEAD` responde como `GET`, sin cuerpo.
            """),
    tags: [
        ("api", Text("Where to go from here.", es: "A dónde ir desde aquí.")),
        (
            "auth",
            Text("Signing in and out, passwords, sessions.", es: "Iniciar y cerrar sesión, contraseñas, sesiones.")
        ),
        ("users", Text("Accounts.", es: "Cuentas.")),
        ("sites", Text("Residential communities.", es: "Comunidades residenciales.")),
        ("audit", Text("Who did what.", es: "Quién hizo qué.")),
        ("buildings", Text("Towers, blocks, streets.", es: "Torres, bloques, calles.")),
        ("units", Text("Homes.", es: "Viviendas.")),
        ("residents", Text("People who live here.", es: "Quienes viven aquí.")),
        ("visitors", Text("Announced and arriving visitors.", es: "Visitantes anunciados y que llegan.")),
        ("codes", Text("Passes of visitors.", es: "Pases de visitantes.")),
        (
            "access",
            Text(
                "Gates, permanent codes, the decision at a gate.",
                es: "Accesos, códigos permanentes, la decisión en un acceso.")
        ),
        ("logs", Text("Every attempt at every gate.", es: "Cada intento en cada acceso.")),
        ("schema", Text("What the API is.", es: "Qué es la API.")),
        ("docs", Text("The same, for people.", es: "Lo mismo, para personas.")),
    ],
    routes: routeTable)

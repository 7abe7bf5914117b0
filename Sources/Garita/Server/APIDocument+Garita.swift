import OpenAPI
import Web

private let signInExample = """
    curl https://garita.example/api/auth/login/ -H 'Content-Type: application/json' \\
      -d '{"username": "ana.lopez", "password": "siete-mares-verde-37"}'
    {"refresh":"eyJhbGciOi…","access":"eyJhbGciOi…"}

    curl https://garita.example/api/visitors/ -H 'Authorization: Bearer eyJhbGciOi…'
    """

private let signedExample = """
    BODY='{"code": "AB12CD34", "access_point_id": 1}'
    TS=$(date +%s) RID=$(cat /proc/sys/kernel/random/uuid)
    HASH=$(printf %s "$BODY" | sha256sum | cut -d' ' -f1)
    MAC=$(printf 'POST\\n/api/access/codes/validate/\\n%s\\n%s\\n%s' "$HASH" "$TS" "$RID" |
      openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -r | cut -d' ' -f1)
    curl https://garita.example/api/access/codes/validate/ -H 'Content-Type: application/json' -d "$BODY" \\
      -H "Authorization: Gate id=1, kv=1, ts=$TS, rid=$RID, mac=$MAC"
    """

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

        ## A person: sign in, then send the access token

        `signIn` answers two tokens. Every other request carries `access` in the header `Authorization`. It is good for an
        hour; `refreshSession` gets the next pair for `refresh`, and each `refresh` is good once. 401 says that the token no
        longer counts, 403 that the account may not do this.
        ```
        \(signInExample)
        ```

        ## A gate's own device: sign each request

        Enrolment shows a number, a key version and a key, this once. `mac` is HMAC-SHA256 over five lines: method, path,
        SHA-256 of the body, `ts` (seconds since 1970, at most 300 off) and `rid` (16 to 64 characters, new each time). A
        device asks its own gate and nothing else.
        ```
        \(signedExample)
        ```
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

            ## Una persona: iniciar sesión y enviar el token de acceso

            `signIn` responde dos tokens. Toda otra solicitud lleva `access` en el encabezado `Authorization`. Vale una
            hora; `refreshSession` da el siguiente par a cambio de `refresh`, y cada `refresh` sirve una vez. 401 indica que
            el token ya no vale; 403, que la cuenta no puede hacerlo.
            ```
            \(signInExample)
            ```

            ## El dispositivo de un acceso: firmar cada solicitud

            Al darlo de alta se muestran una sola vez su número, la versión de su clave y su clave. `mac` es HMAC-SHA256
            sobre cinco líneas: método, ruta, SHA-256 del cuerpo, `ts` (segundos desde 1970, con 300 de diferencia como
            máximo) y `rid` (de 16 a 64 caracteres, nuevo cada vez). Un dispositivo pregunta en su propio acceso y nada más.
            ```
            \(signedExample)
            ```
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
        ("vehicles", Text("Vehicles of homes.", es: "Vehículos de las casas.")),
        ("visitors", Text("Announced and arriving visitors.", es: "Visitantes anunciados y que llegan.")),
        ("codes", Text("Passes of visitors.", es: "Pases de visitantes.")),
        (
            "access",
            Text(
                "Gates, permanent codes, the decision at a gate.",
                es: "Accesos, códigos permanentes, la decisión en un acceso.")
        ),
        (
            "doors",
            Text(
                "What opens at gates, and what became of it.",
                es: "Lo que se abre en los accesos, y qué pasó con ello.")
        ),
        (
            "emergency",
            Text("All doors of the site open at once.", es: "Todas las puertas de la comunidad abiertas a la vez.")
        ),
        ("logs", Text("Every attempt at every gate.", es: "Cada intento en cada acceso.")),
        ("webhooks", Text("Messages to other systems.", es: "Mensajes a otros sistemas.")),
        ("schema", Text("What the API is.", es: "Qué es la API.")),
        ("docs", Text("The same, for people.", es: "Lo mismo, para personas.")),
    ],
    routes: routeTable)

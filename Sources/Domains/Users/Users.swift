import Cryptography
import JSON
import PostgreSQL
package import Resource
import Vocabulary
import Web

/// Accounts: administrators keep those of their site, everybody else reads and edits the own one.
///
/// Nobody changes the own role, state or staff flag: the database refuses (`garita.keep_account_rules`).
package let users = Resource(
    path: "/api/users/", model: "CustomUser", table: "garita.users",
    singular: Text("User", es: "Usuario"), plural: Text("Users", es: "Usuarios"),
    fields: [.id] + person(with: []) + [
        .stored("is_active_employee", .boolean, Text("Currently employed", es: "Trabaja aquí actualmente")).default(
            true
        )
        .written(by: .administrators)
        .help("Whether this employee is currently active", es: "Si el empleado está en activo"),
        .stored("is_active", .boolean, Text("Active", es: "Activo")).default(true).written(by: .administrators)
            .legacyLabel("Active")
            .help(
                "Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                es: "Si la cuenta está activa. Desactívela en lugar de eliminarla."),
        .stored("date_joined", .timestamp, Text("Account created", es: "Cuenta creada"), column: "created_at")
            .readOnly(),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("created_at")],
        orderable: ["username", "email", "first_name", "last_name", "role", "created_at", "date_joined"],
        search: SearchOptions(["username", "first_name", "last_name", "email", "phone"], isForPages: true),
        filters: [
            Filter.equals("role", "t.role", .choice([])).forPages(),
            Filter.flag("is_active", whenTrue: "t.is_active", otherwise: "not t.is_active").forPages(),
        ],
        minimal: ["id", "username", "full_name", "role"],
        hidden: [
            .computed(
                "full_name", .text(maximum: nil), Text("Full name", es: "Nombre completo"),
                "coalesce(nullif(btrim(t.first_name || ' ' || t.last_name), ''), t.username)")
        ]),
    permissions: [
        .list: .signedIn, .export: .administrators, .read: .signedIn, .update: .signedIn, .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "users", section: .people,
        title: { "coalesce(nullif(btrim(\($0).first_name || ' ' || \($0).last_name), ''), \($0).username)" },
        columns: ["username", "first_name", "last_name", "role", "is_active", "created_at"],
        fieldsets: [
            .init(Text("Account", es: "Cuenta"), ["username", "role", "is_active", "is_active_employee"]),
            .init(Text("Person", es: "Persona"), ["first_name", "last_name", "email", "phone", "photo"]),
            .init(Text("Dates", es: "Fechas"), ["date_joined", "updated_at"]),
        ],
        related: [.init("residents", by: "user", adding: "user"), .init("sessions", by: "user")],
        bulkActions: [
            .set("is_active", of: "garita.users", to: true, Text("Activate", es: "Activar")),
            .init(
                "not_is_active", Text("Deactivate", es: "Desactivar"),
                sql: "update garita.users set is_active = false where id = any ($1::bigint[]) and is_active"
                    + " and id <> garita.current_user_id() returning id", isDestructive: true),
        ],
        deactivationField: "is_active", hasCustomCreatePage: true))

/// What makes an account; as in the legacy API, the answer has these fields only.
///
/// Hashing takes a quarter of a second: nginx sends this request to the auth pool.
let newUsers = Resource(
    path: "/api/users/", model: "CustomUser", table: "garita.users",
    singular: Text("User", es: "Usuario"), plural: Text("Users", es: "Usuarios"),
    fields: person(with: [
        .secret("password", Text("Password", es: "Contraseña"), column: "password_hash", length: PasswordPolicy.length)
        {
            try PasswordHash.make($0).stored
        }
    ]),
    rules: WriteRules(validate: AccountFaults.ofPassword),
    described: users.fields,
    permissions: [.create: .administrators])

/// What a page asks for a new account: no password, which the person chooses by a one-time link.
///
/// Written as `users`; `resident` is no column of theirs: that resident gets the account.
package let invitations = Resource(
    path: "/api/users/", model: "CustomUser", table: "garita.users",
    singular: Text("User", es: "Usuario"), plural: Text("Users", es: "Usuarios"),
    fields: person(with: []) + [
        .reference("resident", to: "garita.residents", Text("Resident", es: "Residente"))
            .help(
                "For a resident's account: the resident it belongs to. It will then see their unit.",
                es: "Si la cuenta es de un residente: de quién es. Así verá su unidad.")
    ],
    permissions: [.create: .administrators],
    admin: AdminOptions(
        slug: "users", section: .people, title: { "\($0).username" }, columns: [],
        fieldsets: [
            .init(Text("Account", es: "Cuenta"), ["username", "role", "resident"]),
            .init(Text("Person", es: "Persona"), ["first_name", "last_name", "email", "phone", "photo"]),
        ], hasCustomCreatePage: true))

/// Accounts as a file brings them: without a password, which each person chooses by a one-time link.
///
/// Accounts that are there keep their role: nobody becomes an administrator by a line of a file.
/// - SQL: `api.invite_users` (sql/functions/users/invite_users.sql).
package let accountFiles = Resource(
    path: "/api/users/", model: "CustomUser", table: "garita.users",
    singular: Text("User", es: "Usuario"), plural: Text("Users", es: "Usuarios"),
    fields: [.id]
        + person(with: []).filter { $0.kind != .photo }.map {
            $0.name == "role" ? $0.required().fixed().example("RESIDENT") : $0
        } + [
            .connection(
                "resident", to: "garita.residents", Text("Resident", es: "Residente"),
                "(select r.id from garita.residents as r where r.user_id = t.id)"
            ).synonyms(Synonyms.resident + Synonyms.document)
        ],
    rules: WriteRules(
        connection: Connection(
            "resident", by: "username",
            taken: "select x.username, r.id from unnest($1::text[], $2::bigint[]) as x (username, id)"
                + " join garita.residents as r on r.id = x.id join garita.users as u on u.id = r.user_id"
                + " where u.username <> x.username",
            connect: "update garita.residents as r set user_id = u.id from unnest($1::text[], $2::bigint[])"
                + " as x (username, id) join garita.users as u on u.username = x.username"
                + " where r.id = x.id and r.user_id is null returning u.username",
            disconnect: "update garita.residents as r set user_id = null from garita.users as u"
                + " where u.id = r.user_id and u.id = any ($1::bigint[]) and u.last_login is null"),
        maximumRows: InviteResidents.maximum),
    permissions: [.create: .administrators])

/// The fields that all share, in the order of the wire.
private func person(with secret: [Field]) -> [Field] {
    [
        .stored("username", .text(maximum: 150), Text("User name", es: "Nombre de usuario"))
            .synonyms(["Usuario", "User", "Username", "Login", "Cuenta", "Account"]).required()
            // Names are of all sites together: whoever could try some would learn which there are.
            .written(by: .administrators)
            .unique(Text("A user with that username already exists.", es: "Ya existe un usuario con ese nombre."))
            .matching(#"[\w.@+-]+"#) { _ in badUsername }
            .help(
                "Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                es: "Obligatorio. 150 caracteres como máximo. Solo letras, dígitos y @/./+/-/_."),
        .stored("email", .email, Text("Email", es: "Correo electrónico")).synonyms(Synonyms.email)
            .legacyLabel("Email address"),
    ] + secret + [
        .stored("first_name", .text(maximum: 150), Text("First name", es: "Nombre")).synonyms(Synonyms.firstName),
        .stored("last_name", .text(maximum: 150), Text("Last name", es: "Apellidos")).synonyms(Synonyms.lastName),
        .choice("role", Text("Role", es: "Rol"), Role.all.map { FieldChoice($0.rawValue, $0.title) }).synonyms([
            "Función"
        ])
        .default("GUARD").written(by: .administrators)
        .help("User role in the system", es: "Rol del usuario en el sistema"),
        .stored("phone", .text(maximum: 20), Text("Phone", es: "Teléfono")).synonyms(Synonyms.phone)
            .takingPhones()
            .help("Contact phone number", es: "Teléfono de contacto"),
        .photo("photo", of: "/api/users/", Text("Photo", es: "Fotografía"))
            .help("User profile photo", es: "Fotografía de perfil"),
    ]
}

/// What no field tells alone.
enum AccountFaults {
    /// One of good length must follow the policy, too.
    static func ofPassword(_ text: (String) -> String?, _ context: Context) throws -> [FieldError] {
        guard let password = text("password") else { return [] }
        let site = try context.run([
            Statement("select name from garita.sites where id = garita.current_site_id()", name: "site_of_caller")
        ])[0].single()
        let owner = PasswordOwner(
            username: text("username") ?? "", firstName: text("first_name") ?? "", lastName: text("last_name") ?? "",
            email: text("email") ?? "", site: try site.text(0))
        return try PasswordPolicy.faults(of: password, owner).map { FieldError("password", $0) }
    }
}

private let badUsername = Text(
    "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.",
    es: "Escriba un nombre de usuario válido: solo letras, números y los caracteres @/./+/-/_.")

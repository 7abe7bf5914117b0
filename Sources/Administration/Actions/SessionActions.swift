import Pages
import Users
import Web

/// What administrators do with sessions.
let sessionActions = [
    ActionPage(
        resource: sessions, path: "end/", title: Text("End this session", es: "Cerrar esta sesión"),
        consequences: [
            Text(
                "The account is signed out there right away. Its other sessions continue.",
                es: "La cuenta se cierra ahí de inmediato. Sus demás sesiones continúan.")
        ],
        isDestructive: true, summaryFields: ["username", "address", "user_agent", "created_at"]
    ) { request in
        try EndSession(request.id).perform(request.context)
        let isOwn = request.id == request.page.layout.session?.caller.sessionID
        return .notice(
            Text("The session has ended.", es: "La sesión se cerró."),
            at: isOwn ? PagePath.signIn : request.table.path)
    }
]

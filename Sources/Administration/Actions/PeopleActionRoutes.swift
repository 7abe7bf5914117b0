import Pages
import Vocabulary
import Web

/// What administrators do with one account, and how they make one.
let peoplePages: [Route] = [
    .page(.get, NewAccount.path, for: .administrators, ShowNewAccount.self),
    .page(.post, NewAccount.path, for: .administrators, SubmitNewAccount.self),
    .page(.get, "/admin/users/{id}/password-link/", for: .administrators, AskPasswordLink.self),
    .page(.post, "/admin/users/{id}/password-link/", for: .administrators, GivePasswordLink.self),
    .page(.get, "/admin/users/{id}/unlock/", for: .administrators, AskUnlock.self),
    .page(.post, "/admin/users/{id}/unlock/", for: .administrators, SubmitUnlock.self),
    .page(.get, "/admin/users/{id}/second-factor/", for: .administrators, AskResetFactor.self),
    .page(.post, "/admin/users/{id}/second-factor/", for: .administrators, SubmitResetFactor.self),
    .page(.get, "/admin/users/{id}/end-sessions/", for: .administrators, AskEndSessions.self),
    .page(.post, "/admin/users/{id}/end-sessions/", for: .administrators, SubmitEndSessions.self),
    .page(.get, "/admin/sessions/{id}/end/", for: .administrators, AskEndSession.self),
    .page(.post, "/admin/sessions/{id}/end/", for: .administrators, SubmitEndSession.self),
]

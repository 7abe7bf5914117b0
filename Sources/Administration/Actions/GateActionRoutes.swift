import Pages
import Resource
import Vocabulary
import Web

/// What is done by hand to visits, passes, cards, gates and their devices.
let gatePages: [Route] =
    tasks.flatMap { task in task.table.map { task.routes(of: $0) } ?? [] } + [
        .page(.get, "/admin/gates/{id}/acknowledge/", for: .administrators, ShowThrottle.self),
        .page(.post, "/admin/gates/{id}/acknowledge/", for: .administrators, SubmitThrottle.self),
        .page(.get, "/admin/devices/new/", for: .administrators, ShowNewDevice.self),
        .page(.post, "/admin/devices/new/", for: .administrators, SubmitNewDevice.self),
    ]

private let tasks: [any ActionPage.Type] = [
    IssuePass.self, ApproveVisit.self, DenyVisit.self, CancelVisit.self, ShowPass.self, RevokePass.self,
    ReportCardLost.self, ReplaceCard.self, RevealCard.self, EnrolDeviceAtGate.self, RotateDevice.self,
    RevokeDevice.self,
]

package import Resource
import Web

extension Field {
    /// The home of a row that names one, as people say it: A-101.
    ///
    /// Not `garita.unit_display`: in a list a function is started anew for every row, a subquery once.
    package static let unitDisplay = Field.computed(
        "unit_display", .text(maximum: nil), Text("Unit", es: "Unidad"),
        "(select b.code || '-' || u.number from garita.units as u join garita.buildings as b on b.id = u.building_id"
            + " where u.id = t.unit_id)")
}

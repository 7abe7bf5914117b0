import JSON
import OpenAPI

extension Field {
    /// A value for people who read the API's document: the field's own, one of its kind, or one that its name is known for.
    var shownExample: JSON? { example ?? kind.example ?? Self.texts[name].map { .string($0) } }

    /// Texts by the name of their field.
    private static let texts = [
        "address": "Av. de los Fresnos 12", "code": "A", "company": "Paquetería Exprés", "document_id": "LOHA850101",
        "first_name": "Ana", "last_name": "López Hernández", "location": "Entrada norte", "name": "Torre A",
        "number": "101", "owner_name": "Ana López Hernández", "password": "siete-mares-verde-37",
        "purpose": "Visita familiar", "text": "Cierre el portón de servicio a las 22:00.",
        "time_zone": "America/Mexico_City", "title": "Portón de servicio", "username": "ana.lopez",
        "value": "ABC-123-D", "vehicle_plate": "ABC-123-D", "plate": "ABC-123-D", "description": "Nissan Versa gris",
    ]
}

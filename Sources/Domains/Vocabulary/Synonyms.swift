/// What people write above the columns of their lists, for fields that several tables have.
///
/// Case, accents, dots, blanks, underscores and words such as "de" do not count, nor does whether a usual word is written
/// short (`Núm.`, `Tel.`, `Depto.`). Words of one table alone stand beside its fields.
package enum Synonyms {
    /// A home, and in the table of homes its number.
    package static let home = [
        "Departamento", "Casa", "Vivienda", "Domicilio", "Unidad", "Lote", "Interior", "Condominio", "Local",
        "Número de casa", "Número de departamento", "Número de unidad", "Número de lote", "Número interior",
        "Casa o departamento", "Unit", "Apartment", "House", "Home", "Flat", "Lot", "Suite", "Condo", "Unit number",
        "Apartment number", "House number", "Lot number",
    ]
    /// What homes stand in.
    package static let building = [
        "Torre", "Edificio", "Bloque", "Manzana", "Privada", "Sección", "Cerrada", "Clúster", "Calle",
        "Nombre del edificio",
        "Nombre de la torre", "Tower", "Building", "Block", "Cluster", "Section", "Street", "Building name",
    ]
    /// Numbers of anything.
    package static let number = ["Número", "Number"]
    package static let firstName = [
        "Nombre(s)", "Nombre de pila", "Primer nombre", "Given name",
        "Given names", "First", "First names", "Name", "Names", "Forename",
    ]
    package static let lastName = [
        "Apellido", "Apellido(s)", "Surname", "Surnames", "Family name", "Last",
        "Last names",
    ]
    package static let document = [
        "Documento", "Documento de identidad", "Identificación oficial", "Número de identificación",
        "Número de documento",
        "INE", "IFE", "CURP", "DNI", "Cédula", "Pasaporte", "Identity document", "Document number", "ID document",
        "ID number", "ID card", "Identification", "Passport",
    ]
    package static let phone = [
        "Teléfono", "Teléfonos", "Teléfono celular", "Celular", "Móvil", "Teléfono móvil", "Número de teléfono",
        "Número de celular", "Número telefónico", "Teléfono de contacto", "WhatsApp", "Phone", "Telephone",
        "Phone number",
        "Mobile", "Mobile phone", "Mobile number", "Cell", "Cell phone", "Contact number",
    ]
    package static let email = [
        "Correo", "Correo-e", "Correo electrónico", "Email", "Mail", "E-mail address", "Dirección de correo",
        "Email address", "E-mail",
    ]
    package static let notes = [
        "Nota", "Observaciones", "Observación", "Comentarios", "Comentario", "Note", "Comments", "Comment", "Remarks",
    ]
    /// Which of some kinds something is.
    package static let kind = ["Clase", "Tipo", "Type", "Kind"]
    package static let resident = [
        "Residente", "Condómino", "Colono", "Vecino", "Resident", "Residente que recibe", "Resident name", "Neighbor",
        "Nombre del residente",
    ]
    package static let gates = [
        "Accesos", "Acceso", "Puertas", "Puerta", "Casetas", "Caseta", "Gates", "Gate", "Doors", "Door", "Access point",
        "Access points",
    ]
    package static let active = ["Activo", "Activa", "Active", "Habilitado", "Enabled"]
    /// Short forms of usual words, in small letters without accents.
    package static let longWords = [
        "num": "number", "no": "number", "nro": "number", "nr": "number", "numero": "number", "n": "number",
        "tel": "telefono", "telf": "telefono", "cel": "celular", "depto": "departamento", "dpto": "departamento",
        "dept": "departamento", "dep": "departamento", "apt": "apartment", "edif": "edificio", "bldg": "building",
        "mza": "manzana", "mz": "manzana",
    ]
}

import JSON

extension JSONError {
    /// What is wrong and where, never with the input.
    var text: Text {
        let spanish =
            switch reason {
            case .tooLarge(let bytes): "Mide más de \(bytes) bytes"
            case .tooDeep(let depth): "Tiene más de \(depth) niveles"
            case .notUTF8: "No es UTF-8 válido"
            case .endedEarly: "Termina antes de tiempo"
            case .unexpectedToken: "Carácter inesperado"
            case .dataAfterEnd: "Hay datos después del valor"
            case .numberOutOfRange: "Número fuera de rango"
            case .nullCharacterInName: "No se admiten caracteres nulos en los nombres"
            case .duplicateName: "Nombre repetido"
            case .outOfMemory: "Falta memoria"
            }
        return Text(description, es: "\(spanish): línea \(line), columna \(column)")
    }
}

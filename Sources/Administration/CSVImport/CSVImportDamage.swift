import Resource
import Web

/// What a spreadsheet writes into a file in place of what somebody entered: its value is lost, and nobody may take it for
/// one.
enum CSVImportDamage {
    /// Characters of the longest text that is a name, a number or a code, and no prose.
    private static let longestIdentifier = 300
    /// Characters of the longest text that is a number or a code and never a formula.
    private static let longestCode = 50

    /// Characters of the longest number that a spreadsheet writes.
    private static let longestNumber = 40

    /// What is wrong with a cell that is not blank; nil when nothing is.
    static func fault(in text: String, _ field: Field) -> Text? {
        if isErrorValue(text) { return .errorValue }
        if isFormula(text) { return .formula }
        if TextDamage.isIn(text, isName(field) ? .name : .prose) { return .lostLetters }
        switch field.kind {
        case .boolean, .choice: return nil
        case .text(let maximum) where maximum ?? .max > longestIdentifier: return nil
        case .date, .timestamp: if isNumber(text), wholePart(text).count <= 6 { return .countedDate }
        case .time: if isNumber(text), wholePart(text) == "0", text != "0" { return .countedTime }
        case .text(let maximum) where maximum ?? .max > longestCode: break
        case .text, .code, .phone, .integer: if text.hasPrefix("=") { return .formula }
        default: break
        }
        guard text.utf8.count <= longestNumber, text.utf8.contains(where: isDigit) else { return nil }
        return isScientific(text) || isRounded(text) || isDayOfYear(text) ? .convertedNumber : nil
    }

    /// `="0008617284"`, `=B2`, `=Hoja1!$A$2`, `=CONCAT(A1;B1)`; the equals sign alone says nothing, for a hostile text is
    /// kept as it is.
    private static func isFormula(_ text: String) -> Bool {
        guard text.utf8.first == UInt8(ascii: "="), let next = text.dropFirst().first else { return false }
        let rest = text.dropFirst()
        let isCell =
            rest.contains(where: \.isNumber) && rest.allSatisfy { $0.isLetter || $0.isNumber || "$!_.:".contains($0) }
        return next == "\"" || next.isLetter && (isCell || rest.last == ")")
    }

    private static func isName(_ field: Field) -> Bool {
        if case .text(let maximum?) = field.kind { maximum <= longestIdentifier } else { false }
    }

    /// `#N/A`, `#REF!`, `#¡VALOR!`, `#¿NOMBRE?`, `Err:502`, and `####` of a column that is too narrow.
    private static func isErrorValue(_ text: String) -> Bool {
        guard let first = text.utf8.first, "#Ee".utf8.contains(first) else { return false }
        let word = text.uppercased()
        if word.hasPrefix("ERR:") || word.hasPrefix("#ERR:") {
            return word.drop { $0 != ":" }.dropFirst().allSatisfy(\.isNumber)
        }
        guard word.hasPrefix("#"), word.count > 1, !word.contains(where: \.isWhitespace) else { return false }
        let rest = word.dropFirst()
        if rest.allSatisfy({ $0 == "#" }) || errorWords.contains(String(rest)) { return true }
        let isSaid = rest.last == "!" || rest.last == "?"
        return isSaid && rest.dropLast().contains(where: \.isLetter)
            && rest.dropLast().allSatisfy { $0.isLetter || "¡¿/_0".contains($0) }
    }

    /// Those without a mark at their end, in the languages of ours and of those who send files to us.
    private static let errorWords: Set<String> = [
        "N/A", "N/D", "N/V", "NV", "N.D.", "REF", "GETTING_DATA", "OBTENIENDO_DATOS",
    ]

    /// `46023`, `46023.5`: digits, and perhaps a fraction.
    private static func isNumber(_ text: some StringProtocol) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
    }

    private static func wholePart(_ number: String) -> Substring { number.prefix { $0 != "." && $0 != "," } }

    /// `1.23457E+11`, `1,23457E+11`, `1E+05`, `8.617284E9`; `1E5` may be a name.
    private static func isScientific(_ text: String) -> Bool {
        let bare = text.uppercased().replacing("\u{2212}", with: "-").filter { !$0.isWhitespace }
        let halves = bare.split(separator: "E", omittingEmptySubsequences: false)
        guard halves.count == 2, let exponent = halves.last, let mantissa = halves.first else { return false }
        let isSigned = exponent.hasPrefix("+") || exponent.hasPrefix("-")
        let digits = exponent.dropFirst(isSigned ? 1 : 0)
        let unsigned = mantissa.dropFirst(mantissa.hasPrefix("+") || mantissa.hasPrefix("-") ? 1 : 0)
        return (1...3).contains(digits.utf8.count) && digits.utf8.allSatisfy(isDigit) && isNumber(unsigned)
            && (isSigned || unsigned.contains { $0 == "." || $0 == "," })
    }

    /// `8617284.0`, or more than 15 digits, of which a spreadsheet keeps 15 and writes zeros for the others.
    ///
    /// Of 16 or 17 digits the zeros may be true ones.
    private static func isRounded(_ text: String) -> Bool {
        guard isNumber(text) else { return false }
        let digits = wholePart(text)
        let fraction = text.dropFirst(digits.count + 1)
        if !fraction.isEmpty { return digits.count >= 4 && fraction.allSatisfy { $0 == "0" } }
        return digits.count >= 18 && digits.first != "0" && digits.dropFirst(15).allSatisfy { $0 == "0" }
    }

    /// `02-ene` and `Jan-02`, which were `1-2` or `2-1`.
    private static func isDayOfYear(_ text: String) -> Bool {
        let parts = text.lowercased().split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
        guard parts.count == 2, let first = parts.first, let last = parts.last else { return false }
        let isMonth = { (part: Substring) in
            months.contains(part.hasSuffix(".") ? String(part.dropLast()) : String(part))
        }
        let isDay = { (part: Substring) in (1...2).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit) }
        return isDay(first) && isMonth(last) || isMonth(first) && isDay(last) && last.utf8.count == 2
    }

    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "ene", "abr", "ago", "sept",
        "dic",
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Text {
    /// Of a text that was read in another encoding than it was written in.
    static let lostLetters = Text(
        "Letters were lost when the file was saved: correct them in your spreadsheet, choose “Save as” and “CSV UTF-8”.",
        es:
            "Se perdieron letras al guardar el archivo: corríjalas en su hoja de cálculo, elija «Guardar como» y «CSV UTF-8»."
    )
    fileprivate static let errorValue = Text(
        "This is an error of the spreadsheet, or a column too narrow to show its values: correct it there and save the file"
            + " again.",
        es:
            "Es un error de la hoja de cálculo, o una columna tan angosta que no muestra sus valores: corríjalo ahí y guarde"
            + " de nuevo el archivo.")
    fileprivate static let convertedNumber = Text(
        "This is what a spreadsheet made of a number, and digits may be lost: format the column as text, enter the value"
            + " again and save the file again.",
        es:
            "Es lo que la hoja de cálculo hizo de un número, y puede haber perdido cifras: dé a la columna el formato de"
            + " texto, escriba de nuevo el valor y guarde de nuevo el archivo.")
    fileprivate static let formula = Text(
        "This is a formula and not a value: in the spreadsheet, put the value in its place and save the file again.",
        es:
            "Es una fórmula y no un valor: en la hoja de cálculo, ponga el valor en su lugar y guarde de nuevo el archivo."
    )
    fileprivate static let countedDate = Text(
        "This is a date as a spreadsheet counts it, in days: format the column as text, enter the date as 2026-12-24 and"
            + " save the file again.",
        es:
            "Es una fecha contada en días, como la lleva la hoja de cálculo: dé a la columna el formato de texto, escriba la"
            + " fecha así: 24/12/2026, y guarde de nuevo el archivo.")
    fileprivate static let countedTime = Text(
        "This is a time as a spreadsheet counts it, a part of a day: format the column as text, enter the time as 18:30 and"
            + " save the file again.",
        es:
            "Es una hora contada como parte del día, como la lleva la hoja de cálculo: dé a la columna el formato de texto,"
            + " escriba la hora así: 18:30, y guarde de nuevo el archivo.")
}

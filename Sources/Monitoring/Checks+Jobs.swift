import Cryptography
import Web

/// The regular commands and the certificate: what is late is a warning, because everything still serves.
extension Checks {
    /// Twice the time between two runs, and a little: one run may fail.
    private static let lateSeconds: [(Part.Name, job: String, seconds: Int64, advice: Text)] = [
        (
            .maintenance, "maintain", 50 * 3_600,
            Text(
                "Run `garita maintain`; a timer should do so daily.",
                es: "Ejecute `garita maintain`; debe hacerlo un temporizador cada día.")
        ),
        (
            .backup, "backup", 50 * 3_600,
            Text(
                "Run `garita backup`; a timer should do so daily.",
                es: "Ejecute `garita backup`; debe hacerlo un temporizador cada día.")
        ),
        (
            .proof, "proof", 15 * 86_400,
            Text(
                "Run `garita restore --verify --identity FILE` weekly, here or on another machine (docs/backup.md).",
                es: """
                    Ejecute `garita restore --verify --identity ARCHIVO` cada semana, aquí o en otra máquina \
                    (docs/backup.md).
                    """)
        ),
    ]

    /// Nothing where the database cannot be asked.
    func jobs(_ facts: DatabaseFacts?) -> [Part] {
        guard let facts else { return [] }
        return Self.lateSeconds.map { name, job, seconds, advice in
            let found = facts.job(job)
            guard let success = found?.lastSuccess else {
                return Part(name, .warning, Text("never", es: "nunca"), advice: advice)
            }
            let age = Text.duration(now - success)
            let told = Text("\(age.english) ago", es: "hace \(age.spanish)")
            if found?.succeeded == false {
                return Part(
                    name, .warning,
                    Text("the last run failed; \(told.english)", es: "la última vez falló; \(told.spanish)"),
                    advice: advice)
            }
            return now - success > seconds ? Part(name, .warning, told, advice: advice) : Part(name, .ok, told)
        }
    }

    /// Two weeks are left to renew it.
    private static let certificateSeconds: Int64 = 14 * 86_400

    func certificate(_ found: CertificateExpiry) -> Part {
        let advice = Text("Renew the certificate.", es: "Renueve el certificado.")
        guard let expiry = found.seconds else {
            return Part(.certificate, .warning, Text("cannot be read", es: "no se puede leer"), advice: nil)
        }
        let left = expiry - now
        guard left > 0 else { return Part(.certificate, .warning, Text("has expired", es: "venció"), advice: advice) }
        let time = Text.duration(left)
        let told = Text("valid for \(time.english)", es: "válido por \(time.spanish)")
        return left < Self.certificateSeconds
            ? Part(.certificate, .warning, told, advice: advice) : Part(.certificate, .ok, told)
    }
}

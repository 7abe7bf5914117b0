import OperatingSystem
import PostgreSQL
import Scoreboard
import Web

/// Whether each part of the system is right.
///
/// `fail` is what cannot serve, or would not come up again: a load balancer takes such a host out. Everything else that is
/// not right is a warning.
struct Checks {
    let now: Int64
    let system: MonitoredSystem
    let pools: [PoolFigures]
    let disks: [SystemStatus.Disk]

    /// Clocks that differ by more, in seconds, are told.
    private static let clockSeconds: Int64 = 5

    /// What stands first where there is any: the screen may be of another system than the one that runs.
    ///
    /// - Parameter problems: by name, never by value.
    func settings(_ problems: [String]) -> [Part] {
        guard !problems.isEmpty else { return [] }
        let told = problems.joined(separator: "; ")
        return [
            Part(
                .settings, .fail, Text(told, es: told),
                advice: Text(
                    "`garita config` shows each; workers that start now would not serve.",
                    es: "`garita config` muestra cada uno; los procesos que arranquen ahora no servirían."))
        ]
    }

    /// Each pool must have a living worker.
    var workers: Part {
        let serving = pools.filter { system.pools.contains($0.name) }
        guard !serving.isEmpty else {
            return Part(
                .workers, .warning,
                Text(
                    "unknown: no scoreboards are kept (GARITA_SCOREBOARD)",
                    es: "se desconoce: no se llevan contadores (GARITA_SCOREBOARD)"))
        }
        let missing = serving.filter(\.workers.isEmpty).map(\.name).joined(separator: ", ")
        guard missing.isEmpty else {
            return Part(
                .workers, .fail, Text("no worker of: \(missing)", es: "sin procesos de: \(missing)"),
                advice: Text(
                    "Start the pool and read its log for the reason.",
                    es: "Arranque el grupo de procesos y lea en su bitácora la causa."))
        }
        if let full = serving.first(where: { $0.isQueueFilling }) {
            return Part(
                .workers, .warning,
                Text("the queue of \(full.name) is almost full", es: "la fila de \(full.name) está casi llena"),
                advice: Text(
                    "Look for slow requests; more workers help where processors are idle.",
                    es: "Busque solicitudes lentas; más procesos ayudan si hay procesadores libres."))
        }
        guard serving.allSatisfy(\.isCounted) else {
            return Part(
                .workers, .warning,
                Text("some are of another version", es: "algunos son de otra versión"),
                advice: Text("Restart the pools.", es: "Reinicie los grupos de procesos."))
        }
        let english = serving.map { "\($0.name) \($0.workers.count)" }.joined(separator: ", ")
        let spanish = serving.map { "\($0.title.spanish): \($0.workers.count)" }.joined(separator: ", ")
        return Part(.workers, .ok, Text(english, es: spanish))
    }

    /// A pool goes on with the keys that it has read; its next worker would not start.
    var keys: Part {
        let blind = pools.filter { $0.workers.contains { !$0.readsKeys } }.map(\.name).joined(separator: ", ")
        guard blind.isEmpty else {
            return Part(
                .keys, .fail, Text("not readable by: \(blind)", es: "no las puede leer: \(blind)"),
                advice: Text(
                    "`garita check` names the files; workers that start now would not serve.",
                    es: "`garita check` nombra los archivos; los procesos que arranquen ahora no servirían."))
        }
        let oldest = pools.compactMap(\.oldestKey).min().map { Text.duration(now - $0) }
        guard let oldest else { return Part(.keys, .ok, Text("nothing known yet", es: "aún no se sabe")) }
        return Part(
            .keys, .ok, Text("the oldest in use: \(oldest.english)", es: "la más antigua en uso: \(oldest.spanish)"))
    }

    // MARK: Disk

    private static let floorBytes: Int64 = 50 * 1_048_576
    private static let floorShare = 0.01
    private static let warningShare = 0.2

    /// A disk that is full loses photos, or stops the database, which then grants nothing.
    var disk: Part {
        let states = disks.map { disk in (disk, Self.level(disk.space)) }
        let level = states.map(\.1).max() ?? .ok
        let isMissing = level == .warning && disks.contains { $0.space == nil }
        let names = states.map { disk, _ in
            disk.space.map { space in
                let percent = Int64(clamping: Int(space.freeShare * 100))
                return Text(
                    "\(disk.name) \(percent) % free (\(space.free / 1_048_576) MB)",
                    es: "\(disk.spanish) \(percent) % libre (\(space.free / 1_048_576) MB)")
            } ?? Text("\(disk.name): not found", es: "\(disk.spanish): no se encuentra")
        }
        let detail = Text(
            names.map(\.english).joined(separator: ", "), es: names.map(\.spanish).joined(separator: ", "))
        let missing = Text(
            "Make the folder (`systemd-tmpfiles --create garita.conf`), or correct GARITA_PHOTOS or GARITA_DATABASE_FOLDER.",
            es:
                "Cree la carpeta (`systemd-tmpfiles --create garita.conf`), o corrija GARITA_PHOTOS o GARITA_DATABASE_FOLDER."
        )
        let full = Text(
            "Free room or enlarge the disk; when it is full no gate opens.",
            es: "Libere espacio o amplíe el disco; lleno, ningún acceso abre.")
        return Part(.disk, level, detail, advice: level == .ok ? nil : isMissing ? missing : full)
    }

    private static func level(_ space: DiskSpace?) -> Part.Level {
        guard let space else { return .warning }
        if space.free < floorBytes || space.freeShare < floorShare { return .fail }
        return space.freeShare < warningShare ? .warning : .ok
    }

    // MARK: Database

    /// Database, schema, clock and the tables of the log; the last three only where the first is there.
    func database(_ facts: Result<DatabaseFacts, any Error>) -> [Part] {
        switch facts {
        case .failure(is DatabaseUnreadable):
            return [
                Part(
                    .database, .warning,
                    Text(
                        "not asked: DATABASE_URL cannot be read",
                        es: "sin consultar: no se puede leer DATABASE_URL"),
                    advice: Text("As root it is asked.", es: "Como root sí se consulta."))
            ]
        case .failure(let error):
            let reason = (error as? DatabaseError)?.description ?? "it cannot be asked"
            return [
                Part(
                    .database, .fail, Text(reason, es: "no responde"),
                    advice: Text(
                        "Start PostgreSQL, or make room for it; workers reconnect by themselves.",
                        es: "Arranque PostgreSQL o hágale espacio; los procesos se reconectan solos."))
            ]
        case .success(let facts):
            let since = Text.duration(now - facts.startedAt)
            let running = Text(
                "PostgreSQL \(facts.server), up \(since.english)",
                es: "PostgreSQL \(facts.server), desde hace \(since.spanish)")
            return [cutOff ?? Part(.database, .ok, running), schema(facts), clock(facts), logTables(facts)]
        }
    }

    /// A pool whose role the database does not let in, as with another password.
    private var cutOff: Part? {
        let names = pools.filter { system.pools.contains($0.name) && $0.isCutOff }.map(\.name).joined(separator: ", ")
        guard !names.isEmpty else { return nil }
        return Part(
            .database, .fail,
            Text("it answers, but cannot be reached by: \(names)", es: "responde, pero no la alcanza: \(names)"),
            advice: Text(
                "`garita check` says why; look at the pool's own address and password of the database.",
                es: "`garita check` dice por qué; revise la dirección y la contraseña de la base de datos de ese grupo."
            ))
    }

    private func schema(_ facts: DatabaseFacts) -> Part {
        let wanted = system.schema ?? facts.schema
        if facts.schema < wanted || facts.schema.isEmpty {
            return Part(
                .schema, .fail,
                Text(
                    "\(facts.schema), this program needs \(wanted)",
                    es: "\(facts.schema), este programa requiere \(wanted)"),
                advice: Text("Run `garita migrate`.", es: "Ejecute `garita migrate`."))
        }
        if facts.schema > wanted {
            return Part(
                .schema, .warning,
                Text("\(facts.schema), newer than this program", es: "\(facts.schema), más nuevo que este programa"),
                advice: Text(
                    "Restart the pools with the new version.", es: "Reinicie los procesos con la versión nueva."))
        }
        return Part(.schema, .ok, Text(facts.schema, es: facts.schema))
    }

    /// Used codes stay used and nobody is locked out, so it is a warning.
    private func clock(_ facts: DatabaseFacts) -> Part {
        let advice = Text("Set the clock right (NTP).", es: "Ponga el reloj en hora (NTP).")
        if facts.clockBehind > Self.clockSeconds {
            let behind = Text.duration(facts.clockBehind)
            return Part(
                .clock, .warning,
                Text(
                    "\(behind.english) behind the newest entry of the log",
                    es: "\(behind.spanish) detrás de la última entrada del registro"), advice: advice)
        }
        let apart = max(now - facts.clockMilliseconds / 1_000, facts.clockMilliseconds / 1_000 - now)
        guard apart <= Self.clockSeconds else {
            let apart = Text.duration(apart)
            return Part(
                .clock, .warning,
                Text("\(apart.english) from the database's", es: "\(apart.spanish) respecto de la base de datos"),
                advice: advice)
        }
        return Part(.clock, .ok, Text("right", es: "en hora"))
    }

    private func logTables(_ facts: DatabaseFacts) -> Part {
        let ahead = facts.logMonthsAhead
        let advice = Text("Run `garita maintain`.", es: "Ejecute `garita maintain`.")
        if ahead < 0 {
            return Part(
                .logTables, .fail, Text("none for this month", es: "falta la de este mes"), advice: advice)
        }
        return Part(
            .logTables, ahead == 0 ? .warning : .ok,
            Text("\(ahead) months ahead", es: "\(ahead) meses por adelantado"), advice: ahead == 0 ? advice : nil)
    }
}

/// Why the database was not asked: the way to it is wrong, or in a file of another account.
package struct DatabaseUnreadable: Error {
    /// There is nothing more to say.
    package init() {}
}

extension SystemStatus.Disk {
    /// Its name for people.
    fileprivate var spanish: String {
        switch name {
        case "photos": "fotos"
        case "database": "base de datos"
        default: name
        }
    }
}

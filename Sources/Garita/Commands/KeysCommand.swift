import ArgumentParser
import OperatingSystem
import PostgreSQL

/// `garita keys`: makes, renews, lists and drops keys.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Looks after the keys.",
        subcommands: [Initialise.self, Rotate.self, List.self, Drop.self])

    /// Keys that are renewed together.
    enum Group: String, ExpressibleByArgument, CaseIterable {
        /// Signs tokens.
        case master
        /// Finds and shows codes.
        case codes
        /// Gate devices.
        case device
        /// Log-ins and links.
        case account
        /// Authenticators.
        case factor
        /// Secrets of doors and webhooks.
        case outbox
        /// Seals of the access log.
        case seal

        var purposes: [KeyStore.Purpose] {
            switch self {
            case .master: [.master]
            case .codes: [.codeTag, .codeShow]
            case .device: [.device]
            case .account: [.account]
            case .factor: [.factor]
            case .outbox: [.outbox]
            case .seal: [.seal]
            }
        }
    }

    struct Initialise: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init",
            abstract: "Makes every key that is missing; leaves existing ones alone. Gives each pool its copies.")

        func run() throws {
            try CommandFailure.reported {
                let configuration = try Configuration.load()
                for name in try KeyStore(configuration).makeMissing() { print("made \(name)") }
                try PoolKeys(configuration)?.distribute()
            }
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Makes the next key; workers use it after a minute, the old one stays good.")

        @Argument(help: "master, codes, device, account, factor, outbox or seal")
        var group: Group

        func run() throws {
            try CommandFailure.reported {
                let configuration = try Configuration.load()
                let store = KeyStore(configuration)
                try store.requireFiles()
                let entries = try store.entries(of: group.purposes[0])
                guard let newest = entries.first else {
                    throw CommandFailure.badData("there is no key yet: `garita keys init`")
                }
                guard KeyStore.current(of: entries, now: Time.wallSeconds()) == newest else {
                    throw CommandFailure.badData("generation \(newest.number) is not in use yet; wait a minute")
                }
                let names = try group.purposes.map { try store.make($0, newest.number + 1) }
                do { try PoolKeys(configuration)?.distribute() } catch {
                    // A key that one pool uses and another has never heard of would be refused there.
                    for purpose in group.purposes { try store.remove(purpose, newest.number + 1) }
                    try? PoolKeys(configuration)?.distribute()
                    throw error
                }
                for name in names { print("made \(name)") }
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists keys, their age and use.")

        func run() throws {
            try CommandFailure.reported {
                let store = KeyStore(try Configuration.load())
                guard store.secretKey == nil else { return print("all keys are derived from SECRET_KEY") }
                let now = Time.wallSeconds()
                for group in Group.allCases {
                    let entries = try store.entries(of: group.purposes[0])
                    let current = KeyStore.current(of: entries, now: now)
                    for entry in entries {
                        let isNew = entry.number > (current?.number ?? 0)
                        let state = entry == current ? "in use" : isNew ? "announced" : "accepted"
                        print(
                            "\(group.rawValue)  \(entry.number)  \(counted((now - entry.madeAt) / 86_400, "day"))  \(state)"
                        )
                    }
                }
            }
        }
    }

    struct Drop: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "drop",
            abstract: "Takes an old key away: what was made with it is worthless within seconds.")

        @Argument(help: "master, codes, device, account, factor, outbox or seal")
        var group: Group

        @Argument(help: "The generation.")
        var generation: Int

        @Flag(help: "Also when something made with it is still good: the key has leaked.")
        var now = false

        func run() throws {
            try CommandFailure.reported {
                let configuration = try Configuration.load()
                let store = KeyStore(configuration)
                try store.requireFiles()
                let entries = try store.entries(of: group.purposes[0])
                guard entries.contains(where: { $0.number == generation }) else {
                    throw CommandFailure.badData("there is no generation \(generation)")
                }
                let time = Time.wallSeconds()
                guard let current = KeyStore.current(of: entries, now: time), current.number != generation else {
                    throw CommandFailure.badData(
                        "generation \(generation) is in use; make the next one first and wait a minute")
                }
                if !now, let users = try users(of: current, configuration, time) {
                    throw CommandFailure.badData("\(users); --now drops it all the same")
                }
                for purpose in group.purposes { try store.remove(purpose, generation) }
                try PoolKeys(configuration)?.distribute()
                print("dropped \(group.rawValue) \(generation)")
            }
        }

        /// What would stop working; nil when nothing would.
        private func users(of current: KeyStore.Entry, _ configuration: Configuration, _ time: Int64) throws -> String?
        {
            switch group {
            case .master:
                let days = (time - current.madeAt) / 86_400
                return days > 7
                    ? nil : "its tokens are good for up to 7 days, its successor is \(counted(days, "day")) old"
            case .device: return "devices enrolled with it must be enrolled or rotated again"
            case .codes:
                return try count("garita.temporary_codes", "is_active", "code", configuration)
                    ?? count("garita.access_codes", "is_active", "code", configuration)
                    ?? count(
                        "garita.pass_aliases",
                        "temporary_code_id in (select t.id from garita.temporary_codes t where t.is_active)",
                        "link or card", configuration)
            case .account: return nil
            case .factor: return try count("garita.second_factors", "true", "second factor", configuration)
            case .outbox:
                return try count("garita.doors", "secrets is not null", "door", configuration, by: "secrets_generation")
                    ?? count("garita.webhooks", "secret_sealed is not null", "webhook", configuration)
            case .seal: return try count("garita.log_seals", "true", "seal", configuration)
            }
        }

        private func count(
            _ table: String, _ lives: String, _ name: String, _ configuration: Configuration,
            by column: String = "key_version"
        ) throws -> String? {
            let number = try OwnerConnection.connect(configuration).run(
                Statement(
                    "select count(*) from \(table) where \(column) = $1 and \(lives)",
                    parameters: [.integer(Int64(generation))])
            ).single().integer(0)
            return number == 0
                ? nil : "\(counted(number, "living \(name) was", plural: "living \(name)s were")) made with it"
        }
    }
}

extension KeyStore {
    /// - Throws: where keys are derived: they have one generation, and another secret is another installation.
    fileprivate func requireFiles() throws {
        guard secretKey != nil else { return }
        throw CommandFailure.badData(
            "all keys are derived from SECRET_KEY; only another SECRET_KEY changes them, and it ends all sessions, codes and second factors"
        )
    }
}

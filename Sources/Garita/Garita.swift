import ArgumentParser

/// The whole product in one executable: workers for nginx, and the commands an operator needs.
@main
struct Garita: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "garita",
        abstract: "Decides who may pass a gate of a residential community.",
        discussion: """
            Settings are read from the file that GARITA_CONFIG names, else /etc/garita/garita.env; a variable of the environment beats the file. \
            Exit codes: 0 done, 1 failed, 64 misused, 65 bad data, 69 database unreachable, 78 settings.
            """,
        version: Version.current,
        subcommands: [
            SetupCommand.self, PoolCommand.self, WorkerCommand.self, MigrateCommand.self, MaintainCommand.self,
            SealCommand.self, OutboxCommand.self, VerifyLogCommand.self, DemoCommand.self, KeysCommand.self,
            DeviceCommand.self, DoorsCommand.self,
            UserCommand.self, SiteCommand.self, LegacyImportCommand.self, EraseVisitorCommand.self, BackupCommand.self,
            RestoreCommand.self, RoutesCommand.self, ConfigCommand.self, CheckCommand.self, StatusCommand.self,
        ])
}

/// The table of all checks; ids from 100 on are those of `--deploy`.
extension Check {
    static let all =
        [
            settingMissing, settingInvalid, settingTwice, secretFile, settingsFile, settingsOfOthers, unknownName,
            openSettings,
            unusedSecret,
            keys, poolKeys, photosFolder, openPhotos, commonPasswords,
        ] + ofDatabase + ofDeployment

    static let settingMissing = Check(
        "E001", "a required setting is not set", cure: "set it in the file of settings or in the environment")
    static let settingInvalid = Check(
        "E002", "the value of a setting cannot be read", cure: "write it as docs/configuration.md says of its kind")
    static let settingTwice = Check(
        "E003", "a setting and its `_FILE` are both set", cure: "take one of the two away")
    static let secretFile = Check(
        "E004", "the file that a `_FILE` setting names cannot be read, or is open to others",
        cure: "give it to the account that runs the workers, with mode 0600")
    static let settingsFile = Check(
        "E005", "the file of settings cannot be read", cure: "let GARITA_CONFIG name a file that the account can read")
    static let settingsOfOthers = Check(
        "E006", "another account than root can change the file of settings, or its folder",
        cure: "chown root it and its folder, and chmod go-w them")
    static let unknownName = Check(
        "W001", "the file of settings holds a name of ours that is no setting",
        cure: "correct the name, or take the line away")
    static let openSettings = Check(
        "W002", "the file of settings holds a secret, and others can read it",
        cure: "chmod 600 it, or move the secret to a file that `X_FILE` names")
    static let unusedSecret = Check(
        "W003", "SECRET_KEY is set and has no effect beside GARITA_KEYS", cure: "take it away; the key files count")

    static let keys = Check(
        "E010", "a key is missing, malformed or open to others",
        cure: "`garita keys init` makes missing ones; chmod 600 those that are open")
    static let poolKeys = Check(
        "E011", "a pool's copies of the keys are not the present ones",
        cure: "`garita keys init` brings them up to date")
    static let photosFolder = Check(
        "E012", "the folder of the photos cannot be written",
        cure:
            "make it, and give it to the account of the app pool: `systemd-tmpfiles --create garita.conf` on an installed machine"
    )
    static let openPhotos = Check("E013", "the folder of the photos is open to others", cure: "chmod 750 it")
    static let commonPasswords = Check(
        "E014", "the list of common passwords is missing or not whole",
        cure: "make it with `deploy/local/passwords.sh FILE`")

    private static let ofDatabase = [
        databaseAway, databaseTLS, databaseSettings, databaseSuperuser, openSetConfig, clockBehind, databaseVersion,
        sharedUser, schemaBehind, outdatedCopies, shortPIN,
    ]

    static let databaseAway = Check(
        "E020", "the database cannot be reached, or does not let a role in",
        cure: "start it; look at DATABASE_URL, the passwords of the roles and pg_hba.conf", exitCode: 69)
    static let databaseTLS = Check(
        "E021", "the database's TLS was refused: another authority, another name, or none at all",
        cure: "compare sslrootcert and host of DATABASE_URL with the server's certificate", exitCode: 69)
    static let databaseSettings = Check(
        "E022", "a setting of the server could lose an entry, or write codes into its log",
        cure: "set it as deploy/local/postgresql.conf.in does")
    static let databaseSuperuser = Check(
        "E023", "a pool's role is a superuser, whom no policy stops",
        cure: "run sql/roles.sql, and connect as its roles")
    static let openSetConfig = Check(
        "E024", "every role may call set_config", cure: "run sql/database.sql in the database, as superuser")
    static let clockBehind = Check(
        "E025", "the database's clock is behind what it has written", cure: "set the clock of its machine right")
    static let databaseVersion = Check(
        "E026", "the server is older than PostgreSQL 14", cure: "upgrade it: 14 to 17 are tested")
    static let sharedUser = Check(
        "W020", "all pools connect as one user, so that a taken-over worker can do what every pool can",
        cure: "leave the user out of DATABASE_URL, or give each pool an address of its own")
    static let schemaBehind = Check(
        "E030", "the schema is missing or behind this version", cure: "`garita migrate`", exitCode: 65)
    static let outdatedCopies = Check(
        "E031", "rows differ from what they hold a copy of, as after a change by hand", cure: "`garita maintain`",
        exitCode: 65)
    static let shortPIN = Check(
        "I001", "a PIN of the legacy system has fewer than 6 digits", cure: "give its person another one")
}

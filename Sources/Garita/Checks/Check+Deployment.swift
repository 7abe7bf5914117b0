/// The checks of `garita check --deploy`.
extension Check {
    static let ofDeployment = [
        openKeys, oldKey, derivedKeys, tlsFiles, openTLSKey, site, certificateName, nginxFails, hostNotAllowed,
        demoAccount, noAdministrator, unsealedLog, debug, unverifiedDatabase, noRecipients, lateJob, lateProof,
    ]

    static let openKeys = Check("E101", "the folder of the keys is open to others", cure: "chmod 700 it")
    static let oldKey = Check(
        "E102", "a key has been in use for more than 365 days", cure: "`garita keys rotate GROUP`")
    static let derivedKeys = Check(
        "W101", "all keys are derived from SECRET_KEY: they cannot be renewed without ending all sessions and codes",
        cure: "use key files (GARITA_KEYS) where a folder can be kept")
    static let tlsFiles = Check(
        "E103", "GARITA_TLS is not set, or a file of the certificate is missing",
        cure: "name the folder of fullchain.pem and privkey.pem")
    static let openTLSKey = Check("E104", "the certificate's key is readable by others", cure: "chmod 600 it")
    static let site = Check(
        "E105", "nginx's site is not named, cannot be read, or still holds the example's host",
        cure: "set GARITA_NGINX_SITE; write the name of the residence into the file")
    static let certificateName = Check(
        "E106", "the certificate is not for the name that nginx serves",
        cure: "get one for that name, or correct the name")
    static let nginxFails = Check(
        "E107", "nginx would not start with its present files", cure: "`nginx -t` names file and line")
    static let hostNotAllowed = Check(
        "W102", "ALLOWED_HOSTS does not hold a name that nginx serves", cure: "add the name, or take the setting away")
    static let demoAccount = Check(
        "E110", "an account of the sample community can log in", cure: "`garita user deactivate NAME`")
    static let noAdministrator = Check(
        "E111", "nobody can administer", cure: "`garita user create NAME --role ADMIN --link`")
    static let unsealedLog = Check(
        "E112", "rows of the log are not sealed after ten minutes", cure: "start `garita seal --follow`")
    static let debug = Check("E113", "DEBUG is true", cure: "set it to false, or take the line away")
    static let unverifiedDatabase = Check(
        "E114", "the database is reached over a network, and nothing makes sure that it is the right one",
        cure: "sslmode=verify-full and sslrootcert in DATABASE_URL")
    static let noRecipients = Check(
        "E116", "backups are encrypted for nobody yet", cure: "docs/backup.md, Setting it up, step 2")
    static let lateProof = Check(
        "W115", "no restore of a backup has been proved for nine days, as far as is known here",
        cure: "`garita restore --verify --identity FILE`, here or on another machine (docs/backup.md)")
    static let lateJob = Check(
        "E115", "a regular command has not succeeded for days", cure: "start its timer; read why its last run failed")
}

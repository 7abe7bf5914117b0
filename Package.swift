// swift-tools-version: 6.2
//
// The manifest reads as the map of the house (README.md, "Rooms"): a room imports only what stands below it.
// Tests/Integration/test_architecture.py keeps that true, also for C libraries, which SwiftPM does not check.
//
// There is no lock file, because SwiftPM writes into it from where a machine fetched. Instead every package stands below
// with its exact version, those that packages need themselves too (docs/decisions/16-exact-versions.md).

import PackageDescription

let domains = ["Users", "Residents", "Visitors", "AccessControl", "AccessLogs", "Doors", "Integrations"]

/// One target per room; every room has the same strict settings.
func room(_ name: String, at path: String, imports: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: imports, path: "Sources/\(path)", swiftSettings: strict)
}

/// What a domain needs beyond the machinery of all.
let furtherImports: [String: [Target.Dependency]] = ["Users": ["CommonPasswords"], "Integrations": ["OperatingSystem"]]

/// A domain sees the words it shares and the machinery, never another domain.
func domain(_ name: String, imports: [Target.Dependency]) -> Target {
    let machinery: [Target.Dependency] = ["Resource", "OpenAPI", "Web", "Cryptography", "QRCode", "PostgreSQL", "JSON"]
    return room(name, at: "Domains/\(name)", imports: ["Vocabulary"] + machinery + imports)
}

/// Module map and shim of one C library, found by pkg-config.
func cLibrary(_ name: String, _ pkgConfig: String, package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// The twin of a room.
func tests(of room: String, imports: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(room)Tests", dependencies: [.target(name: room)] + imports, path: "Tests/\(room)Tests",
        swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "garita",
    products: [.executable(name: "garita", targets: ["garita"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // What swift-crypto needs: named here so that its version is as exact.
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    ],
    targets: [
        // The executable: commands, settings, the worker loop. Joins the route tables.
        .executableTarget(
            name: "garita",
            dependencies: domains.map { .target(name: $0) } + [
                "Administration", "Account", "Gate", "Home", "Pass", "Terminals",
                "Vocabulary", "Resource", "OpenAPI", "Pages", "Web", "FastCGI", "PostgreSQL", "JSON", "Cryptography",
                "OperatingSystem",
                "CommonPasswords", "Images", "Monitoring", "Scoreboard", "Outbox", "HTTPRelay", "LocalProgram",
                "HomeAssistant", "UHPPOTE", "Webhooks", argumentParser,
            ],
            path: "Sources/Garita", swiftSettings: strict,
            // The toolchain's libraries travel inside the executable: whoever runs it needs no Swift.
            linkerSettings: [
                .unsafeFlags(["-static-stdlib"]), .linkedLibrary("swiftSynchronization"),
                .linkedLibrary("_FoundationCShims"), .linkedLibrary("_FoundationCollections"),
            ])
    ]
        // Pages drawn from the declared tables, and those made by hand beside them.
        + [
            room(
                "Administration", at: "Administration",
                imports: domains.map { .target(name: $0) } + [
                    "Vocabulary", "Resource", "Pages", "Web", "Spreadsheets", "QRCode", "PostgreSQL", "JSON",
                    "Cryptography", "Monitoring", "Scoreboard",
                ])
        ]
        // Pages made by hand, over what the domains can do.
        + [
            room(
                "Account", at: "Account",
                imports: ["Users", "Vocabulary", "Pages", "Web", "QRCode", "PostgreSQL", "Cryptography"])
        ]
        + ["Gate", "Home", "Pass"].map { name in
            room(
                name, at: name,
                imports: domains.map { .target(name: $0) } + [
                    "Vocabulary", "Resource", "Pages", "Web", "QRCode", "PostgreSQL", "JSON", "Cryptography",
                ])
        }
        // What must reach the world outside, and who carries it.
        + [
            room(
                "Outbox", at: "Outbox/Dispatch", imports: ["PostgreSQL", "JSON", "Cryptography", "OperatingSystem"]),
            room(
                "UHPPOTE", at: "Outbox/UHPPOTE",
                imports: ["Outbox", "PostgreSQL", "JSON", "Cryptography", "OperatingSystem"]),
            room(
                "HomeAssistant", at: "Outbox/HomeAssistant",
                imports: ["Outbox", "MQTT", "PostgreSQL", "JSON", "Cryptography", "OperatingSystem"]),
            room(
                "Webhooks", at: "Outbox/Webhooks",
                imports: ["Outbox", "HTTPClient", "PostgreSQL", "Cryptography", "OperatingSystem"]),
            room(
                "HTTPRelay", at: "Outbox/HTTPRelay",
                imports: ["Outbox", "Doors", "Web", "HTTPClient", "JSON", "Cryptography", "OperatingSystem"]),
            room(
                "LocalProgram", at: "Outbox/LocalProgram",
                imports: ["Outbox", "Doors", "OperatingSystem"]),
        ]
        // Door terminals that call by themselves.
        + [
            room(
                "Terminals", at: "Terminals",
                imports: ["AccessControl", "Vocabulary", "Web", "PostgreSQL", "JSON", "Cryptography"])
        ]
        // What is counted, and what is told of the whole system.
        + [
            room(
                "Monitoring", at: "Monitoring",
                imports: ["Vocabulary", "Web", "PostgreSQL", "JSON", "Cryptography", "Scoreboard", "OperatingSystem"])
        ]
        // The residence, one target per domain, blind to each other.
        + domains.map { domain($0, imports: furtherImports[$0] ?? []) } + [
            room("Vocabulary", at: "Domains/Vocabulary", imports: ["Resource", "Web"]),

            // A table declared once: list, create, read, update, delete.
            room(
                "Resource", at: "Resource",
                imports: ["OpenAPI", "Web", "PostgreSQL", "JSON", "Cryptography", "Images", "Spreadsheets"]),

            // The document of the API and its page, drawn from routes.
            room("OpenAPI", at: "OpenAPI", imports: ["Pages", "Web", "JSON"]),

            // The one way a page is made: markup, layout, session, forms.
            room("Pages", at: "Pages", imports: ["Web", "PostgreSQL", "JSON", "Cryptography", "QRCode"]),

            // HTTP: request, route, caller, answer. Its SQL is about callers, refusals and repeated requests alone.
            room("Web", at: "Web", imports: ["PostgreSQL", "JSON", "Cryptography", "Images"]),

            // The outside world, one C library per target; has never heard of a residence.
            room("FastCGI", at: "Platform/FastCGI", imports: ["CFastCGI", "OperatingSystem"]),
            room("PostgreSQL", at: "Platform/PostgreSQL", imports: ["CPostgreSQL", "OperatingSystem"]),
            room("JSON", at: "Platform/JSON", imports: ["CJansson"]),
            room("QRCode", at: "Platform/QRCode", imports: ["CQREncode", "Images"]),
            room(
                "Images", at: "Platform/Images",
                imports: ["CTurboJPEG", "CPNG", "CWebP", "Cryptography", "OperatingSystem"]),
            room("Spreadsheets", at: "Platform/Spreadsheets", imports: ["CXLSXWriter", "OperatingSystem"]),
            room(
                "Cryptography", at: "Platform/Cryptography",
                imports: ["JSON", "OperatingSystem", crypto, cryptoExtras, asn1]),
            room("HTTPClient", at: "Platform/HTTPClient", imports: ["CCurl", "Cryptography", "OperatingSystem"]),
            room("CommonPasswords", at: "Platform/CommonPasswords", imports: ["OperatingSystem"]),
            room("Scoreboard", at: "Platform/Scoreboard", imports: ["OperatingSystem"]),
            room("MQTT", at: "Platform/MQTT", imports: ["CMosquitto", "COpenSSL", "Cryptography", "OperatingSystem"]),
            room("OperatingSystem", at: "Platform/OperatingSystem", imports: ["CLinux"]),

            cLibrary("CFastCGI", "fcgi", package: "libfcgi-dev"),
            cLibrary("CPostgreSQL", "libpq", package: "libpq-dev"),
            cLibrary("CJansson", "jansson", package: "libjansson-dev"),
            cLibrary("CQREncode", "libqrencode", package: "libqrencode-dev"),
            cLibrary("CPNG", "libpng", package: "libpng-dev"),
            cLibrary("CTurboJPEG", "libturbojpeg", package: "libturbojpeg0-dev"),
            cLibrary("CWebP", "libwebp", package: "libwebp-dev"),
            cLibrary("CCurl", "libcurl", package: "libcurl4-openssl-dev"),
            cLibrary("CMosquitto", "libmosquitto", package: "libmosquitto-dev"),
            cLibrary("COpenSSL", "openssl", package: "libssl-dev"),
            cLibrary("CXLSXWriter", "xlsxwriter", package: "libxlsxwriter-dev"),
            // Of the C library itself, which the toolchain's module leaves out.
            .systemLibrary(name: "CLinux", path: "Sources/CLibraries/CLinux"),

            tests(of: "FastCGI", imports: ["OperatingSystem"]),
            tests(of: "PostgreSQL", imports: ["OperatingSystem"]),
            tests(of: "JSON"),
            tests(of: "QRCode"),
            tests(of: "Images", imports: ["CTurboJPEG", "OperatingSystem"]),
            tests(of: "Spreadsheets", imports: ["OperatingSystem"]),
            tests(of: "Cryptography", imports: ["JSON"]),
            tests(of: "OperatingSystem"),
            // Servers that misbehave as told.
            .target(
                name: "HTTPFakes", dependencies: ["HTTPClient", "OperatingSystem"], path: "Tests/HTTPFakes",
                swiftSettings: strict),
            tests(of: "HTTPClient", imports: ["HTTPFakes", "OperatingSystem"]),
            tests(
                of: "HTTPRelay",
                imports: ["HTTPFakes", "HTTPClient", "Outbox", "Doors", "PostgreSQL", "JSON", "OperatingSystem"]),
            tests(of: "LocalProgram", imports: ["Outbox", "PostgreSQL", "JSON", "OperatingSystem"]),
            tests(of: "Webhooks"),
            tests(of: "Scoreboard", imports: ["OperatingSystem"]),
            tests(of: "MQTT", imports: ["OperatingSystem"]),
            tests(of: "UHPPOTE", imports: ["Outbox", "Cryptography", "JSON", "PostgreSQL", "OperatingSystem"]),
            tests(of: "HomeAssistant", imports: ["Outbox", "MQTT", "JSON"]),
            tests(of: "Monitoring", imports: ["Scoreboard", "Web", "JSON", "OperatingSystem"]),
            tests(of: "Pages", imports: ["Web"]),
            tests(of: "Web", imports: ["JSON", "PostgreSQL", "Cryptography", "Images"]),
            tests(of: "Gate", imports: ["Cryptography"]),
            tests(of: "CommonPasswords"),
            tests(of: "AccessControl", imports: ["Web", "JSON", "PostgreSQL", "Cryptography", "Images"]),
            tests(of: "Terminals", imports: ["Web"]),
            tests(of: "Users", imports: ["Web", "CommonPasswords"]),
            tests(of: "Resource", imports: ["Web", "JSON", "PostgreSQL"]),
        ],
    swiftLanguageModes: [.v6]
)

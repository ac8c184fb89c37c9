// swift-tools-version: 6.2
import PackageDescription

/// One list of settings for every target: Swift 6 mode, explicit existentials and imports, no warning left standing,
/// and `unsafe` written wherever memory is handled by hand (only the wrappers of C libraries need to).
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Our modules, lowest floor first: each may import only what stands above it in this list.
let modules: [Target] = [
  // The core: pure, no input/output, no clock, no Foundation.
  .target(name: "CivilTime"),
  .target(name: "JSONText"),
  .target(name: "Planning", dependencies: ["CivilTime"]),
  .target(name: "Mail", dependencies: ["CivilTime"]),
  // Adapters of files and C libraries.
  .target(name: "Gzip", dependencies: ["CZlib"]),
  .target(name: "ICalendar", dependencies: ["CivilTime", "CLibical"]),
  .target(
    name: "Files",
    dependencies: ["Planning", "ICalendar", .product(name: "Yams", package: "Yams")]),
  // What arrives in bulk, and the cage that reads it where it may be hostile.
  .target(name: "Intake", dependencies: ["Planning", "JSONText", "ICalendar"]),
  .target(name: "Cage"),
  // The register: one write path, its hash chain, and the stores behind it.
  .target(
    name: "Register",
    dependencies: ["Planning", "JSONText", "Mail", .product(name: "Crypto", package: "swift-crypto")]),
  .target(
    name: "RegisterSQLite",
    dependencies: ["Register", .product(name: "GRDB", package: "GRDB.swift")]),
  // Publication: a change becomes text for people and text for programs.
  .target(name: "Wording", dependencies: ["Planning"]),
  .target(name: "Markup", dependencies: ["Wording"]),
  .target(name: "Syndication", dependencies: ["Wording", "Markup", "JSONText"]),
  .target(name: "Feeds", dependencies: ["Wording", "ICalendar", "Register"]),
  .target(
    name: "Notices",
    dependencies: [
      "Wording", "Markup", "Register", "JSONText", "Mail", .product(name: "Mustache", package: "swift-mustache"),
    ]),
  .target(name: "Portal", dependencies: ["Wording", "Markup"]),
  // Sheets of paper with lines and text, for what is drawn.
  .target(name: "Drawing", dependencies: ["Wording", "Markup"]),
  // The contract's calendar of a year: pure, as the core is.
  .target(name: "Annex", dependencies: ["Wording", "Markup", "Drawing", "JSONText"]),
  // The account of a month: pure too.
  .target(name: "Reports", dependencies: ["Wording", "Markup", "Drawing", "JSONText"]),
  // Examines feeds of others, and our own; works on the bytes, so that it needs neither rules nor register.
  .target(name: "FeedDoctor", dependencies: ["Wording", "ICalendar"]),
  .target(
    name: "Retrieval",
    dependencies: ["FeedDoctor", .product(name: "AsyncHTTPClient", package: "async-http-client")]),
  // All that is published of a service, as files; whoever shows it needs no more.
  .target(name: "Site", dependencies: ["Portal", "Feeds", "Syndication", "Register", "JSONText"]),
  // What verbs and API calls ask and answer alike: how a request is read, what is computed, its stable JSON.
  .target(
    name: "Answers",
    dependencies: [
      "Site", "Feeds", "Notices", "Mail", "Files", "Intake", "ICalendar", "JSONText", "Register", "Wording",
    ]),
  // What the API answers, call by call: knows no socket, so that every answer can be tested without one.
  .target(
    name: "API",
    dependencies: [
      "Answers", "Site", "Annex", "Reports", "Feeds", "Notices", "Mail", "Markup", "Files", "Intake", "JSONText",
      "Register",
      "Wording",
    ]),
  // A register behind a server, for the command line.
  .target(
    name: "Remote",
    dependencies: [
      "Register", "RegisterSQLite", "Feeds", "Files", "JSONText",
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
      .product(name: "NIOSSL", package: "swift-nio-ssl"),
    ]),
  // Webhooks and mail from the outbox.
  .target(
    name: "Delivery",
    dependencies: [
      "Register", "Notices", "Mail", "JSONText", "Site", "Feeds", "Wording",
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
    ]),
  // The portal, the feeds and the API over HTTP.
  .target(
    name: "Server",
    dependencies: [
      "API", "Site", "Portal", "Gzip", .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HummingbirdTLS", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
      .product(name: "NIOSSL", package: "swift-nio-ssl"),
    ]),
  // The terminal: what every verb stands on; knows none of them.
  .target(
    name: "Console",
    dependencies: [
      "Answers", "Remote", "Feeds", "Notices", "Mail", "Files", "ICalendar", "RegisterSQLite", "JSONText", "Wording",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
  // JSON Lines in, JSON Lines out, by calculation alone.
  .target(
    name: "Batches",
    dependencies: [
      "Console", "Answers", "Files", "JSONText", "Wording",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
  // A register as it is served, sent from and exported: what serve, deliveries and export have in common.
  .target(
    name: "Serving",
    dependencies: [
      "Console", "CMalloc", "Server", "API", "Delivery", "Site", "Feeds", "Notices", "Gzip", "Files", "Wording",
    ]),
  // The shell.
  .target(
    name: "Commands",
    dependencies: [
      "Console", "Batches", "Serving", "Answers", "Server", "API", "Remote", "Delivery", "Retrieval", "FeedDoctor",
      "Site", "Portal", "Annex", "Reports", "Feeds", "Syndication", "Notices", "Files", "Intake", "Cage",
      "RegisterSQLite", "JSONText", "Wording",
      .product(name: "Logging", package: "swift-log"),
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
  .executableTarget(name: "preavis", dependencies: ["Commands"]),
]

let tests: [Target] = [
  // What several suites stand on.
  .target(name: "TestSupport", dependencies: ["CivilTime", "Planning", "JSONText"], path: "Tests/Support"),
  .testTarget(name: "CivilTimeTests", dependencies: ["TestSupport", "CivilTime"]),
  .testTarget(name: "PlanningTests", dependencies: ["TestSupport", "CivilTime", "Planning", "Files", "JSONText"]),
  .testTarget(name: "ICalendarTests", dependencies: ["TestSupport", "ICalendar"]),
  .testTarget(name: "FilesTests", dependencies: ["Files"]),
  .testTarget(
    name: "RegisterTests",
    dependencies: [
      "TestSupport", "Register", "RegisterSQLite", "Feeds", "Files", .product(name: "GRDB", package: "GRDB.swift"),
    ]),
  .testTarget(name: "IntakeTests", dependencies: ["CivilTime", "ICalendar", "Intake", "Cage", "Files"]),
  .testTarget(
    name: "PublicationTests", dependencies: ["TestSupport", "Feeds", "Notices", "Wording", "Files", "Register"],
    exclude: ["Golden"]),
  .testTarget(name: "MarkupTests", dependencies: ["Markup"]),
  .testTarget(name: "PortalTests", dependencies: ["TestSupport", "Portal", "Markup"]),
  .testTarget(name: "AnnexTests", dependencies: ["TestSupport", "Annex", "Reports", "Drawing", "Files", "JSONText"]),
  .testTarget(name: "FeedDoctorTests", dependencies: ["TestSupport", "FeedDoctor"]),
  .testTarget(name: "SyndicationTests", dependencies: ["TestSupport", "Syndication", "Markup"]),
  .testTarget(
    name: "RemoteTests",
    dependencies: [
      "TestSupport", "Remote", "API", "Feeds", "Files", "Notices", "Register", "RegisterSQLite", "JSONText", "Gzip",
      "preavis",
      .product(name: "GRDB", package: "GRDB.swift"),
    ]),
  .testTarget(name: "MailTests", dependencies: ["Mail"]),
  .testTarget(
    name: "APITests",
    dependencies: [
      "TestSupport", "API", "Answers", "Intake", "Register", "RegisterSQLite", "Feeds", "Files", "Notices", "Planning",
      "CivilTime",
      "JSONText", "Wording", "preavis",
    ]),
  .testTarget(
    name: "ServerTests",
    dependencies: [
      "Server", "API", "Site", "Register", "RegisterSQLite", "Feeds", "Files", "CivilTime", "Planning", "Wording",
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
      .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOPosix", package: "swift-nio"),
    ]),
  .testTarget(
    name: "DeliveryTests",
    dependencies: [
      "TestSupport", "Delivery", "Register", "RegisterSQLite", "Feeds", "Files", "Notices", "JSONText",
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
    ]),
  .testTarget(name: "CommandTests", dependencies: ["TestSupport", "JSONText", "CivilTime", "preavis"]),
]

for target in modules + tests { target.swiftSettings = settings }

let package = Package(
  name: "preavis",
  products: [.executable(name: "preavis", targets: ["preavis"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibical", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  ] + modules + tests
)

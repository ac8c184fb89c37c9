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

/// Our modules, lowest floor first: each may import only what stands above it in this list. A module where it hides
/// something (the pure core, a C library, a store, a door); a folder elsewhere.
let modules: [Target] = [
  // The core: pure, no input/output, no clock, no Foundation.
  .target(name: "CivilTime"),
  .target(name: "JSONText", dependencies: ["CivilTime"]),
  .target(name: "Planning", dependencies: ["CivilTime"]),
  // libical.
  .target(name: "ICalendar", dependencies: ["CivilTime", "CLibical"]),
  // What an operator edits, and what arrives in bulk, read from files.
  .target(
    name: "Files",
    dependencies: ["Planning", "ICalendar", "JSONText", .product(name: "Yams", package: "Yams")]),
  // The register: one write path, its hash chain, the storage protocol; and a store behind it.
  .target(
    name: "Register",
    dependencies: ["Planning", "JSONText", .product(name: "Crypto", package: "swift-crypto")]),
  .target(name: "RegisterSQLite", dependencies: ["Register", .product(name: "GRDB", package: "GRDB.swift")]),
  // Every sentence that people read, in both languages, and the markup that nothing breaks out of.
  .target(name: "Wording", dependencies: ["Planning"]),
  // A change becomes text for people and text for programs: feeds, pages, notices, pictures, reports.
  .target(
    name: "Publication",
    dependencies: [
      "Wording", "ICalendar", "Register", "JSONText", .product(name: "Mustache", package: "swift-mustache"),
    ]),
  // Examines feeds of others, and our own; works on the bytes, so that it needs neither rules nor register.
  .target(name: "FeedDoctor", dependencies: ["Wording", "ICalendar"]),
  // What all doors have in common: how a request is read, what is computed, its stable JSON.
  .target(name: "Answers", dependencies: ["Publication", "Files", "ICalendar", "JSONText", "Register", "Wording"]),
  // What the API answers, call by call: knows no socket, so that every answer can be tested without one.
  .target(name: "API", dependencies: ["Answers", "Publication", "Files", "JSONText", "Register", "Wording"]),
  // A register behind a server, for the command line.
  .target(
    name: "Remote",
    dependencies: [
      "Answers", "Register", "RegisterSQLite", "Publication", "JSONText",
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
      .product(name: "NIOSSL", package: "swift-nio-ssl"),
    ]),
  // The network: the portal, the feeds and the API over HTTP; webhooks and mail from the outbox.
  .target(
    name: "Server",
    dependencies: [
      "API", "Publication", "Register", "JSONText", "Wording", "CZlib",
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HummingbirdTLS", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
      .product(name: "NIOSSL", package: "swift-nio-ssl"),
    ]),
  // The terminal: every verb, and what it stands on.
  .target(
    name: "Commands",
    dependencies: [
      "CMalloc", "Server", "API", "Remote", "Answers", "FeedDoctor", "Publication", "Files", "RegisterSQLite",
      "ICalendar", "JSONText", "Wording",
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "Logging", package: "swift-log"),
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
  .executableTarget(name: "preavis", dependencies: ["Commands"]),
]

let tests: [Target] = [
  // What several suites stand on.
  .target(name: "TestSupport", dependencies: ["CivilTime", "Planning", "JSONText", "Register"], path: "Tests/Support"),
  .testTarget(name: "CivilTimeTests", dependencies: ["TestSupport", "CivilTime"]),
  .testTarget(name: "PlanningTests", dependencies: ["TestSupport", "CivilTime", "Planning", "Files", "JSONText"]),
  .testTarget(name: "ICalendarTests", dependencies: ["TestSupport", "ICalendar"]),
  .testTarget(name: "FilesTests", dependencies: ["TestSupport", "Files"]),
  .testTarget(
    name: "RegisterTests",
    dependencies: [
      "TestSupport", "Register", "RegisterSQLite", "Publication", "Files",
      .product(name: "GRDB", package: "GRDB.swift"),
    ]),
  .testTarget(name: "IntakeTests", dependencies: ["CivilTime", "ICalendar", "Planning", "Files", "Commands"]),
  .testTarget(
    name: "PublicationTests", dependencies: ["TestSupport", "Publication", "Wording", "Files", "Register"],
    exclude: ["Golden"]),
  .testTarget(name: "MarkupTests", dependencies: ["Wording"]),
  .testTarget(name: "PortalTests", dependencies: ["TestSupport", "Publication", "Wording"]),
  .testTarget(name: "AnnexTests", dependencies: ["TestSupport", "Publication", "Files", "JSONText"]),
  .testTarget(name: "FeedDoctorTests", dependencies: ["TestSupport", "FeedDoctor", "ICalendar"]),
  .testTarget(name: "SyndicationTests", dependencies: ["TestSupport", "Publication", "Wording"]),
  .testTarget(
    name: "RemoteTests",
    dependencies: [
      "TestSupport", "Remote", "API", "Answers", "Publication", "Files", "Register", "RegisterSQLite", "JSONText",
      "Server", "preavis", .product(name: "GRDB", package: "GRDB.swift"),
    ]),
  .testTarget(name: "MailTests", dependencies: ["Publication", "JSONText"]),
  .testTarget(
    name: "APITests",
    dependencies: [
      "TestSupport", "API", "Answers", "Files", "Register", "RegisterSQLite", "Publication", "Planning", "CivilTime",
      "JSONText", "Wording", "preavis",
    ]),
  .testTarget(
    name: "ServerTests",
    dependencies: [
      "TestSupport", "Server", "API", "Publication", "Register", "RegisterSQLite", "Files", "CivilTime", "Planning",
      "Wording",
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
      .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOPosix", package: "swift-nio"),
    ]),
  .testTarget(
    name: "DeliveryTests",
    dependencies: [
      "TestSupport", "Server", "Register", "RegisterSQLite", "Publication", "Files", "JSONText",
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
    ]),
  // What strangers may have written, for `make fuzz` and, in short, for the tests.
  .target(
    name: "FuzzTargets",
    dependencies: [
      "TestSupport", "Planning", "ICalendar", "Files", "Register", "Publication", "FeedDoctor", "JSONText",
    ],
    path: "Tests/Fuzz/Targets"),
  .testTarget(name: "FuzzTests", dependencies: ["TestSupport", "FuzzTargets"], path: "Tests/Fuzz/Tests"),
  .testTarget(name: "CommandTests", dependencies: ["TestSupport", "JSONText", "CivilTime", "preavis"]),
]

/// libFuzzer brings its own `main`, and with it sanitizers that nothing else is built with: only where FUZZ is set.
let fuzzer: [Target] =
  Context.environment["FUZZ"] == nil
  ? [] : [.executableTarget(name: "Fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Program")]

for target in modules + tests + fuzzer { target.swiftSettings = settings }

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
  ] + modules + tests + fuzzer
)

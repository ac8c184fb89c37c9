// swift-tools-version: 6.2
import PackageDescription

/// The settings of the main package.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// The modules under measurement, by symbolic links: what they declare `package` is visible only to their own package.
let modules: [Target] = [
  .target(name: "CivilTime"),
  .target(name: "JSONText", dependencies: ["CivilTime"]),
  .target(name: "Planning", dependencies: ["CivilTime"]),
  .target(name: "ICalendar", dependencies: ["CivilTime", "CLibical"]),
  .target(
    name: "Files",
    dependencies: ["Planning", "ICalendar", "JSONText", .product(name: "Yams", package: "Yams")]),
  .target(
    name: "Register",
    dependencies: ["Planning", "JSONText", .product(name: "Crypto", package: "swift-crypto")]),
  .target(
    name: "RegisterSQLite",
    dependencies: ["Register", .product(name: "GRDB", package: "GRDB.swift")]),
  .target(name: "Wording", dependencies: ["Planning"]),
  .target(
    name: "Publication",
    dependencies: [
      "Wording", "ICalendar", "Register", "JSONText", .product(name: "Mustache", package: "swift-mustache"),
    ]),
  .executableTarget(
    name: "Benchmarks",
    dependencies: ["Publication", "Files", "RegisterSQLite", "Peers"]),
]

for target in modules { target.swiftSettings = settings }

let package = Package(
  name: "preavis-benchmarks",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibical", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    // What ours is measured against, in C.
    .target(name: "Peers", dependencies: ["CLibical", "CSQLite"]),
  ] + modules
)

// swift-tools-version: 6.2
import PackageDescription

/// The settings of the main package.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
]

/// What is fuzzed, by symbolic links: what modules declare `package` is visible only to their own package.
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
  .target(name: "Wording", dependencies: ["Planning"]),
  .target(
    name: "Publication",
    dependencies: [
      "Wording", "ICalendar", "Register", "JSONText", .product(name: "Mustache", package: "swift-mustache"),
    ]),
  .target(name: "FeedDoctor", dependencies: ["Wording", "ICalendar"]),
  .target(name: "TestSupport", dependencies: ["CivilTime", "Planning", "JSONText", "Register"]),
  .target(
    name: "FuzzTargets",
    dependencies: [
      "TestSupport", "CivilTime", "JSONText", "ICalendar", "Files", "Register", "Publication", "FeedDoctor",
    ]),
  .executableTarget(name: "Fuzz", dependencies: ["FuzzTargets"]),
]

for target in modules { target.swiftSettings = settings }

let package = Package(
  name: "preavis-fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibical", pkgConfig: "libical", providers: [.apt(["libical-dev"])])
  ] + modules
)

import CivilTime
import Foundation
import Testing

@testable import Files

@Suite struct SystemZonesTests {
  @Test func `Paris has the offsets of Paris`() throws {
    let zone = try SystemZones.load("Europe/Paris")
    #expect(zone.name == "Europe/Paris")
    #expect(zone.offset(at: Instant(secondsSinceEpoch: 1_800_000_000)).seconds == 3600)
    #expect(try SystemZones.load("UTC").name == "UTC")
  }

  @Test(arguments: [
    "", "/etc/passwd", "../Europe/Paris", "Europe/../Paris", "Europe//Paris", "Europe/Paris/", "Europe/Par.is", "a\nb",
    "Europe/Paris\0", "É", String(repeating: "a", count: 65), "[", "@",
  ]) func `names that are none are refused`(name: String) {
    let error = #expect(throws: ZoneFileError.self) { try SystemZones.load(name) }
    #expect(error?.reason == .badName)
  }

  @Test(arguments: ["Europe/Pari", "Europe", "tzdata"]) func `unknown zones are named`(name: String) {
    let error = #expect(throws: ZoneFileError.self) { try SystemZones.load(name) }
    #expect(error?.reason == .unknown)
  }

  @Test func `a missing, old or damaged database says to install tzdata`() throws {
    let bench = try Workbench()
    func fails(_ place: String) -> ZoneFileError? {
      let error = #expect(throws: ZoneFileError.self) { try SystemZones.load("Europe/Paris", places: [place]) }
      #expect(error?.description.contains("install tzdata") == true)
      return error
    }
    #expect(fails(bench.path + "/none")?.reason == .noDatabase([bench.path + "/none"]))
    #expect(fails(bench.path)?.reason == .noDatabase([bench.path]))
    let file = bench.path + "/Europe/Paris"
    try bench.write("Europe/Paris", Array("TZif".utf8) + Array(repeating: 0, count: 40))
    #expect(fails(bench.path)?.reason == .versionOne(file: file))
    try bench.write("Europe/Paris", Array("hello".utf8))
    #expect(fails(bench.path)?.reason == .damaged(file: file, "not a TZif file"))
  }
}

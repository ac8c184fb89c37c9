import CivilTime
import TestSupport
import Testing

struct TZifTests {
  @Test(arguments: ["Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu"])
  func `A file cut short at any length is an error`(name: String) throws {
    let bytes = try Fixtures.zoneBytes(name)
    var wrong = Mismatches()
    for length in 0..<bytes.count where (try? ZoneRules(name: name, tzif: Array(bytes[..<length]))) != nil {
      wrong.add("\(length) of \(bytes.count) bytes were read")
    }
    #expect(wrong.isEmpty, "\(wrong)")
    #expect(throws: Never.self) { try ZoneRules(name: name, tzif: bytes) }
  }

  @Test func `A file with one byte changed is read or refused, and answers`() throws {
    let bytes = try Fixtures.zoneBytes("Asia/Kathmandu")
    let moments = ["0001-01-02T00:00:00Z", "1986-01-01T00:00:00Z", "2026-07-01T00:00:00Z", "9999-12-30T00:00:00Z"]
    for index in bytes.indices {
      for value in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = value
        guard let zone = try? ZoneRules(name: "changed", tzif: changed) else { continue }
        for moment in moments {
          let civil = zone.civil(utc(moment))
          _ = zone.resolve(civil)
          _ = zone.startOfDay(civil.date)
        }
      }
    }
  }

  @Test func `A large file with random bytes changed is read or refused, and answers`() throws {
    let bytes = try Fixtures.zoneBytes("Europe/Paris")
    var random = SeededGenerator(seed: 9636)
    for _ in 0..<1500 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      guard let zone = try? ZoneRules(name: "changed", tzif: changed) else { continue }
      for moment in ["1900-01-01T00:00:00Z", "2026-03-29T01:00:00Z", "2099-10-25T01:00:00Z"] {
        _ = zone.startOfDay(zone.civil(utc(moment)).date)
      }
    }
  }

  @Test func `What is no TZif file, or too old a version, is named as such`() throws {
    let bytes = try Fixtures.zoneBytes("Asia/Kathmandu")
    #expect(throws: TZifError.notTZif) { try ZoneRules(name: "", tzif: []) }
    #expect(throws: TZifError.notTZif) { try ZoneRules(name: "", tzif: Array("BEGIN:VCALENDAR".utf8)) }
    #expect(throws: TZifError.notTZif) { try ZoneRules(name: "", tzif: [UInt8](repeating: 0, count: 100)) }
    var old = bytes
    old[4] = 0
    #expect(throws: TZifError.versionOne) { try ZoneRules(name: "", tzif: old) }
    #expect(throws: TZifError.truncated) { try ZoneRules(name: "", tzif: bytes.dropLast()) }
    let name = Array("<+0545>".utf8)
    let place = try #require(bytes.indices.last { bytes[$0...].starts(with: name) })
    var broken = bytes
    broken[place] = UInt8(ascii: "!")
    #expect(throws: TZifError.malformed("footer rule cannot be read")) { try ZoneRules(name: "", tzif: broken) }
  }

  @Test func `Counts that promise more than the file holds are errors`() throws {
    let bytes = try Fixtures.zoneBytes("Asia/Kathmandu")
    for field in 0..<6 {
      for value in [[0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0x0F, 0x42, 0x40]] as [[UInt8]] {
        var changed = bytes
        changed.replaceSubrange(20 + 4 * field..<24 + 4 * field, with: value)
        #expect(throws: TZifError.self) { try ZoneRules(name: "", tzif: changed) }
      }
    }
  }
}

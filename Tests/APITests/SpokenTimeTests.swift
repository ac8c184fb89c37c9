import CivilTime
import Planning
import TestSupport
import Testing
import Wording

@testable import Answers

/// Times as people say them, against a table that Tests/Oracles/spoken_times.py made without parsing anything.
struct SpokenTimeTests {
  private func times(_ language: Language, door: Door = .commandLine, at now: Instant?) -> TimeArgument {
    guard let now else { return TimeArgument(wording: Wording(language, zone: Fixtures.paris, door: door)) }
    return TimeArgument(wording: Wording(language, zone: Fixtures.paris, door: door) { now })
  }

  private func read(_ row: [Substring]) -> String {
    let times = times(row[1] == "fr" ? .french : .english, at: utc(row[0]))
    do {
      let field: Field = row[2] == "end" ? .end : row[2] == "fact" ? .at : .start
      return TimeText.utc(try times.instant(String(row[3]), field: field, backwards: row[2] == "fact"))
    } catch { return "!\((error as? BadValue)?.message ?? "\(error)")" }
  }

  @Test func `Each expression means what the table says, or is refused for its reason`() throws {
    let rows = try Fixtures.rows("spoken-times.tsv")
    #expect(rows.count > 5000)
    var wrong = Mismatches()
    for row in rows {
      let found = read(row)
      let isRight = row[4].hasPrefix("!") ? found.contains(row[4].dropFirst()) && found.hasPrefix("!") : found == row[4]
      if !isRight { wrong.add("\(row) gave \(found)") }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `An end that is said reckons from its start`() throws {
    // Sunday 6 December 2026, 02:00: the Sunday that is meant is the next one, and its end belongs to it.
    let times = times(.french, at: utc("2026-12-06T01:00:00Z"))
    for end in ["03:00", "3h", "dimanche 3h", "13/12 3h", "2026-12-13 3:00"] {
      let interval = try times.interval(start: "dimanche 1h", end: end, duration: nil)
      #expect(interval == Interval(start: utc("2026-12-13T00:00:00Z"), end: utc("2026-12-13T02:00:00Z")), "\(end)")
    }
    for end in ["dimanche 0h30", "13/12/2026 0h30", "samedi 1h", "30/11 3h", "+2h"] {
      #expect(throws: BadValue.self) { try times.interval(start: "dimanche 1h", end: end, duration: nil) }
    }
    #expect(try times.instant("dimanche 6h du soir", field: .start) == utc("2026-12-06T17:00:00Z"))
    // The day is that of the clock that is said: at 01:30 in UTC it is 02:30 in Paris.
    let utcNight = try times.interval(start: "dimanche 01:30 UTC", end: "02:00 UTC", duration: nil)
    #expect(utcNight == Interval(start: utc("2026-12-06T01:30:00Z"), end: utc("2026-12-06T02:00:00Z")))
    let night = try times.interval(start: "samedi 23h", end: "1h", duration: nil)
    #expect(night == Interval(start: utc("2026-12-12T22:00:00Z"), end: utc("2026-12-13T00:00:00Z")))
  }

  @Test func `A file takes dates with their year and no more, the API what programs write`() throws {
    let file = times(.french, door: .file, at: nil)
    for text in ["06/12/2026 01:00", "06.12.2026 1h", "dimanche 6 décembre 2026 à 1 h", "2026-12-06 1:00"] {
      #expect(try file.instant(text, field: .start) == utc("2026-12-06T00:00:00Z"), "\(text)")
    }
    for text in ["demain 01:00", "dimanche 1h", "06/12 01:00", "dans 2 h"] {
      let error = #expect(throws: BadValue.self) { try file.instant(text, field: .start) }
      #expect(error?.message.contains("avec l’année") == true, "\(text)")
    }
    let api = times(.french, door: .api, at: utc("2026-12-01T00:00:00Z"))
    for text in ["06/12/2026 01:00", "demain 01:00", "2026-12-06T1:00"] {
      let error = #expect(throws: BadValue.self) { try api.instant(text, field: .start) }
      #expect(error?.message.contains("ni date ni heure lisible") == true, "\(text)")
    }
  }

  @Test func `Days are said where days are asked for`() throws {
    let times = times(.french, at: utc("2026-12-01T11:00:00Z"))
    #expect(try times.bound("demain", field: .from) == utc("2026-12-01T23:00:00Z"))
    #expect(try times.bound("lundi", field: .from) == utc("2026-12-06T23:00:00Z"))
    #expect(try times.date("06/12/2026", field: .from) == CivilDate(year: 2026, month: 12, day: 6))
  }
}

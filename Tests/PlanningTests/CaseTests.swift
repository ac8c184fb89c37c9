import CivilTime
import JSONText
import Planning
import TestSupport
import Testing

/// The worked examples and the random cases, against the rules.
struct CaseTests {
  private static let terms = SampleContract.terms()

  @Test(arguments: [("cases/verdicts.jsonl", 78), ("verdicts-random.jsonl", 3000)])
  func `Verdicts are as the cases say`(file: String, count: Int) throws {
    var (wrong, tables) = (Mismatches(), CaseReading.Tables())
    let values = try Fixtures.values(file)
    #expect(values.count == count)
    for (number, value) in values.enumerated() {
      let id = value["id"]?.string ?? "line \(number + 1)"
      let (input, expected) = (try #require(value["input"]), try #require(value["expected"]))
      var (times, errors) = CaseReading.times(["planned_at", "start", "end"], of: input)
      if errors.isEmpty, times["start"]! >= times["end"]! {
        errors.append(times["start"]! == times["end"]! ? "interval empty_interval" : "interval reversed_interval")
      }
      wrong.check(errors, CaseReading.errors(expected), id)
      guard errors.isEmpty else {
        wrong.check("invalid", expected["status"]?.string, id)
        continue
      }
      let interval = Interval(start: times["start"]!, end: times["end"]!)!
      let table = tables.covering(interval, zone: CaseReading.zone(input))
      let verdict = Verdict(findings: [
        Rules.window(interval, in: table, terms: Self.terms),
        Rules.notice(plannedAt: times["planned_at"]!, start: interval.start, terms: Self.terms),
      ])
      check(verdict, against: expected, id, &wrong)
      let alone = WindowTable(
        contract: SampleContract.byZone[CaseReading.zone(input)]!, environment: "production", covering: interval)
      wrong.check(Rules.window(interval, in: alone, terms: Self.terms), verdict.findings[0], "\(id), own table")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  private func check(_ verdict: Verdict, against expected: JSON, _ id: String, _ wrong: inout Mismatches) {
    wrong.check(verdict.status.rawValue, expected["status"]?.string, "\(id) status")
    let violations = verdict.findings.filter { !$0.isSatisfied }.map(\.code.rawValue)
    wrong.check(violations, expected["violations"]?.array?.compactMap(\.string) ?? ["?"], "\(id) violations")
    if case .window(let window, let outside) = verdict.findings[0].figures {
      wrong.check(window != nil, expected["in_window"]?.bool, "\(id) in_window")
      wrong.check(window.map { CaseReading.text($0) }, CaseReading.text(expected["window"]), "\(id) window")
      wrong.check(outside.map { CaseReading.text($0) }, CaseReading.texts(expected["outside"]), "\(id) outside")
      let seconds = outside.reduce(0) { $0 + $1.length.seconds }
      wrong.check(seconds, expected["outside_seconds"]?.integer, "\(id) outside_seconds")
    }
    if case .notice(let given, _) = verdict.findings[1].figures {
      wrong.check(given.seconds, expected["notice_seconds"]?.integer, "\(id) notice_seconds")
      wrong.check(verdict.findings[1].isSatisfied, expected["notice_ok"]?.bool, "\(id) notice_ok")
    }
  }

  @Test(arguments: [("cases/windows.jsonl", 45), ("windows-random.jsonl", 300)])
  func `Windows are as the cases say`(file: String, count: Int) throws {
    var (wrong, tables) = (Mismatches(), CaseReading.Tables())
    let values = try Fixtures.values(file)
    #expect(values.count == count)
    for (number, value) in values.enumerated() {
      let id = value["id"]?.string ?? "line \(number + 1)"
      let (input, expected) = (try #require(value["input"]), try #require(value["expected"]))
      let (times, errors) = CaseReading.times(["from", "to"], of: input)
      wrong.check(errors, CaseReading.errors(expected), id)
      guard let from = times["from"], let to = times["to"], let range = Interval(start: from, end: to) else {
        wrong.check(expected["full"]?.array ?? [], [], "\(id), no range")
        continue
      }
      let windows = tables.covering(range, zone: CaseReading.zone(input)).windows(meeting: range)
      let clipped = windows.compactMap { $0.intersection(range) }
      wrong.check(windows.map { CaseReading.text($0) }, CaseReading.texts(expected["full"]), "\(id) full")
      wrong.check(clipped.map { CaseReading.text($0) }, CaseReading.texts(expected["clipped"]), "\(id) clipped")
      let alone = WindowTable(
        contract: SampleContract.byZone[CaseReading.zone(input)]!, environment: "production", covering: range)
      wrong.check(Array(alone.windows(meeting: range)), Array(windows), "\(id), own table")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test(arguments: [("cases/next_slots.jsonl", 53), ("next-slots-random.jsonl", 600)])
  func `Next slots are as the cases say`(file: String, count: Int) throws {
    var (wrong, tables) = (Mismatches(), CaseReading.Tables())
    let values = try Fixtures.values(file)
    #expect(values.count == count)
    for (number, value) in values.enumerated() {
      let id = value["id"]?.string ?? "line \(number + 1)"
      let (input, expected) = (try #require(value["input"]), try #require(value["expected"]))
      var (times, errors) = CaseReading.times(["planned_at", "search_until", "not_before"], of: input)
      let length = Elapsed(seconds: try #require(input["duration_seconds"]?.integer))
      if length <= .zero { errors.append("duration_seconds non_positive_duration") }
      wrong.check(errors, CaseReading.errors(expected), id)
      guard errors.isEmpty else {
        wrong.check(expected["slot"], .null, "\(id), errors")
        continue
      }
      let earliest = times["planned_at"]! + Self.terms.planned.notice
      let bound = max(earliest, times["not_before"] ?? earliest)
      let limit = times["search_until"]!
      wrong.check(TimeText.utc(bound), expected["earliest_bound_utc"]?.string, "\(id) bound")
      var slot: Slot?
      if let stretch = Interval(start: bound, end: limit) {
        let search = SlotSearch(
          windows: tables.covering(stretch, zone: CaseReading.zone(input)), blocked: IntervalSet(booked(input)))
        slot = search.first(from: bound, length: length, until: limit)
      }
      wrong.check(slot.map { CaseReading.text($0.interval) }, CaseReading.text(expected["slot"]), "\(id) slot")
      wrong.check(slot.map { CaseReading.text($0.window) }, CaseReading.text(expected["window"]), "\(id) window")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  private func booked(_ input: JSON) -> [Interval] {
    (input["booked"]?.array ?? []).compactMap { booking in
      let times = CaseReading.times(["start", "end"], of: booking).times
      guard let start = times["start"], let end = times["end"] else { return nil }
      return Interval(start: start, end: end)
    }
  }
}

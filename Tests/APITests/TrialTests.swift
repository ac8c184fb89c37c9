import CivilTime
import Foundation
import JSONText
import TestSupport
import Testing

/// What `check` says beforehand is what `submit` and `emergency` say then.
struct TrialTests {
  /// A request of any kind, about the weeks ahead, now and then with something that the rules refuse.
  private static func request(
    _ random: inout SeededGenerator, planned: [String], at now: Instant
  ) -> (members: [(String, JSON)], isUrgent: Bool) {
    func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    let isUrgent = chance(25)
    let day = Int64.random(in: isUrgent ? -2...4 : 0...40, using: &random)
    let minute = Int64([0, 30, 60, 90, 300, 375, 420, 600, 840, 1290].randomElement(using: &random) ?? 0)
    let start = now + Elapsed(seconds: day * 86_400 + minute * 60 - 36_000)
    var members: [(String, JSON)] = [("start", .string(TimeText.utc(start)))]
    if !isUrgent || chance(70) {
      members.append(("duration", .string(["30m", "1h", "2h", "7h", "31h"].randomElement(using: &random) ?? "1h")))
    }
    if chance(40) {
      members.append(("impact", .string(["none", "degraded", "outage"].randomElement(using: &random)!)))
    }
    if chance(40) {
      let known = ["application", "flux", "administration", "comptoir"]
      members.append(("components", .array(known.filter { _ in chance(35) }.map { .string($0) })))
    }
    if chance(15) { members.append(("environment", .string(chance(80) ? "preproduction" : "moon"))) }
    if isUrgent ? chance(80) : chance(10) { members.append(("reason", "Disk alarm")) }
    if chance(20), let other = planned.randomElement(using: &random) {
      members.append(("alongside", .array([.string(chance(90) ? other : "CHG-2026-9999")])))
    }
    if !isUrgent, chance(35) {
      var update: [(String, JSON)] = [("version", "5.2.1")]
      update.append(("category", .string(["evolution", "ergonomics", "correction"].randomElement(using: &random)!)))
      if chance(30) { update.append(("training", true)) }
      if chance(60) { update.append(("interruption", .bool(chance(40)))) }
      members.append(("update", .object(update.map { JSON.Member($0.0, $0.1) })))
    }
    return (members, isUrgent)
  }

  /// 2,000 take minutes: `PREAVIS_TRIALS=2000 swift test --filter TrialTests`.
  private static let count = ProcessInfo.processInfo.environment["PREAVIS_TRIALS"].flatMap { Int($0) } ?? 250

  @Test func `Random requests get the verdict that was told beforehand`() throws {
    let house = try House()
    var random = SeededGenerator(seed: 1504)
    var planned: [String] = []
    var wrong = Mismatches()
    var seen: [String: Int] = [:]
    for number in 0..<TrialTests.count {
      if number % 20 == 19 { house.clock.now = house.clock.now + .hours(9) }
      let (members, isUrgent) = TrialTests.request(&random, planned: planned, at: house.clock.now)
      func body(_ more: [(String, JSON)]) -> String {
        JSON.object((members + more).map { JSON.Member($0.0, $0.1) }).text
      }
      let before = house.call("POST", "/check", by: .eve, body(isUrgent ? [("kind", "emergency")] : []))
      let after = house.call("POST", isUrgent ? "/emergencies" : "/changes", by: .eve, body([("title", "Work")]))
      let verdict = after.json["verdict"] ?? .null
      if before.status == 200 {
        wrong.check(before.json["verdict"] ?? .null, verdict, "\(number) \(body([]))")
        if after.status == 201, after.json["state"] == "planned", let id = after.json["id"]?.string {
          planned.append(id)
        }
      } else {
        wrong.check(before.code, after.code, "\(number) \(body([]))")
      }
      let findings = verdict["findings"]?.array ?? []
      let codes = findings.filter { $0["ok"] == false }.compactMap { $0["code"]?.string }
      for code in codes.isEmpty ? ["\(after.status)"] : codes { seen[code, default: 0] += 1 }
    }
    #expect(wrong.isEmpty, "\(wrong)")
    for code in [
      "201", "outside_window", "insufficient_notice", "overlap", "plannable_emergency", "missing_reason", "404", "422",
    ] {
      #expect(seen[code, default: 0] > 0, "\(code) never came: \(seen)")
    }
  }

  @Test func `Nobody without a token learns of drafts by asking to overlap them`() throws {
    let house = try House()
    let draft = try house.submit("2026-12-08T10:00")
    let body = #"{"start":"2026-12-13T01:00","duration":"1h","alongside":["\#(draft)"]}"#
    #expect(house.call("POST", "/check", by: .eve, body).status == 200)
    #expect(house.call("POST", "/check", body).status == 404)
  }
}

import CivilTime
import Foundation
import Planning
import TestSupport
import Testing

@testable import Register

/// What a request is the same by: the digest that stands in the log behind an idempotency key.
@Suite struct DigestTests {
  /// What a person may type: quotes, escapes, letters that combine, and nothing.
  static let texts = [
    "", "Vendor is late", "it's \"so\" \\ done\n\t\r\0", "« é » e\u{301} 🛠\u{FE0F}", "\u{301}x\"\u{308}",
    "\u{7F}\u{1B}\u{2028}",
    "👩‍👩‍👧\"\u{200D}", "\n\u{301}", "\u{0903}a",
  ]

  static let id = ChangeID(year: 2026, number: 7)
  static let other = ChangeID(year: 2026, number: 12_345)
  static let interval = Interval(start: utc("2026-12-06T01:00:00Z"), end: utc("2026-12-06T03:00:00Z"))!
  static let moment = utc("2026-12-06T01:02:03Z")

  static let changes: [(name: String, request: Register.Request)] = {
    var list: [(String, ChangeCommand)] = []
    for (index, content) in EventCodecTests.contents.enumerated() {
      list.append(("submit-\(index)", .submit(content)))
      list.append(("emergency-\(index)", .emergency(content)))
    }
    list.append(("reschedule-bare", .reschedule(interval: nil, reason: nil, alongside: [])))
    list.append(("reschedule-interval", .reschedule(interval: interval, reason: nil, alongside: [other])))
    list.append(("amend-bare", .amend(.init(), reason: nil)))
    var full = ChangeCommand.Amendment()
    full[.title] = "Bascule « du site »"
    full[.description] = "Deux\nlignes"
    full[.impact] = "reduced-redundancy"
    full[.component] = ["application", "flux"]
    full[.training] = true
    full[.configuration] = false
    full[.interruption] = true
    full[.documentation] = "https://portal.example/5.2?a=\"b\""
    list.append(("amend-full", .amend(full, reason: "Clearer")))
    full[.component] = []
    full[.impact] = "none"
    list.append(("amend-empty-components", .amend(full, reason: nil)))
    list.append(("cancel-bare", .cancel(reason: nil)))
    list.append(("start-bare", .start(at: nil, reason: nil)))
    list.append(("start-at", .start(at: moment, reason: nil)))
    list.append(("extend-bare", .extend(end: moment, reason: nil, alongside: [])))
    list.append(("complete-bare", .complete(at: nil, reason: nil)))
    list.append(("complete-at", .complete(at: moment, reason: nil)))
    for kind in NoticeKind.allCases {
      list.append(("notice-\(kind.rawValue)", .recordNotice(kind, .portal, at: nil)))
    }
    for channel in NoticeChannel.allCases {
      list.append(("notice-on-\(channel.rawValue)", .recordNotice(.announcement, channel, at: moment)))
    }
    for impact in Impact.allCases {
      var amendment = ChangeCommand.Amendment()
      amendment[.impact] = .text(impact.rawValue)
      list.append(("amend-impact-\(impact.rawValue)", .amend(amendment, reason: nil)))
    }
    for (index, text) in texts.enumerated() {
      list.append(
        ("reschedule-\(index)", .reschedule(interval: interval, reason: Reason(text), alongside: [id, other])))
      var amendment = ChangeCommand.Amendment()
      amendment[.title] = .text(text)
      amendment[.component] = .list([text])
      list.append(("amend-\(index)", .amend(amendment, reason: Reason(text))))
      list.append(("cancel-\(index)", .cancel(reason: Reason(text))))
      list.append(("start-\(index)", .start(at: moment, reason: Reason(text))))
      list.append(("extend-\(index)", .extend(end: moment, reason: Reason(text), alongside: [other])))
      list.append(("complete-\(index)", .complete(at: moment, reason: Reason(text))))
    }
    return list.map { name, command in
      ("change-\(name)", Register.Request(command, on: command.createsChange ? nil : id))
    }
  }()

  static let outages: [(name: String, request: Register.OutageRequest)] = {
    var list: [(String, OutageCommand)] = []
    var content = OutageContent(
      service: "profession-liberale", environment: "production", cause: .incident, start: interval.start, end: nil)
    list.append(("record-bare", .record(content)))
    content.components = ["application"]
    content.end = interval.end
    content.title = texts[3]
    content.evidence = texts[2]
    list.append(("record-full", .record(content)))
    list.append(("amend-bare", .amend(.init(), reason: nil)))
    for cause in OutageCause.allCases {
      var amendment = OutageCommand.Amendment()
      amendment.cause = cause
      list.append(("amend-\(cause.rawValue)", .amend(amendment, reason: nil)))
    }
    var amendment = OutageCommand.Amendment()
    amendment.end = .ongoing
    list.append(("amend-ongoing", .amend(amendment, reason: nil)))
    amendment.components = []
    amendment.environment = "preproduction"
    amendment.cause = .forceMajeure
    amendment.start = interval.start
    amendment.end = .at(interval.end)
    for (index, text) in texts.enumerated() {
      amendment.components?.append(text)
      amendment.title = text
      amendment.evidence = text
      list.append(("amend-\(index)", .amend(amendment, reason: text)))
      list.append(("void-\(index)", .void(reason: text)))
    }
    list.append(("void-bare", .void(reason: nil)))
    let id = OutageID(year: 2026, number: 3)
    return list.map { name, command in
      var isNew = false
      if case .record = command { isNew = true }
      return ("outage-\(name)", Register.OutageRequest(command, on: isNew ? nil : id))
    }
  }()

  static let gates: [(name: String, request: Register.GateRequest)] = {
    let list: [(String, GateCommand)] = [
      ("override", .override(environment: "production", length: .minutes(30), reason: texts[2])),
      ("until", .overrideUntil(moment, environment: "preproduction", reason: texts[3])),
      ("end-bare", .endOverride(environment: "production", reason: nil)),
      ("end", .endOverride(environment: "production", reason: texts[2])),
    ]
    return list.map { ("gate-\($0)", Register.GateRequest($1, service: "profession-liberale")) }
  }()

  /// Each command with the digest of a build before 29 November 2026, which hashed how Swift 6.3 printed it, and that of
  /// that day, of sets as they were written. Neither may ever change: they stand in the logs behind the keys of requests.
  @Test func `The digests of every command are those that the logs have`() throws {
    let all =
      Self.changes.map { ($0.name, $0.request.digests.last, $0.request.digests.dropLast().last) }
      + Self.outages.map { ($0.name, $0.request.digests.last, $0.request.digests.dropLast().last) }
      + Self.gates.map { ($0.name, $0.request.digests.last, $0.request.digests.dropLast().last) }
    let rows = try Fixtures.rows("digests.tsv")
    #expect(rows.count == all.count)
    for (row, found) in zip(rows, all) {
      #expect(row.map(String.init) == [found.0, found.1, found.2])
    }
    #expect(Set(all.map(\.2)).count == Set(all.map(\.1)).count)
  }

  /// The digest of 29 November 2026 was of the order as written: sha256 of "amend CHG-2026-0007 " and the JSON below, by
  /// hand. It is answered still.
  @Test func `A set in another order is the same request, and logs of old have the order as it was written`() {
    func digests(_ components: [String]) -> [String] {
      var amendment = ChangeCommand.Amendment()
      amendment[.component] = .list(components)
      return Register.Request(.amend(amendment, reason: nil), on: Self.id).digests
    }
    let sorted = digests(["administration", "flux"])
    let turned = digests(["flux", "administration", "flux"])
    #expect(sorted.first == turned.first && sorted.first != digests(["flux"]).first)
    #expect(
      digests(["flux", "administration"]).contains(
        "76f64c5ac0f4ccbae3bca6d1d22da5c4f55bdf5a391ea26a88584883cd45a4d0"))
    #expect(
      sorted.first == "5de8697f4400f8dd081bbbf57931e91c4661f1241d19fbb986facb68618fa4a1")
  }
}

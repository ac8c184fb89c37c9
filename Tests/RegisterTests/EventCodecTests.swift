import CivilTime
import JSONText
import Planning
import TestSupport
import Testing

@testable import Register

/// What is written into the log is read out of it as it was.
@Suite struct EventCodecTests {
  static let interval = Interval(start: utc("2026-12-06T01:00:00Z"), end: utc("2026-12-06T03:00:00Z"))!
  static let later = Interval(start: utc("2026-12-13T01:00:00Z"), end: utc("2026-12-13T03:30:00Z"))!

  static let figures: [Finding.Figures] =
    [
      .window(later, outside: []), .window(nil, outside: [interval]), .window(nil, outside: [interval, later]),
      .notice(given: .hours(48), required: .hours(48)), .notice(given: Elapsed(seconds: -1), required: .hours(48)),
      .overlap([]),
      .overlap([
        Booking(change: ChangeID(year: 2026, number: 9), interval: interval),
        Booking(change: ChangeID(year: 2026, number: 12345), interval: later),
      ]),
      .freeze([]), .freeze([Freeze(title: "Déclaration \"2035\"", interval: later, source: "freezes/2035.ics")]),
      .plannableEmergency(ahead: .hours(72), required: .hours(48)), .missingReason(given: true),
      .missingReason(given: false), .announced(ahead: .zero), .announced(ahead: Elapsed(seconds: -60)),
      .started(nil), .started(utc("2026-12-06T01:00:00Z")), .startedEarly(ahead: .hours(41), isInWindow: false),
      .startedEarly(ahead: Elapsed(seconds: 1), isInWindow: true),
      .startedLate(behind: .hours(7), isInWindow: false), .startedLate(behind: .hours(2), isInWindow: true),
      .endedLate(behind: .minutes(25)),
      .extendedOutside([interval]), .extendedOutside([interval, later]), .components(unknown: []),
      .components(unknown: ["api", "base"]), .environment("test", isKnown: true), .environment("test", isKnown: false),
    ] + ChangeState.allCases.flatMap { [.state($0, allowed: true), .state($0, allowed: false)] }

  @Test func `The figures of every code are in the table`() {
    #expect(Set(Self.figures.map { Finding($0, clause: nil).code }) == Set(FindingCode.allCases))
  }

  @Test(arguments: figures.indices, ["article 5", nil])
  func `Every finding comes back with its figures`(index: Int, clause: String?) throws {
    let verdict = Verdict(findings: [Finding(Self.figures[index], clause: clause)])
    let read = try Verdict(json: try JSON(parsing: verdict.json.text))
    #expect(read == verdict)
    #expect(read.status == verdict.status)
  }

  static let plain = ChangeContent(
    kind: .maintenance, service: "profession-liberale", environment: "production", components: [], interval: interval,
    title: "Database migration", description: "", impact: .outage, reason: nil, update: nil, alongside: [])

  static let contents: [ChangeContent] = {
    var full = plain
    full.kind = .update
    full.environment = "preproduction"
    full.components = ["application", "flux"]
    full.title = "Quote \" backslash \\ \u{2028} \u{7F} é 🐢 e\u{301}"
    full.description = "First line\n\n\tthird, after a tab"
    full.reason = ""
    full.alongside = [ChangeID(year: 2026, number: 1), ChangeID(year: 2026, number: 2)]
    full.update = UpdateDetails(
      version: "8.2", category: .correction, training: true, configuration: true, interruption: false,
      documentation: "https://portal.example/8.2")
    var bare = plain
    bare.kind = .update
    bare.update = UpdateDetails(
      version: "8.3", category: .ergonomics, training: false, configuration: false, interruption: true,
      documentation: nil)
    var urgent = plain
    urgent.kind = .emergency
    urgent.reason = "Storage alarm"
    return [plain, full, bare, urgent]
      + Impact.allCases.map { impact in
        var content = plain
        content.impact = impact
        return content
      }
  }()

  static let verdict = Verdict(findings: figures.map { Finding($0, clause: "article 5") })

  static let events: [ChangeEvent] = {
    let at = utc("2026-12-06T01:02:03Z")
    var events = contents.flatMap { content -> [ChangeEvent] in
      [
        .planned(content, verdict), .refused(content, verdict), .draftRevised(content, verdict),
        .rescheduled(content, verdict), .requested(content, verdict), .replanningRefused(content, verdict),
        .amended(content, verdict),
        .emergencyRecorded(content, verdict, start: at, end: nil),
        .emergencyRecorded(content, verdict, start: at, end: at + .hours(1)),
      ]
    }
    for kind in NoticeKind.allCases {
      for channel in NoticeChannel.allCases {
        events.append(.noticePublished(kind, channel, revision: 3, at: at))
      }
    }
    events += [.noticesReleased([]), .noticesReleased([.announcement, .reminder])]
    events += [.leftRelease(reason: nil), .leftRelease(reason: "On its own")]
    for reason in [nil, "", "Vendor is late\n"] {
      events += [
        .approved(reason: reason), .declined(reason: reason),
      ]
    }
    for reason in [nil, "", "Vendor is late\n", Reason("CVE-2026-1234", clients: "A security update")] {
      events += [
        .cancelled(reason: reason), .started(at: at, reason: reason), .extended(end: at, reason: reason),
        .completed(at: at, reason: reason), .started(at: at, reason: reason, estimate: at + .hours(1)),
        .extended(end: at, isEndKnown: false, reason: reason, alongside: [ChangeID(year: 2026, number: 7)]),
      ]
    }
    return events
  }()

  static let contexts = [
    EventContext(contractDigest: "c0", actor: nil, idempotencyKey: nil, requestDigest: nil, published: [:]),
    EventContext(
      contractDigest: "c0", actor: "ops \"é\"", idempotencyKey: "k1", requestDigest: "d1",
      published: ["fr": "f1", "en": "e1"]),
  ]

  @Test func `Every event comes back as it was written`() throws {
    var types: Set<String> = []
    for event in Self.events {
      for context in Self.contexts {
        let (type, body) = Change.write(event, context)
        types.insert(type)
        #expect(!body.contains("\n"))
        let read = try Change.read(type: type, json: JSON(parsing: body))
        #expect(read.event == event, "\(type)")
        #expect(read.context == context, "\(type)")
        #expect(Change.write(read.event, read.context).body == body)
      }
    }
    #expect(
      types == [
        "planned", "refused", "draft-revised", "rescheduled", "replanning-refused", "amended", "cancelled", "started",
        "extended", "completed", "emergency-recorded", "notice-published", "requested", "approved", "declined",
        "notices-released", "release-left",
      ])
  }

  /// `==` takes composed and decomposed letters for the same; the log must not.
  @Test func `Texts come back octet by octet`() throws {
    let (type, body) = Change.write(.planned(Self.contents[1], Self.verdict), Self.contexts[0])
    guard case .planned(let content, _) = try Change.read(type: type, json: JSON(parsing: body)).event else {
      Issue.record("another event came back")
      return
    }
    #expect(Array(content.title.utf8) == Array(Self.contents[1].title.utf8))
    #expect(Array(content.description.utf8) == Array(Self.contents[1].description.utf8))
  }

  @Test(arguments: [
    ("planned", #"{"contract":"c"}"#, "kind"),
    ("planned", #"{}"#, "contract"),
    ("nonsense", #"{"contract":"c"}"#, "type"),
    ("started", #"{"contract":"c"}"#, "at"),
    ("started", #"{"contract":"c","at":"2026-12-06T01:00:00"}"#, "at"),
    ("extended", #"{"contract":"c","end":"tomorrow"}"#, "end"),
    ("completed", #"{"contract":"c","at":12}"#, "at"),
  ])
  func `An event that is not whole names the member`(type: String, body: String, member: String) {
    #expect(throws: EventCodecError(member: member)) { try Change.read(type: type, json: JSON(parsing: body)) }
  }

  @Test(arguments: [
    ("kind", #""maintenance""#, #""party""#), ("impact", #""outage""#, #""loud""#),
    ("end", #""2026-12-06T03:00:00Z""#, #""2026-12-06T01:00:00Z""#),
  ])
  func `A value that is none of its kind names the member`(member: String, old: String, new: String) throws {
    let (type, body) = Change.write(.planned(Self.plain, Verdict(findings: [])), Self.contexts[0])
    let spoiled = body.replacing("\"\(member)\":\(old)", with: "\"\(member)\":\(new)")
    #expect(spoiled != body)
    #expect(throws: EventCodecError(member: member)) { try Change.read(type: type, json: JSON(parsing: spoiled)) }
  }

  /// A verified log must not be read leniently: what cannot be read was left out of these lists once.
  @Test(arguments: [
    ("components", #"["application","flux"]"#, #"["application",7]"#), ("components", #"["application","flux"]"#, "7"),
    ("alongside", #"["CHG-2026-0001","CHG-2026-0002"]"#, #"["CHG-2026-0001","CHG-2"]"#),
    ("training", "true", #""yes""#), ("documentation", #""https://portal.example/8.2""#, "[]"),
  ])
  func `A value that cannot be read is not left out`(member: String, old: String, new: String) throws {
    let (type, body) = Change.write(.planned(Self.contents[1], Verdict(findings: [])), Self.contexts[0])
    let spoiled = body.replacing("\"\(member)\":\(old)", with: "\"\(member)\":\(new)")
    #expect(spoiled != body)
    #expect(throws: EventCodecError(member: member)) { try Change.read(type: type, json: JSON(parsing: spoiled)) }
  }
}

import CivilTime
import TestSupport
import Testing

@testable import Planning

/// What may be said of an outage, and when a correction needs a reason.
struct OutageCommandTests {
  static let id = OutageID(year: 2026, number: 1)
  static let now = utc("2026-06-02T10:00:00Z")

  static func content(_ change: (inout OutageContent) -> Void = { _ in }) -> OutageContent {
    var content = OutageContent(
      service: "hub", environment: "production", cause: .incident, start: utc("2026-06-02T08:00:00Z"),
      end: utc("2026-06-02T09:00:00Z"))
    change(&content)
    return content
  }

  func decide(
    _ command: OutageCommand, on outage: Outage? = nil, now: Instant = now
  ) throws(OutageError) -> Outage? {
    try command.decide(on: outage, contract: SampleContract.contract(), now: now)
      .apply(to: outage, id: Self.id, at: now)
  }

  func error(_ command: OutageCommand, on outage: Outage? = nil) -> OutageError? {
    do {
      _ = try decide(command, on: outage)
      return nil
    } catch { return error }
  }

  @Test func `Identifiers are read as they are written`() {
    #expect(OutageID("OUT-2026-0001") == Self.id)
    #expect(OutageID("out-2026-0001") == Self.id)
    #expect(Self.id.description == "OUT-2026-0001")
    for text in ["CHG-2026-0001", "OUT-2026-1", "OUT-2026-0000", "OUT-2026-00001", "OUT2026-0001", ""] {
      #expect(OutageID(text) == nil, "\(text)")
    }
  }

  @Test func `An outage is a fact: nothing of it lies ahead`() {
    #expect(
      error(
        .record(
          Self.content {
            $0.start = Self.now
            $0.end = nil
          })) == nil)
    let later = Self.now + Elapsed(seconds: 1)
    #expect(error(.record(Self.content { $0.start = later })) == .startInFuture(later, now: Self.now))
    #expect(error(.record(Self.content { $0.end = later })) == .endInFuture(later, now: Self.now))
    let start = Self.content().start
    #expect(error(.record(Self.content { $0.end = start })) == .endNotAfterStart(start: start, end: start))
  }

  @Test func `Environments and components are those of the contract`() {
    #expect(
      error(.record(Self.content { $0.environment = "lab" }))
        == .unknownEnvironment("lab", known: ["production", "test"]))
    #expect(
      error(.record(Self.content { $0.components = ["web"] }))
        == .unknownComponent("web", known: ["portal", "api", "database"]))
    #expect(error(.record(Self.content { $0.title = "a\u{7}" })) != nil)
  }

  @Test func `The end of what goes on, a title and evidence are news; the rest is a correction with a reason`() throws {
    let open = try #require(try decide(.record(Self.content { $0.end = nil })))
    #expect(open.state == .ongoing)
    var amendment = OutageCommand.Amendment()
    amendment.end = .at(utc("2026-06-02T09:30:00Z"))
    amendment.evidence = "Ticket 1"
    let ended = try #require(try decide(.amend(amendment, reason: nil), on: open))
    #expect(ended.state == .ended)
    #expect(error(.amend(amendment, reason: "Again"), on: ended) == .nothingToAmend)
    var correction = OutageCommand.Amendment()
    correction.end = .ongoing
    #expect(error(.amend(correction, reason: nil), on: ended) == .missingReason(Self.id))
    #expect(error(.amend(correction, reason: "  "), on: ended) == .missingReason(Self.id))
    #expect(try decide(.amend(correction, reason: "Back down"), on: ended)?.state == .ongoing)
    var cause = OutageCommand.Amendment()
    cause.cause = .forceMajeure
    #expect(error(.amend(cause, reason: nil), on: open) == .missingReason(Self.id))
  }

  @Test func `A voided record is closed for good and counts nowhere`() throws {
    let outage = try #require(try decide(.record(Self.content())))
    #expect(error(.void(reason: nil), on: outage) == .missingReason(Self.id))
    let voided = try #require(try decide(.void(reason: "False alarm"), on: outage))
    #expect(voided.state == .voided)
    #expect(Stop(voided, now: Self.now) == nil)
    #expect(error(.void(reason: "Again"), on: voided) == .voided(Self.id))
    #expect(error(.amend(.init(), reason: "Again"), on: voided) == .voided(Self.id))
  }

  @Test func `Urgency claimed when all was over is known as such, whether at once or by a correction`() throws {
    let early = try #require(
      try decide(
        .record(
          Self.content {
            $0.end = nil
            $0.cause = .urgentMaintenance
          })))
    var end = OutageCommand.Amendment()
    end.end = .at(Self.now + .hours(1))
    let ended = try #require(try decide(.amend(end, reason: nil), on: early, now: Self.now + .hours(2)))
    #expect(Stop(ended, now: Self.now)?.isUrgencyRecordedAfterwards == false)
    let incident = try #require(try decide(.record(Self.content())))
    var claim = OutageCommand.Amendment()
    claim.cause = .urgentMaintenance
    let claimed = try #require(try decide(.amend(claim, reason: "Was a patch"), on: incident))
    #expect(Stop(claimed, now: Self.now)?.isUrgencyRecordedAfterwards == true)
  }
}

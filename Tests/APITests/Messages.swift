import Answers
import CivilTime
import Planning
import Register
import TestSupport

/// One of each error that a request can meet, and of each thing that a rule can find.
enum Messages {
  private static let now = utc(House.now)
  private static let later = utc("2026-12-06T00:00:00Z")
  private static let interval = Interval(start: later, length: .hours(2))!
  private static let change = ChangeID("CHG-2026-0001")!

  static var errors: [any Error] {
    commands + accesses + registers + [
      OutageError.voided(OutageID("OUT-2026-0001")!), OutageError.missingReason(OutageID("OUT-2026-0001")!),
      OutageError.nothingToAmend, OutageError.startInFuture(later, now: now), OutageError.endInFuture(later, now: now),
      OutageError.endNotAfterStart(start: later, end: now), OutageError.tooLong(.hours(10_000)),
      OutageError.tooLongAgo(now), OutageError.unknownEnvironment("test", known: ["production"]),
      OutageError.unknownComponent("x", known: ["flux"]), OutageError.invalidText(.empty(field: .evidence)),
      GateError.missingReason, GateError.length(.hours(5)), GateError.noOverride(environment: "production"),
      GateError.unknownEnvironment("test", known: ["production"]), GateError.invalidText(.empty(field: .reason)),
      GateError.otherGate(change, service: "other", environment: "production"),
      ServiceError.unknown("x", known: ["one", "two"]), ServiceError.several(["one", "two"]),
      ServiceError.none(place: "/calendars"),
    ]
  }

  private static var commands: [any Error] {
    let texts: [TextError] = [
      .controlCharacter(field: .title, scalar: 7, position: 2),
      .bidirectionalOverride(field: .version, scalar: 0x202E, position: 2),
      .noncharacter(field: .documentation, scalar: 0xFFFE, position: 2),
      .tooLong(field: .description, count: 20_000, limit: 10_000), .empty(field: .reason),
    ]
    let others: [CommandError] = [
      .unknownComponent("x", known: ["flux"]), .unknownEnvironment("test", known: ["production"]), .missingTitle,
      .intervalTooLong(.hours(10_000)), .tooFarAway(later), .nothingToAmend, .nothingToMove, .notAnUpdate,
      .updateDetailsMissing, .interruptionContradictsImpact(.outage), .momentInFuture(later, now: now),
      .momentTooEarly(now, earliest: later), .endNotLater(now, current: later), .alongsideItself(change),
      .noticeNotApplicable(.reminder, change), .noticeRecordedAlready(.reminder, .portal, revision: 1),
      .invalidDocumentationAddress("x"), .nothingToDecide(change), .ownRequest(change), .declinedWithoutReason(change),
      .nothingToSend(change), .nothingOwed(change),
    ]
    return texts.map { CommandError.invalidText($0) } + others
  }

  private static var accesses: [any Error] {
    let accesses: [AccessError] = [
      .invalidText(.empty(field: .name)), .slashInName, .nameTaken("eve", TokenID("TOK-0001")!),
      .expiryNotAhead(now, now: later), .expiryTooFar, .unknownToken(TokenID("TOK-0001")!),
      .unknownPrivateFeed(PrivateFeedID("PFD-0001")!), .noService, .serviceTwice("x"),
      .unknownComponent("x", known: ["flux"]), .invalidDigest, .digestTaken("TOK-0001"),
    ]
    let subscriptions: [SubscriptionError] = [
      .notAWebAddress("x"), .needsEncryption("http://x.example/"), .notAMailAddress("x"),
      .unknownWebhook(WebhookID("HOOK-0001")!), .unknownMailing(MailingID("MAIL-0001")!), .unknownDelivery("msg_1"),
      .notDead("msg_1"), .revoked(subscription: "HOOK-0001"), .notSigned(WebhookID("HOOK-0001")!),
    ]
    return accesses + subscriptions
  }

  /// Without those that name files of the machine, which the API never shows.
  private static var registers: [any Error] {
    [
      RegisterError.busy, RegisterError.clockBehind(now: now, newest: later), RegisterError.unknownChange(change),
      RegisterError.unknownOutage(OutageID("OUT-2026-0001")!), RegisterError.staleRevision(expected: 1, current: 2),
      RegisterError.staleRevision(expected: 1, current: nil), RegisterError.staleDraft(newest: 3),
      RegisterError.idempotencyKeyReused("key"), RegisterError.inputOutput("disk"),
    ]
  }

  static var findings: [Finding] {
    let booking = Booking(change: change, interval: interval)
    let freeze = Freeze(title: "Déclaration", interval: interval, source: "freezes/x.ics")
    let figures: [Finding.Figures] = [
      .window(interval, outside: []), .window(nil, outside: [interval, interval]),
      .notice(given: .hours(-1), required: .hours(48)), .notice(given: .hours(1), required: .hours(48)),
      .notice(given: .hours(48), required: .hours(48)), .overlap([]), .overlap([booking, booking]), .freeze([]),
      .freeze([freeze, freeze]), .plannableEmergency(ahead: .hours(50), required: .hours(48)),
      .plannableEmergency(ahead: .hours(-1), required: .hours(48)), .missingReason(given: true),
      .missingReason(given: false), .announced(ahead: .hours(1)), .announced(ahead: .zero),
      .announced(ahead: .hours(-1)), .started(now), .started(nil), .startedEarly(ahead: .hours(1), isInWindow: true),
      .startedEarly(ahead: .hours(1), isInWindow: false), .startedLate(behind: .hours(1), isInWindow: true),
      .startedLate(behind: .hours(1), isInWindow: false), .endedLate(behind: .minutes(25)),
      .extendedOutside([interval, interval]),
      .components(unknown: []), .components(unknown: ["api", "database"]), .environment("test", isKnown: true),
      .environment("test", isKnown: false),
    ]
    let states = ChangeState.allCases.flatMap {
      [Finding.Figures.state($0, allowed: true), .state($0, allowed: false)]
    }
    return (figures + states).flatMap { [Finding($0, clause: "article 5"), Finding($0, clause: nil)] }
  }
}

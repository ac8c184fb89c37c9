package import CivilTime
package import JSONText
package import Planning

// What the core knows, as JSON: in the log, and in every answer.

extension ChangeKind: Formed {}
extension ChangeState: Formed {}
extension Impact: Formed {}
extension UpdateDetails.Category: Formed {}
extension FindingCode: Formed {}
extension Verdict.Status: Formed {}
extension NoticeKind: Formed {}
extension NoticeChannel: Formed {}
extension NoticeObligation.Status: Formed {}
extension SupportDeadlines.Reading: Formed {}
extension ContractTerms.Support.Qualification: Formed {}
extension ClientEvent: Formed {}
extension WebhookFormat: Formed {}
extension OutageCause: Formed {}
extension OutageState: Formed {}
extension GateState: Formed {}
extension GateReasonCode: Formed {}
extension StopAccount.LeftOut.Reason: Formed {}
extension Role: Formed {}
extension Approval.State: Formed {}

extension ChangeID: Formed {
  package static var schema: Schema { .text(13...18, pattern: "^CHG-[0-9]{4}-[0-9]{4,9}$") }
  package func json(_ times: TimeStyle) -> JSON { .string(description) }
}

extension YearID: Formed {
  package static var schema: Schema { .text(13...18, pattern: "^\(Kind.prefix)[0-9]{4}-[0-9]{4,9}$") }
  package func json(_ times: TimeStyle) -> JSON { .string(description) }
}

/// `2026-11`
extension CivilMonth: Formed {
  package static var schema: Schema { .text }
  package func json(_ times: TimeStyle) -> JSON { .string(description) }
}

extension Interval: FormedObject {
  package static let form = Form<Interval>(
    "Window", [.all(of: bounds) { $0 }, .must("seconds") { $0.length }])
  /// Where the length says nothing new.
  package static let bounds = Form<Interval>([.must("start") { $0.start }, .must("end") { $0.end }])
}

extension Booking: FormedObject {
  package static let form = Form<Booking>([.must("id") { $0.change }, .all(of: Interval.form) { $0.interval }])
}

extension Freeze: FormedObject {
  package static let form = Form<Freeze>([
    .must("title") { $0.title }, .must("source") { $0.source }, .all(of: Interval.form) { $0.interval },
  ])
}

extension UpdateDetails: FormedObject {
  package static let form = Form<UpdateDetails>([
    .must("version") { $0.version }, .must("category") { $0.category }, .must("training") { $0.training },
    .must("configuration") { $0.configuration }, .must("interruption") { $0.interruption },
    .may("documentation") { $0.documentation },
  ])
}

extension Finding {
  /// What each says.
  package static let headForm = Form<Finding>([
    .must("code") { $0.code }, .must("ok") { $0.isSatisfied }, .must("clause") { $0.clause },
  ])

  /// Its figures, of which each code has its own.
  package static let figureForm = Form<Finding>([
    .when({ $0.code == .outsideWindow }, [.must("window") { $0.window }, outside]),
    .when({ $0.code == .insufficientNotice }, [.must("notice_seconds") { $0.length }, required]),
    .when({ $0.code == .overlap }, [.must("changes") { $0.bookings }]),
    .when({ $0.code == .freeze }, [.must("freezes") { $0.freezes }]),
    .when({ $0.code == .plannableEmergency }, [ahead, required]),
    .when({ $0.code == .missingReason }, [.must("given") { $0.isSatisfied }]),
    .when({ $0.code == .notAnnounced }, [ahead]),
    .when({ $0.code == .startedAlready }, [.must("started") { $0.start }]),
    .when({ $0.code == .wrongState }, [.must("state") { $0.state }, .must("allowed") { $0.isSatisfied }]),
    .when({ $0.code == .startedEarly }, [ahead, .must("in_window") { $0.isInWindow }]),
    .when({ $0.code == .startedLate }, [behind, .must("in_window") { $0.isInWindow }]),
    .when({ $0.code == .endedLate }, [behind]),
    .when({ $0.code == .extendedOutside }, [outside]),
    .when({ $0.code == .unknownComponent }, [.must("components") { $0.components }]),
    .when({ $0.code == .unknownEnvironment }, [.must("environment") { $0.environment }]),
  ])

  private static let ahead = Form<Finding>.Entry.must("ahead_seconds") { $0.length }
  private static let behind = Form<Finding>.Entry.must("behind_seconds") { $0.length }
  private static let required = Form<Finding>.Entry.must("required_seconds") { $0.required }
  private static let outside = Form<Finding>.Entry.all([
    .must("outside") { $0.outside }, .must("outside_seconds") { $0.outside.reduce(0) { $0 + $1.length.seconds } },
  ])

  private var window: Interval? {
    if case .window(let window, _) = figures { window } else { nil }
  }
  private var outside: [Interval] {
    switch figures {
    case .window(_, let outside), .extendedOutside(let outside): outside
    default: []
    }
  }
  private var length: Elapsed {
    switch figures {
    case .notice(let length, _), .plannableEmergency(let length, _), .announced(let length),
      .startedEarly(let length, _), .startedLate(let length, _), .endedLate(let length):
      length
    default: .zero
    }
  }
  private var required: Elapsed {
    switch figures {
    case .notice(_, let required), .plannableEmergency(_, let required): required
    default: .zero
    }
  }
  private var bookings: [Booking] {
    if case .overlap(let bookings) = figures { bookings } else { [] }
  }
  private var freezes: [Freeze] {
    if case .freeze(let freezes) = figures { freezes } else { [] }
  }
  private var start: Instant? {
    if case .started(let start) = figures { start } else { nil }
  }
  private var state: ChangeState {
    if case .state(let state, _) = figures { state } else { .refused }
  }
  private var components: [String] {
    if case .components(let unknown) = figures { unknown } else { [] }
  }
  private var environment: String {
    if case .environment(let name, _) = figures { name } else { "" }
  }
  private var isInWindow: Bool {
    switch figures {
    case .startedEarly(_, let isInWindow), .startedLate(_, let isInWindow): isInWindow
    default: false
    }
  }
}

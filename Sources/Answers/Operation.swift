package import Register
package import Wording

/// What can be asked of a register, under the name that the API gives it. One row each: whoever adds an operation adds a
/// row, and the route, who may, the document of the API, the call to a server and the matrix of its test follow from it.
package enum Operation: String, CaseIterable, Sendable {
  case describe, whoami
  case listServices, listWindows, listHolidays, listSlots, showYear
  case check, submit, recordEmergency, importChanges
  case listChanges, showChange, showHistory, listConflicts
  case reschedule, amend, cancel, start, complete, extend, approve, decline
  case submitRelease, listReleases, showRelease, planRelease
  case rescheduleRelease, cancelRelease, approveRelease, declineRelease, leaveRelease
  case listNoticesDue, writeNotice, writeReleaseNotice, writeAvailabilityNotice, recordNotice, recordNotices,
    sendNotices, listNoticesTold
  case showAvailability, showReport, showSupportDeadlines, reportSupport
  case listOutages, showOutage, recordOutage, amendOutage, voidOutage, importOutages
  case askGate, listOverrides, overrideGate, endOverrides
  case listTokens, createToken, revokeToken
  case listPrivateFeeds, createPrivateFeed, revokePrivateFeed
  case listWebhooks, createWebhook, rotateWebhook, revokeWebhook
  case listMailings, createMailing, importMailings, recordBounces, revokeMailing
  case listDeliveries, retryDelivery
  case readCheckpoint, readLog, readExcerpt, readContracts

  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  /// Whether `If-Match` says what was seen.
  package enum Precondition: Sendable {
    case none, optional, required
    /// What was seen stands in the body, since there are several.
    case inBody

    package var takesTag: Bool { self == .optional || self == .required }
  }

  private struct Row {
    let method: Method
    let path: String
    let action: Permission.Action
    let summary: String
    var precondition = Precondition.none
    var takesKey = false
    var mayClash = false
    var heading: (english: String, french: String)?

    static func get(_ path: String, _ action: Permission.Action, _ summary: String) -> Row {
      Row(method: .get, path: path, action: action, summary: summary)
    }

    /// Records nothing under a key: what is judged only, or has keys of its own.
    static func ask(
      _ path: String, _ action: Permission.Action, _ summary: String, seen: Precondition = .none,
      mayClash: Bool = false
    ) -> Row {
      Row(method: .post, path: path, action: action, summary: summary, precondition: seen, mayClash: mayClash)
    }

    static func record(
      _ path: String, _ action: Permission.Action, _ summary: String, seen: Precondition = .none,
      mayClash: Bool = false, heading: (String, String)? = nil
    ) -> Row {
      Row(
        method: .post, path: path, action: action, summary: summary, precondition: seen, takesKey: true,
        mayClash: mayClash, heading: heading)
    }

    /// A change through its life.
    static func move(
      _ verb: String, _ summary: String, _ action: Permission.Action = .move, heading: (String, String)
    ) -> Row {
      record("/changes/{change}/\(verb)", action, summary, seen: .required, heading: heading)
    }

    /// All changes of a release, by the rules of each.
    static func release(
      _ verb: String, _ summary: String, _ action: Permission.Action = .move, heading: (String, String)
    ) -> Row {
      record("/releases/{release}/\(verb)", action, summary, seen: .required, heading: heading)
    }

    static func revoke(_ path: String, _ action: Permission.Action, _ summary: String) -> Row {
      Row(method: .delete, path: path, action: action, summary: summary, takesKey: true)
    }
  }

  private var row: Row {
    switch self {
    case .describe: .get("/openapi.json", .readPublished, "This document.")
    case .whoami: .get("/whoami", .readRegister, "Whose token it is, and its role.")

    case .listServices: .get("/services", .readPublished, "The services, with what can be said of them.")
    case .listWindows: .get("/services/{service}/windows", .readPublished, "When the service may be stopped.")
    case .listHolidays:
      .get(
        "/services/{service}/holidays", .readPublished, "The public holidays of a year, with the law that makes each.")
    case .listSlots:
      .get(
        "/services/{service}/slots", .readPublished,
        "Free room inside the windows, clear of other changes and freezes, earliest first.")
    case .showYear: .get("/services/{service}/annex", .readPublished, "The contract's calendar of a year.")

    case .check: .ask("/check", .readPublished, "The verdict for an interval; nothing is recorded.")
    case .submit:
      .record(
        "/changes", .submit, "Records a change request: allowed, it is planned and published; refused, a draft.",
        heading: ("Change request", "Demande de changement"))
    case .recordEmergency:
      .record(
        "/emergencies", .recordEmergency, "Records urgent maintenance, before, during or after.",
        heading: ("Emergency maintenance", "Maintenance urgente"))
    case .importChanges:
      .ask(
        "/imports", .importChanges,
        "Change requests in bulk from JSON Lines, CSV or iCalendar, all or nothing. Rows have keys of their own.")

    case .listChanges: .get("/changes", .readPublished, "The changes by start; with a token drafts too.")
    case .showChange:
      .get(
        "/changes/{change}", .readPublished,
        "One change, with its verdict; with a token drafts too. The ETag is what If-Match asks for.")
    case .showHistory: .get("/changes/{change}/history", .readRegister, "Every event of a change, with its hash.")

    case .listConflicts:
      .get("/conflicts", .readRegister, "The plans that today's rules refuse, by start, with the findings that refuse.")

    case .reschedule:
      .move(
        "reschedule", "Plans a change anew: the notice runs again, except inside the announced interval.",
        heading: ("Reschedule", "Replanification"))
    case .amend:
      .move(
        "amend", "Rewords or narrows a change; more impact or more components is planning anew.",
        heading: ("Amendment", "Modification"))
    case .cancel:
      .move("cancel", "Cancels a change; it stays in the feeds as cancelled.", heading: ("Cancellation", "Annulation"))
    case .start: .move("start", "Says that the work has begun.", heading: ("Start", "Début"))
    case .complete:
      .move(
        "complete", "Says that the work has ended; after the announced end, with a reason.",
        heading: ("Completion", "Fin"))
    case .extend:
      .move(
        "extend", "Announces a later end of work that is under way; it excuses nothing.",
        heading: ("Extension", "Prolongation"))

    case .approve:
      .move(
        "approve", "Publishes what waits for approval, judged anew: the notice runs to this moment.", .approve,
        heading: ("Approval", "Approbation"))
    case .decline:
      .move(
        "decline", "Declines what waits for approval: a request becomes a draft, a plan stays as it is.", .approve,
        heading: ("Refusal of the request", "Rejet de la demande"))

    case .planRelease:
      .ask(
        "/release-plans", .readRegister,
        "The best times for the changes of a release, as far as a short search finds them; nothing is recorded.")
    case .submitRelease:
      .record(
        "/releases", .submit,
        "Records a release: all of its changes, each judged as by submit, or nothing. Without starts they are looked for first.",
        heading: ("Release", "Livraison"))
    case .listReleases: .get("/releases", .readRegister, "The releases by start, with their changes.")
    case .showRelease:
      .get(
        "/releases/{release}", .readRegister,
        "One release, with its changes. The ETag is what If-Match asks for: it is another after any of them moved.")
    case .rescheduleRelease:
      .release(
        "reschedule", "Moves what has not begun, by as much or each to a start of its own: all of it, or nothing.",
        heading: ("Reschedule of the release", "Replanification de la livraison"))
    case .cancelRelease:
      .release(
        "cancel", "Cancels what has not begun, from a time on where one is named.",
        heading: ("Cancellation of the release", "Annulation de la livraison"))
    case .approveRelease:
      .release(
        "approve", "Publishes all that waits for approval, judged anew, or nothing.", .approve,
        heading: ("Approval of the release", "Approbation de la livraison"))
    case .declineRelease:
      .release(
        "decline", "Declines all that waits for approval.", .approve,
        heading: ("Refusal of the release", "Rejet de la livraison"))
    case .leaveRelease:
      .release(
        "leave", "Lets changes go on without their release, as they stand.",
        heading: ("Changes that leave the release", "Changements qui quittent la livraison"))

    case .listNoticesDue: .get("/notices/due", .readRegister, "Notices that clients are owed, by deadline.")
    case .listNoticesTold:
      .get("/notices/evidence", .readRegister, "What clients were told, by which way and when, of a change or a month.")
    case .writeNotice:
      .get(
        "/changes/{change}/notices/{kind}", .readRegister,
        "The notice of a change; of the kind current, the one that its newest revision calls for.")
    case .writeReleaseNotice:
      .get(
        "/releases/{release}/notices/{kind}", .readRegister,
        "One notice of all that is published of a release; of the kind current, the one that was called for last.")
    case .writeAvailabilityNotice:
      .get(
        "/services/{service}/availability/notice", .readRegister,
        "The report of a month's availability, for clients.")
    case .recordNotice:
      .record(
        "/changes/{change}/notices", .publishNotice,
        "Records that a notice was published; nothing else of the change moves.", seen: .optional)
    case .recordNotices:
      .ask(
        "/notices", .publishNotice,
        "Records that notices were published, of any changes and by any channels: all, or none. Each has a key of its own.",
        seen: .inBody)

    case .sendNotices:
      .record(
        "/changes/{change}/send-notices", .publishNotice,
        "Lets messages go that wait for it: of one kind of notice, or of all but reminders.", seen: .optional)

    case .showAvailability:
      .get(
        "/services/{service}/availability", .readPublished,
        "How available the service was, with every stop accounted for, month by month; or what a stop would cost.")
    case .showReport:
      .get(
        "/services/{service}/report", .readRegister,
        "The account of a month: plans, refusals, emergencies, notice, overruns.")
    case .showSupportDeadlines:
      .get("/services/{service}/support-clock", .readRegister, "When support owes its answers to a Request.")
    case .reportSupport:
      .ask(
        "/services/{service}/support-report", .readRegister,
        "How many Requests were taken in charge in time, by period of 12 months; nothing is recorded.")

    case .listOutages: .get("/outages", .readRegister, "The outages on record, by start.")
    case .showOutage: .get("/outages/{outage}", .readRegister, "One outage. The ETag is what If-Match asks for.")
    case .recordOutage:
      .record("/outages", .keepOutages, "Records an outage; without an end, one that still goes on.")
    case .amendOutage:
      .record(
        "/outages/{outage}/amend", .keepOutages, "Gives an outage its end, or corrects what is on record.",
        seen: .required)
    case .voidOutage:
      .record(
        "/outages/{outage}/void", .keepOutages,
        "Says that an outage was recorded by mistake; it stays on record and counts nowhere.", seen: .required)
    case .importOutages:
      .ask(
        "/outage-imports", .keepOutages,
        "Outages in bulk from JSON Lines or CSV, all or nothing. Rows have keys of their own.")

    case .askGate:
      .get(
        "/gate/{service}", .readPublished,
        "Whether work may go on: open or closed, why, and when that changes. 200 either way.")
    case .listOverrides:
      .get("/gate/{service}/overrides", .readRegister, "Every override of the gate, oldest first.")
    case .overrideGate:
      .record(
        "/gate/{service}/overrides", .overrideGate,
        "Holds the gate open for a while, four hours at most; the reason stays on record.")
    case .endOverrides:
      .record(
        "/gate/{service}/overrides/end", .overrideGate, "Ends the overrides that are in force in the environment.")

    case .listTokens: .get("/tokens", .manageTokens, "All tokens that were ever made, with their last use.")
    case .createToken:
      .record(
        "/tokens", .manageTokens,
        "Makes a token. Its secret stands in this answer and nowhere else; with a digest it is the caller's own.",
        mayClash: true)
    case .revokeToken:
      .revoke(
        "/tokens/{token}", .manageTokens, "Takes a token back, from now on; one that is revoked stays as it is.")
    case .listPrivateFeeds:
      .get(
        "/private-feeds", .managePrivateFeeds, "All private feeds that were ever made, without their addresses.")
    case .createPrivateFeed:
      .record(
        "/private-feeds", .managePrivateFeeds,
        "Makes a private feed. Its addresses stand in this answer and nowhere else; with a digest they are the caller's.",
        mayClash: true)
    case .revokePrivateFeed:
      .revoke(
        "/private-feeds/{feed}", .managePrivateFeeds,
        "Takes a private feed back: its addresses lead nowhere. One that is revoked stays as it is.")
    case .listWebhooks: .get("/webhooks", .manageWebhooks, "All webhooks that were ever made.")
    case .createWebhook:
      .record(
        "/webhooks", .manageWebhooks,
        "Has an https address told of what is published, signed as Standard Webhooks, or in the form of a chat; the secret stands only here.",
        mayClash: true)
    case .rotateWebhook:
      .record(
        "/webhooks/{webhook}/rotate", .manageWebhooks,
        "Gives a webhook another secret; messages bear the signatures of both for a while. It stands only here.",
        mayClash: true)
    case .revokeWebhook:
      .revoke("/webhooks/{webhook}", .manageWebhooks, "Sends a webhook nothing more; what waits for it is given up.")
    case .listMailings: .get("/mailings", .manageWebhooks, "All mailings that were ever made.")
    case .createMailing:
      .record("/mailings", .manageWebhooks, "Has a mailbox get the notices of a service.", mayClash: true)
    case .importMailings:
      .ask(
        "/mailing-lists", .manageWebhooks,
        "Has all mailboxes of a list get the notices of a service, all or nothing. Those that have them keep them.")
    case .recordBounces:
      .ask(
        "/mailing-bounces", .manageWebhooks,
        "Says whose mails came back for good: nothing more is sent there. What is said again changes nothing.")
    case .revokeMailing:
      .revoke("/mailings/{mailing}", .manageWebhooks, "Sends a mailbox nothing more; what waits for it is given up.")

    case .listDeliveries: .get("/deliveries", .manageWebhooks, "The newest messages, and what came of them.")
    case .retryDelivery:
      .ask(
        "/deliveries/{delivery}/retry", .manageWebhooks, "Sends what was given up again, from the first attempt on.",
        mayClash: true)

    case .readCheckpoint:
      .get(
        "/log/checkpoint", .readPublished,
        "Size and root hash of the log: whoever keeps one is a witness of the history.")
    case .readLog:
      .get(
        "/log", .readRegister,
        "A page of the log as JSON Lines: a head with the clock and the root hash, events, and what is published of them."
      )
    case .readExcerpt:
      .ask(
        "/log/excerpt", .readRegister,
        "The part of the log that answers some questions, in time and size that do not grow with the log; 413 where it does not answer them by a part."
      )
    case .readContracts:
      .get("/contracts", .readRegister, "The files that the contracts are read from, by name.")
    }
  }
}

extension Operation {
  package static let prefix = "/api/v1"

  package var method: Method { row.method }
  /// Below the prefix, with its parameters: `/changes/{change}/extend`.
  package var path: String { row.path }
  /// What it asks to do: who may is `Permission`'s to say.
  package var action: Permission.Action { row.action }
  package var summary: String { row.summary }
  package var precondition: Precondition { row.precondition }
  /// Whether `Idempotency-Key` is taken.
  package var takesKey: Bool { row.takesKey }
  /// Whether what is there can stand in the way (409).
  package var mayClash: Bool { row.mayClash }

  /// Whether something is recorded: where nothing came of it, whoever asked wants to know that nothing was.
  package var records: Bool {
    let row = row
    return row.method != .get && ![.readPublished, .readRegister].contains(row.action)
  }

  /// As the answer of the command line is headed.
  package func heading(_ language: Language) -> String {
    row.heading.map { language.choice($0.english, $0.french) } ?? rawValue
  }

  /// The whole path of one thing.
  package func address(of thing: String? = nil) -> String {
    let path = row.path
    guard let thing, let open = path.firstIndex(of: "{"), let close = path.firstIndex(of: "}") else {
      return Operation.prefix + path
    }
    return Operation.prefix + path[..<open] + thing + path[path.index(after: close)...]
  }
}

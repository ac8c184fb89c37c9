import ICalendar
import Wording

/// What has become of the events of an earlier copy of the feed. Source: RFC 5546, section 2.1.4; RFC 5545,
/// sections 3.8.7.2 to 3.8.7.4.
enum RevisionRules {
  private static let stamps: Set<String> = ["DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED"]
  /// What RFC 5546 wants a new SEQUENCE for.
  private static let weighty: Set<String> = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "STATUS"]

  static func check(_ old: [CalendarComponent], _ new: [CalendarComponent], into report: inout Report) {
    let current = Dictionary(new.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let slots = Dictionary(new.map { (slot($0), $0) }, uniquingKeysWith: { first, _ in first })
    let latest = new.compactMap { stamp($0, "DTSTAMP") }.max() ?? ""
    let before = Set(old.map(key))
    for event in old {
      if let now = current[key(event)] {
        compare(event, now, &report)
      } else if event.first("UID") != nil {
        gone(event, slots[slot(event)].flatMap { before.contains(key($0)) ? nil : $0 }, latest, &report)
      }
    }
  }

  private static func key(_ event: CalendarComponent) -> String {
    (event.first("UID")?.value ?? "") + "\u{0}" + (event.first("RECURRENCE-ID")?.value ?? "")
  }

  /// Time and summary, to find the same event under another UID.
  private static func slot(_ event: CalendarComponent) -> String {
    (event.first("DTSTART")?.value ?? "") + "\u{0}" + (event.first("SUMMARY")?.value ?? "")
  }

  private static func stamp(_ event: CalendarComponent, _ name: String) -> String? { event.first(name)?.value }

  /// An event that was over when the new copy was made may leave.
  private static func gone(
    _ event: CalendarComponent, _ twin: CalendarComponent?, _ latest: String, _ report: inout Report
  ) {
    let uid = event.first("UID")?.value ?? ""
    if let twin {
      report.add(.revisionUIDChanged, twin.first("UID")?.line ?? twin.line, "\(uid), \(twin.first("UID")?.value ?? "")")
      return
    }
    let end = stamp(event, "DTEND") ?? stamp(event, "DTSTART") ?? ""
    let isOver = event.first("RRULE") == nil && end.prefix(15) <= latest.prefix(15)
    if !isOver, event.first("STATUS")?.value != "CANCELLED" { report.add(.revisionEventGone, nil, uid) }
  }

  private static func compare(_ old: CalendarComponent, _ new: CalendarComponent, _ report: inout Report) {
    let changed = Set(old.properties.map(\.name) + new.properties.map(\.name)).subtracting(stamps)
      .filter { values(old, $0) != values(new, $0) }.sorted()
    let subject = "\(new.first("UID")?.value ?? ""): \(changed.joined(separator: ", "))"
    let sequences = [old, new].map { PropertyRules.number($0.first("SEQUENCE")?.value ?? "0") ?? 0 }
    let line = new.first("SEQUENCE")?.line ?? new.line
    if sequences[1] < sequences[0] {
      report.add(.revisionSequenceFell, line, "\(sequences[0]), \(sequences[1])")
    }
    let names = ["DTSTAMP", "LAST-MODIFIED"]
    let isSameStamp = names.allSatisfy { stamp(old, $0) == stamp(new, $0) }
    let isBack = names.contains { name in
      guard let a = stamp(old, name), let b = stamp(new, name) else { return false }
      return b < a
    }
    let stampLine = new.first("LAST-MODIFIED")?.line ?? new.first("DTSTAMP")?.line ?? new.line
    if isBack { report.add(.revisionStampBack, stampLine, new.first("UID")?.value ?? "") }
    guard !changed.isEmpty else {
      if !isSameStamp, !isBack { report.add(.revisionChurn, stampLine, new.first("UID")?.value ?? "") }
      return
    }
    if sequences[1] == sequences[0] {
      let isWeighty = changed.contains(where: weighty.contains)
      report.add(.revisionSequenceSame, line, subject, severity: isWeighty ? .error : .note)
    }
    if isSameStamp {
      report.add(.revisionStampSame, stampLine, subject, severity: sequences[1] == sequences[0] ? .error : .warning)
    }
  }

  private static func values(_ event: CalendarComponent, _ name: String) -> [String] {
    event.all(name).map { property in
      property.value + property.parameters.map { ";\($0.name)=\($0.values)" }.joined()
    }.sorted()
  }
}

extension FindingCode {
  static let revisions: [FindingCode] = [
    previousUnreadable, revisionSequenceFell, revisionSequenceSame, revisionStampSame, revisionStampBack,
    revisionEventGone, revisionUIDChanged, revisionChurn,
  ]

  static let previousUnreadable = FindingCode(
    "previous_unreadable", .note, "RFC 5546, 2.1.4",
    "The earlier copy is no calendar; revisions were not compared.",
    "La copie antérieure n’est pas un calendrier ; les révisions n’ont pas été comparées.")
  static let revisionSequenceFell = FindingCode(
    "revision_sequence_fell", .error, "RFC 5546, 2.1.4",
    "SEQUENCE went down; clients keep the version with the greater one.",
    "SEQUENCE a baissé ; les clients gardent la version au plus grand numéro.",
    (.keepsOldEvents, .document, [.outlook]), (.keepsOldEvents, .anecdote, [.googleCalendar]))
  static let revisionSequenceSame = FindingCode(
    "revision_sequence_same", .error, "RFC 5546, 2.1.4",
    "The event changed and SEQUENCE did not rise; add one on each revision.",
    "L’événement a changé et SEQUENCE n’a pas augmenté ; ajoutez un à chaque révision.",
    (.keepsOldEvents, .document, [.outlook]), (.keepsOldEvents, .anecdote, [.googleCalendar]))
  static let revisionStampSame = FindingCode(
    "revision_stamp_same", .error, "RFC 5545, 3.8.7.2",
    "The event changed and DTSTAMP and LAST-MODIFIED did not; write the moment of the revision into both.",
    "L’événement a changé, mais ni DTSTAMP ni LAST-MODIFIED ; écrivez-y le moment de la révision.",
    (.keepsOldEvents, .anecdote, [.googleCalendar]), (.keepsOldEvents, .measured, [.evolution]))
  static let revisionStampBack = FindingCode(
    "revision_stamp_back", .error, "RFC 5545, 3.8.7.2",
    "DTSTAMP or LAST-MODIFIED went back in time.",
    "DTSTAMP ou LAST-MODIFIED a reculé dans le temps.",
    (.keepsOldEvents, .measured, [.evolution]))
  static let revisionEventGone = FindingCode(
    "revision_event_gone", .error, "RFC 5546, 3.2.5",
    "An announced event vanished, which is silent for people; publish it as STATUS:CANCELLED first.",
    "Un événement annoncé a disparu, sans un mot pour les gens ; publiez-le d’abord en STATUS:CANCELLED.",
    (.losesEvents, .source, [.thunderbird]), (.losesEvents, .measured, [.evolution]))
  static let revisionUIDChanged = FindingCode(
    "revision_uid_changed", .error, "RFC 5545, 3.8.4.7",
    "The UID of an event changed (same start and summary); keep it for life.",
    "L’UID d’un événement a changé (même début, même résumé) ; gardez-le pour la vie.",
    (.losesEvents, .measured, [.evolution]))
  static let revisionChurn = FindingCode(
    "revision_churn", .warning, "RFC 5545, 3.8.7.2",
    "DTSTAMP or LAST-MODIFIED moved though nothing changed; date by the revision, not by the request.",
    "DTSTAMP ou LAST-MODIFIED a bougé alors que rien n’a changé ; datez de la révision, pas de la requête.")
}

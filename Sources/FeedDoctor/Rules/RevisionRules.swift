/// What has become of the events of an earlier copy of the feed. Source: RFC 5546, section 2.1.4; RFC 5545,
/// sections 3.8.7.2 to 3.8.7.4.
enum RevisionRules {
  private static let stamps: Set<String> = ["DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED"]
  /// What RFC 5546 wants a new SEQUENCE for.
  private static let weighty: Set<String> = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "STATUS"]

  static func check(_ old: [FeedComponent], _ new: [FeedComponent], into report: inout Report) {
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

  private static func key(_ event: FeedComponent) -> String {
    (event.first("UID")?.value ?? "") + "\u{0}" + (event.first("RECURRENCE-ID")?.value ?? "")
  }

  /// Time and summary, to find the same event under another UID.
  private static func slot(_ event: FeedComponent) -> String {
    (event.first("DTSTART")?.value ?? "") + "\u{0}" + (event.first("SUMMARY")?.value ?? "")
  }

  private static func stamp(_ event: FeedComponent, _ name: String) -> String? { event.first(name)?.value }

  /// An event that was over when the new copy was made may leave.
  private static func gone(
    _ event: FeedComponent, _ twin: FeedComponent?, _ latest: String, _ report: inout Report
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

  private static func compare(_ old: FeedComponent, _ new: FeedComponent, _ report: inout Report) {
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

  private static func values(_ event: FeedComponent, _ name: String) -> [String] {
    event.all(name).map { property in
      property.value + property.parameters.map { ";\($0.name)=\($0.values)" }.joined()
    }.sorted()
  }
}

import ICalendar

/// Examines a feed for what makes calendar programs lose, move or refuse events.
///
/// Works on a bounded scanner of its own, so that a broken or hostile file is described and not only refused; libical
/// sees the file only after ``CalendarScreen`` has accepted it.
package enum FeedDoctor {
  /// Never throws: what cannot be examined is a finding.
  ///
  /// - Parameters:
  ///   - previous: an earlier copy of the same feed, for the rules about revisions.
  ///   - http: how the feed was fetched, for the rules about transfer.
  package static func examine(
    _ bytes: [UInt8], previous: [UInt8]? = nil, http: HTTPFacts? = nil, surroundings: Surroundings = Surroundings()
  ) -> Examination {
    var report = Report()
    if let http { TransferRules.check(http, into: &report) }
    guard bytes.count <= FeedBounds.octets else {
      report.add(.tooLarge, nil, "\(bytes.count)")
      return Examination(report, eventCount: 0)
    }
    if let code = FileRules.verdict(bytes) {
      let isPage = code == .looksLikeHTML && http.map { (200...299).contains($0.status) } ?? false
      report.add(isPage ? .httpPageInstead : code, nil)
      return Examination(report, eventCount: 0)
    }
    let roots = read(bytes, into: &report)
    let calendars = roots.filter { $0.name == "VCALENDAR" }
    guard let first = calendars.first else { return notCalendar(bytes, roots, report) }
    if bytes.count > FeedBounds.largeOctets { report.add(.largeFeed, nil, "\(bytes.count)") }
    if ChangeCalendarRules.concern(first) { ChangeCalendarRules.check(size: bytes, into: &report) }
    if calendars.count > 1 { report.add(.severalCalendars, calendars[1].line, "\(calendars.count)") }
    for root in roots { PropertyRules(now: surroundings.now).check(root, into: &report) }
    let examined = calendars.prefix(5)
    let rules = CalendarRules(surroundings: surroundings, daysToExpand: RecurrenceRule.daysPerFile / examined.count)
    for calendar in examined { rules.check(calendar, into: &report) }
    if let previous { compare(first, with: previous, into: &report) }
    parse(bytes, calendars, surroundings.zones, into: &report)
    return Examination(report, eventCount: calendars.reduce(0) { $0 + $1.children("VEVENT").count })
  }

  private static func read(_ bytes: [UInt8], into report: inout Report) -> [CalendarComponent] {
    let text = UnfoldedText(
      bytes, lines: FeedBounds.lines, lineOctets: FeedBounds.lineOctets, endsWithReturn: !bytes.contains(0x0A)
    ) { report.add($0) }
    return CalendarComponent.read(text, limit: FeedBounds.components, depth: FeedBounds.depth) { report.add($0) }
  }

  /// One thing to say of what is no calendar, whatever else is wrong with its lines; what a feed that lost its first
  /// line has, is worth keeping.
  private static func notCalendar(_ bytes: [UInt8], _ roots: [CalendarComponent], _ report: Report) -> Examination {
    var short = Report()
    for finding in report.findings where finding.line == nil || !roots.isEmpty {
      // Nothing is inside a calendar where there is none.
      if finding.code == .outsideCalendar || finding.code == .mismatchedEnd { continue }
      short.add(finding.code, finding.line, finding.subject, severity: finding.severity)
    }
    short.add(.notCalendar, nil, String(decoding: bytes.prefix(40), as: UTF8.self))
    return Examination(short, eventCount: 0)
  }

  private static func compare(_ calendar: CalendarComponent, with previous: [UInt8], into report: inout Report) {
    var ignored = Report()
    let isReadable = previous.count <= FeedBounds.octets && FileRules.verdict(previous) == nil
    let roots = isReadable ? read(previous, into: &ignored) : []
    guard let old = roots.first(where: { $0.name == "VCALENDAR" }) else {
      report.add(.previousUnreadable, nil)
      return
    }
    RevisionRules.check(old.children("VEVENT"), calendar.children("VEVENT"), into: &report)
  }

  /// Reads the feed as an import would, then as it is by libical where the strict screen lets it. A refusal is told only
  /// where nothing above explains it.
  private static func parse(
    _ bytes: [UInt8], _ calendars: [CalendarComponent], _ zones: ZoneBook, into report: inout Report
  ) {
    do {
      try CalendarFile.check(bytes, zones: zones)
    } catch {
      for refusal in error.all.prefix(FeedBounds.findingsPerCode) {
        let isExplained = report.findings.contains {
          $0.severity == .error || $0.severity == .warning && $0.line == refusal.line
        }
        if !isExplained { report.add(.importRefuses, refusal.line, refusal.sentence) }
      }
    }
    let named = calendars.flatMap(\.children).flatMap(\.properties).compactMap { $0.parameter("TZID") }
    let names = Set(named).filter { zones.named($0) != nil }
    do {
      _ = try LibicalReader.events(in: bytes, limits: CalendarScreen.Limits(zoneNames: names))
    } catch {
      if case .screened = error { return }
      if !report.findings.contains(where: { $0.severity == .error || $0.readers.contains(.libical) }) {
        report.add(.libicalRefuses, nil, error.text)
      }
    }
  }
}

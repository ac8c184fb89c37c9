import CivilTime

/// The events of somebody else's calendar, written anew with only what is read here, in the plainest form: what can be
/// left out is left out before a parser sees it, and each time has a zone of ours.
///
/// Faults are collected, so that one run tells all of them; what is left out though it may matter is a note.
struct ForeignCalendar {
  /// A calendar that ``CalendarScreen`` passes, if nothing went wrong.
  private(set) var bytes: [UInt8] = []
  /// The line of the file that each line of `bytes` comes of.
  private var lines: [Int] = []
  /// `TZID=z0` and so on, in `bytes`.
  private(set) var zones: [ZoneRules] = []
  /// What the file itself says of those of `zones` that have another source, by index.
  private(set) var definitions: [Int: CalendarZone] = [:]
  /// One for each event in `bytes`.
  private(set) var facts: [EventFacts] = []
  /// Components that are neither events nor time zones.
  private(set) var others = 0
  private(set) var problems: [CalendarFileError] = []
  private(set) var notes: [CalendarFileError] = []

  private let book: ZoneBook
  /// What was over by then is left out unread, if its days are written.
  private let bygone: CivilDate?
  private var drafts: [Draft] = []
  private var places: [String: Int] = [:]
  /// Days that may still be looked at for the rules of time zones.
  private var budget = RecurrenceRule.daysPerFile

  /// Components nest no deeper: an alarm in an event in a calendar, and one level of somebody's own.
  private static let depth = 6
  /// What is read of an event.
  private static let names: Set<String> = [
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS",
    "CLASS", "SUMMARY", "DESCRIPTION", "X-PREAVIS-IMPACT", "X-MAINTNOTE-IMPACT", "X-MAINTNOTE-STATUS", "DTSTAMP",
    "LAST-MODIFIED", "BEGIN", "END", "TZID", "METHOD", "VERSION",
  ]

  /// What the plain form does not hold.
  struct EventFacts {
    /// Of its BEGIN.
    var line: Int
    var uid: String?
    /// The time that RECURRENCE-ID names, as it was written; nil for a series or a single event.
    var recurrence: String?
    var impact: String?
    var leftOut: CalendarRequest.LeftOut?
    var isPrivate = false
    var isTentative = false
  }

  private struct Draft {
    var facts: EventFacts
    var content: [(line: Int, text: String)] = []
    /// What makes it the same event as another.
    var identity: String
    /// Of two copies the greater counts. Source: RFC 5546, section 2.1.5.
    var sequence = 0
    var stamp = ""

    mutating func add(_ property: CalendarProperty, _ text: String) {
      content.append((property.line, "\(property.name)\(text)"))
    }
  }

  /// The calendar that an event stands in.
  private struct Place {
    var number: Int
    var method: String
    /// Of times without a zone, where the calendar says.
    var zone: CalendarProperty?
    var definitions: [CalendarComponent]
  }

  /// - Parameter now: what was over two years before is not judged; nil judges all.
  init(_ file: [UInt8], _ book: ZoneBook, now: Instant? = nil) {
    self.book = book
    bygone = now.map { book.civil.civil($0).date.advanced(byDays: -731) }
    let limits = CalendarScreen.Limits()
    if let code = ForeignCalendar.verdict(file, limits) {
      refuse(nil, code)
      return
    }
    var faults: [CalendarFault] = []
    let text = UnfoldedText(file, lines: limits.lines, lineOctets: limits.lineOctets) { faults.append($0) }
    let roots = CalendarComponent.read(text, limit: limits.components, depth: ForeignCalendar.depth) {
      faults.append($0)
    }
    for fault in faults { judge(fault) }
    let calendars = roots.filter { $0.name == "VCALENDAR" }
    let bare = roots.filter { $0.name != "VCALENDAR" }
    if calendars.isEmpty, !bare.contains(where: { $0.name == "VEVENT" }) {
      if problems.isEmpty { refuse(nil, .noCalendar) }
      return
    }
    for (number, calendar) in calendars.enumerated() { take(calendar.children, of: calendar, number) }
    take(bare, of: nil, calendars.count)
    write()
  }

  /// What is no text of a size that is read.
  private static func verdict(_ file: [UInt8], _ limits: CalendarScreen.Limits) -> ScreenError.Code? {
    if file.count > limits.octets { return .tooLarge }
    if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) { return .byteOrderMark }
    return file.starts(with: [0x50, 0x4B]) || file.starts(with: [0x1F, 0x8B]) ? .archive : nil
  }

  /// The line of the file for one of `bytes`.
  func line(_ written: Int?) -> Int? { written.flatMap { lines.indices.contains($0 - 1) ? lines[$0 - 1] : nil } }

  private mutating func refuse(_ line: Int?, _ code: ScreenError.Code, _ subject: String = "") {
    problems.append(CalendarFileError(line: line, uid: "", reason: .screened(ScreenError(line: line, code, subject))))
  }

  private mutating func judge(_ fault: CalendarFault) {
    let code: ScreenError.Code
    switch fault.code {
    case .nul, .controlCharacter, .bareReturn: code = .controlCharacter
    case .notUTF8: code = .notUTF8
    case .lineCut: code = .lineTooLong
    case .tooManyLines: code = .tooManyLines
    case .tooManyComponents: code = .tooManyComponents
    case .unclosed: code = .unclosed
    case .mismatchedEnd, .nestedTooDeep: code = .badNesting
    case .foldWithoutLine: code = .badLine
    // An event where no calendar program looks for one would be lost.
    case .badNesting where ["VEVENT", "VCALENDAR"].contains(String(fault.subject.prefix { $0 != "," })):
      code = .badNesting
    case .outsideCalendar where ComponentKind(rawValue: fault.subject) == nil: code = .noCalendar
    case .badContentLine:
      let name = fault.subject.prefix { $0.isLetter || $0 == "-" }.uppercased()
      let hasOpenQuotes = !fault.subject.count(where: { $0 == "\"" }).isMultiple(of: 2)
      guard hasOpenQuotes || ForeignCalendar.names.contains(name) else {
        notes.append(CalendarFileError(line: fault.line, uid: "", reason: .lineLeftOut(fault.subject)))
        return
      }
      code = .badLine
    default: return
    }
    refuse(fault.line, code, code == .notUTF8 ? "" : fault.subject)
  }

  private mutating func take(_ components: [CalendarComponent], of calendar: CalendarComponent?, _ number: Int) {
    var place = Place(
      number: number, method: "", zone: calendar?.first("X-WR-TIMEZONE"),
      definitions: components.filter { $0.name == "VTIMEZONE" })
    if let calendar {
      if let version = calendar.first("VERSION"), trimmed(version) != "2.0" {
        return refuse(version.line, .unsupported, "VERSION:\(version.value)")
      }
      do throws(ScreenError) {
        place.method = try one("METHOD", calendar).map { trimmed($0).uppercased() } ?? ""
      } catch {
        return add(error)
      }
    }
    for component in components {
      guard component.name == "VEVENT" else {
        if component.name != "VTIMEZONE" { others += 1 }
        continue
      }
      do throws(ScreenError) { try take(component, place) } catch { add(error) }
    }
  }

  private mutating func add(_ error: ScreenError) {
    problems.append(CalendarFileError(line: error.line, uid: "", reason: .screened(error)))
  }

  /// Blanks at both ends, which some programs leave, mean nothing in a value that is no text.
  private func trimmed(_ property: CalendarProperty) -> String {
    let value = property.value.drop { $0 == " " || $0 == "\t" }
    return String(
      value[..<(value.lastIndex { $0 != " " && $0 != "\t" }.map { value.index(after: $0) } ?? value.startIndex)])
  }

  /// A property that may stand once; the same line twice is one.
  private func one(_ name: String, _ component: CalendarComponent) throws(ScreenError) -> CalendarProperty? {
    let all = component.all(name)
    if let other = all.first(where: { $0.value != all[0].value }) {
      throw ScreenError(line: other.line, .repeatedProperty, name)
    }
    return all.first
  }

  // MARK: One event

  private mutating func take(_ event: CalendarComponent, _ place: Place) throws(ScreenError) {
    let uid = event.first("UID").map(trimmed) ?? ""
    var facts = EventFacts(line: event.line, uid: uid.isEmpty ? nil : uid)
    if uid.isEmpty { notes.append(CalendarFileError(line: event.line, uid: "", reason: .noUID)) }
    facts.impact = (event.first("X-PREAVIS-IMPACT") ?? event.first("X-MAINTNOTE-IMPACT")).map(trimmed)
    let words = ["STATUS", "X-MAINTNOTE-STATUS"].compactMap { event.first($0).map(trimmed)?.uppercased() }
    facts.isTentative = words.contains("TENTATIVE")
    facts.isPrivate = ["PRIVATE", "CONFIDENTIAL"].contains(event.first("CLASS").map(trimmed)?.uppercased())
    switch place.method {
    case "REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER": facts.leftOut = .answer
    case "CANCEL": facts.leftOut = .cancelled
    default:
      if words.contains("CANCELLED") || words.contains("CANCELED") {
        facts.leftOut = .cancelled
      } else if words.contains("COMPLETED") {
        facts.leftOut = .completed
      }
    }
    if facts.leftOut == nil, isBygone(event) { facts.leftOut = .past }
    var draft = Draft(facts: facts, identity: uid.isEmpty || facts.leftOut == .past ? "\(event.line)" : uid)
    let written = uid.isEmpty || facts.leftOut == .past ? "line-\(event.line)" : uid
    draft.content = [(event.line, "BEGIN:VEVENT"), (event.first("UID")?.line ?? event.line, "UID:\(written)")]
    if facts.leftOut == .past {
      draft.content += [(event.line, "DTSTART;VALUE=DATE:20000101"), (event.line, "END:VEVENT")]
      drafts.append(draft)
      return
    }
    if let number = event.first("SEQUENCE") {
      guard let value = Int32(trimmed(number)), value >= 0 else {
        throw ScreenError(line: number.line, .badNumber, number.value)
      }
      draft.sequence = Int(value)
    }
    draft.stamp = event.first("DTSTAMP").map(trimmed) ?? ""
    try recurrence(event, place, &draft)
    switch facts.leftOut {
    case nil: try times(event, place, &draft)
    // Its times matter only as far as they can be read.
    case .cancelled:
      var whole = draft
      if (try? times(event, place, &whole)) != nil { draft = whole } else { fallthrough }
    default: draft.content.append((event.line, "DTSTART;VALUE=DATE:20000101"))
    }
    for name in ["SUMMARY", "DESCRIPTION"] {
      guard let property = try one(name, event), !property.value.isEmpty else { continue }
      draft.add(property, ":\(property.value)")
    }
    draft.content.append((event.line, "END:VEVENT"))
    drafts.append(draft)
  }

  private func isBygone(_ event: CalendarComponent) -> Bool {
    guard let bygone, event.first("RDATE") == nil, event.first("EXRULE") == nil,
      let start = event.first("DTSTART").flatMap({ day(trimmed($0)) })
    else { return false }
    var last = event.first("DTEND").flatMap { day(trimmed($0)) } ?? start
    if let length = event.first("DURATION") {
      guard let duration = length.duration(letting: .foreign) else { return false }
      last = start.advanced(byDays: duration.seconds / 86_400 + 1)
    }
    if let rule = event.first("RRULE")?.value.uppercased() {
      guard let until = rule.firstRange(of: "UNTIL="), let end = day(String(rule[until.upperBound...])) else {
        return false
      }
      last = end.advanced(byDays: Int(last.dayNumber - start.dayNumber))
    }
    return max(start, last) < bygone
  }

  /// The day that a time begins with.
  private func day(_ text: String) -> CivilDate? {
    let start = String(text.prefix(8))
    guard let time = CalendarTime(start.utf8Span.span, zone: nil, letting: .foreign),
      CalendarScreen.years.contains(time.civil.date.year)
    else { return nil }
    return time.civil.date
  }

  private mutating func recurrence(
    _ event: CalendarComponent, _ place: Place, _ draft: inout Draft
  ) throws(ScreenError) {
    guard let property = try one("RECURRENCE-ID", event) else { return }
    if property.parameter("RANGE") != nil { throw ScreenError(line: property.line, .unsupported, "RANGE") }
    let text = try form(of: time(property, trimmed(property)), property, place)
    draft.facts.recurrence = trimmed(property)
    draft.identity += "\n\(text)"
    draft.add(property, text)
  }

  private mutating func times(_ event: CalendarComponent, _ place: Place, _ draft: inout Draft) throws(ScreenError) {
    guard let property = try one("DTSTART", event) else {
      throw ScreenError(line: event.line, .missingProperty, "DTSTART")
    }
    let start = try time(property, trimmed(property))
    draft.add(property, try form(of: start, property, place))
    let length = try one("DURATION", event)
    var duration: CalendarDuration?
    if let length {
      duration = CalendarDuration(trimmed(length).utf8Span.span, letting: .foreign)
      guard let duration, !duration.isNegative else { throw ScreenError(line: length.line, .badDuration, length.value) }
    }
    if let property = try one("DTEND", event) {
      var end = try time(property, trimmed(property))
      // Beside a start with a zone, an end without one is in that zone.
      if case (.local(_, let zone?), .local(let civil, nil)) = (start, end) { end = .local(civil, zone: zone) }
      guard end.isDate == start.isDate else {
        throw ScreenError(line: property.line, .badTime, "a date together with a time")
      }
      guard !start.isSameScale(as: end) || start.civil <= end.civil else {
        throw ScreenError(line: property.line, .endBeforeStart, property.value)
      }
      if let duration, let length,
        end.civil.secondsSinceCivilEpoch - start.civil.secondsSinceCivilEpoch != duration.seconds
      {
        throw ScreenError(line: length.line, .repeatedProperty, "DTEND, DURATION")
      }
      // A day that ends on itself is a day to every calendar.
      if !start.isDate || start.civil < end.civil { draft.add(property, try form(of: end, property, place)) }
    } else if let length, let duration, duration.isPositive {
      let seconds = Int(duration.time.seconds)
      let days = duration.days + (start.isDate && seconds % 86_400 == 0 ? seconds / 86_400 : 0)
      if start.isDate, seconds % 86_400 != 0 {
        throw ScreenError(line: length.line, .badTime, "a date together with a time")
      }
      let clock = "T\(seconds / 3600)H\(seconds / 60 % 60)M\(seconds % 60)S"
      draft.add(length, ":P\(days)D\(start.isDate ? "" : clock)")
    }
    try rules(event, place, &draft)
  }

  private mutating func rules(_ event: CalendarComponent, _ place: Place, _ draft: inout Draft) throws(ScreenError) {
    if let property = event.first("EXRULE") {
      throw ScreenError(line: property.line, .unsupportedRecurrence, property.name)
    }
    if let property = try one("RRULE", event) {
      if draft.facts.recurrence != nil {
        notes.append(CalendarFileError(line: property.line, uid: "", reason: .ruleOfException))
        return
      }
      let text = trimmed(property).split(separator: ";").joined(separator: ";").filter { $0 != " " }
      do {
        _ = try RecurrenceRule(text, letting: .screen)
      } catch {
        throw ScreenError(line: property.line, error.code, error.detail)
      }
      draft.add(property, ":\(text)")
    }
    for property in event.properties where property.name == "EXDATE" || property.name == "RDATE" {
      for item in trimmed(property).split(separator: ",") {
        if property.valueType == "PERIOD" {
          try addPeriod(String(item), property, event, place)
          continue
        }
        draft.add(property, try form(of: time(property, String(item)), property, place))
      }
    }
  }

  /// A time of a series that is longer or shorter than the others: an event of its own.
  private mutating func addPeriod(
    _ item: String, _ property: CalendarProperty, _ event: CalendarComponent, _ place: Place
  ) throws(ScreenError) {
    let parts = item.split(separator: "/")
    guard parts.count == 2, let uid = event.first("UID").map(trimmed), let start = parts.first else {
      throw ScreenError(line: property.line, .badTime, item)
    }
    let first = try form(of: time(property, String(start)), property, place)
    var last = ":\(parts[1])"
    let isLength = parts[1].hasPrefix("P")
    if !isLength { last = try form(of: time(property, String(parts[1])), property, place) }
    var facts = EventFacts(line: event.line, uid: uid)
    facts.recurrence = String(start)
    var draft = Draft(facts: facts, identity: "\(uid)\n\(first)")
    var texts = ["BEGIN:VEVENT", "UID:\(uid)", "RECURRENCE-ID\(first)", "DTSTART\(first)"]
    texts.append((isLength ? "DURATION" : "DTEND") + last)
    if let title = event.first("SUMMARY")?.value, !title.isEmpty { texts.append("SUMMARY:\(title)") }
    draft.content = (texts + ["END:VEVENT"]).map { (property.line, $0) }
    drafts.append(draft)
  }

  private func time(_ property: CalendarProperty, _ text: String) throws(ScreenError) -> CalendarTime {
    let kind = property.valueType == "PERIOD" && property.name == "RDATE" ? nil : property.valueType
    guard kind == nil || kind == "DATE" || kind == "DATE-TIME" else {
      throw ScreenError(line: property.line, .unsupported, "VALUE=\(kind ?? "")")
    }
    guard let time = property.time(text, letting: .foreign), kind == nil || time.isDate == (kind == "DATE") else {
      throw ScreenError(line: property.line, .badTime, text)
    }
    guard CalendarScreen.years.contains(time.civil.date.year) else {
      throw ScreenError(line: property.line, .yearOutOfRange, text)
    }
    return time
  }

  /// Parameters, colon and value of a time.
  private mutating func form(
    of time: CalendarTime, _ property: CalendarProperty, _ place: Place
  ) throws(ScreenError) -> String {
    switch time {
    case .date(let day): return ";VALUE=DATE:" + TimeText.date(day).filter { $0 != "-" }
    case .utc(let instant): return ":" + TimeText.basicUTC(instant)
    case .local(let civil, let name):
      let index = try zone(name, property, place)
      return ";TZID=z\(index):" + TimeText.basicUTC(civil.instant(at: .utc)).dropLast()
    }
  }

  // MARK: Zones

  /// Which of `zones` a time is in.
  private mutating func zone(
    _ name: String?, _ property: CalendarProperty, _ place: Place
  ) throws(ScreenError) -> Int {
    let key = "\(place.number)/\(name ?? "")"
    if let index = places[key] { return index }
    let rules: ZoneRules
    if let name {
      let (found, definition) = try self.rules(name, property, place)
      rules = found
      if let definition, definition.isComplete, !definition.changes.isEmpty { definitions[zones.count] = definition }
    } else if let said = place.zone, let named = book.named(trimmed(said)) {
      rules = named
      if named.name != book.civil.name {
        notes.append(CalendarFileError(line: said.line, uid: "", reason: .floatingIn(named.name)))
      }
    } else {
      rules = book.civil
    }
    zones.append(rules)
    places[key] = zones.count - 1
    return zones.count - 1
  }

  private mutating func rules(
    _ name: String, _ property: CalendarProperty, _ place: Place
  ) throws(ScreenError) -> (rules: ZoneRules, definition: CalendarZone?) {
    let definitions = place.definitions.filter { $0.first("TZID").map(trimmed) == name }
    guard let definition = definitions.first else {
      guard let named = book.named(name) else { throw ScreenError(line: property.line, .badZone, name) }
      return (named, nil)
    }
    for offset in definition.children.flatMap({ $0.all("TZOFFSETTO") + $0.all("TZOFFSETFROM") })
    where offset.offset(letting: .foreign) == nil && (offset.value.hasPrefix("+") || offset.value.hasPrefix("-")) {
      throw ScreenError(line: offset.line, .badOffset, offset.value)
    }
    let zone = CalendarZone(name: name, component: definition, letting: .foreign, budget: &budget)
    for other in definitions.dropFirst() {
      let second = CalendarZone(name: name, component: other, letting: .foreign, budget: &budget)
      guard second.changes.map(\.to) == zone.changes.map(\.to) else {
        throw ScreenError(line: other.line, .repeatedZone, name)
      }
    }
    let location = definition.first("X-LIC-LOCATION").map(trimmed) ?? ""
    guard let named = book.named(name) ?? book.named(location) else {
      guard let own = ZoneRules(zone) else { throw ScreenError(line: property.line, .badZone, name) }
      return (own, nil)
    }
    return (named, zone)
  }

  // MARK: Writing

  /// Of copies of one event the newest counts; two that say different things with the same number are a fault.
  private mutating func write() {
    var kept: [Int: Draft] = [:]
    var first: [String: Int] = [:]
    for (index, draft) in drafts.enumerated() {
      guard let before = first[draft.identity], let other = kept[before] else {
        first[draft.identity] = index
        kept[index] = draft
        continue
      }
      let rank = (draft.sequence, draft.stamp)
      let otherRank = (other.sequence, other.stamp)
      if rank == otherRank {
        guard draft.content.map(\.text) != other.content.map(\.text) else { continue }
        refuse(draft.facts.line, .repeatedUID, draft.facts.uid ?? "")
      } else {
        let older = rank < otherRank ? draft : other
        notes.append(CalendarFileError(line: older.facts.line, uid: older.facts.uid ?? "", reason: .olderCopy))
        if rank > otherRank { kept[before] = draft }
      }
    }
    var all = [(line: 1, text: "BEGIN:VCALENDAR")]
    for draft in kept.sorted(by: { $0.key < $1.key }).map(\.value) {
      facts.append(draft.facts)
      all += draft.content
    }
    all.append((all.last?.line ?? 1, "END:VCALENDAR"))
    for (line, text) in all {
      lines.append(line)
      bytes += text.utf8
      bytes += [0x0D, 0x0A]
    }
  }
}

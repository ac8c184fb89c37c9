package import CivilTime

/// Calendars that people keep in files, whoever wrote them: written anew by ``ForeignCalendar``, passed by the screen, read
/// by libical, and expanded.
package enum CalendarFile {
  /// How many occurrences one file may have in the days that are asked for.
  package static let limit = 10_000

  /// What takes place on the days from `from` to before `to`, in order of time; cancelled events are left out.
  ///
  /// A time that the clock skips or shows twice is an error, and so is what a person who plans by the file would have
  /// to know: a VTIMEZONE that contradicts its name, an exception that hits nothing.
  package static func occurrences(
    in bytes: [UInt8], zones: ZoneBook, from: CivilDate, to: CivilDate
  ) throws(CalendarFileErrors) -> [Occurrence] {
    var file = try OpenFile(bytes, zones, .events)
    try file.mapping { file throws(CalendarFileError) in try checkWork(file.screened.events, to: to) }
    guard from < to else { return [] }
    var found: [Occurrence] = []
    for index in file.events.indices where file.foreign.facts[index].leftOut == nil {
      file.collecting { file throws(CalendarFileError) in
        found += try file.expand(index, from..<to, limit: limit - found.count)?.map(\.occurrence) ?? []
      }
    }
    for note in file.notes where note.reason.isOfTimes { file.problems.append(note) }
    try file.check()
    return sorted(found, zones.civil)
  }

  /// Whether it can be read, whatever takes place.
  package static func check(_ bytes: [UInt8], zones: ZoneBook) throws(CalendarFileErrors) {
    try OpenFile(bytes, zones, .events).check()
  }

  /// A file on its way through screen and parser.
  struct OpenFile {
    let foreign: ForeignCalendar
    let screened: ScreenedCalendar
    let events: [ReadEvent]
    let zone: ZoneRules
    /// Starts that an exception replaces, by UID, with the index of that event.
    private var overridden: [String: [(time: CalendarTime, index: Int)]] = [:]
    private var contradicted: Set<Int> = []
    var problems: [CalendarFileError] = []
    var notes: [CalendarFileError]

    /// - Parameter seal: called when all that is needed of the machine is there, before a foreign parser runs.
    init(
      _ bytes: [UInt8], _ zones: ZoneBook, _ part: ScreenedCalendar.Part, now: Instant? = nil,
      seal: () throws -> Void = {}
    ) throws(CalendarFileErrors) {
      zone = zones.civil
      foreign = ForeignCalendar(bytes, zones, now: now)
      notes = foreign.notes
      problems = foreign.problems
      do {
        let names = Set(foreign.zones.indices.map { "z\($0)" })
        let calendar = foreign.bytes.isEmpty ? Array("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".utf8) : foreign.bytes
        var limits = CalendarScreen.Limits(zoneNames: names)
        // A line for each EXDATE; how many events there may be was looked at.
        (limits.propertiesPerComponent, limits.octets) = (limits.lines, 4 * limits.octets)
        screened = try CalendarScreen.screen(calendar, limits: limits)
        try seal()
        events = try LibicalReader.parse(screened, part)
      } catch {
        let reason: CalendarFileError.Reason =
          switch error {
          case let error as ScreenError: .screened(error)
          case let error as ReadError: .unreadable(error)
          default: .unreadable(.notACalendar)
          }
        let line = foreign.line((error as? ScreenError)?.line)
        throw CalendarFileErrors(foreign.problems + [CalendarFileError(line: line, uid: "", reason: reason)])
      }
      for (index, event) in events.enumerated() {
        if let time = event.recurrenceID { overridden[event.uid, default: []].append((time, index)) }
      }
    }

    /// The occurrences of an event, each with what the RECURRENCE-ID of an exception to it would say; nil for one that has
    /// no length, where those pass.
    mutating func expand(
      _ index: Int, _ days: Range<CivilDate>, limit: Int, momentsPass: Bool = false
    ) throws(CalendarFileError) -> [(occurrence: Occurrence, start: CalendarTime)]? {
      let (event, seen) = (events[index], screened.events[index])
      let expansion = Expansion(zone: zone, zones: foreign.zones, days: days, limit: limit)
      let replaced = event.recurrenceID == nil ? overridden[event.uid] ?? [] : []
      if momentsPass, event.isMoment { return nil }
      let found = try expansion.occurrences(of: event, overridden: replaced.map(\.time), seen: seen)
      for miss in found.missed {
        let line = miss.override.map { foreign.facts[replaced[$0].index].line } ?? foreign.line(miss.line)
        notes.append(CalendarFileError(line: line, uid: event.uid, reason: .hitsNothing(miss.text)))
      }
      if found.isStartAdded {
        let line = foreign.line(seen.propertyLines[.rrule])
        notes.append(CalendarFileError(line: line, uid: event.uid, reason: .startOutsideRule))
      }
      checkZone(event.start, found.spans.map(\.span))
      let summary = ContentText.cleaned(event.summary)
      return found.spans.map {
        (Occurrence(uid: ContentText.cleaned(event.uid), summary: summary, span: $0.span), $0.start)
      }
    }

    /// A VTIMEZONE of a known zone is not used; one that says another offset at the time of an event makes the file mean
    /// something else to other readers.
    private mutating func checkZone(_ start: CalendarTime?, _ spans: [CalendarSpan]) {
      guard case .local(_, let name?) = start, let index = Int(name.dropFirst()),
        let definition = foreign.definitions[index], !contradicted.contains(index)
      else { return }
      let rules = foreign.zones[index]
      for case .timed(let interval) in spans {
        guard definition.offset(at: interval.start.secondsSinceEpoch) != rules.offset(at: interval.start).seconds else {
          continue
        }
        contradicted.insert(index)
        notes.append(CalendarFileError(line: definition.line, uid: "", reason: .contradictoryZone(definition.name)))
        return
      }
    }

    /// Goes on after a fault; its line becomes that of the file.
    mutating func collecting(_ body: (inout OpenFile) throws(CalendarFileError) -> Void) {
      do throws(CalendarFileError) {
        try body(&self)
      } catch {
        problems.append(mapped(error))
      }
    }

    mutating func mapping(_ body: (inout OpenFile) throws(CalendarFileError) -> Void) throws(CalendarFileErrors) {
      do throws(CalendarFileError) { try body(&self) } catch { throw CalendarFileErrors(problems + [mapped(error)]) }
    }

    private func mapped(_ error: CalendarFileError) -> CalendarFileError {
      CalendarFileError(line: foreign.line(error.line), uid: error.uid, reason: error.reason)
    }

    func check() throws(CalendarFileErrors) { if !problems.isEmpty { throw CalendarFileErrors(problems) } }
  }

  /// What all the rules of a file may cost, in days followed one by one: two seconds.
  private static let work = 1_000_000

  /// A file of thousands of daily rules from the year 1900 on is small, and long to expand.
  private static func checkWork(_ events: [ScreenedEvent], to: CivilDate) throws(CalendarFileError) {
    var left = work
    for event in events {
      guard let rule = event.rule, let start = event.start?.civil.date, start < to else { continue }
      let days = Int(to.dayNumber - start.dayNumber)
      let daysPerStep =
        switch rule.frequency {
        case _ where rule.frequency.isTooFast: 0
        case .daily: 1
        case .weekly: 5
        case .monthly: 10
        default: 30
        }
      left -= 30 + (daysPerStep == 0 ? days * 24 : days / daysPerStep)
      guard left >= 0 else {
        throw CalendarFileError(line: event.propertyLines[.rrule], uid: event.uid, reason: .tooFar)
      }
    }
  }

  private static func sorted(_ occurrences: [Occurrence], _ zone: ZoneRules) -> [Occurrence] {
    func bounds(_ occurrence: Occurrence) -> (Instant, Instant, String) {
      switch occurrence.span {
      case .timed(let interval): (interval.start, interval.end, occurrence.uid)
      case .allDay(let first, let end): (zone.startOfDay(first), zone.startOfDay(end), occurrence.uid)
      }
    }
    return occurrences.map { (bounds($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// One time that an event of a file takes place.
package struct Occurrence: Hashable, Sendable {
  package var uid: String
  package var summary: String
  package var span: CalendarSpan

  package init(uid: String, summary: String, span: CalendarSpan) {
    self.uid = uid
    self.summary = summary
    self.span = span
  }
}

/// Everything that is wrong with a file, so that one run mends all.
package struct CalendarFileErrors: Error, Hashable, Sendable {
  /// In order of lines; never empty.
  package let all: [CalendarFileError]

  init(_ all: [CalendarFileError]) { self.all = all.sorted { ($0.line ?? 0) < ($1.line ?? 0) } }
}

/// Why a calendar file cannot be used, or what is to be known of how it was read.
package struct CalendarFileError: Error, Hashable, Sendable {
  /// Physical line, from 1; nil when it concerns the file as a whole.
  package var line: Int?
  /// The event that is meant, empty when none is.
  package var uid: String
  package var reason: Reason

  package enum Reason: Hashable, Sendable {
    case screened(ScreenError)
    case unreadable(ReadError)
    /// A time that the clock of the zone skips, or shows twice.
    case gap(String)
    case fold(String)
    /// Ends before it begins.
    case empty
    /// A moment: ends when it begins.
    case noLength
    /// The RRULE of an event that replaces one time of a series.
    case ruleOfException
    /// A start that is not itself an occurrence of its RRULE: what that means is undefined (RFC 5545, section 3.8.5.3).
    case startOutsideRule
    /// More occurrences in the range than are expanded.
    case tooMany(Int)
    /// Rules that would take too long to follow from their starts to the days that are asked for.
    case tooFar
    /// A rule without COUNT and UNTIL, where each occurrence is to be a request of its own.
    case endless
    /// A VTIMEZONE that gives a known zone an offset that it does not have.
    case contradictoryZone(String)
    /// An EXDATE or a RECURRENCE-ID that is no time of its series.
    case hitsNothing(String)
    /// What is no content line, and of nothing that is read.
    case lineLeftOut(String)
    /// An event that nothing tells from another one.
    case noUID
    /// Times without zone, where X-WR-TIMEZONE names another zone than the contract's.
    case floatingIn(String)
    /// Of two copies of an event that with the lower SEQUENCE or the older DTSTAMP.
    case olderCopy
    /// An event that is not decided yet.
    case tentative

    /// Whether somebody who plans by the file would plan by other times than its author.
    var isOfTimes: Bool {
      switch self {
      case .contradictoryZone, .hitsNothing, .startOutsideRule: true
      default: false
      }
    }
  }

  /// One English line: where, what, and what to do.
  package var text: String { (line.map { "line \($0): " } ?? "") + sentence }

  /// The same without the line.
  package var sentence: String {
    let what =
      switch reason {
      case .screened(let error): error.sentence
      case .unreadable(let error): error.text
      case .gap(let time): "the clock never shows \(time) in its zone; write it in UTC"
      case .fold(let time): "the clock shows \(time) twice in its zone; write it in UTC"
      case .empty: "the event ends before it begins; mend DTEND"
      case .noLength: "the event has no length; give it DTEND or DURATION"
      case .ruleOfException: "the RRULE of an event with RECURRENCE-ID is left out: it replaces one time"
      case .startOutsideRule: "DTSTART is not an occurrence of its RRULE, and counts as one; move it to the first one"
      case .tooMany(let limit): "more than \(limit) occurrences"
      case .tooFar: "the recurrences of this file begin too long ago; give them UNTIL or a later DTSTART"
      case .endless: "the recurrence has no end; say --until DAY, or give it COUNT or UNTIL"
      case .contradictoryZone(let name):
        "VTIMEZONE \(name) contradicts the tz database, which is followed; remove it"
      case .hitsNothing(let time):
        "\(time) is no time of its series: nothing was taken out; write it as DTSTART is written"
      case .lineLeftOut(let text): "no content line, left out: \(text)"
      case .noUID: "the event has no UID: when it changes, it will be a second plan; give it one"
      case .floatingIn(let zone): "times without a zone were read in \(zone), as X-WR-TIMEZONE says"
      case .olderCopy: "an older copy of an event of this file was left out"
      case .tentative: "STATUS:TENTATIVE: the event is not confirmed, and is planned all the same"
      }
    return what + (uid.isEmpty ? "" : " (UID \(ContentText.cleaned(uid)))")
  }
}

package import CivilTime

/// An event of a file that asks for work, with each time that it takes place.
package struct CalendarRequest: Hashable, Sendable {
  /// Why no work is asked for.
  package enum LeftOut: String, Hashable, Sendable {
    case cancelled, completed
    /// CLASS:PRIVATE or CONFIDENTIAL.
    case `private`
    /// One person's answer to an invitation.
    case answer
    /// All of it is over.
    case past
    /// A moment, in which no work can be done.
    case noLength = "no_length"
  }

  /// A time that it takes place.
  package struct Time: Hashable, Sendable {
    package var span: CalendarSpan
    /// What tells it from the others of a series, whatever it is moved to; empty where there is only one.
    package var recurrence: String
  }

  /// Line of its BEGIN.
  package var line: Int
  /// Nil where it has none.
  package var uid: String?
  /// As libical reads them: they may hold any character.
  package var summary: String
  package var description: String
  /// As X-PREAVIS-IMPACT or X-MAINTNOTE-IMPACT writes it.
  package var impact: String?
  package var leftOut: LeftOut?
  /// In order of time; empty for what is left out.
  package var times: [Time]
  /// Names of times at which it does not take place (any more): all of a cancelled event, EXDATE of another.
  package var gone: [String] = []
}

/// How a file is read as requests.
package struct CalendarWishes: Sendable {
  /// What is over by then is left out; nil reads all.
  package var now: Instant?
  /// The last day of series without end; nil where they are refused.
  package var until: CivilDate?
  package var takesPrivate = false

  package init() {}
}

extension CalendarFile {
  /// How many occurrences the recurring events of one file may have in all.
  package static let requestLimit = 1000

  /// The events of a file, in its order, each with all its times; how many components are no events; and what is to be
  /// known of how it was read.
  ///
  /// What the rules cost is not reckoned beforehand; the caller's limits end it.
  package static func requests(
    in bytes: [UInt8], zones: ZoneBook, wishes: CalendarWishes = CalendarWishes(), seal: () throws -> Void = {}
  ) throws(CalendarFileErrors) -> (events: [CalendarRequest], others: Int, notes: [CalendarFileError]) {
    var file = try OpenFile(bytes, zones, .requests, now: wishes.now, seal: seal)
    var requests: [CalendarRequest] = []
    var left = requestLimit
    for (index, facts) in file.foreign.facts.enumerated() {
      let event = file.events[index]
      var request = CalendarRequest(
        line: facts.line, uid: facts.uid, summary: event.summary, description: event.description ?? "",
        impact: facts.impact, leftOut: facts.leftOut, times: [])
      if facts.isPrivate, !wishes.takesPrivate, request.leftOut == nil { request.leftOut = .private }
      if request.leftOut == nil {
        var noLength = false
        file.collecting { file throws(CalendarFileError) in
          let days = try days(of: file.screened.events[index], wishes, zones.civil)
          guard let found = try file.expand(index, days, limit: max(left, 1), momentsPass: true) else {
            noLength = true
            return
          }
          request.times = found.compactMap { found in
            if let now = wishes.now, end(of: found.occurrence.span, zones.civil) <= now { return nil }
            let start = event.recurrenceID ?? (event.recurs ? found.start : nil)
            return CalendarRequest.Time(span: found.occurrence.span, recurrence: file.name(of: start))
          }
          if request.times.count > 1 {
            left -= request.times.count
            guard left >= 0 else {
              throw CalendarFileError(
                line: file.screened.events[index].line, uid: event.uid, reason: .tooMany(requestLimit))
            }
          }
        }
        if request.times.isEmpty { request.leftOut = noLength ? .noLength : .past }
        request.gone = event.excluded.map { file.name(of: $0.isDate ? event.start?.on($0.civil.date) : $0) }
        if facts.isTentative, !request.times.isEmpty {
          file.notes.append(CalendarFileError(line: facts.line, uid: "", reason: .tentative))
        }
      }
      if request.leftOut == .cancelled {
        let days = try? days(of: file.screened.events[index], wishes, zones.civil)
        let found = event.recurs ? try? days.flatMap { try file.expand(index, $0, limit: requestLimit) } : nil
        request.gone = found?.map { file.name(of: $0.start) } ?? [file.name(of: event.recurrenceID)]
      }
      requests.append(request)
    }
    try file.check()
    return (requests, file.foreign.others, file.notes.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
  }

  private static func end(of span: CalendarSpan, _ zone: ZoneRules) -> Instant {
    switch span {
    case .timed(let interval): interval.end
    case .allDay(_, let end): zone.startOfDay(end)
    }
  }

  /// From today on, or all the days that can be written; to the end of the rule.
  private static func days(
    of event: ScreenedEvent, _ wishes: CalendarWishes, _ zone: ZoneRules
  ) throws(CalendarFileError) -> Range<CivilDate> {
    // Holds: every year has such a day.
    let earliest = CivilDate(year: CalendarScreen.years.lowerBound, month: 1, day: 1)!
    let first = wishes.now.map { zone.civil($0).date } ?? earliest
    // Holds: every year has such a day.
    let end = CivilDate(year: CalendarScreen.years.upperBound + 1, month: 1, day: 1)!
    guard let rule = event.rule else { return first..<end }
    if let until = rule.until { return first..<max(first, until.civil.date.advanced(byDays: 2)) }
    guard rule.count == nil else { return first..<end }
    guard let until = wishes.until else {
      throw CalendarFileError(line: event.propertyLines[.rrule], uid: event.uid, reason: .endless)
    }
    return first..<max(first, until.advanced(byDays: 1))
  }
}

extension CalendarFile.OpenFile {
  /// What tells one time of a series from the others, however it is written; empty for nil.
  func name(of start: CalendarTime?) -> String {
    switch start {
    case nil: return ""
    case .date(let day): return TimeText.date(day)
    case .utc(let instant): return TimeText.basicUTC(instant)
    case .local(let civil, let name):
      let index = name.flatMap { Int($0.dropFirst()) } ?? -1
      return TimeText.basicUTC((foreign.zones.indices.contains(index) ? foreign.zones[index] : zone).earliest(civil))
    }
  }
}

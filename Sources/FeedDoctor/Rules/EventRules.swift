import CivilTime

/// What holds for a VEVENT. Source: RFC 5545, section 3.6.1; RFC 5546, section 3.2.1; MS-OXCICAL.
struct EventRules {
  /// Whether the calendar says METHOD:PUBLISH.
  let isPublished: Bool
  /// Whether the calendar is one maintenance notification, whose readers want other things than those of a feed.
  let isNotification: Bool
  /// Lines of the events by UID and RECURRENCE-ID.
  private var identities: Set<String> = []
  private var addresses: Set<String> = []
  private var isBusyMissingTold = false

  init(isPublished: Bool, isNotification: Bool) {
    self.isPublished = isPublished
    self.isNotification = isNotification
  }

  mutating func check(_ events: [FeedComponent], times: inout TimeRules, into report: inout Report) {
    for event in events {
      cardinality(event, &report)
      identity(event, &report)
      span(event, &times, &report)
      state(event, &report)
      AlarmRules.check(event, into: &report)
      extras(event, &report)
    }
  }

  private func cardinality(_ event: FeedComponent, _ report: inout Report) {
    for name in KnownNames.onceInEvent {
      let all = event.all(name)
      if all.count > 1 { report.add(.propertyRepeated, all[1].line, name) }
    }
    let required: [(String, FindingCode)] = [
      ("DTSTAMP", .missingStamp), ("DTSTART", .missingStart), ("SEQUENCE", .missingSequence),
      ("LAST-MODIFIED", .missingLastModified), ("STATUS", .missingStatus), ("TRANSP", .missingTransparency),
    ]
    for (name, code) in required where event.first(name) == nil { report.add(code, event.line, uid(event)) }
    if TextRules.isBlank(event.first("SUMMARY")?.value ?? "") { report.add(.missingSummary, event.line, uid(event)) }
    if isPublished {
      if event.first("ORGANIZER") == nil { report.add(.organizerMissing, event.line, uid(event)) }
      if let attendee = event.first("ATTENDEE") { report.add(.attendeePublished, attendee.line, attendee.value) }
    }
  }

  private func uid(_ event: FeedComponent) -> String { event.first("UID")?.value ?? "" }

  private mutating func identity(_ event: FeedComponent, _ report: inout Report) {
    if let url = event.first("URL") {
      // Occurrences of one series share their address by right.
      if event.first("RECURRENCE-ID") == nil, !addresses.insert(url.value).inserted {
        report.add(.urlRepeated, url.line, url.value)
      }
    } else if !isNotification {
      report.add(.missingURL, event.line, uid(event))
    }
    guard let property = event.first("UID"), !TextRules.isBlank(property.value) else {
      report.add(.missingUID, event.line)
      return
    }
    let text = TextRules.unescaped(property.value)
    if text.utf8.count > 255 { report.add(.longUID, property.line, "\(text.utf8.count)") }
    if text.unicodeScalars.contains(where: { $0.properties.isWhitespace }) {
      report.add(.spaceInUID, property.line, text)
    }
    let key = text + "\u{0}" + (event.first("RECURRENCE-ID")?.value ?? "")
    if !identities.insert(key).inserted { report.add(.repeatedUID, event.line, text) }
  }

  private func span(_ event: FeedComponent, _ times: inout TimeRules, _ report: inout Report) {
    let (startLine, endLine) = (event.first("DTSTART"), event.first("DTEND"))
    let start = startLine.flatMap { times.moment($0, into: &report) }
    let end = endLine.flatMap { times.moment($0, into: &report) }
    if let duration = event.first("DURATION") {
      if endLine != nil { report.add(.endAndDuration, duration.line) }
      if let length = FeedDuration(duration.value), length.seconds > 60 * 86_400 {
        report.add(.veryLongEvent, duration.line, duration.value)
      }
    } else if endLine == nil {
      report.add(.missingEnd, event.line, uid(event))
    }
    guard let start, let end, let endLine else { return }
    let subject = "\(startLine?.value ?? ""), \(endLine.value)"
    if start.time.isDate != end.time.isDate || (start.time.scale == .floating) != (end.time.scale == .floating) {
      report.add(.endOfOtherType, endLine.line, subject)
      return
    }
    guard let first = start.seconds, let last = end.seconds else { return }
    if last == first {
      report.add(start.time.isDate ? .allDayEndsSameDay : .endEqualsStart, endLine.line, subject)
    } else if last < first {
      report.add(.endBeforeStart, endLine.line, subject)
    } else if last - first > 60 * 86_400 {
      report.add(.veryLongEvent, endLine.line, subject)
    }
  }

  private mutating func state(_ event: FeedComponent, _ report: inout Report) {
    let status = event.first("STATUS")
    if let status, !["TENTATIVE", "CONFIRMED", "CANCELLED"].contains(status.value) {
      report.add(.badStatus, status.line, status.value)
    }
    let transparency = event.first("TRANSP")
    if status?.value == "CANCELLED", transparency?.value == "OPAQUE" {
      report.add(.cancelledButOpaque, transparency?.line ?? event.line, uid(event))
    }
    guard let busy = event.first("X-MICROSOFT-CDO-BUSYSTATUS") else {
      // Said once: it is a habit of the program that writes the feed.
      if transparency?.value == "TRANSPARENT", !isNotification, !isBusyMissingTold {
        isBusyMissingTold = true
        report.add(.busyStatusMissing, event.line, uid(event))
      }
      return
    }
    let isFree = busy.value.uppercased() == "FREE"
    if let transparency, ["OPAQUE", "TRANSPARENT"].contains(transparency.value),
      isFree != (transparency.value == "TRANSPARENT")
    {
      report.add(.busyStatusDisagrees, busy.line, "TRANSP:\(transparency.value), \(busy.value)")
    }
  }

  private func extras(_ event: FeedComponent, _ report: inout Report) {
    let codes: [String: FindingCode] = [
      "ATTACH": .attachment, "X-ALT-DESC": .alternativeDescription, "STYLED-DESCRIPTION": .styledDescription,
      "LINK": .linkProperty, "EXRULE": .excludedRule,
    ]
    for property in event.properties {
      if let code = codes[property.name] { report.add(code, property.line, property.value) }
      if ["EXDATE", "RDATE", "CATEGORIES", "RESOURCES"].contains(property.name),
        property.value.utf8.count(where: { $0 == UInt8(ascii: ",") }) >= 500
      {
        report.add(.tooManyValues, property.line, property.name)
      }
    }
  }
}

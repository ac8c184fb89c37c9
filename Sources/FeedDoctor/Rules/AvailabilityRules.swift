import CivilTime
import ICalendar
import Wording

/// VAVAILABILITY. Source: RFC 7953, section 3.1.
enum AvailabilityRules {
  static func check(_ calendar: CalendarComponent, times: inout TimeRules, into report: inout Report) {
    let all = calendar.children("VAVAILABILITY")
    if let first = all.first {
      report.add(calendar.children("VEVENT").isEmpty ? .availabilityAlone : .availabilityAmongEvents, first.line)
    }
    for availability in all {
      once(["UID", "DTSTAMP"], in: availability, &report)
      if let busy = availability.first("BUSYTYPE"),
        !["BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE"].contains(busy.value), !busy.value.hasPrefix("X-")
      {
        report.add(.availabilityBroken, busy.line, "BUSYTYPE:\(busy.value)")
      }
      span(availability, &times, &report)
      for part in availability.children("AVAILABLE") {
        once(["UID", "DTSTAMP", "DTSTART"], in: part, &report)
        span(part, &times, &report)
        if let rule = part.first("RRULE") {
          // Windows recur by nature here: only faults of the rule count.
          var inner = Report()
          RecurrenceSetRules.check(rule, of: part, times: &times, into: &inner)
          for finding in inner.findings where finding.severity == .error {
            report.add(finding.code, finding.line, finding.subject)
          }
        }
      }
    }
  }

  private static func once(_ names: [String], in component: CalendarComponent, _ report: inout Report) {
    for name in names where component.all(name).count != 1 {
      report.add(.availabilityBroken, component.line, "\(component.name), \(name)")
    }
  }

  private static func span(_ component: CalendarComponent, _ times: inout TimeRules, _ report: inout Report) {
    let start = component.first("DTSTART").flatMap { times.moment($0, into: &report) }
    let end = component.first("DTEND").flatMap { times.moment($0, into: &report) }
    if let start, start.time.isDate || start.time.isFloating {
      report.add(.availabilityBroken, component.first("DTSTART")?.line, "DTSTART")
    }
    if let first = start?.seconds, let last = end?.seconds, last <= first {
      report.add(.availabilityBroken, component.first("DTEND")?.line, "DTEND")
    }
    if let duration = component.first("DURATION"), end != nil || start == nil {
      report.add(.availabilityBroken, duration.line, "DURATION")
    }
  }
}

extension FindingCode {
  static let availability: [FindingCode] = [availabilityAmongEvents, availabilityAlone, availabilityBroken]

  static let availabilityAmongEvents = FindingCode(
    "availability_among_events", .error, "RFC 7953, 3.1",
    "VAVAILABILITY stands among events: vdirsyncer refuses the whole feed. Give it an address of its own.",
    "VAVAILABILITY se trouve parmi des événements : vdirsyncer refuse tout le flux. Donnez-lui une adresse propre.",
    (.refusesFeed, .measured, [.vdirsyncer]))
  static let availabilityAlone = FindingCode(
    "availability_alone", .note, "RFC 7953, 3.1",
    "Few programs read VAVAILABILITY; publish the same windows as transparent events for people.",
    "Peu de programmes lisent VAVAILABILITY ; publiez les mêmes plages en événements transparents pour les gens.",
    (.refusesFeed, .measured, [.vdirsyncer]))
  static let availabilityBroken = FindingCode(
    "availability_broken", .error, "RFC 7953, 3.1",
    "VAVAILABILITY or AVAILABLE lacks something or has a value that may not stand there.",
    "Il manque quelque chose à VAVAILABILITY ou AVAILABLE, ou une valeur n’y a pas sa place.")
}

/// Builds components from content lines, mending what it can, and tells what does not fit.
/// Source: RFC 5545, sections 3.4 and 3.6; RFC 7953, section 3.1; RFC 9073, section 7.
struct TreeScan {
  private(set) var roots: [FeedComponent] = []
  private var open: [FeedComponent] = []
  /// Components begun below the greatest depth, which are not kept.
  private var skipped = 0
  private var count = 0

  /// Components that RFCs name, with where they may stand.
  private static let parents: [String: Set<String>] = [
    "VCALENDAR": [], "VEVENT": ["VCALENDAR"], "VTODO": ["VCALENDAR"], "VJOURNAL": ["VCALENDAR"],
    "VFREEBUSY": ["VCALENDAR"], "VTIMEZONE": ["VCALENDAR"], "STANDARD": ["VTIMEZONE"], "DAYLIGHT": ["VTIMEZONE"],
    "VALARM": ["VEVENT", "VTODO"], "VAVAILABILITY": ["VCALENDAR"], "AVAILABLE": ["VAVAILABILITY"],
    "PARTICIPANT": ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"], "VLOCATION": ["VEVENT", "VTODO", "VJOURNAL"],
    "VRESOURCE": ["VEVENT", "VTODO", "VJOURNAL"],
  ]

  static func read(_ lines: [FeedLine], into report: inout Report) -> [FeedComponent] {
    var scan = TreeScan()
    for line in lines {
      guard let property = PropertyScan.read(line) else {
        report.add(.badContentLine, line.number, String(decoding: line.bytes.prefix(60), as: UTF8.self))
        continue
      }
      switch property.name {
      case "BEGIN": scan.begin(property, &report)
      case "END": scan.end(property, &report)
      default: scan.take(property, &report)
      }
    }
    while let component = scan.open.last {
      report.add(.unclosed, component.line, component.name)
      scan.close()
    }
    return scan.roots
  }

  private mutating func begin(_ property: FeedProperty, _ report: inout Report) {
    let name = trimmed(property.value).uppercased()
    if name != property.value { report.add(.lowerCaseComponent, property.line, property.value) }
    count += 1
    guard open.count < FeedBounds.depth, skipped == 0, count <= FeedBounds.components else {
      if skipped == 0 {
        report.add(count > FeedBounds.components ? .tooManyComponents : .nestedTooDeep, property.line, name)
      }
      skipped += 1
      return
    }
    if let parents = TreeScan.parents[name] {
      if let parent = open.last {
        if !parents.contains(parent.name) { report.add(.badNesting, property.line, "\(name), \(parent.name)") }
      } else if name != "VCALENDAR" {
        report.add(.outsideCalendar, property.line, name)
      }
    } else if !name.hasPrefix("X-") {
      report.add(.unknownComponent, property.line, name)
    }
    open.append(FeedComponent(name: name, line: property.line))
  }

  private mutating func end(_ property: FeedProperty, _ report: inout Report) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    let name = trimmed(property.value).uppercased()
    guard let last = open.last else {
      report.add(.mismatchedEnd, property.line, name)
      return
    }
    if last.name != name {
      report.add(.mismatchedEnd, property.line, "\(name), \(last.name)")
      // An END of something further out closes all within it; one of nothing that is open is passed over.
      guard open.contains(where: { $0.name == name }) else { return }
      while let current = open.last, current.name != name { close() }
    }
    close()
  }

  private mutating func take(_ property: FeedProperty, _ report: inout Report) {
    guard skipped == 0 else { return }
    guard let last = open.indices.last else {
      report.add(.outsideCalendar, property.line, property.name)
      return
    }
    open[last].properties.append(property)
  }

  private mutating func close() {
    guard let component = open.popLast() else { return }
    if let last = open.indices.last {
      open[last].children.append(component)
    } else {
      roots.append(component)
    }
  }

  private func trimmed(_ text: String) -> String {
    var view = text.unicodeScalars[...]
    while let first = view.first, first == " " || first == "\t" { view.removeFirst() }
    while let last = view.last, last == " " || last == "\t" { view.removeLast() }
    return String(view)
  }
}

import Wording

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

extension FindingCode {
  static let structure: [FindingCode] = [
    severalCalendars, lowerCaseComponent, unknownComponent, badNesting, mismatchedEnd, unclosed, outsideCalendar,
    nestedTooDeep, tooManyComponents,
  ]

  static let severalCalendars = FindingCode(
    "several_calendars", .error, "RFC 5545, 3.4",
    "There are several VCALENDARs; put one into each file.",
    "Il y a plusieurs VCALENDAR ; n’en mettez qu’un par fichier.",
    (.losesEvents, .document, [.outlook, .exchange]), (.reportsError, .measured, [.libical]),
    (.refusesFeed, .measured, [.golangICal]), (.losesEvents, .measured, [.sabreVObject]),
    (.refusesFeed, .source, [.preavis]))
  static let lowerCaseComponent = FindingCode(
    "lower_case_component", .error, "RFC 5545, 2",
    "The name of a component is not in capitals; write it in capitals, without blanks.",
    "Le nom d’un composant n’est pas en majuscules ; écrivez-le en majuscules, sans espace.",
    (.losesEvents, .measured, [.pythonICS, .rubyICalendar, .golangICal]), (.refusesFeed, .measured, [.sabreVObject]))
  static let unknownComponent = FindingCode(
    "unknown_component", .warning, "RFC 5545, 3.6",
    "No standard knows this component; name it X-… or leave it out.",
    "Aucune norme ne connaît ce composant ; nommez-le X-… ou ôtez-le.",
    (.refusesFeed, .source, [.preavis]))
  static let badNesting = FindingCode(
    "bad_nesting", .error, "RFC 5545, 3.6",
    "This component may not stand here; move it to where it belongs.",
    "Ce composant n’a pas sa place ici ; mettez-le où il doit être.",
    (.refusesFeed, .measured, [.rubyICalendar]), (.refusesFeed, .source, [.preavis]))
  static let mismatchedEnd = FindingCode(
    "mismatched_end", .error, "RFC 5545, 3.6",
    "This END closes something else than what is open; balance BEGIN and END.",
    "Ce END ferme autre chose que ce qui est ouvert ; équilibrez BEGIN et END.",
    (.refusesFeed, .measured, [.pythonICS, .vobject, .golangICal, .sabreVObject]),
    (.losesEvents, .measured, [.calcurse]), (.refusesFeed, .source, [.preavis]))
  static let unclosed = FindingCode(
    "unclosed", .error, "RFC 5545, 3.6",
    "This component never ends: the file was cut short. Serve whole files only.",
    "Ce composant ne finit pas : le fichier a été coupé. Ne servez que des fichiers entiers.",
    (.refusesFeed, .measured, [.thunderbird, .kcalendarcore, .vobject, .libical, .golangICal, .sabreVObject]),
    (.losesEvents, .measured, [.pythonICalendar, .calcurse]), (.refusesFeed, .source, [.preavis]))
  static let outsideCalendar = FindingCode(
    "outside_calendar", .error, "RFC 5545, 3.4",
    "This stands outside VCALENDAR; move it into the calendar.",
    "Ceci se trouve hors de VCALENDAR ; mettez-le dans le calendrier.",
    (.refusesFeed, .source, [.preavis]))
  static let nestedTooDeep = FindingCode(
    "nested_too_deep", .error, "RFC 5545, 3.6",
    "Components are nested more than eight deep; nothing needs more than three.",
    "Les composants s’emboîtent sur plus de huit niveaux ; trois suffisent à tout.",
    (.refusesFeed, .source, [.preavis]))
  static let tooManyComponents = FindingCode(
    "too_many_components", .error, "RFC 5545, 3.6",
    "There are more than 50,000 components; the rest was not examined.",
    "Il y a plus de 50\u{202F}000 composants ; le reste n’a pas été examiné.",
    (.refusesFeed, .source, [.preavis]))
}

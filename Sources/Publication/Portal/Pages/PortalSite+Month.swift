package import CivilTime
package import Planning
import Wording

extension PortalSite {
  /// The calendar of the month that `first` lies in. What does not meet the month is left out; windows are shown cut to
  /// the days. The same bytes serve as `calendar/index.html`, since both lie in one folder.
  package func month(
    _ first: CivilDate, changes: [Change], windows: [Interval], holidays: [Holiday], freezes: [Freeze]
  ) -> [UInt8] {
    let month = CalendarMonth(first)
    // A month that is over changes only when what is told of it does.
    let isDated = month >= CalendarMonth(contract.timeZone(at: now).civil(now).date)
    let here = PortalPage.month(month)
    let zone = contract.terms(on: month.first).timeZone
    let days = (0..<month.length).compactMap {
      CalendarDay(
        month.first.advanced(byDays: $0), zone: zone, windows: windows, holidays: holidays, freezes: freezes,
        changes: changes)
    }
    let wording = Wording(language, zone: zone)
    let heading = name(of: month)
    return page(
      here, title: "\(heading) – \(language("calendar", "calendrier")) – \(service)",
      description: language(
        "Maintenance windows, public holidays, freezes and work of \(service), \(heading).",
        "Fenêtres de maintenance, jours fériés, gels et interventions de \(service), \(heading)."), isDated: isDated
    ) {
      element(.h1) { heading }
      neighbours(of: month, from: here)
      element(.p) { windowTerms(at: days.first?.interval.start ?? now) }
      element(.p, .style("few")) {
        days.allSatisfy(isOrdinary)
          ? language("Nothing else stands out in this month.", "Rien d’autre n’est à signaler ce mois-ci.")
          : language(
            "Days with nothing else to show are left out.", "Les jours où rien d’autre n’est à signaler sont omis.")
      }
      table(days, caption: "\(heading), \(wording.zoneName)", wording, from: here)
      neighbours(of: month, from: here, isSecond: true)
      legend
    }
  }

  private func neighbours(of month: CalendarMonth, from here: PortalPage, isSecond: Bool = false) -> Markup {
    let label =
      isSecond
      ? language("Other months, below the calendar", "Autres mois, sous le calendrier")
      : language("Other months", "Autres mois")
    return element(.nav, .style("months"), .label(label)) {
      element(.ul, .role("list")) {
        if months.contains(month.previous) {
          element(.li) {
            element(.a, .rel("prev"), .href(link(.month(month.previous), from: here))) {
              "← " + name(of: month.previous)
            }
          }
        }
        if months.contains(month.next) {
          element(.li, .style("next")) {
            element(.a, .rel("next"), .href(link(.month(month.next), from: here))) { name(of: month.next) + " →" }
          }
        }
      }
    }
  }

  private var legend: Markup {
    element(.div, .style("legend")) {
      element(.h2) { language("Legend", "Légende") }
      element(.p) {
        language(
          "The bar of a day runs from midnight to midnight.", "La barre d’un jour va de minuit à minuit.")
      }
      element(.ul, .role("list")) {
        element(.li) {
          DayBar.sample(.style("bar-window"), y: 0, height: 12)
          language("full height: maintenance window", "toute la hauteur\(colon)fenêtre de maintenance")
        }
        element(.li) {
          DayBar.sample(.style("bar-change"), y: 6, height: 6)
          language("lower edge: announced work", "bord inférieur\(colon)intervention annoncée")
        }
        element(.li) {
          DayBar.sample(.style("bar-freeze"), y: 0, height: 4)
          language("upper edge: freeze, no planned work", "bord supérieur\(colon)gel, aucune maintenance planifiée")
        }
        element(.li) {
          DayBar.sample(nil, y: 0, height: 0)
          language("empty: outside the window", "vide\(colon)hors de la fenêtre")
        }
      }
    }
  }

  private func table(_ days: [CalendarDay], caption: String, _ wording: Wording, from here: PortalPage) -> Markup {
    element(.table, .style("month")) {
      element(.caption) { caption }
      element(.thead) {
        element(.tr) {
          element(.th, .columnHeader, .style("week"), .abbreviated(from: language("Week", "Semaine"))) {
            language("Wk", "Sem.")
          }
          for weekday in Weekday.allCases {
            element(.th, .columnHeader) { wording.weekday(weekday).capitalizedFirst }
          }
        }
      }
      element(.tbody) {
        for week in weeks(days) {
          element(.tr, week.days.allSatisfy(isOrdinary) ? .style("ordinary") : nil) {
            element(.th, .rowHeader, .style("week")) {
              element(.span, .style("narrow-only")) { language("Week ", "Semaine ") }
              String(week.number)
            }
            for _ in 0..<week.before { element(.td, .style("outside")) }
            for day in week.days { cell(day, wording, from: here) }
            for _ in 0..<(7 - week.before - week.days.count) { element(.td, .style("outside")) }
          }
        }
      }
    }
  }

  /// Weeks from Monday; `before` counts the days of the first week that belong to the month before.
  private func weeks(_ days: [CalendarDay]) -> [(number: Int, before: Int, days: [CalendarDay])] {
    var weeks: [(number: Int, before: Int, days: [CalendarDay])] = []
    for day in days {
      let position = day.date.weekday.rawValue - 1
      if position == 0 || weeks.isEmpty {
        weeks.append((day.date.isoWeek, position, [day]))
      } else {
        weeks[weeks.count - 1].days.append(day)
      }
    }
    return weeks
  }
}

extension PortalSite {
  /// A day in the table of a month.
  func cell(_ day: CalendarDay, _ wording: Wording, from here: PortalPage) -> Markup {
    let isToday = day.interval.contains(now)
    let style: Attribute? = isToday ? .style("today") : isOrdinary(day) ? .style("ordinary") : nil
    return element(.td, style, isToday ? .currentDate : nil) {
      element(.p, .style("day")) {
        element(.time, .datetime(day.date)) {
          element(.span, .style("narrow-only")) { wording.shortWeekday(day.date.weekday) + " " }
          element(.span, .style("day-number")) { String(day.date.day) }
          element(.span, .style("narrow-only")) { " " + wording.shortMonth(day.date.month) }
        }
        if isToday { element(.span, .style("today-word")) { language("today", "aujourd’hui") } }
      }
      for holiday in day.holidays { element(.p, .style("holiday")) { name(of: holiday) } }
      if let clock = clockChange(on: day) { element(.p, .style("clock")) { clock } }
      DayBar(day: day).markup
      windows(of: day, wording)
      for freeze in day.freezes { element(.p, .style("freeze")) { self.freeze(freeze, on: day, wording) } }
      if !day.changes.isEmpty {
        element(.ul, .style("day-changes"), .role("list")) {
          for change in day.changes { element(.li) { self.change(change, on: day, from: here) } }
        }
      }
    }
  }

  /// Whether a narrow page does without the day: nothing but the window that the sentence above tells, or the midst of a
  /// freeze whose first day says until when it lasts.
  private func isOrdinary(_ day: CalendarDay) -> Bool {
    day.changes.isEmpty && day.holidays.isEmpty && !day.changesClock && !day.windows.contains(day.interval)
      && !day.interval.contains(now)
      && day.freezes.allSatisfy { $0.interval.end > day.interval.end && !day.isFirst(of: $0) }
  }

  /// The names are those of French law, also on English pages.
  private func name(of holiday: Holiday) -> Markup {
    let told = holiday.names.map(wording(at: now).holiday)
    let names = told.joined(separator: ", ")
    return .joined([
      .text(language("Public holiday: ", "Férié\(colon)")),
      language == .french || told != holiday.names ? .text(names) : element(.span, .lang(.french)) { names },
    ])
  }

  private func clockChange(on day: CalendarDay) -> String? {
    guard day.changesClock else { return nil }
    let hours = Wording(language, zone: day.zone).duration(day.interval.length)
    return language("Clock change: this day has \(hours)", "Changement d’heure\(colon)journée de \(hours)")
  }

  private func windows(of day: CalendarDay, _ wording: Wording) -> Markup? {
    guard !day.windows.isEmpty else { return nil }
    return element(.p, day.windows.contains(day.interval) ? .style("window") : .style("window nightly")) {
      language("Window: ", "Fenêtre\(colon)")
        + language.list(day.windows.map { day.times(of: $0, wording) ?? language("all day", "toute la journée") })
    }
  }

  private func freeze(_ freeze: Freeze, on day: CalendarDay, _ wording: Wording) -> String {
    var times = day.times(of: freeze.interval, wording).map { ", \($0)" } ?? ""
    if freeze.interval.end > day.interval.end, day.isFirst(of: freeze) {
      let last = wording.briefDate(day.zone.civil(freeze.interval.end - Elapsed(seconds: 1)).date)
      times += language(", until \(last)", ", jusqu’au \(last)")
    }
    return language("Freeze: ", "Gel\(colon)") + freeze.title + times
  }

  private func change(_ change: Change, on day: CalendarDay, from here: PortalPage) -> Markup {
    let telling = telling(of: change)
    let (start, isOpen) = (change.content.interval.start, !change.content.isEndKnown)
    let from = telling.wording.hour(start, besides: start)
    let times =
      isOpen
      ? language("from \(from)", "à partir de \(from)")
      : day.times(of: change.content.interval, telling.wording) ?? language("all day", "toute la journée")
    return element(
      .a, change.state == .cancelled ? .style("off") : nil, .href(link(.change(change.id), from: here))
    ) {
      element(.span, .style("day-times")) { times }
      " "
      element(.span, .style("day-title")) { telling.heading }
      if let state = state(of: telling) {
        " "
        element(.span, .style("day-state")) { state }
      }
    }
  }

  /// `(maintenance urgente, annulée)`: what a colour could say, in words; nil of planned maintenance that is to come.
  private func state(of telling: ChangeTelling) -> String? {
    let isAhead = telling.change.state == .planned && !telling.isUnconfirmed(at: now)
    var words = isAhead ? [] : [telling.state(at: now)]
    if !telling.content.isEndKnown { words.append(language("end not known", "fin non connue")) }
    if telling.content.kind != .maintenance { words.insert(telling.kind, at: 0) }
    if let environment = telling.otherEnvironment { words.insert(environment, at: 0) }
    return words.isEmpty ? nil : "(\(words.joined(separator: ", ")))"
  }
}

/// What one civil day of the calendar holds, cut to the day.
struct CalendarDay {
  let date: CivilDate
  /// Midnight to midnight: 23, 24 or 25 hours.
  let interval: Interval
  let zone: ZoneRules
  let windows: [Interval]
  let freezes: [Freeze]
  let holidays: [Holiday]
  let changes: [Change]

  /// Nil for the last day that can be written, which has no end.
  init?(
    _ date: CivilDate, zone: ZoneRules, windows: [Interval], holidays: [Holiday], freezes: [Freeze], changes: [Change]
  ) {
    guard
      let day = Interval(start: zone.startOfDay(date), end: zone.startOfDay(date.advanced(byDays: 1)))
    else { return nil }
    self.date = date
    interval = day
    self.zone = zone
    self.windows = windows.compactMap { $0.intersection(day) }
    self.freezes = freezes.filter { $0.interval.overlaps(day) }
    self.holidays = holidays.filter { $0.date == date }
    self.changes = changes.filter { $0.content.interval.overlaps(day) }.sorted(by: PortalLists.isEarlier)
  }

  /// Whether a month tells of the freeze on this day before any other.
  func isFirst(of freeze: Freeze) -> Bool { freeze.interval.start >= interval.start || date.day == 1 }

  /// Whether the clock changes on this day, so that times need their offsets to be told apart.
  var changesClock: Bool { zone.offset(at: interval.start) != zone.offset(at: interval.end) }

  /// `01:00–03:00`, the part of `piece` that lies in this day; the end of the day is 24:00. Nil for the whole day.
  func times(of piece: Interval, _ wording: Wording) -> String? {
    guard let part = piece.intersection(interval), part != interval else { return nil }
    // A cell is narrow: two plain times stay on one line, times with their offsets may part. A dash lets a
    // line end after it even before a hard blank (UAX #14, LB12a).
    let plain =
      wording.language("\(Self.joiner)–", "\(Typography.hard)–") + Self.joiner
      + wording.language.choice("", Typography.hard)
    let (start, end) = (time(part.start, wording), time(part.end, wording))
    return start + (start.utf8.count > 5 || end.utf8.count > 5 ? " – " : plain) + end
  }

  /// U+2060: no line break here, and no blank.
  private static let joiner = "\u{2060}"

  private func time(_ instant: Instant, _ wording: Wording) -> String {
    let offset = zone.offset(at: instant)
    // Clients read no seconds.
    let text = instant == interval.end ? "24:00" : wording.time(instant.civil(at: offset).time).prefix(5)
    return changesClock ? "\(text) (\(wording.offset(offset)))" : String(text)
  }
}

/// The hours of a day as a bar: the window fills it, a freeze runs along its upper edge, a change along its lower one,
/// so that they are told apart by place and not by colour alone. The words beside it say the same.
struct DayBar {
  let day: CalendarDay

  private static let height: Int64 = 12

  var markup: Markup {
    let minutes = day.interval.length.seconds / 60
    return element(.svg, .style("bar-of-day"), .hidden, .viewBox(width: minutes, height: Self.height), .stretched) {
      bar(day.interval, .style("bar-closed"), y: 0, height: Self.height)
      for window in day.windows { bar(window, .style("bar-window"), y: 0, height: Self.height) }
      for freeze in day.freezes { bar(freeze.interval, .style("bar-freeze"), y: 0, height: 4) }
      for change in day.changes where change.state != .cancelled {
        bar(change.content.interval, .style("bar-change"), y: 6, height: 6)
      }
    }
  }

  private func bar(_ piece: Interval, _ style: Attribute, y: Int64, height: Int64) -> Markup? {
    guard let part = piece.intersection(day.interval) else { return nil }
    let start = (part.start - day.interval.start).seconds / 60
    // A minute would be too thin to see.
    let width = max(part.length.seconds / 60, 20)
    return element(.rect, style, .x(start), .y(y), .width(width), .height(height))
  }

  /// A bar of one kind, for the legend.
  static func sample(_ style: Attribute?, y: Int64, height: Int64) -> Markup {
    element(.svg, .style("bar-sample"), .hidden, .viewBox(width: 60, height: Self.height), .stretched) {
      element(.rect, .style("bar-closed"), .x(0), .y(0), .width(60), .height(Self.height))
      if let style { element(.rect, style, .x(0), .y(y), .width(60), .height(height)) }
    }
  }
}

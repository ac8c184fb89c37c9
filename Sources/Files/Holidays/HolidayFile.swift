import CivilTime
import Planning
import Yams

/// The public holidays of one country: those of the whole country, and those that each zone has besides.
struct HolidayFile {
  let national: [HolidayRule]
  /// In the order of the file.
  let zones: [(name: String, rules: [HolidayRule])]

  /// Days that coincide show their names in this order (`8 mai` before `Ascension`).
  func calendar(zone: String, country: String) -> HolidayCalendar? {
    guard let own = zones.first(where: { $0.name == zone })?.rules else { return nil }
    let rules = (national + own).enumerated().sorted { a, b in
      a.element.name == b.element.name ? a.offset < b.offset : a.element.name < b.element.name
    }
    return HolidayCalendar(zone: "\(country)/\(zone)", rules: rules.map(\.element))
  }

  /// Nil after reporting what is wrong.
  static func read(_ bytes: [UInt8], country: String, _ problems: ProblemList) -> HolidayFile? {
    guard let document = YAMLText.document(in: bytes, problems),
      let root = Section(document, name: "", keys: ["country", "national", "zones"], problems)
    else { return nil }
    _ = root.value("country", form: "`\(country)`, the name of the file") { $0 == country ? $0 : nil }
    let national = (root.items("national") ?? []).compactMap { rule($0, problems) }
    var zones: [(name: String, rules: [HolidayRule])] = []
    for (name, line, value) in root.pairs("zones") ?? [] {
      if !ContractNames.isName(name) {
        problems.add(line, "zone `\(name.prefix(60))`: write small letters, digits and hyphens")
      }
      guard let list = value.sequence else {
        problems.add(
          value.line ?? line, "zone `\(name.prefix(60))` must be a list of holidays (`[]` for none), not \(value.kind)")
        continue
      }
      zones.append((name, list.compactMap { rule($0, problems) }))
    }
    if zones.isEmpty, root.has("zones") { root.add("zones", "there must be one at least") }
    let file = HolidayFile(national: national, zones: zones)
    file.checkRepetition(root, problems)
    return problems.problems.isEmpty ? file : nil
  }

  /// One name may have several rules only in years that do not overlap.
  private func checkRepetition(_ root: Section, _ problems: ProblemList) {
    for (zone, own) in zones {
      let rules = national + own
      for (index, rule) in rules.enumerated() {
        for other in rules[..<index] where other.name == rule.name {
          let first = max(rule.since ?? .min, other.since ?? .min)
          let last = min(rule.until ?? .max, other.until ?? .max)
          if first <= last { root.add("zones", "`\(rule.name)` holds twice in the same years in zone \(zone)") }
        }
      }
    }
  }

  private static func rule(_ node: Node, _ problems: ProblemList) -> HolidayRule? {
    let keys = ["name", "date", "easter", "since", "until", "law"]
    guard let section = Section(node, name: "holiday", keys: keys, problems) else { return nil }
    let name = section.text("name")
    let law = section.text("law")
    let day = day(section)
    let since = section.valueIfPresent("since", form: "a year such as 1983", year)
    let until = section.valueIfPresent("until", form: "a year such as 2007", year)
    if let since, let until, until < since {
      section.add("until", "the year lies before `since`")
    }
    guard let name, let law, let day else { return nil }
    return HolidayRule(name: name, day: day, law: law, since: since, until: until)
  }

  private static func day(_ section: Section) -> HolidayRule.Day? {
    switch (section.has("date"), section.has("easter")) {
    case (true, false):
      return section.value("date", form: "month and day of a day that every year has, such as 05-08") { text in
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let month = ValueText.digits(parts[0], 2...2),
          let day = ValueText.digits(parts[1], 2...2), CivilDay.exists(month: month, day: day)
        else { return nil }
        return .fixed(month: month, day: day)
      }
    case (false, true):
      return section.value("easter", form: "days after Easter Sunday, -100 to 250, such as 39") { text in
        Int(text).flatMap { (-100...250).contains($0) ? .easter($0) : nil }
      }
    case (true, true):
      section.problems.add(section.line, "a holiday has `date` or `easter`, not both")
    case (false, false):
      section.problems.add(section.line, "missing key `date` (05-08) or `easter` (39) in `holiday`")
    }
    return nil
  }

  private static func year(_ text: String) -> Int? {
    guard let year = ValueText.digits(text[...], 4...4), year > 0 else { return nil }
    return year
  }
}

/// A day of the year without the year.
enum CivilDay {
  /// Whether every year has it; 29 February is left out.
  static func exists(month: Int, day: Int) -> Bool { CivilDate(year: 2001, month: month, day: day) != nil }
}

import Planning

/// The rules of the French calendars, as a table of their own: the shipped files are tested elsewhere.
/// Source: Code du travail, art. L3133-1, L3134-13, L3422-2.
enum FrenchHolidays {
  private static let national: [HolidayRule] = [
    rule("1er janvier", .fixed(month: 1, day: 1)),
    rule("Lundi de Pâques", .easter(1)),
    rule("1er mai", .fixed(month: 5, day: 1)),
    rule("8 mai", .fixed(month: 5, day: 8)),
    rule("Ascension", .easter(39)),
    rule("Lundi de Pentecôte", .easter(50)),
    rule("14 juillet", .fixed(month: 7, day: 14)),
    rule("Assomption", .fixed(month: 8, day: 15)),
    rule("Toussaint", .fixed(month: 11, day: 1)),
    rule("11 novembre", .fixed(month: 11, day: 11)),
    rule("Jour de Noël", .fixed(month: 12, day: 25)),
  ]

  private static let added: [String: [HolidayRule]] = [
    "metropole": [],
    "alsace-moselle": [
      rule("Vendredi saint", .easter(-2), law: "L3134-13"),
      rule("2ème jour de Noël", .fixed(month: 12, day: 26), law: "L3134-13"),
    ],
    "guadeloupe": [abolition(5, 27)],
    "guyane": [abolition(6, 10)],
    "martinique": [abolition(5, 22)],
    "la-reunion": [abolition(12, 20)],
    "mayotte": [abolition(4, 27)],
    "saint-barthelemy": [abolition(5, 27, until: 2007), abolition(10, 9, since: 2008)],
    "saint-martin": [abolition(5, 27, until: 2017), abolition(5, 28, since: 2018)],
    "saint-pierre-et-miquelon": [],
  ]

  static let zones = added.keys.sorted()

  static func calendar(_ zone: String) -> HolidayCalendar {
    guard let added = added[zone] else { fatalError("no such zone: \(zone)") }
    return HolidayCalendar(zone: "fr/" + zone, rules: national + added)
  }

  private static func rule(_ name: String, _ day: HolidayRule.Day, law: String = "L3133-1") -> HolidayRule {
    HolidayRule(name: name, day: day, law: "Code du travail, art. " + law)
  }

  private static func abolition(_ month: Int, _ day: Int, since: Int? = nil, until: Int? = nil) -> HolidayRule {
    HolidayRule(
      name: "Abolition de l'esclavage", day: .fixed(month: month, day: day), law: "Code du travail, art. L3422-2",
      since: since, until: until)
  }
}

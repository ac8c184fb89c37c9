import CivilTime
import Planning
import Publication
import Testing
import Wording

@Suite struct MonthTests {
  /// The days of the table in their order, as the machine reads them.
  private func days(_ page: String) -> [String] {
    page.matches(of: #/<p class="day">\s*<time datetime="([^"]*)">/#).map { String($0.1) }
  }

  @Test func `Every month from 2020 to 2040 holds each of its days once, in weeks from Monday`() {
    var month = CalendarMonth(PortalSamples.day("2020-01-01"))
    while month.year <= 2040 {
      let page = PortalSamples.string(
        PortalSamples.site(.english).month(month.first, changes: [], windows: [], holidays: [], freezes: [])
      ).replacing(" class=\"ordinary\"", with: "")
      let expected = (0..<month.length).map { TimeText.date(month.first.advanced(byDays: $0)) }
      #expect(days(page) == expected)
      let rows = page.split(separator: "<tbody>")[1].split(separator: "<tr>").dropFirst()
      for row in rows { #expect(row.ranges(of: "<td").count == 7) }
      // ISO weekday of the first day: as many empty cells stand before it.
      let before = rows.first.map {
        String($0).split(separator: "<p class=\"day\">")[0].ranges(of: "class=\"outside\"").count
      }
      #expect(before == month.first.weekday.rawValue - 1)
      month = month.next
    }
  }

  /// Source of the weeks: ISO 8601; 2026 has 53 weeks, 1 January 2027 lies in the last.
  @Test(arguments: [
    ("2026-12-01", [49, 50, 51, 52, 53]), ("2027-01-01", [53, 1, 2, 3, 4]), ("2024-12-01", [48, 49, 50, 51, 52, 1]),
  ])
  func `Weeks have their numbers`(first: String, expected: [Int]) {
    let page = PortalSamples.month(.english, first)
    #expect(page.matches(of: #/Week <\/span>(\d+)</#).compactMap { Int($0.1) } == expected)
  }

  @Test func `Days on which the clock changes are marked, and their times have offsets`() {
    let content = PortalSamples.content(
      .maintenance, PortalSamples.interval("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"))
    let change = PortalSamples.history([.planned(content, PortalSamples.verdict)]).newest
    let autumn = PortalSamples.month(.french, "2026-10-01", changes: [change])
    #expect(autumn.ranges(of: "Changement d’heure\u{A0}: journée de 25\u{202F}h").count == 1)
    #expect(autumn.contains("02:30 (UTC+2) – 02:30 (UTC+1)"))
    // The bar of that day is 25 hours wide.
    #expect(autumn.ranges(of: "viewBox=\"0 0 1500 12\"").count == 1)
    let spring = PortalSamples.month(.french, "2026-03-01")
    #expect(spring.ranges(of: "Changement d’heure\u{A0}: journée de 23\u{202F}h").count == 1)
    #expect(!PortalSamples.month(.french, "2026-12-01").contains("Changement d’heure"))
  }

  @Test func `A change over midnight stands on both days with the times of each`() {
    let page = PortalSamples.month(.french, "2026-12-01", changes: [PortalSamples.moved().newest])
    let times = page.matches(of: #/<span class="day-times">([^<]*)</#).map { String($0.1) }
    #expect(times == ["02:00\u{A0}–\u{2060}\u{A0}24:00", "00:00\u{A0}–\u{2060}\u{A0}05:00"])
  }

  @Test func `Windows, freezes and holidays are said in words`() {
    let site = PortalSamples.site(.english)
    let calendar = HolidayCalendar(
      zone: "z", rules: [HolidayRule(name: "Noël", day: .fixed(month: 12, day: 25), law: "L")])
    let page = PortalSamples.string(
      site.month(
        PortalSamples.day("2026-12-01"), changes: [],
        windows: [PortalSamples.interval("2026-12-05T23:00Z", "2026-12-07T06:00Z")],
        holidays: calendar.holidays(in: 2026),
        freezes: [
          Freeze(
            title: "Closing", interval: PortalSamples.interval("2026-12-15T23:00Z", "2026-12-17T11:00Z"), source: "f")
        ]))
    #expect(page.contains("Window: all day") && page.contains("Window: 00:00\u{2060}–\u{2060}07:00"))
    #expect(page.contains("Public holiday: <span lang=\"fr\">Noël</span>"))
    #expect(page.contains(">Freeze: Closing, until Thursday 17 December</p>"))
    #expect(page.contains(">Freeze: Closing, 00:00\u{2060}–\u{2060}12:00</p>"))
    #expect(page.contains("<caption>December 2026, Paris time</caption>"))
  }

  /// December 2026: the 6th, 13th, 20th and 27th are Sundays; the 5th is a Saturday.
  @Test func `A narrow page shows the days that matter, and says that it leaves out the others`() {
    let content = PortalSamples.content(
      .maintenance, PortalSamples.interval("2026-12-09T01:00+01:00", "2026-12-09T03:00+01:00"))
    let change = PortalSamples.history([.planned(content, PortalSamples.verdict)]).newest
    let zone = PortalSamples.zone
    let first = PortalSamples.day("2026-12-01")
    let windows = WindowTable(
      contract: PortalSamples.contract(), environment: "production",
      covering: Interval(start: zone.startOfDay(first), end: zone.startOfDay(first.advanced(byDays: 31)))!
    ).windows.intervals
    let freeze = Freeze(
      title: "Clôture", interval: PortalSamples.interval("2026-12-15T00:00+01:00", "2026-12-19T00:00+01:00"),
      source: "f")
    let page = PortalSamples.string(
      PortalSamples.site(.french, now: "2026-11-20T00:00Z").month(
        first, changes: [change], windows: windows, holidays: [], freezes: [freeze]))
    let ordinary = page.matches(of: #/<td class="ordinary">\s*<p class="day">\s*<time datetime="2026-12-([^"]*)">/#)
    let shown = Set(1...31).subtracting(ordinary.compactMap { Int($0.1) })
    // Work, Sundays, and of a freeze its first day, which says until when, and its last.
    #expect(shown.sorted() == [6, 9, 13, 15, 18, 20, 27])
    #expect(page.contains(">Gel\u{A0}: Clôture, jusqu’au vendredi 18 décembre</p>"))
    // The last week has nothing but nights: 28 to 31 December.
    #expect(page.ranges(of: "<tr class=\"ordinary\">").count == 1)
    #expect(page.contains("Les jours où rien d’autre n’est à signaler sont omis."))
    let style = PortalSamples.string(PortalSite.stylesheet)
    #expect(style.contains(".month .outside, .month .ordinary, .month .nightly { display: none; }"))
  }

  @Test func `Only months that are published are linked`() {
    let november = PortalSamples.month(.english, "2026-11-01")
    #expect(!november.contains("October 2026") && november.contains("href=\"2026-12.html\">December 2026 →"))
    let january = PortalSamples.month(.english, "2027-01-01")
    #expect(january.contains("← December 2026") && !january.contains("February 2027"))
  }

  @Test func `Today is marked in words`() {
    #expect(PortalSamples.month(.english, "2026-12-01").ranges(of: "today-word\">today<").count == 1)
    #expect(!PortalSamples.month(.english, "2026-11-01").contains(">today<"))
  }
}

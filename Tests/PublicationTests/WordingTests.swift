import CivilTime
import Planning
import Testing
import Wording

/// U+202F and U+00A0, by the names that the expected texts use.
private let n = "\u{202F}"
private let h = "\u{A0}"

@Suite struct WordingTests {
  let french = Wording(.french, zone: Samples.zone)
  let english = Wording(.english, zone: Samples.zone)

  @Test(
    arguments: [
      (nil, [:], Language.english), (nil, ["LANG": "fr_FR.UTF-8"], .french), (nil, ["LANG": "en_GB"], .english),
      (nil, ["LC_ALL": "C", "LANG": "fr_FR"], .english), (nil, ["LC_ALL": "", "LC_MESSAGES": "fr"], .french),
      ("fr", ["LANG": "en_GB"], .french), ("fr_CA.UTF-8", [:], .french), ("en", ["LC_ALL": "fr_FR"], .english),
      (nil, ["LANG": "frr_DE"], .english), (nil, ["LC_MESSAGES": "fr_BE", "LANG": "en_US"], .french),
    ] as [(String?, [String: String], Language)])
  func languageIsChosenInTheOrderOfPOSIX(explicit: String?, environment: [String: String], expected: Language) {
    #expect(Language.preferred(explicit: explicit, environment: environment) == expected)
  }

  @Test func `Of a month, with the elision that French asks for before a vowel`() throws {
    let names = [
      "de janvier", "de février", "de mars", "d’avril", "de mai", "de juin", "de juillet", "d’août", "de septembre",
      "d’octobre", "de novembre", "de décembre",
    ]
    for (index, name) in names.enumerated() {
      #expect(french.ofMonth(try #require(CivilMonth(year: 2027, month: index + 1))) == "\(name) 2027")
    }
    #expect(english.ofMonth(try #require(CivilMonth(year: 2027, month: 4))) == "of April 2027")
  }

  @Test(arguments: [
    (
      "2026-12-06T00:00:00Z", "dimanche 6 décembre 2026 à 01:00 (heure de Paris, UTC+1)",
      "Sunday 6 December 2026, 01:00 (Paris time, UTC+1)"
    ),
    (
      "2027-08-01T10:00:05Z", "dimanche 1er août 2027 à 12:00:05 (heure de Paris, UTC+2)",
      "Sunday 1 August 2027, 12:00:05 (Paris time, UTC+2)"
    ),
  ])
  func aTimeHasItsWeekdayAndZone(utc: String, fr: String, en: String) {
    #expect(french.dateTime(Samples.at(utc)) == fr)
    #expect(english.dateTime(Samples.at(utc)) == en)
  }

  @Test(arguments: [
    (
      "2026-12-06T00:00Z", "2026-12-06T02:00Z",
      "dimanche 6 décembre 2026 de 01:00 à 03:00 (heure de Paris, UTC+1)",
      "Sunday 6 December 2026, 01:00 to 03:00 (Paris time, UTC+1)"
    ),
    (
      "2026-12-05T23:00Z", "2026-12-07T06:00Z",
      "du dimanche 6 décembre 2026 à 00:00 au lundi 7 décembre 2026 à 07:00 (heure de Paris, UTC+1)",
      "from Sunday 6 December 2026, 00:00 to Monday 7 December 2026, 07:00 (Paris time, UTC+1)"
    ),
    (
      "2026-10-24T23:00Z", "2026-10-25T03:00Z",
      "dimanche 25 octobre 2026 de 01:00 (UTC+2) à 04:00 (UTC+1), heure de Paris",
      "Sunday 25 October 2026, 01:00 (UTC+2) to 04:00 (UTC+1), Paris time"
    ),
  ])
  func aRangeNamesEachDayAndOffsetOnce(start: String, end: String, fr: String, en: String) {
    #expect(french.range(Samples.interval(start, end)) == fr)
    #expect(english.range(Samples.interval(start, end)) == en)
  }

  @Test func aRangeCanStandInASentence() {
    let night = Samples.interval("2026-12-06T00:00Z", "2026-12-06T02:00Z")
    #expect(french.when(night) == "le dimanche 6 décembre 2026 de 01:00 à 03:00 (heure de Paris, UTC+1)")
    #expect(english.when(night) == "on Sunday 6 December 2026, from 01:00 to 03:00 (Paris time, UTC+1)")
  }

  @Test func shortRangesFitTables() {
    let night = Samples.interval("2026-12-06T00:00Z", "2026-12-06T02:00Z")
    let window = Samples.interval("2026-12-05T23:00Z", "2026-12-07T06:00Z")
    let change = Samples.interval("2026-10-24T23:00Z", "2026-10-25T03:00Z")
    #expect(french.shortRange(night) == "dim. 6 déc. 01:00 – 03:00")
    #expect(english.shortRange(night) == "Sun 6 Dec 01:00–03:00")
    #expect(french.shortRange(window) == "dim. 6 déc. 00:00 – lun. 7 déc. 07:00")
    #expect(english.shortRange(window, year: true) == "Sun 6 Dec 2026 00:00 – Mon 7 Dec 2026 07:00")
    #expect(french.shortRange(change) == "dim. 25 oct. 01:00 UTC+2 – 04:00 UTC+1")
  }

  @Test(
    arguments: [
      (172_740, "47\(n)h 59\(n)min"), (0, "0\(n)min"), (12, "12\(n)s"), (3600, "1\(n)h"), (360_000, "100\(n)h"),
      (-300, "−5\(n)min"), (36_000_000, "10\(n)000\(n)h"), (3661, "1\(n)h 1\(n)min 1\(n)s"),
    ] as [(Int64, String)])
  func lengthsAreHoursMinutesAndSeconds(seconds: Int64, expected: String) {
    #expect(french.duration(Elapsed(seconds: seconds)) == expected)
    #expect(english.duration(Elapsed(seconds: seconds)) == expected)
  }

  @Test func findingsHaveFiguresAndClause() {
    let minute = Samples.interval("2026-12-08T06:00Z", "2026-12-08T06:01Z")
    let outside = Finding(.window(nil, outside: [minute]), clause: "article 5")
    #expect(
      english.finding(outside)
        == "Outside the maintenance window by 1\(n)min: "
        + "Tuesday 8 December 2026, 07:00 to 07:01, Paris time, UTC+1 (article 5).")
    #expect(
      french.finding(outside)
        == "En dehors de la fenêtre de maintenance pendant 1\(n)min\(h): "
        + "mardi 8 décembre 2026 de 07:00 à 07:01, heure de Paris, UTC+1 (article 5).")
    let late = Finding(.notice(given: Elapsed(seconds: 172_740), required: .hours(48)), clause: "article 5")
    #expect(english.finding(late) == "Notice of 47\(n)h 59\(n)min is 1\(n)min short of 48\(n)h (article 5).")
    #expect(
      french.finding(late)
        == "Le préavis est de 47\(n)h 59\(n)min\(n); il manque 1\(n)min pour les 48\(n)h nécessaires (article 5).")
    let overlap = Finding(.overlap([Booking(change: ChangeID(year: 2026, number: 7), interval: minute)]), clause: nil)
    #expect(
      english.finding(overlap)
        == "Overlaps CHG-2026-0007, Tuesday 8 December 2026, 07:00 to 07:01, Paris time, UTC+1; "
        + "to allow it, add --alongside CHG-2026-0007.")
  }

  @Test func aTimeThatIsSkippedOrComesTwiceIsExplained() {
    let skipped = CivilDateTime(date: CivilDate("2027-03-28")!, time: TimeOfDay(hour: 2, minute: 30)!)
    #expect(
      english.ambiguity(civil: skipped, Samples.zone.resolve(skipped), field: .start)
        == "--start: 02:30 does not exist on Sunday 28 March 2027 (Paris time): the clock goes from UTC+1 to UTC+2 "
        + "and skips it. Write 2027-03-28T01:30+01:00 or 2027-03-28T03:30+02:00.")
    let twice = CivilDateTime(date: CivilDate("2026-10-25")!, time: TimeOfDay(hour: 2, minute: 30)!)
    #expect(
      french.ambiguity(civil: twice, Samples.zone.resolve(twice), field: .start)
        == "--start\(h): 02:30 existe deux fois le dimanche 25 octobre 2026 (heure de Paris), d’abord à UTC+2, "
        + "puis à UTC+1. Écrivez 2026-10-25T02:30+02:00 ou 2026-10-25T02:30+01:00.")
  }

  @Test func anEmergencyIsAnnouncedNeverPlanned() {
    #expect(french.state(.planned, of: .emergency) == "annoncée")
    #expect(english.state(.planned, of: .emergency) == "announced")
    #expect(french.state(.planned, of: .maintenance) == "planifiée")
    #expect(french.state(.planned) == "annoncée")
  }
}

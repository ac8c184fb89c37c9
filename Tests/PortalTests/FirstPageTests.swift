import CivilTime
import Planning
import Publication
import TestSupport
import Testing
import Wording

/// What a client looks for first. Sources: contract, articles 5 and 6; words.md, section 6.
@Suite struct FirstPageTests {
  private let now = "2026-12-01T10:00+01:00"

  private func home(
    _ changes: [Change], in language: Language = .french, component: String? = nil, isWhole: Bool = true
  ) -> String {
    let site = PortalSamples.site(language, now: now)
    return PortalSamples.string(
      site.home(PortalLists(changes, at: site.now), component: component, isWhole: isWhole))
  }

  private func change(
    _ number: Int, _ start: String, _ title: String, impact: Impact = .outage, components: [String] = ["application"],
    environment: String = "production", _ more: [ChangeEvent] = []
  ) -> Change {
    let start = PortalSamples.at(start)
    var content = PortalSamples.content(.maintenance, Interval(start: start, end: start + .hours(2))!)
    content.title = title
    content.impact = impact
    content.components = components
    content.environment = environment
    return PortalSamples.history([.planned(content, PortalSamples.verdict)] + more, number: number).newest
  }

  /// The box that stands first.
  private func box(_ page: String) -> String {
    String(page.split(separator: "<section").dropFirst().first?.split(separator: "</section>").first ?? "")
  }

  // MARK: The window in one sentence

  private static func terms(
    nights: [ContractTerms.NightRange], weekdays: Set<Weekday>, holidays: Bool, notice: Elapsed
  ) -> ContractTerms {
    var terms = ContractTerms.sample
    terms.window.nights = nights
    terms.window.weekdays = weekdays
    terms.window.holidays = holidays
    terms.planned.notice = notice
    return terms
  }

  private static func night(_ start: Int, _ end: Int?, _ days: Set<Weekday>? = nil, minute: Int = 0)
    -> ContractTerms.NightRange
  {
    .init(
      start: TimeOfDay(hour: start, minute: minute)!, end: end.map { TimeOfDay(hour: $0, minute: 0)! }, days: days)
  }

  static let windows: [(ContractTerms, french: String, english: String)] = [
    (
      .sample,
      "Maintenance planifiée, annoncée au moins 48 heures à l’avance : chaque nuit de 0 h à 7 h, le dimanche et les jours fériés. Une maintenance urgente peut être nécessaire à tout moment (article 5).",
      "Planned maintenance, announced at least 48 hours ahead: every night from 00:00 to 07:00, on Sundays and on public holidays. Emergency maintenance may be necessary at any time (article 5)."
    ),
    (
      terms(nights: [night(22, 6)], weekdays: [], holidays: false, notice: .hours(72)),
      "Maintenance planifiée, annoncée au moins 72 heures à l’avance : chaque nuit de 22 h à 6 h. Une maintenance urgente peut être nécessaire à tout moment (article 5).",
      "Planned maintenance, announced at least 72 hours ahead: every night from 22:00 to 06:00. Emergency maintenance may be necessary at any time (article 5)."
    ),
    (
      terms(
        nights: [night(21, 5, [.monday, .tuesday, .wednesday, .thursday, .friday])], weekdays: [.saturday, .sunday],
        holidays: true, notice: .zero),
      "Maintenance planifiée : du lundi au vendredi de 21 h à 5 h le lendemain, le samedi, le dimanche et les jours fériés. Une maintenance urgente peut être nécessaire à tout moment (article 5).",
      "Planned maintenance: from Monday to Friday from 21:00 to 05:00 the next day, on Saturdays, on Sundays and on public holidays. Emergency maintenance may be necessary at any time (article 5)."
    ),
    (
      terms(nights: [night(12, 14), night(23, nil, minute: 30)], weekdays: [], holidays: false, notice: .minutes(90)),
      "Maintenance planifiée, annoncée au moins 1 heure 30 minutes à l’avance : chaque jour de 12 h à 14 h et chaque nuit de 23 h 30 à minuit. Une maintenance urgente peut être nécessaire à tout moment (article 5).",
      "Planned maintenance, announced at least 1 hour 30 minutes ahead: every day from 12:00 to 14:00 and every night from 23:30 to midnight. Emergency maintenance may be necessary at any time (article 5)."
    ),
  ]

  @Test(arguments: windows.indices)
  func `The window is one sentence, made of the contract's own terms`(index: Int) {
    let (terms, french, english) = FirstPageTests.windows[index]
    for (language, expected) in [(Language.french, french), (.english, english)] {
      let text = Wording(language, zone: Fixtures.paris, audience: .clients).window(terms)
      #expect(text.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ") == expected)
    }
  }

  @Test func `The window stands on the first page`() {
    #expect(home([]).contains("chaque nuit de 0\u{202F}h à 7\u{202F}h, le dimanche et les jours fériés. Une"))
  }

  // MARK: What comes next

  @Test func `Where nothing goes on, what comes next stands first: title, night, hours, what is touched`() {
    let page = home([change(1, "2026-12-06T01:00+01:00", "Migration"), change(2, "2026-12-08T01:00+01:00", "Autre")])
    let box = box(page)
    for text in [
      "Prochaine intervention</h2>", "CHG-2026-0001/index.html", "Migration",
      "Nuit du samedi 5 au dimanche 6 décembre 2026, de 1\u{202F}h à 3\u{202F}h",
      "Le composant application sera indisponible pendant l’intervention.", "Aucune intervention n’est en cours.",
    ] { #expect(box.contains(text), "\(text)") }
    #expect(!box.contains("Autre"))
  }

  @Test func `What is cancelled, or not in production, does not come next; what clients feel goes before`() {
    let page = home(
      [
        change(1, "2026-12-02T01:00+01:00", "Cancelled one", [.cancelled(reason: nil)]),
        change(2, "2026-12-03T01:00+01:00", "Trial", environment: "preproduction"),
        change(3, "2026-12-04T01:00+01:00", "Unfelt", impact: .reducedRedundancy),
        change(4, "2026-12-06T01:00+01:00", "Felt", impact: .degraded),
      ], in: .english)
    #expect(box(page).contains("Next work with an impact</h2>") && box(page).contains("CHG-2026-0004/"))
    let unfelt = home([change(3, "2026-12-04T01:00+01:00", "Unfelt", impact: .none)], in: .english)
    #expect(box(unfelt).contains("Next work</h2>") && box(unfelt).contains("No disruption is expected."))
    let cancelled = home(
      [change(1, "2026-12-02T01:00+01:00", "Cancelled one", [.cancelled(reason: nil)])], in: .english)
    let trial = home([change(2, "2026-12-03T01:00+01:00", "Trial", environment: "preproduction")], in: .english)
    #expect(box(trial).contains("No work is in progress. None is planned in production."))
    #expect(box(cancelled).contains("No work is in progress. None is planned."))
  }

  @Test func `What goes on stands first, whatever comes`() {
    let page = home([
      change(1, "2026-12-01T09:30+01:00", "Maintenant", [.started(at: PortalSamples.at(now), reason: nil)]),
      change(2, "2026-12-06T01:00+01:00", "Plus tard"),
    ])
    #expect(box(page).contains("En ce moment</h2>") && box(page).contains("Une intervention est en cours."))
    #expect(!box(page).contains("Plus tard"))
  }

  // MARK: By component

  @Test func `A component has a page of what touches it, and of what touches all`() {
    let changes = [
      change(1, "2026-12-06T01:00+01:00", "A", components: ["application"]),
      change(2, "2026-12-07T01:00+01:00", "F", components: ["flux"]),
      change(3, "2026-12-08T01:00+01:00", "T", components: []),
    ]
    let page = home(changes, component: "flux")
    #expect(page.contains("<h1>Maintenances et mises à jour\u{A0}: flux</h1>"))
    #expect(!page.contains("CHG-2026-0001") && page.contains("CHG-2026-0002") && page.contains("CHG-2026-0003"))
    #expect(box(page).contains("CHG-2026-0002"))
    #expect(page.contains("href=\"../index.html\">Tous les composants</a>"))
    #expect(page.contains("href=\"flux.html\" aria-current=\"page\">flux</a>"))
    #expect(page.contains("href=\"../CHG-2026-0002/index.html\""))
    #expect(home(changes).contains("href=\"component/flux.html\">flux</a>"))
    // Lists that were cut are no ground to say that there is nothing.
    #expect(home([], component: "flux").contains("Rien n’est annoncé."))
    #expect(!home([], component: "flux", isWhole: false).contains("Rien n’est annoncé."))
  }

  // MARK: Whom to call

  @Test func `Whom clients call and write to stands on top of every page`() {
    for (path, page) in PortalSamples.pages() where path != "index.html" {
      let header = page.split(separator: "</header>").first ?? ""
      #expect(header.contains("<a href=\"tel:+33123456789\">+33\u{A0}1\u{A0}23\u{A0}45\u{A0}67\u{A0}89</a>"), "\(path)")
      #expect(header.contains("<a href=\"mailto:support@portal.example\">support@portal.example</a>"), "\(path)")
      #expect(page.ranges(of: "mailto:").count == 1, "\(path)")
    }
  }

  // MARK: Availability

  /// October 2026 has 22 working days of 13 hours and no public holiday, 17,160 minutes; the sample knows no holidays, so
  /// that November has 21. 40 minutes of October are 0.2331 %; 99.7668… is rounded down. 172 minutes are 1.0023 %.
  private func months(_ language: Language, down minutes: Int64 = 40) -> String {
    var contract = PortalSamples.contract()
    contract.versions[0].availability = .init(
      clause: "article 6", targetBasisPoints: 9900,
      hours: TimeOfDayRange(startSeconds: 7 * 3600, endSeconds: 20 * 3600)!,
      weekdays: [.monday, .tuesday, .wednesday, .thursday, .friday], exceptHolidays: true, excludedCauseWins: true)
    let start = PortalSamples.at("2026-10-05T09:00+02:00")
    let stop = Stop(
      source: .supposed, title: "", cause: .incident, environment: "production",
      interval: Interval(start: start, end: start + .minutes(minutes))!)
    let site = PortalSamples.site(language, now: "2026-11-10T10:00+01:00")
    let months = ["2026-11", "2026-10", "2026-09", "2026-08"].compactMap { text in
      CivilMonth(text).flatMap { ReferencePeriod(contract, month: $0) }.map {
        MonthAvailability(service: contract.service, period: $0, stops: [stop], now: site.now)
      }
    }
    return PortalSamples.string(site.home(PortalLists([], at: site.now), availability: months))
  }

  @Test func `Past months say their figure rounded down, beside the promise, and what is provisional`() {
    let french = months(.french).replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
    #expect(french.contains("<caption>Par mois, arrondie au centième inférieur (article 6)</caption>"))
    let rows = french.matches(of: #/<th scope="row">([^<]*)<\/th>\n<td><strong>([^<]*)<\/strong><\/td>\n<td>([^<]*)</#)
    #expect(
      rows.map { "\($0.1) | \($0.2) | \($0.3)" } == [
        "Novembre 2026 | 100 % | 99 %, provisoire",
        "Octobre 2026 | 99,76 % | 99 %, respecté", "Septembre 2026 | 100 % | 99 %, respecté",
        "Août 2026 | 100 % | 99 %, respecté",
      ])
    // Three are shown; what came before is folded.
    #expect(french.split(separator: "<details>").last?.contains("Août 2026") == true)
    #expect(french.split(separator: "<details>").first?.contains("Septembre 2026") == true)
    let english = months(.english, down: 172).replacing("\u{202F}", with: " ")
    #expect(english.contains("<strong>98.99%</strong>") && english.contains("99%, not met"))
    #expect(french.contains("Ces chiffres sont provisoires : le mois n’est pas terminé"))
    // What staff steers by is not for everyone.
    for word in ["Budget", "budget", "reste", "left"] { #expect(!french.contains("\(word) ")) }
    #expect(!home([]).contains("Disponibilité</h2>"))
  }
}

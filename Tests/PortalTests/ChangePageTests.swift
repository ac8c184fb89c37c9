import CivilTime
import Planning
import Publication
import Testing
import Wording

@Suite struct ChangePageTests {
  private func page(_ history: PublishedHistory, _ language: Language, now: String = "2026-12-06T02:00+01:00") -> String
  {
    PortalSamples.string(PortalSamples.site(language, now: now).change(history))
  }

  @Test(arguments: Language.allCases)
  func `No text calls an emergency planned, wherever it stands`(language: Language) {
    let planned = ChangeEvent.planned(PortalSamples.content(.emergency), PortalSamples.verdict)
    let start = PortalSamples.at("2026-12-06T01:02+01:00")
    let end = PortalSamples.at("2026-12-06T02:30+01:00")
    for events: [ChangeEvent] in [
      [planned], [planned, .cancelled(reason: nil)], [planned, .started(at: start, reason: nil)],
      [planned, .started(at: start, reason: nil), .completed(at: end, reason: nil)],
      [.emergencyRecorded(PortalSamples.content(.emergency), PortalSamples.verdict, start: start, end: end)],
    ] {
      let history = PortalSamples.history(events)
      let site = PortalSamples.site(language)
      // What the contract says of planned work.
      let window = Wording(language, zone: PortalSamples.zone, audience: .clients)
        .window(PortalSamples.contract().versions[0])
      for page in [
        page(history, language),
        PortalSamples.string(site.home(PortalSamples.lists([history.newest], [], [history.newest])))
          .replacing(window, with: ""),
        PortalSamples.string(site.past([history.newest])),
      ] {
        #expect(!page.lowercased().contains(language("planned", "planifi")))
        #expect(page.contains(language("Emergency maintenance", "Maintenance urgente")))
      }
    }
  }

  @Test func `A cancelled change stays, marked in words and struck`() {
    let planned = ChangeEvent.planned(PortalSamples.content(), PortalSamples.verdict)
    let french = page(PortalSamples.history([planned, .cancelled(reason: "Inutile")]), .french)
    #expect(french.contains("<title>[ANNULÉE] Mise à niveau"))
    #expect(french.contains("<del><bdi>Mise à niveau</bdi></del>"))
    #expect(french.contains(">Annulée</span>") && french.contains("elle n’aura pas lieu"))
  }

  @Test func `The history tells each revision, when it was published, and what changed`() {
    let french = page(PortalSamples.moved(), .french)
    #expect(french.ranges(of: "<h3>Version").count == 2)
    #expect(
      french.contains(
        "<time datetime=\"2026-12-02T10:30:00+01:00\">mercredi 2 décembre 2026 à 10\u{202F}h\u{202F}30"))
    for text in [
      "nuit du samedi 5 au dimanche 6 décembre 2026, de 1\u{202F}h à 3\u{202F}h",
      "du dimanche 13 décembre à 2\u{202F}h au lundi 14 décembre 2026 à 5\u{202F}h",
      "flux indisponibles", "alentissements ou brèves indisponibilités (composants", "Mise à niveau (2)",
      "Ancien texte", "Changement de moteur. Encore.",
    ] { #expect(french.contains(text), "\(text)") }
    // What did not change is no line of the table.
    #expect(!french.contains("<th scope=\"row\">Composants</th>"))
  }

  @Test func `Notices stand under the revision that they spoke of`() {
    let moment = PortalSamples.at("2026-12-02T11:00+01:00")
    let notice = NoticeRecord(
      kind: .rescheduled, channel: .mail, revision: 1, publishedAt: .init(stated: moment, recorded: moment))
    let page = PortalSamples.string(PortalSamples.site(.french).change(PortalSamples.moved(), notices: [notice]))
    let newest = page.split(separator: "<h3>Version\u{A0}2").last?.split(separator: "<h3>Version\u{A0}1").first ?? ""
    #expect(
      newest.contains("Avis\u{A0}: report (courriel), le mercredi 2 décembre 2026 à 11\u{202F}h"))
    #expect(page.ranges(of: "Avis\u{A0}:").count == 1)
  }

  @Test func `A revision is named for what it did`() {
    let first = PortalSamples.content(.emergency)
    var worse = first
    worse.description = "Plus"
    let again = page(
      PortalSamples.history([
        .planned(first, PortalSamples.verdict), .rescheduled(worse, PortalSamples.verdict),
      ]), .english)
    #expect(again.contains("Version\u{A0}2 – new announcement") && !again.contains("new time"))
    #expect(page(PortalSamples.moved(), .french).contains("Version\u{A0}2 – nouvel horaire"))
    let interval = first.interval
    let late = ChangeEvent.emergencyRecorded(first, PortalSamples.verdict, start: interval.start, end: interval.end)
    #expect(page(PortalSamples.history([late]), .french).contains("Version\u{A0}1 – compte rendu"))
  }

  @Test func `A change whose title shows nothing is named by its identifier`() {
    var content = PortalSamples.content()
    content.title = "\u{200B}\u{FEFF} \u{7}"
    let history = PortalSamples.history([.planned(content, PortalSamples.verdict)])
    #expect(page(history, .english).contains("<h1><bdi>CHG-2026-0042</bdi></h1>"))
  }

  @Test func `An update says its version, what it needs, and links its documentation`() {
    let english = page(
      PortalSamples.history([.planned(PortalSamples.content(.update), PortalSamples.verdict)]), .english)
    for text in [
      "<bdi>8.2</bdi>", "Improvement", "User training", "Planned interruption",
      "<a href=\"https://portal.example/docs/8.2\">", "Article 10", "Wednesday 2 December 2026 at 09:30",
    ] { #expect(english.contains(text), "\(text)") }
  }

  @Test func `Actual times and an overrun are stated`() {
    let history = PortalSamples.history([
      .planned(PortalSamples.content(), PortalSamples.verdict),
      .started(at: PortalSamples.at("2026-12-06T01:02+01:00"), reason: nil),
      .completed(at: PortalSamples.at("2026-12-06T03:40+01:00"), reason: nil),
    ])
    let english = page(history, .english)
    #expect(english.contains("Sunday 6 December 2026 at 03:40"))
    #expect(english.contains("<dd>40\u{202F}min</dd>"))
    #expect(english.contains("The work ended 40\u{A0}minutes after the announced end (03:00)."))
  }

  @Test func `Work that was over before its announced start says so`() {
    func history(ended: String) -> String {
      page(
        PortalSamples.history([
          .planned(PortalSamples.content(), PortalSamples.verdict),
          .started(at: PortalSamples.at("2026-12-05T01:02+01:00"), reason: "Vendor came early"),
          .completed(at: PortalSamples.at(ended), reason: nil),
        ]), .english)
    }
    let early =
      "The work took place earlier than announced and ended on Saturday 5 December 2026 at 02:00."
    #expect(history(ended: "2026-12-05T02:00+01:00").contains(early))
    #expect(!history(ended: "2026-12-06T01:30+01:00").contains("took place earlier"))
  }

  @Test func `A description keeps its lines, and documentation that is no web address is no link`() {
    var content = PortalSamples.content(.update)
    content.description = "Un\n\nDeux"
    content.update?.documentation = "javascript:alert(1)"
    let french = page(PortalSamples.history([.planned(content, PortalSamples.verdict)]), .french)
    #expect(french.contains("class=\"prose\" dir=\"auto\">Un\n\nDeux</p>"))
    #expect(french.contains("<dd>javascript:alert(1)</dd>"))
    #expect(!french.contains("href=\"javascript"))
  }

  @Test func `The page depends on the moment only in that the time of a plan is over`() {
    let history = PortalSamples.moved()
    let ahead = page(history, .french, now: "2026-12-03T00:00Z")
    #expect(ahead == page(history, .french, now: "2026-12-14T03:59:59Z"))
    let over = page(history, .french, now: "2026-12-14T04:00Z")
    #expect(over == page(history, .french, now: "2027-02-01T00:00Z") && over != ahead)
    #expect(ahead.contains(">Planifiée</span>"))
    #expect(!over.contains(">Planifiée</span>") && over.contains(">Non confirmée</span>"))
  }

  @Test(arguments: Language.allCases)
  func `A plan whose time went by without a word is planned nowhere`(language: Language) {
    let history = PortalSamples.history([.planned(PortalSamples.content(), PortalSamples.verdict)])
    let site = PortalSamples.site(language, now: "2026-12-20T00:00Z")
    let sentence = language(
      "The announced time is over; whether the work took place has not been confirmed yet.",
      "L’horaire annoncé est passé ; le déroulement de l’intervention reste à confirmer.")
    for page in [
      site.home(PortalLists([history.newest], at: site.now)), site.past([history.newest]), site.change(history),
    ] {
      let text = PortalSamples.string(page)
      #expect(!text.contains(language(">Planned<", ">Planifiée<")))
      #expect(text.contains(language(">Not confirmed<", ">Non confirmée<")) && text.contains(sentence))
    }
    let month = site.month(
      PortalSamples.day("2026-12-01"), changes: [history.newest], windows: [], holidays: [], freezes: [])
    #expect(PortalSamples.string(month).contains(language("(not confirmed)", "(non confirmée)")))
  }

  @Test func `Changes fall into now, upcoming and past`() {
    func change(_ number: Int, _ start: String, _ end: String, _ more: [ChangeEvent] = []) -> Change {
      let content = PortalSamples.content(.maintenance, PortalSamples.interval(start, end))
      return PortalSamples.history([.planned(content, PortalSamples.verdict)] + more, number: number).newest
    }
    let now = PortalSamples.at("2026-12-06T02:00Z")
    let started = ChangeEvent.started(at: PortalSamples.at("2026-12-05T00:00Z"), reason: nil)
    let lists = PortalLists(
      [
        change(1, "2026-12-06T02:00Z", "2026-12-06T03:00Z"), change(2, "2026-12-06T01:00Z", "2026-12-06T02:00Z"),
        change(3, "2026-12-06T02:01Z", "2026-12-06T03:00Z"),
        change(4, "2026-12-05T00:00Z", "2026-12-05T01:00Z", [started]),
        change(5, "2026-12-06T01:00Z", "2026-12-06T03:00Z", [.cancelled(reason: nil)]),
        change(6, "2026-12-05T01:00Z", "2026-12-05T03:00Z", [.cancelled(reason: nil)]),
        change(
          7, "2026-12-05T00:00Z", "2026-12-07T03:00Z",
          [started, .completed(at: PortalSamples.at("2026-12-06T01:30Z"), reason: nil)]),
      ], at: now)
    #expect(lists.current.map(\.id.number) == [4, 1])
    #expect(lists.upcoming.map(\.id.number) == [5, 3])
    #expect(lists.past.map(\.id.number) == [2, 6, 7])
  }
}

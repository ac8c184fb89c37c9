import CivilTime
import Planning
import Testing
import Wording

@testable import Publication

/// The facts of a change, wherever they are told.
@Suite struct ChangeFactsTests {
  /// Everything that a plan says, in other words.
  private static let other: ChangeContent = {
    var content = Samples.content(.update, title: "Une autre", description: "Autre chose.")
    content.components = ["administration"]
    content.interval = Samples.interval("2026-12-13T02:00+01:00", "2026-12-13T05:00+01:00")
    content.impact = .degraded
    content.reason = "Demande du client"
    content.moveReason = "Le fournisseur est en retard"
    content.update = UpdateDetails(
      version: "8.3", category: .correction, training: false, configuration: false, interruption: false,
      documentation: nil)
    return content
  }()

  private static let start = ChangeEvent.started(at: Samples.at("2026-12-06T00:30+01:00"), reason: "En avance")

  /// What leads to a newest revision of each kind.
  private static let lives: [[ChangeEvent]] = [
    [.rescheduled(other, Samples.verdict)], [.amended(other, Samples.verdict)], [.cancelled(reason: "Inutile")],
    [start], [start, .extended(end: Samples.at("2026-12-06T04:30+01:00"), reason: "Contrôle plus long")],
    [start, .completed(at: Samples.at("2026-12-06T03:10+01:00"), reason: "Contrôle plus long")],
  ]

  @Test(arguments: lives, Language.allCases)
  func `Portal and mail of a revision name the same changes of the plan`(life: [ChangeEvent], language: Language) throws
  {
    let events = [.planned(Samples.content(.update), Samples.verdict)] + life
    let revisions = (1...events.count).map { Samples.change(Array(events.prefix($0))) }
    let history = try #require(PublishedHistory(revisions))
    let newest = history.newest
    let kind = try #require(NoticeKind.current(for: newest))
    let notice = try NoticeTemplates(folder: Samples.templateFolder).document(
      kind, of: newest, contract: Samples.contract, language: language, isSimulation: false)
    let mail = notice.differences.map(\.name)

    let month = CalendarMonth(try #require(CivilDate(year: 2026, month: 12, day: 1)))
    let site = PortalSite(
      contract: Samples.contract, language: language, now: Samples.at("2026-12-20T00:00Z"), isSimulation: false,
      base: "https://portal.example/maintenance", pastYears: [], months: month...month)
    let page = String(decoding: site.change(history), as: UTF8.self)
    // The newest revision stands first; each line of its table begins with a heading.
    let table = try #require(page.split(separator: "<table class=\"differences\">").dropFirst().first)
    let portal = table.split(separator: "</table>")[0].split(separator: "<th scope=\"row\">").dropFirst()
      .map { String($0.prefix { $0 != "<" }) }

    // Why, and how the work went on, stands among the facts of a notice; that its state is another is what it is about. Of
    // the title and the description it says in sentences that they differ.
    let told = notice.facts.map(\.name) + [language("State", "État"), "Description"]
    #expect(portal.filter { mail.contains($0) || !told.contains($0) } == mail)
    for name in portal where !mail.contains(name) { #expect(told.contains(name)) }
    let moved = [Self.lives[0], Self.lives[1]].contains(life)
    #expect(mail.count == (moved ? 9 : NoticeKind.extended == kind ? 1 : 0), "\(mail)")
  }

  @Test func `Every place finds the facts that it puts first, and no fact is stated twice`() {
    let keys = ChangeFacts.table.map(\.key)
    #expect(Set(keys).count == keys.count)
    for place in ChangeFacts.Place.allCases {
      let told = Set(ChangeFacts.rows[place, default: []].map(\.key))
      // Both lists of differences have one order.
      let known = [.plan, .progress].contains(place) ? Set(keys) : told
      #expect(ChangeFacts.first(place).allSatisfy(known.contains), "\(place)")
    }
  }

  @Test func `What has one name in one language has one name in the other`() {
    let change = Samples.change(for: .completed, Samples.content())
    let tellings = Language.allCases.map { ChangeTelling(change, contract: Samples.contract, language: $0) }
    for (a, b) in [(tellings[0], tellings[1]), (tellings[1], tellings[0])] {
      let names = Dictionary(grouping: ChangeFacts.table) { $0.name(a) }
      for (name, rows) in names { #expect(Set(rows.map { $0.name(b) }).count == 1, "\(name)") }
    }
  }
}

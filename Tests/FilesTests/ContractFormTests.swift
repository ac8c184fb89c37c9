import CivilTime
import Foundation
import Planning
import TestSupport
import Testing

@testable import Files

@Suite struct ContractFormTests {
  private func span(_ start: String, _ end: String) throws -> Interval {
    try #require(Interval(start: utc(start), end: utc(end)))
  }

  private func terms(_ changes: [(String, String)]) throws -> ContractTerms { try contract(changes).versions[0] }

  private func contract(_ changes: [(String, String)]) throws -> Contract {
    let bench = try Workbench()
    var text = try bench.text(BrokenContractTests.file)
    for (old, new) in changes {
      #expect(text.contains(old))
      text = text.replacingOccurrences(of: old, with: new)
    }
    try bench.write(BrokenContractTests.file, Array(text.utf8))
    return try ContractFolder(bench.path).load(service: "profession-liberale").contract
  }

  @Test func `nights are one range or a list, cross midnight and end at 24:00`() throws {
    let window = try terms([("nights: 00:00-07:00", "nights: [22:30-06:00, 12:00-13:00, 21:00-24:00]")]).window
    let shown = window.nights.map { ($0.start.secondsAfterMidnight / 60, $0.end.map { $0.secondsAfterMidnight / 60 }) }
    #expect(shown.map(\.0) == [1350, 720, 1260])
    #expect(shown.map(\.1) == [360, 780, nil])
  }

  /// 24 October 2026 is a Saturday, and the clocks go back in its night.
  @Test func `a night of some days belongs to the day on which it begins`() throws {
    let contract = try contract([
      (
        "nights: 00:00-07:00",
        "nights: [{ hours: 21:00-05:00, days: friday-saturday }, { hours: 02:30-04:00, days: [tuesday] }]"
      ),
      ("weekdays: [sunday] ", "weekdays: [] "), ("holidays: true", "holidays: false"),
    ])
    let range = try span("2026-10-21T22:00:00Z", "2026-10-28T23:00:00Z")
    let table = WindowTable(contract: contract, environment: "production", covering: range)
    #expect(
      try Array(table.windows(meeting: range)) == [
        span("2026-10-23T19:00:00Z", "2026-10-24T03:00:00Z"), span("2026-10-24T19:00:00Z", "2026-10-25T04:00:00Z"),
        span("2026-10-27T01:30:00Z", "2026-10-27T03:00:00Z"),
      ])
  }

  @Test func `components and environments have names for people, and environments are kept from the public`() throws {
    let plain = try contract([])
    #expect(plain.componentNames.isEmpty && plain.environmentNames.isEmpty && plain.isPublic("preproduction"))
    let contract = try contract([
      ("administration, flux]", "{ id: flux, fr: Échanges, en: Data exchange }, { id: api, fr: Interface }]"),
      (
        "environments: [production, preproduction]\nc",
        "environments: [{ id: production, fr: Production }, { id: preproduction, public: false }]\nc"
      ),
    ])
    #expect(contract.components == ["application", "flux", "api"])
    #expect(
      contract.componentNames == [
        "flux": .init(french: "Échanges", english: "Data exchange"),
        "api": .init(french: "Interface", english: "Interface"),
      ])
    #expect(contract.environments == ["production", "preproduction"])
    #expect(contract.environmentNames == ["production": .init(french: "Production", english: "Production")])
    #expect(contract.isPublic("production") && !contract.isPublic("preproduction"))
  }

  @Test func `environments may be free of the window`() throws {
    let window = try terms([("# any-time-environments", "any-time-environments")]).window
    #expect(window.anyTimeEnvironments == ["preproduction"])
  }

  @Test(arguments: ["+33 1 23 45 67 89", "01.23.45.67.89", "3939"])
  func `whom clients call, and whether they see the availability, are the contract's to say`(phone: String) throws {
    let contract = try contract([
      ("contact: { name: Support,", "contact: { name: Support, phone: \(phone),"),
      ("publication: { keep-past", "publication: { availability: true, keep-past"),
    ])
    #expect(contract.contact.phone == phone && contract.showsAvailability)
  }

  @Test func `anchors, aliases and merge keys are read`() throws {
    let terms = try terms([
      ("emergency: { clause: article 5,", "emergency: &five { clause: article 5b,"),
      ("updates: { clause: article 10,", "updates: { clause: &ten article 10,"),
      ("planned-maintenance: { clause: article 5,", "planned-maintenance: { clause: *c,"),
      ("      clause: article 5\n      nights", "      clause: &c article 5\n      nights"),
      ("      clause: article 6", "      clause: *ten"),
    ])
    #expect(terms.planned.clause == "article 5")
    #expect(terms.availability?.clause == "article 10")
  }

  @Test func `availability and support may be left out, and readings have their defaults`() throws {
    let bench = try Workbench()
    let text = """
      service: small
      name: Petit
      source: Contrat
      components: [application]
      environments: [production]
      contact: { name: Support }
      organizer: a@b.example
      portal: http://b.example
      versions:
        - effective-from: 2026-01-01
          time-zone: UTC
          holidays: fr/alsace-moselle
          maintenance-window: { clause: 1, nights: 01:00-02:00, holidays: false }
          planned-maintenance: { clause: 2, notice: 0h }
          emergency: { clause: 3 }
          updates: { clause: 4 }
      """
    try bench.write("services/small.yaml", Array(text.utf8))
    let loaded = try ContractFolder(bench.path).load(service: "small")
    let terms = loaded.contract.versions[0]
    #expect(loaded.sources.map(\.name) == ["services/small.yaml", "holidays/fr.yaml"])
    #expect(terms.availability == nil)
    #expect(terms.support == nil)
    #expect(terms.planned.insideAnnouncedKeepsNotice)
    #expect(terms.emergency.refuseWhenPlannable)
    #expect(terms.updates.announceBeforeStart)
    #expect(loaded.contract.keepPastDays == 90)
    #expect(loaded.contract.contact.phone == nil)
    // What is promised nowhere cannot be shown.
    try bench.write("services/small.yaml", Array((text + "\n    publication: { availability: true }").utf8))
    #expect(throws: (any Error).self) { try ContractFolder(bench.path).load(service: "small") }
    #expect(try ContractFolder(bench.path).services() == ["profession-liberale", "small"])
  }

  @Test(
    arguments: [
      ("99 %", 9900), ("99%", 9900), ("99.9 %", 9990), ("99.95 %", 9995), ("99.05%", 9905), ("100 %", 10_000),
      ("0.01 %", 1), ("100.01 %", nil), ("0 %", nil), ("99.955 %", nil), ("99", nil), (".5 %", nil), ("99. %", nil),
      ("-1 %", nil), ("99,5 %", nil), ("９９ %", nil), ("% ", nil), ("99  %", nil),
    ] as [(String, Int?)]) func `percentages are exact`(text: String, points: Int?)
  {
    #expect(ValueText.basisPoints(text) == points)
  }
}

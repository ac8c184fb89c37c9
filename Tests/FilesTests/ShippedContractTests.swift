import CivilTime
import Foundation
import Planning
import Testing

@testable import Files

@Suite struct ShippedContractTests {
  private let folder = ContractFolder(Workbench.shipped)

  @Test func `the shipped folder has nothing wrong`() throws {
    #expect(folder.check() == [])
    #expect(try folder.services() == ["profession-liberale"])
    #expect(try folder.loadAll().map(\.contract.service) == ["profession-liberale"])
  }

  @Test func `the contract says what its articles say`() throws {
    let contract = try folder.load(service: "profession-liberale").contract
    let name = "Cegid Profession Libérale"
    #expect(contract.name == .init(french: name, english: name))
    #expect(contract.source == "Livret de Services, 18 octobre 2021")
    #expect(contract.components == ["application", "administration", "flux"])
    #expect(contract.environments == ["production", "preproduction"])
    #expect(contract.contact == .init(name: "Support", url: "https://portal.example/support", email: nil))
    #expect(contract.organizer == "maintenance@portal.example")
    #expect(contract.portal == "https://portal.example/maintenance")
    #expect(contract.keepPastDays == 90)
    #expect(contract.outages == .status)
    #expect(!contract.showsAvailability)
    #expect(contract.versions[0].emergency.firstEstimate == .hours(1))
    #expect(contract.clients == [])
    #expect(contract.versions.count == 1)
    let terms = contract.versions[0]
    #expect(terms.effectiveFrom == CivilDate("2021-10-18"))
    #expect(terms.timeZone.name == "Europe/Paris")
    #expect(terms.holidays.zone == "fr/metropole")
    let seven = try #require(TimeOfDay(hour: 7, minute: 0))
    #expect(
      terms.window
        == .init(
          clause: "article 5", nights: [.init(start: .midnight, end: seven)], weekdays: [.sunday], holidays: true))
    #expect(terms.planned == .init(clause: "article 5", notice: .hours(48), insideAnnouncedKeepsNotice: true))
    #expect(terms.emergency == .init(clause: "article 5", refuseWhenPlannable: true))
    #expect(
      terms.updates == .init(clause: "article 10", announceBeforeStart: true, exceptSimpleCorrections: true))
    let weekdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]
    #expect(
      terms.availability
        == .init(
          clause: "article 6", targetBasisPoints: 9900, hours: range(7, 0, 20, 0), weekdays: weekdays,
          exceptHolidays: true, excludedCauseWins: true))
    let long = [range(9, 0, 12, 30), range(14, 30, 17, 30)]
    #expect(
      terms.support
        == .init(
          clause: "article 12", start: CivilDate("2021-10-18")!,
          hours: [
            .monday: long, .tuesday: long, .wednesday: long, .thursday: long,
            .friday: [range(9, 0, 12, 30), range(14, 30, 17, 0)],
          ], takeInChargeWithin: .hours(8), takeInChargeShareBasisPoints: 7500, criticality1PlanWithin: .hours(12),
          criticality2CorrectionBusinessDays: 14))
  }

  private func range(_ hour: Int32, _ minute: Int32, _ endHour: Int32, _ endMinute: Int32) -> TimeOfDayRange {
    TimeOfDayRange(startSeconds: hour * 3600 + minute * 60, endSeconds: endHour * 3600 + endMinute * 60)!
  }

  /// Worked out by hand: 1 May 2027 is a Saturday, so the second working day after it is Tuesday the 4th.
  @Test func `the freezes are whole Paris days up to the deadline of form 2035`() throws {
    let freezes = try folder.load(service: "profession-liberale").contract.versions[0].freezes
    #expect(
      freezes.map { TimeText.utc($0.interval.start) + " " + TimeText.utc($0.interval.end) } == [
        "2026-04-21T22:00:00Z 2026-05-05T22:00:00Z", "2027-04-20T22:00:00Z 2027-05-04T22:00:00Z",
        "2028-04-19T22:00:00Z 2028-05-03T22:00:00Z", "2029-04-19T22:00:00Z 2029-05-03T22:00:00Z",
        "2030-04-19T22:00:00Z 2030-05-03T22:00:00Z",
      ])
    #expect(freezes.first?.title == "Gel avant la déclaration 2035 (5 mai 2026)")
    #expect(freezes.allSatisfy { $0.source == "freezes/declaration-2035.ics" })
  }

  @Test func `a loaded contract names every file that its meaning depends on`() throws {
    let loaded = try folder.load(service: "profession-liberale")
    #expect(loaded.file == Workbench.shipped + "/services/profession-liberale.yaml")
    #expect(
      loaded.sources.map(\.name) == [
        "services/profession-liberale.yaml", "holidays/fr.yaml", "freezes/declaration-2035.ics",
      ])
    for source in loaded.sources {
      let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(Workbench.shipped)/\(source.name)")))
      #expect(source.bytes == bytes)
    }
  }

  @Test func `the shipped freezes are plain iCalendar with CR LF and lines of 75 octets`() throws {
    let file = URL(fileURLWithPath: "\(Workbench.shipped)/freezes/declaration-2035.ics")
    let lines = try Data(contentsOf: file).split(separator: 0x0A, omittingEmptySubsequences: false)
    #expect(lines.last?.isEmpty == true)
    #expect(lines.dropLast().allSatisfy { $0.last == 0x0D && $0.count <= 76 })
  }
}

import CivilTime
import Foundation
import Planning
import Testing

@testable import Files

@Suite struct ShippedHolidayTests {
  private let folder = ContractFolder(Workbench.shipped)

  static let zones = [
    "metropole", "alsace-moselle", "guadeloupe", "guyane", "martinique", "la-reunion", "mayotte", "saint-barthelemy",
    "saint-martin", "saint-pierre-et-miquelon",
  ]

  @Test func `the zones of France are those of the official data set`() throws {
    #expect(try folder.holidayZones(country: "fr") == Self.zones)
    #expect(try folder.holidayCalendar(zone: "corse") == nil)
  }

  @Test(arguments: zones) func `every holiday of 1990 to 2100 is the decided one`(zone: String) throws {
    let text = try String(contentsOfFile: Workbench.root + "/Tests/Fixtures/holidays-decided.tsv", encoding: .utf8)
    let expected = text.split(separator: "\n").filter { $0.hasPrefix(zone + "\t") }.map(String.init)
    let calendar = try #require(try folder.holidayCalendar(zone: zone))
    let found = (1990...2100).flatMap { year in
      calendar.holidays(in: year).map { "\(zone)\t\(TimeText.date($0.date))\t\($0.names.joined(separator: "|"))" }
    }
    #expect(expected.count > 1000)
    #expect(found == expected)
  }

  @Test func `8 May is a holiday since 1982`() throws {
    let calendar = try #require(try folder.holidayCalendar(zone: "metropole"))
    #expect(!calendar.holidays(in: 1981).contains { $0.names.contains("8 mai") })
    #expect(calendar.holidays(in: 1982).contains { $0.names == ["8 mai"] })
  }
}

import CivilTime
import Files
import Foundation
import JSONText
import Planning
import Publication
import TestSupport
import Testing

/// The shipped contract and what an independent program says of its years.
enum AnnexSamples {
  static let root = Project.root

  static func contract(_ zone: String = "metropole", _ change: (inout Contract) -> Void = { _ in }) throws -> Contract {
    let folder = ContractFolder(root.appending(path: "calendars").path)
    var contract = try folder.load(service: "profession-liberale").contract
    let calendar = try folder.holidayCalendar(zone: zone)
    for index in contract.versions.indices {
      contract.versions[index].holidays = calendar ?? contract.versions[index].holidays
    }
    change(&contract)
    return contract
  }

  static func year(_ year: Int, _ contract: Contract) throws -> AnnexYear {
    guard let year = AnnexYear(contract: contract, year: year) else { throw Missing(what: "year \(year)") }
    return year
  }

  struct Missing: Error { let what: String }

  /// One line of `annex-years.jsonl`. Source: Tests/Oracles/annex.py.
  struct Expected: Sendable, CustomTestStringConvertible {
    let json: JSON
    var zone: String { json["zone"]?.string ?? "" }
    var year: Int { Int(json["year"]?.integer ?? 0) }
    var testDescription: String { "\(zone) \(year)" }
    func strings(_ key: String) -> [String] { json[key]?.array?.compactMap(\.string) ?? [] }
  }

  static let expected: [Expected] = {
    let file = root.appending(path: "Tests/Fixtures/annex-years.jsonl")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { try? Expected(json: JSON(parsing: String($0))) }
  }()

  static func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(dayNumber: 0) }

  /// Names as long, and titles as hostile, as a contract file can hold them.
  static func crowded() throws -> Contract {
    try contract("alsace-moselle") { contract in
      let long = "Établissement <b>&\"très\" long " + String(repeating: "Dénomination ", count: 12)
      contract.name = .init(french: long, english: long)
      contract.source = long
      for index in contract.versions.indices {
        let zone = contract.versions[index].timeZone
        contract.versions[index].freezes = (1...8).compactMap { number in
          Interval(
            start: zone.startOfDay(day("2027-05-0\(number)")) + .minutes(90),
            end: zone.startOfDay(day("2027-06-0\(number)"))
          ).map { Freeze(title: "\(number) " + long, interval: $0, source: "x.ics") }
        }
      }
      var later = contract.versions[0]
      later.effectiveFrom = day("2027-05-10")
      later.availability?.targetBasisPoints = 9995
      later.window.nights = [
        .init(start: TimeOfDay(hour: 22, minute: 0) ?? .midnight, end: TimeOfDay(hour: 6, minute: 0)),
        .init(start: TimeOfDay(hour: 12, minute: 30) ?? .midnight, end: TimeOfDay(hour: 13, minute: 15)),
      ]
      contract.versions.append(later)
    }
  }
}

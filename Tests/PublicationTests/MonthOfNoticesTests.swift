import CivilTime
import Foundation
import Planning
import TestSupport
import Testing
import Wording

@testable import Publication

/// What clients read in a month of real situations, as files that a person can read: `Golden/month/NAME.LANGUAGE.txt`, the
/// subject and the text of the mail, then the part of its page that is shown.
@Suite struct MonthOfNoticesTests {
  @Test(arguments: situations, Language.allCases)
  func `What clients read is what was read and found good`(situation: Situation, language: Language) throws {
    var change: Change?
    for (moment, event) in situation.events {
      change = event.apply(to: change, id: ChangeID(year: 2026, number: situation.number), at: Samples.at(moment))
    }
    change?.marks[0].isServed = situation.isServed
    let templates = try NoticeTemplates(folder: Samples.templateFolder)
    let document = try templates.document(
      situation.kind, of: #require(change), contract: Samples.contract, language: language, isSimulation: false)
    try compare(document, by: templates, name: "\(situation.name).\(language.rawValue)")
  }

  @Test(
    arguments: [
      "40-availability-final", "41-availability-breached", "42-availability-provisional",
      "43-availability-outage-goes-on",
    ], Language.allCases)
  func `So is the report of a month`(name: String, language: Language) throws {
    var contract = Samples.contract
    contract.versions[0].holidays = HolidayCalendar(
      zone: "metropole",
      rules: [HolidayRule(name: "11 novembre", day: .fixed(month: 11, day: 11), law: "Code du travail, art. L3133-1")])
    contract.versions[0].availability = .init(
      clause: "article 6", targetBasisPoints: 9900,
      hours: try #require(TimeOfDayRange(startSeconds: 7 * 3600, endSeconds: 20 * 3600)),
      weekdays: [.monday, .tuesday, .wednesday, .thursday, .friday], exceptHolidays: true, excludedCauseWins: true)
    let month = try #require(CivilMonth(year: 2026, month: 11))
    let period = try #require(ReferencePeriod(contract, month: month))
    func stop(_ start: String, _ end: String, isOngoing: Bool = false) -> Stop {
      Stop(
        source: .outage(OutageID(year: 2026, number: 7)), title: "Panne d’un serveur", cause: .incident,
        environment: "production", interval: Samples.interval(start, end), isOngoing: isOngoing)
    }
    let stops =
      name.contains("breached")
      ? [stop("2026-11-09T10:05+01:00", "2026-11-09T13:20:30+01:00")]
      : name.contains("provisional")
        ? [stop("2026-11-09T10:05+01:00", "2026-11-09T10:25+01:00")]
        : name.contains("goes-on") ? [stop("2026-11-19T18:30+01:00", "2026-11-20T09:00+01:00", isOngoing: true)] : []
    let isOver = !name.contains("provisional") && !name.contains("goes-on")
    let now = isOver ? period.bounds.end : Samples.at("2026-11-20T09:00+01:00")
    let templates = try NoticeTemplates(folder: Samples.templateFolder)
    let document = try templates.document(
      availability: MonthAvailability(service: "profession-liberale", period: period, stops: stops, now: now),
      contract: contract, language: language, isSimulation: false)
    try compare(document, by: templates, name: "\(name).\(language.rawValue)")
  }

  private func compare(_ document: NoticeDocument, by templates: NoticeTemplates, name: String) throws {
    let mail = document.addressed(by: Samples.contract)
    let page = templates.render(mail, format: .html)
    let shown = page.split(separator: "<main>").last.map { $0.split(separator: "</main>")[0] } ?? ""
    let text =
      document.subject + "\n\n" + templates.render(mail, format: .text) + "\n\n" + String(repeating: "=", count: 60)
      + "\n" + shown
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/month/\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file.lastPathComponent); run again without RECORD_GOLDEN")
      return
    }
    #expect(try text == String(contentsOf: file, encoding: .utf8))
  }
}

import Foundation
import JSONText
import TestSupport
import Testing

/// The contract's calendar of a year, as the program writes it.
@Suite struct AnnexVerbTests {
  @Test(arguments: [
    ("text", "Calendrier de maintenance 2027 – "), ("html", "<!DOCTYPE html>\n<html lang=\"fr\">"),
    ("svg", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""),
    ("ics", "BEGIN:VCALENDAR\r\n"), ("json", "{\n  \"service\": \"profession-liberale\""),
  ])
  func `A year is written in every format, without a register`(format: String, start: String) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run("annex", "--year", "2027", "--lang", "fr", "--format", format)
    #expect(answer.status == 0)
    #expect(answer.errors.isEmpty)
    #expect(answer.output.hasPrefix(start), "\(answer.output.prefix(120))")
  }

  @Test func `JSON is the same by flag and by format`() throws {
    let program = try Program(isRegistered: false)
    let flag = try program.run("annex", "--year", "2027", "--json")
    #expect(try flag.json()["total"]?["prt_seconds"]?.integer == 11_887_200)
    #expect(try program.run("annex", "--year", "2027", "--format", "json").output == flag.output)
  }

  @Test func `The calendar of a year holds its windows, holidays and freezes`() throws {
    let program = try Program(isRegistered: false)
    let feed = try program.run("annex", "--year", "2027", "--format", "ics").output
    #expect(feed.components(separatedBy: "\r\nUID:window-").count - 1 == 303)
    #expect(feed.components(separatedBy: "\r\nUID:holiday-").count - 1 == 11)
    #expect(feed.components(separatedBy: "\r\nUID:freeze-").count - 1 == 1)
  }

  @Test func `Windows are drawn as the annex draws them`() throws {
    let program = try Program(isRegistered: false)
    let year = try program.run("windows", "--year", "2027", "--format", "svg")
    #expect(try year.output == program.run("annex", "--year", "2027", "--format", "svg").output)
    #expect(try program.run("windows", "--month", "2027-03").output.contains("  00:00–07:00 every day (article 5)"))
    let month = try program.run("windows", "--month", "2027-03", "--format", "svg")
    #expect(month.status == 0)
    #expect(month.output.contains("<title id=\"preavis-title\">March 2027"))
  }

  @Test func `A month is drawn by the version in force, and a holiday that opens nothing is a day like any other`()
    throws
  {
    let program = try Program(isRegistered: false)
    let folder = program.folder.appending(path: "calendars")
    try FileManager.default.copyItem(at: Program.root.appending(path: "calendars"), to: folder)
    let file = folder.appending(path: "services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let (start, end) = (
      try #require(text.range(of: "  - effective-from:")), try #require(text.range(of: "\nclients: []"))
    )
    let first = String(text[start.lowerBound..<end.lowerBound])
    let second = first.replacing("effective-from: 2021-10-18", with: "effective-from: 2027-01-01")
      .replacing("fr/metropole", with: "fr/alsace-moselle").replacing("holidays: true", with: "holidays: false")
    let both = text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: first + second)
    try Data(both.utf8).write(to: file)
    func run(_ arguments: String...) throws -> String {
      let answer = try program.run(["windows", "--calendars", folder.path] + arguments)
      #expect(answer.status == 0, "\(answer.errors)")
      return answer.output
    }
    // 8 May 2028 is a Monday: closed by day in both pictures of it, though its name is known.
    let may = try run("--month", "2028-05")
    #expect(may.contains(" 8  ") && !may.contains(" 8+"))
    #expect(may.contains("8 May 2028 — 8 mai"))
    let windows = try run("--from", "2028-05-08T00:00", "--to", "2028-05-09T00:00")
    #expect(windows.contains("07:00") && !windows.contains("24"))
    // The day after Christmas is a holiday of the second version only.
    #expect(try !run("--month", "2026-12").contains("26 December"))
    #expect(try run("--month", "2027-12").contains("26 December 2027 — "))
  }

  @Test(arguments: [
    ["annex", "--year", "1"], ["annex", "--format", "pdf"], ["annex", "--environment", "moon"],
    ["annex", "--service", "moon"], ["windows", "--format", "svg"],
    ["windows", "--month", "2027-13", "--format", "svg"],
  ])
  func `What cannot be drawn is wrong usage`(arguments: [String]) throws {
    let program = try Program(isRegistered: false)
    let answer = try program.run(arguments)
    #expect(answer.status == 64)
    #expect(answer.output.isEmpty && !answer.errors.isEmpty)
  }
}

import Foundation
import JSONText
import TestSupport
import Testing

/// Where the verdict turns: 99 % exactly is met, one second less is breached, and a figure that is rounded would hide it.
///
/// March 2026 has 22 days of 13 hours: PRT is 1,029,600 s, of which 1 % is 10,296 s, 2 h 51 min 36 s from 07:00. One
/// second more leaves 1,019,303 s: 98.99990287… %.
@Suite(.serialized) struct AvailabilityEdgeTests {
  struct Edge: Sendable, CustomTestStringConvertible {
    let end: String
    let lost: Int64
    let isMet: Bool
    let percent: String
    var testDescription: String { percent }

    func percent(_ language: String) -> String { language == "fr" ? percent.replacing(".", with: ",") : percent }
    func verdict(_ language: String) -> String {
      language == "fr" ? (isMet ? "respecté" : "non respecté") : isMet ? "met" : "breached"
    }
  }

  static let edges = [
    Edge(end: "09:51:36", lost: 10_296, isMet: true, percent: "99.000000"),
    Edge(end: "09:51:37", lost: 10_297, isMet: false, percent: "98.999903"),
  ]
  static let languages = ["en", "fr"]

  private func program(_ edge: Edge) throws -> Program {
    let program = try Program(now: "2026-04-02T10:00:00+02:00")
    let recorded = try program.run(
      "outage", "record", "--start", "2026-03-10T07:00", "--end", "2026-03-10T\(edge.end)", "--cause", "incident")
    try #require(recorded.status == 0)
    return program
  }

  /// The answer with plain blanks between numbers and units.
  private func ask(_ program: Program, _ arguments: String...) throws -> Program.Answer {
    var answer = try program.run(arguments)
    #expect(answer.status == 0, "\(arguments): \(answer.errors)")
    answer.output = answer.output.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
    return answer
  }

  @Test(arguments: edges) func `JSON, CSV, a batch and a simulation judge exactly`(edge: Edge) throws {
    let program = try program(edge)
    let month = try #require(
      try ask(program, "availability", "--month", "2026-03", "--json").json().array?.first)
    #expect(month["met"]?.bool == edge.isMet)
    #expect(month["td_percent"]?.string == edge.percent)
    #expect(month["ti_seconds"]?.integer == edge.lost)
    #expect(month["budget_left_seconds"]?.integer == 10_296 - edge.lost)
    #expect(month["without_late_urgency"]?["met"]?.bool == edge.isMet)
    // RFC 4180 ends lines with CRLF, which Swift takes for one character.
    let csv = try ask(program, "availability", "--month", "2026-03", "--csv").output
    #expect(
      csv.contains(
        ",2026-03,22,1029600,\(edge.lost),\(edge.percent),99.00,\(edge.isMet),false,10296,\(10_296 - edge.lost),"))
    #expect(csv.contains(",\(edge.percent)\r\n"))
    let stops = try ask(program, "availability", "--month", "2026-03", "--csv", "--stops").output
    #expect(stops.contains(",OUT-2026-0001,incident,production,"))
    #expect(stops.contains("T\(edge.end)+01:00,false,\(edge.lost),\(edge.lost),0,0,0,0,0,0,0,,false\r\n"))
    let line =
      #"{"month":"2026-03","zone":"metropole","outages":[{"start":"2026-03-10T07:00:00","end":"2026-03-10T\#(edge.end)","cause":"incident","environment":"production"}]}"#
    let batch = try program.run(["availability", "--batch", "-"], input: line)
    #expect(batch.status == 0)
    #expect(try batch.json()["met"]?.bool == edge.isMet)
    #expect(try batch.json()["td_percent"]?.string == edge.percent)
    // The same stop, supposed: in a register in which nothing happened.
    let empty = try Program(now: "2026-04-02T10:00:00+02:00")
    let supposed = "2026-03-10T07:00/2026-03-10T\(edge.end)"
    let after = try ask(empty, "availability", "--simulate", supposed, "--json").json()["months"]?.array?.first?[
      "after"]
    #expect(after?["met"]?.bool == edge.isMet)
    #expect(after?["td_percent"]?.string == edge.percent)
    for language in Self.languages {
      let text = try ask(empty, "availability", "--simulate", supposed, "--lang", language).output
      #expect(text.contains("→ \(edge.percent(language)) % \(edge.isMet ? "✓" : "✗") \(edge.verdict(language))\n"))
    }
  }

  @Test(arguments: edges, languages) func `Text and picture judge exactly`(edge: Edge, language: String) throws {
    let program = try program(edge)
    let (figure, verdict) = (edge.percent(language), edge.verdict(language))
    let mark = edge.isMet ? "✓" : "✗"
    let text = try ask(program, "availability", "--month", "2026-03", "--lang", language)
    #expect(text.output.contains("TD           \(figure) %"))
    #expect(text.output.contains("(article 6) \(mark) \(verdict)\n"))
    #expect(text.lines().allSatisfy { $0.count <= 80 })
    #expect(text.output.contains("█!]") == !edge.isMet)
    #expect(text.output.contains("██]") == edge.isMet)
    let table = try ask(program, "availability", "--from", "2026-02", "--to", "2026-03", "--lang", language)
    #expect(
      table.lines().contains { $0.hasPrefix("2026-03") && $0.hasSuffix("\(mark) \(verdict)") && $0.contains(figure) })
    #expect(table.lines().contains { $0.hasPrefix("2026-03") && $0.hasSuffix(edge.isMet ? "██]" : "█!]") })
    let picture = try ask(
      program, "availability", "--month", "2026-03", "--format", "svg", "--lang", language
    ).output
    let sentence =
      language == "fr"
      ? "TD \(figure) %, objectif 99 % (article 6) : \(verdict)" : "TD \(figure) %, target 99 % (article 6): \(verdict)"
    // In the picture, and in the words beside it for those who do not see it.
    #expect(picture.components(separatedBy: sentence + "<").count == 2, "\(sentence)")
    #expect(picture.contains(sentence + ".\n"))
    let over = language == "fr" ? "dépassé de 1 s" : "1 s over"
    #expect(picture.contains(over) == !edge.isMet)
    #expect(text.output.contains(over) == !edge.isMet)
  }

  @Test(arguments: edges, languages) func `The notice judges exactly in every format`(edge: Edge, language: String)
    throws
  {
    let program = try program(edge)
    let sentence =
      language == "fr"
      ? edge.isMet ? "a été respecté" : "n’a pas été respecté"
      : edge.isMet ? "commitment was met" : "commitment was not met"
    // Two decimals, rounded down: a breach by one second does not read as the target.
    let figure = (edge.isMet ? "99" : language == "fr" ? "98,99" : "98.99") + (language == "fr" ? " %" : "%")
    for format in ["markdown", "html", "text", "json", "eml"] {
      var notice = try ask(
        program, "notice", "--kind", "availability", "--month", "2026-03", "--lang", language, "--format", format
      ).output
      if format == "eml" { notice = try Self.bodies(notice) }
      #expect(notice.contains(sentence), "\(language) \(format)")
      #expect(notice.contains(figure), "\(language) \(format)")
      let verdict = edge.verdict(language).replacing("breached", with: "not met")
      #expect(notice.contains("(\(verdict))"), "\(language) \(format)")
      if format == "json" { #expect(try JSON(parsing: notice)["availability"]?["met"]?.bool == edge.isMet) }
    }
  }

  @Test(arguments: edges, languages)
  func `The month's account judges exactly, and the year says what is allowed`(edge: Edge, language: String) throws {
    let program = try program(edge)
    let (figure, verdict) = (edge.percent(language), edge.verdict(language))
    for format in ["text", "html"] {
      let report = try ask(program, "report", "--month", "2026-03", "--lang", language, "--format", format).output
      #expect(report.contains("\(figure) %, \(verdict) ("), "\(language) \(format)")
    }
    let json = try ask(program, "report", "--month", "2026-03", "--json").json()["availability"]
    #expect(json?["met"]?.bool == edge.isMet)
    #expect(json?["td_percent"]?.string == edge.percent)
    // What the annex allows is what was met: 10,296 s.
    let year = try ask(program, "annex", "--year", "2026", "--json").json()["months"]?.array?[2]
    #expect(year?["allowed_seconds"]?.integer == 10_296)
    let annex = try ask(program, "annex", "--year", "2026", "--format", "svg", "--lang", language).output
    #expect(annex.contains("2 h 51 min 36 s"))
  }

  /// Both bodies of a mail, decoded by hand: quoted-printable (RFC 2045, section 6.7) or base64.
  static func bodies(_ mail: String) throws -> String {
    try mail.replacing("\r\n", with: "\n").components(separatedBy: "\n--").compactMap { part -> String? in
      guard let end = part.range(of: "\n\n"), part.contains("Content-Type: text/") else { return nil }
      let (head, body) = (part[..<end.lowerBound], part[end.upperBound...])
      if head.contains("base64") {
        let data = try #require(Data(base64Encoded: String(body), options: .ignoreUnknownCharacters))
        return String(decoding: data, as: UTF8.self)
      }
      guard head.contains("quoted-printable") else { return String(body) }
      var bytes: [UInt8] = []
      var rest = Array(body.replacing("=\n", with: "").utf8)[...]
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "="), rest.count >= 2 else {
          bytes.append(byte)
          continue
        }
        bytes.append(try #require(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)))
        rest = rest.dropFirst(2)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    .joined(separator: "\n").replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
  }
}

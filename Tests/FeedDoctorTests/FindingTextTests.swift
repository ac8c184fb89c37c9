import Foundation
import ICalendar
import TestSupport
import Testing
import Wording

@testable import FeedDoctor

/// What people read.
@Suite struct FindingTextTests {
  @Test(arguments: FindingCode.allCases)
  func `every code has a sentence in both languages and a source`(code: FindingCode) {
    let texts = Language.allCases.map(code.sentence)
    #expect(Set(texts).count == 2)
    #expect(texts.allSatisfy { $0.hasSuffix(".") || $0.hasSuffix("?") })
    #expect(!code.source.isEmpty)
  }

  @Test func `every row stands once in the list of its file and is raised by a rule there or elsewhere`() throws {
    let folder = Project.root.appending(path: "Sources/FeedDoctor")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".swift") }
    let source = try paths.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
    let rows = source.matches(of: #/static let (\w+) = FindingCode\(\s*"(\w+)"/#)
    #expect(rows.map { String($0.output.2) }.sorted() == FindingCode.allCases.map(\.rawValue).sorted())
    #expect(Set(FindingCode.allCases).count == FindingCode.allCases.count)
    // A rule names its row; what the reader tells has the name of its fault.
    let faults = CalendarFault.Code.allCases.map(\.rawValue)
    let unused = rows.filter { row in
      !faults.contains(String(row.output.2)) && source.ranges(of: try! Regex("[ (:]\\.\(row.output.1)\\b")).isEmpty
    }
    #expect(unused.map(\.output.2) == [])
  }

  @Test func `each fault of the reader has a row, save that of a line whose rest was dropped`() {
    let rows = FindingCode.allCases.map(\.rawValue)
    #expect(CalendarFault.Code.allCases.filter { !rows.contains($0.rawValue) } == [.lineCut])
  }

  @Test(arguments: FindingCode.allCases)
  func `French is set with narrow and hard blanks and curved apostrophes`(code: FindingCode) {
    let text = code.sentence(.french)
    for wrong in [" ;", " :", " ?", " !", "'"] { #expect(!text.contains(wrong), "\(code.rawValue): \(wrong)") }
  }

  @Test(arguments: FindingCode.allCases)
  func `raw values are snake case and a reader has one behaviour a code`(code: FindingCode) {
    #expect(code.rawValue.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    #expect(Set(code.effects.map(\.reader)).count == code.effects.count)
  }

  @Test func `an effect names the reader, what it does and how that is known`() {
    let effect = Effect(reader: .evolution, behaviour: .keepsOldEvents, evidence: .measured)
    #expect(FindingText.effect(effect, .english) == "GNOME Evolution keeps the old events (measured)")
    #expect(FindingText.effect(effect, .french) == "GNOME Evolution garde les anciens événements (mesuré)")
  }
}

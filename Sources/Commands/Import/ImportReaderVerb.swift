import Answers
import ArgumentParser
import Files
import Foundation
import ICalendar
import Wording

/// The other half of `import FILE.ics`: a process of its own that reads the calendar from standard input within limits
/// that it has set itself, and answers in JSON Lines. Never run by hand.
struct ImportReaderVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-reader", abstract: "Read a calendar within limits.", shouldDisplay: false)

  @Option(help: "The zone of whole days and of TZID.")
  var zone: String
  @Option(help: "Language of refusals.")
  var lang: String

  func run() throws {
    do {
      try CageLimits().enter()
      let zone = try SystemZones.load(zone)
      try CageLimits.closeTheDoor()
      let bytes = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
      do {
        let file = try CalendarRows.read(bytes, zone: zone)
        try FileHandle.standardOutput.write(contentsOf: Data(ReaderAnswer.bytes(file)))
      } catch let error as CalendarFileError {
        let language = Language(rawValue: lang) ?? .english
        let text = CalendarProblemText(language: language).text(error)
        try FileHandle.standardOutput.write(contentsOf: Data(ReaderAnswer.bytes(refusal: text, line: error.line)))
        throw ExitCode(ExitStatus.badData.rawValue)
      }
    }
  }
}

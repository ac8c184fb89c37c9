import Answers
import ArgumentParser
import CivilTime
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
  @Option(help: "What is over by then is left out, in seconds since 1970.")
  var now: Int64
  @Option(help: "The last day of series without end.")
  var until: String?
  @Flag(help: "Take what is private.")
  var includePrivate = false

  func run() throws {
    try CageLimits().enter()
    let zone = try SystemZones.load(zone)
    let bytes = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
    let words = CalendarProblemText(language: Language(rawValue: lang) ?? .english)
    var wishes = CalendarWishes()
    wishes.now = Instant(secondsSinceEpoch: now)
    wishes.until = until.flatMap { CivilDate($0) }
    wishes.takesPrivate = includePrivate
    do {
      // Files of the tz database are opened until libical sees the first octet.
      let file = try CalendarRows.read(
        bytes, zone: zone, wishes: wishes, note: words.text, seal: CageLimits.closeTheDoor)
      try FileHandle.standardOutput.write(contentsOf: Data(ReaderAnswer.bytes(file)))
    } catch let error as CalendarFileErrors {
      let refusals = error.all.prefix(1000).map { FileNote(line: $0.line, text: words.text($0)) }
      try FileHandle.standardOutput.write(contentsOf: Data(ReaderAnswer.bytes(refusals: refusals)))
      throw ExitCode(ExitStatus.badData.rawValue)
    }
  }
}

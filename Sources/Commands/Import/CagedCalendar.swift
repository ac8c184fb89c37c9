import Answers
import CivilTime
import Files
import ICalendar
import Wording

/// Has a calendar read by a process of its own, so that a file that libical stumbles over takes nothing with it.
struct CagedCalendar {
  let language: Language
  let wishes: CalendarWishes

  /// Start-up, two seconds of processor time at the most, and the answer.
  private static let seconds = 2.5

  func read(_ bytes: [UInt8], zone: String) throws -> RowFile {
    let answer: (end: CagedProcess.End, output: [UInt8])
    var arguments = ["import-reader", "--zone", zone, "--lang", language.rawValue]
    arguments += ["--now", String(wishes.now?.secondsSinceEpoch ?? 0)]
    if let until = wishes.until { arguments += ["--until", TimeText.date(until)] }
    if wishes.takesPrivate { arguments.append("--include-private") }
    do {
      answer = try CagedProcess.run(
        "/proc/self/exe", arguments, input: bytes,
        // Nothing of our own environment: an address of a register or a token is none of its business.
        environment: ["SWIFT_BACKTRACE": "enable=no", "LANG": "C.UTF-8"], seconds: CagedCalendar.seconds,
        outputLimit: ReaderAnswer.limit)
    } catch {
      throw Failure(
        status: .failure,
        message: language(
          "The process that reads calendars could not be started (\(error)).",
          "Le processus qui lit les calendriers n’a pas pu démarrer (\(String(describing: error)))."))
    }
    switch (answer.end, ReaderAnswer.read(answer.output)) {
    case (.exited(ExitStatus.done.rawValue), .rows(let file)?): return file
    case (.exited(ExitStatus.badData.rawValue), .refused(let problems)?):
      throw Refusal(problems: problems)
    default:
      let text = language(
        "the calendar could not be read within its limits (\(reason(answer.end))); split it, or take long series out",
        "le calendrier n’a pas pu être lu dans ses limites (\(reason(answer.end))) ; découpez-le, ou ôtez les longues séries"
      )
      throw Refusal(problems: [FileNote(line: nil, text: text)])
    }
  }

  /// The file cannot be used.
  struct Refusal: Error {
    /// By line, never empty.
    let problems: [FileNote]
  }

  private func reason(_ end: CagedProcess.End) -> String {
    switch end {
    case .exited(let status):
      language("the reader ended with status \(status)", "le lecteur a fini avec le statut \(status)")
    case .killed(let signal):
      language("the reader was ended by signal \(signal)", "le lecteur a été arrêté par le signal \(signal)")
    case .tooSlow: language("too slow", "trop lent")
    case .tooMuchOutput: language("too many occurrences", "trop d’occurrences")
    }
  }
}

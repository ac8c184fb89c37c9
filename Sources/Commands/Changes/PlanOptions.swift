import Answers
import ArgumentParser
import CivilTime
import Foundation
import Planning
import Wording

/// The interval of a request.
struct IntervalOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Start of the work, in civil time of the contract or with an offset.", valueName: "time"))
  var start: String
  @Option(help: ArgumentHelp("End of the work.", valueName: "time"))
  var end: String?
  @Option(help: ArgumentHelp("Instead of --end: 90m, 2h, 2h30, PT2H.", valueName: "duration"))
  var duration: String?

  func interval(_ wording: Wording) throws -> Interval {
    try TimeArgument(wording: wording).interval(start: start, end: end, duration: duration)
  }
}

/// What a request says of the work.
struct ContentOptions: ParsableArguments {
  @Option(help: "What clients read first.")
  var title: String
  @Option(help: "More for clients; - reads standard input.")
  var description: String?
  @Option(help: ArgumentHelp("none, reduced-redundancy, degraded or outage.", valueName: "impact"))
  var impact: String?
  @Option(help: "A component of the service; repeatable; none means the whole service.")
  var component: [String] = []
  @Option(help: "Why the work is needed.")
  var reason: String?
  @Option(help: ArgumentHelp("A change that this one may overlap; repeatable.", valueName: "CHG-…"))
  var alongside: [String] = []
}

/// How a request is recorded.
struct RecordingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The same key gives the same answer and never records twice.", valueName: "key"))
  var idempotencyKey: String?

  func key(_ session: Session) throws -> String? {
    try idempotencyKey.map { try IdempotencyKey.checked($0, session.language) }
  }
}

extension WordArgument {
  /// Text that may be asked from standard input.
  func text(_ text: String?, field: Field) throws -> String? {
    guard text == "-" else { return text }
    let data = try FileHandle.standardInput.read(upToCount: 1 << 20) ?? Data()
    guard let read = String(validating: data, as: UTF8.self) else {
      throw Failure.usage(
        language(
          "\(door.name(field)) -: standard input is not UTF-8.",
          "\(door.name(field)) - : l’entrée standard n’est pas en UTF-8."))
    }
    return read
  }
}

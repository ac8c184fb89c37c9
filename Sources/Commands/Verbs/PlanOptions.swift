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
    try idempotencyKey.map { try RecordingOptions.checked($0, session.language) }
  }

  static func checked(_ key: String, _ language: Language) throws -> String {
    guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Failure.usage(
        language(
          "--idempotency-key: 1 to 200 printable ASCII characters without blanks.",
          "--idempotency-key : 1 à 200 caractères ASCII imprimables, sans espace."))
    }
    return key
  }
}

/// Reads the values of flags that name one of a few words.
struct WordArgument {
  let language: Language

  func read<Word: RawRepresentable & CaseIterable>(_ text: String, flag: String) throws -> Word
  where Word.RawValue == String {
    let wanted = text.lowercased().replacing("_", with: "-")
    if let word = Word(rawValue: wanted) { return word }
    let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw Failure.usage(
      language(
        "\(flag) \(text): unknown; use one of \(known).", "\(flag) \(text) : inconnu ; choisissez parmi \(known)."))
  }

  func change(_ text: String, flag: String? = nil) throws -> ChangeID {
    if let id = ChangeID(text) { return id }
    let place = flag.map { "\($0) " } ?? ""
    throw Failure.usage(
      language(
        "\(place)\(text): not an identifier; they look like CHG-2026-0042.",
        "\(place)\(text) : pas un identifiant ; ils ressemblent à CHG-2026-0042."))
  }

  /// Text that may be asked from standard input.
  func text(_ text: String?, flag: String) throws -> String? {
    guard text == "-" else { return text }
    let data = try FileHandle.standardInput.read(upToCount: 1 << 20) ?? Data()
    guard let read = String(validating: data, as: UTF8.self) else {
      throw Failure.usage(
        language("\(flag) -: standard input is not UTF-8.", "\(flag) - : l’entrée standard n’est pas en UTF-8."))
    }
    return read
  }
}

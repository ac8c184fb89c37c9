import Answers
import ArgumentParser
import CivilTime
import FeedDoctor
import Files
import Foundation
import JSONText
import Wording

struct FeedDoctorVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what is wrong with a feed, and which readers would stumble over it.",
    discussion: """
      Leaves with 1 where something is wrong: with --fail-on error for errors alone. Notes alone are nothing wrong.

      Examples:
        preavis feed doctor maintenance.ics
        preavis feed doctor https://portal.example/feeds/maintenance.fr.ics --lang fr
        preavis feed doctor new.ics --previous old.ics --json
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The feed; - reads standard input.", valueName: "file|url")) var feed: String
  @Option(help: ArgumentHelp("The same feed as it was before: revisions are compared.", valueName: "file"))
  var previous: String?
  @Option(help: ArgumentHelp("From which level on the exit code is 1.", valueName: "level"))
  var failOn = FailLevel.warning

  enum FailLevel: String, ExpressibleByArgument, CaseIterable {
    case error, warning
  }

  func run(_ session: Session) throws {
    let (bytes, facts) = try read(session)
    let old = try previous.map { try file($0, flag: "--previous \($0)", session) }
    let zones = SystemZones.book(civil: (try? SystemZones.load("Europe/Paris")) ?? .utc)
    let examination = FeedDoctor.examine(
      bytes, previous: old, http: facts,
      surroundings: Surroundings(now: try session.server == nil ? session.now() : Session.systemClock(), zones: zones))
    if session.options.json {
      try session.output.write(DoctorText(examination, session).json)
    } else {
      try session.output.write(DoctorText(examination, session).lines.joined(separator: "\n"))
    }
    let warnings = failOn == .warning ? examination.count(.warning) : 0
    if examination.count(.error) + warnings > 0 { throw ExitCode(ExitStatus.failure.rawValue) }
  }

  private func read(_ session: Session) throws -> ([UInt8], HTTPFacts?) {
    guard feed.contains("://") else { return (try file(feed, flag: feed, session), nil) }
    do {
      let (body, facts) = try FeedRetrieval.fetch(feed)
      return (body, facts)
    } catch RetrievalError.notAnAddress(let text) {
      throw Failure.usage(
        session.language(
          "\(text): not an address; write https://…, http://… or webcal://….",
          "\(text) : pas une adresse ; écrivez https://…, http://… ou webcal://…."))
    } catch RetrievalError.tooLarge(let limit) {
      throw Failure(
        status: .badData,
        message: session.language(
          "\(feed): larger than \(limit >> 20) MiB; no calendar takes such a feed.",
          "\(feed) : plus de \(limit >> 20) Mio ; aucun agenda ne prend un tel flux."))
    } catch RetrievalError.unreachable(let detail) {
      throw Failure(
        status: .unreachable,
        message: session.language("No answer from \(detail).", "Pas de réponse de \(detail)."))
    }
  }

  private func file(_ path: String, flag: String, _ session: Session) throws -> [UInt8] {
    let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let data = try? handle?.read(upToCount: FeedRetrieval.largest + 1) else {
      throw Failure(
        status: .failure,
        message: session.language("\(flag): cannot be read.", "\(flag) : illisible."))
    }
    return [UInt8](data)
  }
}

/// What the doctor says, for people and for programs.
struct DoctorText {
  let examination: Examination
  let session: Session

  init(_ examination: Examination, _ session: Session) {
    self.examination = examination
    self.session = session
  }

  private var language: Language { session.language }
  private var output: Output { session.output }

  var lines: [String] {
    let text = ChangeText(wording: Wording(language, zone: .utc), output: output, isSimulation: false)
    var lines: [String] = []
    for finding in examination.findings {
      let words = FindingText(finding, language)
      let place = finding.line.map { language("line \($0)", "ligne \($0)") } ?? language("feed", "flux")
      let subject = finding.subject.isEmpty ? "" : "  \(finding.subject)"
      lines.append("\(mark(finding.severity))  \(output.bold(place))  \(finding.code.rawValue)\(subject)")
      lines += text.wrap(words.sentence, indent: 3, first: "   ")
      for effect in words.effects { lines += text.wrap(effect, indent: 5, first: "   · ").map(output.dim) }
    }
    for (code, count) in examination.unlisted.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append("   " + language("\(code.rawValue): \(count) more", "\(code.rawValue) : \(count) de plus"))
    }
    if !lines.isEmpty { lines.append("") }
    return lines + summary(text)
  }

  private func mark(_ severity: Severity) -> String {
    let name = FindingText.severity(severity, language)
    switch severity {
    case .error: return output.red("✗ \(name)")
    case .warning: return output.paint("! \(name)", "33")
    case .note: return output.dim("· \(name)")
    }
  }

  private func summary(_ text: ChangeText) -> [String] {
    let errors = examination.count(.error)
    let warnings = examination.count(.warning)
    let affected = examination.readers.filter { !$0.isOK }
    let events = examination.eventCount
    guard errors + warnings > 0 else {
      return [
        output.green("✓ ")
          + language(
            "\(language.counted(events, "event")); nothing wrong is known.",
            "\(language.counted(events, "événement")) ; rien à signaler.")
      ]
    }
    let names = affected.map { "\($0.reader.name) (\($0.problems))" }.joined(separator: ", ")
    return [
      language(
        "\(language.counted(events, "event")), \(language.counted(errors, "error")), \(language.counted(warnings, "warning")).",
        "\(language.counted(events, "événement")), \(language.counted(errors, "erreur")), \(language.counted(warnings, "avertissement"))."
      )
    ]
      + text.wrap(
        affected.isEmpty
          ? language("No reader is known to stumble.", "Aucun lecteur n’est connu pour s’y tromper.")
          : language("Readers that stumble: \(names).", "Lecteurs qui s’y trompent : \(names)."), indent: 0, first: "")
  }

  var json: JSON {
    [
      "events": .integer(Int64(examination.eventCount)),
      "findings": .array(
        examination.findings.map { finding in
          let words = FindingText(finding, language)
          return .members([
            "code": .string(finding.code.rawValue), "severity": .string(finding.severity.rawValue),
            "line": finding.line.map { .integer(Int64($0)) } ?? .null, "subject": .string(finding.subject),
            "message": .string(words.sentence), "source": .string(finding.source),
            "readers": .array(
              finding.effects.map {
                [
                  "reader": .string($0.reader.rawValue), "behaviour": .string($0.behaviour.rawValue),
                  "evidence": .string($0.evidence.rawValue),
                ]
              }),
          ])
        }),
      "readers": .object(
        examination.readers.map { JSON.Member($0.reader.rawValue, .integer(Int64($0.problems))) }),
    ]
  }
}

import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import Planning
import Publication
import Register
import Remote
import Wording

struct GateVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "gate", abstract: "May work go on now? Open: exit 0; closed: exit 3. For pipelines.",
    discussion: """
      Open only while a planned or emergency change covers the moment, or, where \
      the contract says gate: { opens: window }, whenever the maintenance window \
      is open and nothing is frozen. Work beyond its announced end opens nothing \
      until it is extended.

      Examples:
        preavis gate --service profession-liberale
        preavis gate --change CHG-2026-0042 --wait --timeout 90m
        preavis gate --at 2026-12-06T01:30 --json
        preavis gate override --reason "Login is down, hotfix 5.2.2" --for 30m
      """,
    subcommands: [GateOverrideVerb.self, GateOverridesVerb.self])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Option(help: ArgumentHelp("The moment in question (now), as the register stands now.", valueName: "time"))
  var at: String?
  @Option(
    help: ArgumentHelp(
      "Only this change may open the gate, or an override; repeatable.", valueName: "CHG-…"))
  var change: [String] = []
  @Flag(help: "Wait until the gate is open.") var wait = false
  @Option(help: ArgumentHelp("How long to wait before exit 3 (2h).", valueName: "duration")) var timeout: String?

  private static let defaultTimeout = Elapsed.hours(2)

  func run(_ session: Session) throws {
    let language = session.language
    guard !wait || at == nil else {
      throw Failure.usage(
        language("--wait waits from now on: leave out --at.", "--wait attend à partir de maintenant : retirez --at."))
    }
    guard wait || timeout == nil else {
      throw Failure.usage(
        language("--timeout says how long to --wait: add --wait.", "--timeout borne --wait : ajoutez --wait."))
    }
    // A server that cannot be reached yet is waited for too: nothing is asked of it before.
    let limit =
      try timeout.map { try TimeArgument(wording: Wording(language, zone: .utc)).duration($0, field: .timeout) }
      ?? GateVerb.defaultTimeout
    let question = GateQuestion(
      environment: service.environment,
      at: try at.map {
        try TimeArgument(wording: session.wording(try session.contract(service.service).contract))
          .instant($0, field: .at)
      },
      named: try change.map { try session.words.change($0, field: .change) })
    let asking = GateAsking(session: session, service: service.service, question: question)
    let answer = try wait ? asking.wait(limit) : asking.ask()
    try asking.write(answer)
    if answer.state == .closed { throw ExitCode(ExitStatus.refused.rawValue) }
  }
}

/// Asks the gate, once or until it is open. Contract and register are read anew each time, since others change them.
private struct GateAsking {
  let session: Session
  let service: String?
  let question: GateQuestion

  func ask() throws -> GateAnswer {
    try open().register.gate(question, contract: try session.contract(service).contract)
  }

  private func open() throws -> OpenRegister {
    let contract = try session.contract(service).contract
    return try session.register(
      readOnly: true,
      asking: Question(
        .askGate, of: contract.service,
        [("environment", question.environment), ("at", question.at.map { TimeText.utc($0) })]
          + question.named.map { ("change", $0.description) }))
  }

  /// Nothing is held while it sleeps: an interrupt ends the program at once.
  func wait(_ timeout: Elapsed) throws -> GateAnswer {
    let clock = ContinuousClock()
    let start = clock.now
    let line = WaitLine()
    defer { line.finish() }
    session.server?.waits = true
    var isFirst = true
    return try GateWait(
      timeout: timeout,
      elapsed: { Elapsed(seconds: (clock.now - start).components.seconds) },
      sleep: { Thread.sleep(forTimeInterval: TimeInterval($0.seconds)) },
      progress: { line.show($0) }
    ).run(isPassing: GateAsking.isPassing) {
      if !isFirst { try session.server?.renew() }
      isFirst = false
      let answer = try ask()
      line.wording = session.wording(try session.contract(service).contract)
      return answer
    }
  }

  /// A long write, or a server that is away for a while.
  private static func isPassing(_ error: any Error) -> Bool {
    switch error {
    case RegisterError.busy, RemoteError.unreachable, RemoteError.tooMany: true
    default: false
    }
  }

  func write(_ answer: GateAnswer) throws {
    let contract = try session.contract(service).contract
    let wording = session.wording(contract)
    let isSimulation = try open().isSimulation
    if session.options.json {
      return try session.output.write(
        GateJSON(contract, environment: question.environment, wording: wording, isSimulation: isSimulation)
          .answer(answer))
    }
    let text = GateText(
      ChangeText(wording: wording, output: session.output, isSimulation: isSimulation), contract: contract)
    try session.output.write(text.answer(answer, environment: question.environment).joined(separator: "\n"))
  }
}

/// What is waited for, on one line of standard error; silent where that is no terminal.
private final class WaitLine {
  var wording: Wording?
  private let isShown = isatty(STDERR_FILENO) == 1

  func show(_ answer: GateAnswer) {
    guard isShown, let wording else { return }
    write("\r\u{1B}[2K\(wording.state(answer.state)) … \(wording.nextTransition(answer))")
  }

  /// Takes the line away, so that the answer stands alone.
  func finish() { if isShown { write("\r\u{1B}[2K") } }

  private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}

import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Remote
import Wording

struct GateOverrideVerb: OperationVerb {
  static let operation = Operation.overrideGate
  static let configuration = CommandConfiguration(
    commandName: "override", abstract: "Hold the gate open for a while, with a reason that stays on record.",
    discussion: """
      Four hours at most: what takes longer is a change. --end closes it again \
      before its time, for all overrides of the environment.

      Examples:
        preavis gate override --reason "Login is down, hotfix 5.2.2" --for 30m
        preavis gate override --environment preproduction --end
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: "Why.") var reason: String?
  @Option(name: .customLong("for"), help: ArgumentHelp("How long: 30m, 2h, 4h at most.", valueName: "duration"))
  var length: String?
  @Option(help: ArgumentHelp("Instead of --for: the moment at which it ends.", valueName: "time")) var until: String?
  @Flag(help: "End the overrides that are in force.") var end = false

  func run(_ session: Session) throws {
    let loaded = try session.contract(service.service)
    let contract = loaded.contract
    let wording = session.wording(contract)
    let outcome = try session.writer().execute(
      Register.GateRequest(
        try command(session, wording), service: contract.service, actor: session.actor,
        idempotencyKey: try recording.key(session))
    ) { _ in session.bound(loaded) }
    let open = try session.register(asking: .clock)
    if session.options.json {
      let json = GateJSON(
        contract, environment: service.environment, wording: wording, isSimulation: open.isSimulation)
      // One override is made, but several may be ended.
      return try session.output.write(
        end ? .array(outcome.overrides.map(json.override)) : outcome.overrides.first.map(json.override) ?? .null)
    }
    let text = GateText(
      ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation), contract: contract)
    try session.output.write(
      text.recorded(outcome.overrides, isEnd: end, isReplay: outcome.isReplay, environment: service.environment)
        .joined(separator: "\n"))
  }

  private func command(_ session: Session, _ wording: Wording) throws -> GateCommand {
    let language = session.language
    if end {
      guard length == nil, until == nil else {
        let given = length == nil ? "--until" : "--for"
        throw Failure.usage(language("Give \(given) or --end, not both.", "Donnez \(given) ou --end, pas les deux."))
      }
      return .endOverride(environment: service.environment, reason: reason)
    }
    return try OverrideTexts(environment: service.environment, length: length, until: until, reason: reason)
      .command(wording)
  }
}

struct GateOverridesVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "overrides", abstract: "Every override of the gate, oldest first.",
    discussion: "Examples:\n  preavis gate overrides\n  preavis gate overrides --environment production --json")

  @OptionGroup var global: GlobalOptions
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Option(help: "Only this environment.") var environment: String?

  func run(_ session: Session) throws {
    let contract = try session.contract(service).contract
    if let environment, !contract.environments.contains(environment) {
      throw GateError.unknownEnvironment(environment, known: contract.environments)
    }
    let open = try session.register(readOnly: true, asking: .about(GateID(service: contract.service)))
    let wording = session.wording(contract)
    let overrides = try open.register.overrides(service: contract.service).filter {
      environment == nil || $0.environment == environment
    }
    if session.options.json {
      let json = GateJSON(
        contract, environment: environment ?? "", wording: wording, isSimulation: open.isSimulation)
      return try session.output.write(.array(overrides.map(json.override)))
    }
    let text = GateText(
      ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation), contract: contract)
    try session.output.write(text.list(overrides).joined(separator: "\n"))
  }
}

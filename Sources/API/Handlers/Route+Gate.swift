import Answers
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

extension Route {
  /// Whether work may go on, and who said so although it may not.
  static let gate: [Route] = [
    Route(
      .askGate,
      parameters: [
        environment, time("at", "The moment in question (now), as the register stands now."),
        Parameter(
          "change", .text(1...32).saying("Only this change may open the gate, or an override; repeatable."),
          isList: true),
      ], gives: Success(200, .named("Gate")), GateCalls.ask),
    Route(
      .listOverrides,
      parameters: [Parameter("environment", .text(1...200).saying("Only this environment."))],
      gives: Success(200, .list(.named("Override"))), GateCalls.list),
    Route(
      .overrideGate, body: Body(.override), gives: Success(201, .named("Override")), GateCalls.override),
    Route(
      .endOverrides, body: Body(.overrideEnd),
      gives: Success(200, .list(.named("Override"))), GateCalls.end),
  ]
}

enum GateCalls {
  @Sendable static func ask(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let wording = exchange.wording(contract)
    let environment = try exchange.environment(of: contract)
    let at = try exchange.query.first("at").map { text in
      let moment = try TimeArgument(wording: wording).instant(text, field: .at)
      try exchange.checkYear(wording.zone.civil(moment).date.year, .at)
      return moment
    }
    let named = try exchange.query.all("change").map { try exchange.words.change($0, field: .change) }
    guard named.count <= mostNamed else {
      throw Problem(
        .invalidQuery,
        exchange.language(
          "change: at most \(mostNamed) of them.", "change\(exchange.language.colon) \(mostNamed) au plus."))
    }
    if exchange.principal == nil { try checkPublished(named, exchange) }
    let answer = try exchange.register.gate(
      GateQuestion(environment: environment, at: at, named: named), contract: contract)
    return exchange.json(json(contract, environment, exchange).answer(answer))
  }

  /// A pipeline waits for a few changes.
  private static let mostNamed = 20

  /// Without a token drafts are not there, whichever gate they belong to.
  static func checkPublished(_ changes: [ChangeID], _ exchange: Exchange) throws {
    for id in changes {
      let row = try exchange.register.store.read { try $0.row(id) }
      guard row?.revision != nil else { throw RegisterError.unknownChange(id) }
    }
  }

  private static func json(_ contract: Contract, _ environment: String, _ exchange: Exchange) -> GateJSON {
    GateJSON(
      contract, environment: environment, wording: exchange.wording(contract),
      isSimulation: exchange.api.isSimulation, isForEveryone: exchange.principal == nil)
  }

  @Sendable static func list(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let asked = try exchange.query.first("environment") == nil ? nil : exchange.environment(of: contract)
    let overrides = try exchange.register.overrides(service: contract.service).filter {
      asked == nil || $0.environment == asked
    }
    return exchange.json(.array(overrides.map(json(contract, asked ?? "", exchange).override)))
  }

  @Sendable static func override(_ exchange: Exchange) throws -> APIAnswer {
    let loaded = try exchange.pathContract()
    let environment = exchange.text("environment") ?? Contract.production
    let command = try OverrideTexts(
      environment: environment, length: exchange.text("duration"), until: exchange.text("until"),
      reason: exchange.text("reason")
    ).command(exchange.wording(loaded.contract))
    let (outcome, headers) = try execute(command, loaded, exchange)
    guard let made = outcome.overrides.first else { throw RegisterError.damaged("an override left nothing") }
    return exchange.json(
      json(loaded.contract, environment, exchange).override(made),
      headers: headers + [("location", "\(API.prefix)/gate/\(PercentText.encode(loaded.contract.service))/overrides")])
  }

  @Sendable static func end(_ exchange: Exchange) throws -> APIAnswer {
    let loaded = try exchange.pathContract()
    let environment = exchange.text("environment") ?? Contract.production
    let (outcome, headers) = try execute(
      .endOverride(environment: environment, reason: exchange.text("reason")), loaded, exchange)
    let json = json(loaded.contract, environment, exchange)
    return exchange.json(.array(outcome.overrides.map(json.override)), headers: headers)
  }

  private static func execute(
    _ command: GateCommand, _ loaded: LoadedContract, _ exchange: Exchange
  ) throws -> (Register.GateOutcome, [(name: String, value: String)]) {
    let outcome = try exchange.register.execute(
      Register.GateRequest(
        command, service: loaded.contract.service, actor: exchange.principal?.name, idempotencyKey: exchange.key())
    ) { _ in exchange.bound(loaded) }
    return (outcome, outcome.isReplay ? [("idempotency-replayed", "true")] : [])
  }
}

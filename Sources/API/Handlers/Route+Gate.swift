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
      .get, "/gate/{service}", .readPublished, name: "askGate",
      "Whether work may go on: open or closed, why, and when that changes. 200 either way.",
      parameters: [
        environment, time("at", "The moment in question (now), as the register stands now."),
        Parameter(
          "change", .text(1...32).saying("Only this change may open the gate, or an override; repeatable."),
          isList: true),
      ], gives: Success(200, .named("Gate")), GateCalls.ask),
    Route(
      .get, "/gate/{service}/overrides", .readRegister, name: "listOverrides",
      "Every override of the gate, oldest first.",
      parameters: [Parameter("environment", .text(1...200).saying("Only this environment."))],
      gives: Success(200, .list(.named("Override"))), GateCalls.list),
    Route(
      .post, "/gate/{service}/overrides", .overrideGate, name: "overrideGate",
      "Holds the gate open for a while, four hours at most; the reason stays on record.", body: Body(.override),
      takesKey: true, gives: Success(201, .named("Override")), GateCalls.override),
    Route(
      .post, "/gate/{service}/overrides/end", .overrideGate, name: "endOverrides",
      "Ends the overrides that are in force in the environment.", body: Body(.overrideEnd), takesKey: true,
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
  private static func checkPublished(_ changes: [ChangeID], _ exchange: Exchange) throws {
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
    let times = TimeArgument(wording: exchange.wording(loaded.contract))
    let environment = exchange.text("environment") ?? Contract.production
    let reason = exchange.text("reason") ?? ""
    let command: GateCommand
    switch (exchange.text("duration"), exchange.text("until")) {
    case (let text?, nil):
      command = .override(
        environment: environment, length: try times.duration(text, field: .duration), reason: reason)
    case (nil, let text?):
      command = .overrideUntil(
        try times.instant(text, field: .until), environment: environment, reason: reason)
    default:
      throw BadValue(
        exchange.language(
          "Say for how long: duration or until, one of them.",
          "Dites pour combien de temps\(exchange.language.colon) duration ou until, l’un des deux."))
    }
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

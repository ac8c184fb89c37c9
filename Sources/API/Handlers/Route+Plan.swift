import Answers
import Files
import JSONText
import Planning
import Register
import Wording

extension Route {
  /// Verdicts, and requests that make a change.
  static let plan: [Route] = [
    Route(
      .check,
      body: Body(.trial), gives: Success(200, .named("Trial")), PlanCalls.check),
    Route(
      .submit, body: Body(.submission), gives: Success(201, .named("Change"))
    ) { try PlanCalls.create($0, nil) },
    Route(
      .recordEmergency, body: Body(.emergency),
      gives: Success(201, .named("Change"))
    ) { try PlanCalls.create($0, .emergency) },
  ]
}

enum PlanCalls {
  @Sendable static func check(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.contract(exchange.text("service")).contract
    var reading = ChangeReading(wording: exchange.wording(contract))
    var row = exchange.row
    row[.title] = row[.title] ?? Trial.untitled
    let content = try reading.content(row, service: contract.service)
    let isForEveryone = exchange.principal == nil
    if isForEveryone { try GateCalls.checkPublished(content.alongside, exchange) }
    let trial = try Trial(
      content, contract: contract, register: exchange.register, now: exchange.register.now, forEveryone: isForEveryone)
    return exchange.json(trial.json(exchange.changeJSON(contract)))
  }

  /// - Parameter kind: nil for what the body says.
  static func create(_ exchange: Exchange, _ kind: ChangeKind?) throws -> APIAnswer {
    var row = exchange.row
    if let kind { row[.kind] = kind.rawValue }
    let loaded = try exchange.contract(row[.service])
    // Texts are refused, not cleaned: whoever calls can mend them.
    var reading = ChangeReading(wording: exchange.wording(loaded.contract))
    let content = try reading.content(row, service: loaded.contract.service)
    let request = Register.Request(
      ChangeCommand(creating: content), actor: exchange.principal?.name, idempotencyKey: try exchange.key())
    let outcome = try exchange.register.execute(request) { _ in exchange.bound(loaded) }
    return try OutcomeAnswer(exchange: exchange, creates: true).answer(outcome, to: request.command)
  }
}

/// Words what came of a command on a change.
struct OutcomeAnswer {
  let exchange: Exchange
  let creates: Bool

  func answer(_ outcome: Register.Outcome, to command: ChangeCommand) throws -> APIAnswer {
    let contract = try exchange.contract(outcome.change?.content.service).contract
    let result = try ChangeAnswer(outcome, to: command, contract: contract, register: exchange.register)
    let json = result.json(exchange.changeJSON(contract))
    var headers: [(name: String, value: String)] = []
    if let change = outcome.change, let newest = outcome.newest { headers.append(ETag(change, newest: newest).header) }
    if creates, let change = outcome.change { headers.append(("location", "\(API.prefix)/changes/\(change.id)")) }
    if outcome.isReplay { headers.append(("idempotency-replayed", "true")) }
    guard outcome.verdict.status == .refused else { return exchange.json(json, headers: headers) }
    let wording = exchange.wording(contract)
    let reasons = outcome.verdict.findings.filter { !$0.isSatisfied }.map { wording.finding($0) }
    var members = [JSON.Member("verdict", json["verdict"] ?? .null)]
    if let asked = json["asked"] { members.append(.init("asked", asked)) }
    if outcome.change != nil { members.append(.init("change", json)) }
    return Problem(.refused, reasons.joined(separator: " "), members: members, headers: headers)
      .answer(exchange.language)
  }
}

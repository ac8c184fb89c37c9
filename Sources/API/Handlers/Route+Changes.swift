import Answers
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

extension Route {
  /// Reading changes.
  static let changes: [Route] = [
    Route(
      .listChanges,
      parameters: [
        service, Parameter("environment", .text(1...200).saying("Only this environment.")),
        Parameter("state", .choice(ChangeState.self).saying("Only these states; repeatable."), isList: true),
        time("from", "Changes that end after this day or moment."),
        time("to", "Changes that start before this day or moment."), limit, after,
      ], gives: Success(200, .list(.named("Change"))), ChangeCalls.list),
    Route(
      .showChange,
      parameters: [Parameter("rollback", .text(1...32).saying("How long undoing work under way takes."))],
      gives: Success(200, .named("Change")), ChangeCalls.show),
    Route(
      .listConflicts, parameters: [service], gives: Success(200, .list(.named("Conflict"))), ChangeCalls.conflicts),
    Route(
      .showHistory, gives: Success(200, .list(.named("Event"))), ChangeCalls.history),
  ]
}

/// A change as it stands, and what calls on it have to know of its stream.
struct FoundChange {
  let change: Change
  /// After each of its events; never empty.
  let history: [(line: StoredEvent, event: ChangeEvent, after: Change)]

  func etag(forEveryone: Bool = false) -> ETag {
    ETag(change, newest: history[history.count - 1].line.sequence, forEveryone: forEveryone)
  }
}

extension Exchange {
  private var unknownChange: Problem {
    let shown = path["change"].flatMap(ChangeID.init)?.description ?? language("such change", "ce changement")
    return Problem(.unknownChange, language("There is no \(shown).", "Il n’y a pas \(shown)."))
  }

  /// The change in the path. Without a token drafts are not there.
  func change() throws -> FoundChange {
    guard let id = path["change"].flatMap(ChangeID.init) else { throw unknownChange }
    let history: [(line: StoredEvent, event: ChangeEvent, after: Change)]
    do { history = try register.history(id) } catch RegisterError.unknownChange { throw unknownChange }
    let change = history[history.count - 1].after
    guard principal != nil || change.revision != nil else { throw unknownChange }
    return FoundChange(change: change, history: history)
  }
}

enum ChangeCalls {
  @Sendable static func list(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.contracts()[0]
    let query = exchange.query
    let filter = try ChangeFilter(
      service: query.first("service"), environment: query.first("environment"), states: query.all("state"),
      from: query.first("from"), to: query.first("to"), wording: exchange.wording(contract))
    let page = try Page(exchange, number: { ChangeID($0).map { ($0.year, $0.number) } })
    let isInsider = exchange.principal != nil
    let (changes, cursor) = try exchange.register.store.read { store in
      let (shown, cursor) = try page.cut { (row: ChangeRow) in
        Page.Place(start: row.interval.start, year: row.id.year, number: row.id.number, text: row.id.description)
      } each: { take in
        try store.eachRow(filter) { row in isInsider || row.revision != nil ? take(row) : true }
      }
      return (try shown.map { try Register.listed($0.id, in: store) }, cursor)
    }
    let json = exchange.changeJSON(contract)
    guard isInsider else {
      return exchange.json(
        .array(try changes.map { json.change(try exchange.register.forEveryone($0)) }),
        headers: exchange.next(after: cursor))
    }
    let standings = Standings(exchange.register, try exchange.api.contracts.loadAll().map(\.contract))
    return exchange.json(
      .array(
        try changes.map {
          json.change(
            $0, standing: json.standing(try standings.standing(of: $0)),
            approval: .some(json.approval(of: $0, by: standings.contract(of: $0))))
        }),
      headers: exchange.next(after: cursor))
  }

  @Sendable static func show(_ exchange: Exchange) throws -> APIAnswer {
    let found = try exchange.change()
    let isForEveryone = exchange.principal == nil
    let change = isForEveryone ? try exchange.register.forEveryone(found.change) : found.change
    let contract = try exchange.contract(change.content.service).contract
    let shown = try ShownChange(
      change, contract: contract, register: exchange.register, rollback: exchange.query.first("rollback"),
      wording: exchange.wording(contract))
    return exchange.json(
      shown.json(exchange.changeJSON(contract), forEveryone: isForEveryone),
      headers: [found.etag(forEveryone: isForEveryone).header])
  }

  @Sendable static func conflicts(_ exchange: Exchange) throws -> APIAnswer {
    let contracts = try exchange.contracts()
    let conflicts = try Standings(exchange.register, contracts).conflicts(service: exchange.query.first("service"))
    return exchange.json(exchange.changeJSON(contracts[0]).conflicts(conflicts))
  }

  @Sendable static func history(_ exchange: Exchange) throws -> APIAnswer {
    let found = try exchange.change()
    let contract = try exchange.contract(found.history[0].after.content.service).contract
    return exchange.json(
      try HistoryJSON.json(found.history, wording: exchange.wording(contract)), headers: [found.etag().header])
  }
}

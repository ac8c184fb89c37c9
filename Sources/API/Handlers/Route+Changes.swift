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
        time("to", "Changes that start before this day or moment."),
        Parameter("kind", .choice(ChangeKind.self).saying("Only these kinds; repeatable."), isList: true),
        Parameter(
          "component", .text(1...200).saying("Only what touches one of these, or the whole service; repeatable."),
          isList: true),
        time("updated_since", "Changes of which something is on record at this day or moment, or later."),
        Parameter(
          "sort",
          .choice(ChangeOrder.self).saying("By start, or by what was recorded of each last; with - the last first.")),
        limit, after,
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
  /// By service, what is kept from the public.
  fileprivate func hiddenEnvironments() throws -> [String: Set<String>] {
    try api.contracts.loadAll().reduce(into: [:]) { $0[$1.contract.service] = $1.contract.notices.privateEnvironments }
  }

  private var unknownChange: Problem {
    let shown = path["change"].flatMap(ChangeID.init)?.description ?? language("such change", "ce changement")
    return Problem(.unknownChange, language("There is no \(shown).", "Il n’y a pas \(shown)."))
  }

  private func isPublic(_ change: Change) throws -> Bool {
    guard change.revision != nil else { return false }
    return try contract(change.content.service).contract.isPublic(change.content.environment)
  }

  /// The change in the path. Without a token drafts are not there, nor what is kept from the public.
  func change() throws -> FoundChange {
    guard let id = path["change"].flatMap(ChangeID.init) else { throw unknownChange }
    let history: [(line: StoredEvent, event: ChangeEvent, after: Change)]
    do { history = try register.history(id) } catch RegisterError.unknownChange { throw unknownChange }
    let change = history[history.count - 1].after
    guard try principal != nil || isPublic(change) else { throw unknownChange }
    return FoundChange(change: change, history: history)
  }
}

/// In which order changes are listed.
enum ChangeOrder: String, CaseIterable, Sendable {
  case start, updated
  case startBackwards = "-start"
  case updatedBackwards = "-updated"

  var isDescending: Bool { rawValue.hasPrefix("-") }
  var isByUpdate: Bool { self == .updated || self == .updatedBackwards }
}

/// Which rows a list is asked for, beyond what a store looks for by itself.
private struct ChangeSieve {
  private let store: any StoreReader
  private let isInsider: Bool
  /// By service, what is kept from the caller.
  private let hidden: [String: Set<String>]
  private let kinds: Set<ChangeKind>
  private let components: Set<String>
  /// The first event that counts as new; nil where nobody asked when.
  private let first: Int?
  private let needsUpdate: Bool

  init(_ exchange: Exchange, _ contract: Contract, _ store: any StoreReader) throws {
    self.store = store
    isInsider = exchange.principal != nil
    hidden = try isInsider ? [:] : exchange.hiddenEnvironments()
    kinds = Set(exchange.query.all("kind").compactMap(ChangeKind.init))
    components = Set(exchange.query.all("component"))
    first = try exchange.query.first("updated_since").map {
      try store.firstSequence(
        notBefore: TimeArgument(wording: exchange.wording(contract)).bound($0, field: .updatedSince))
    }
    needsUpdate = first != nil || (exchange.query.first("sort").flatMap(ChangeOrder.init)?.isByUpdate ?? false)
  }

  /// The newest event of the change that the caller may know of, where the list takes the change; where nobody asks for
  /// it, the newest one.
  func pass(_ row: ChangeRow) throws -> Int? {
    guard isInsider || row.revision != nil, hidden[row.service]?.contains(row.environment) != true else { return nil }
    if let first, row.newest < first { return nil }
    // What is decided in the house shows to nobody outside.
    let updated = isInsider || !needsUpdate ? row.newest : try Register.newestRevision(of: row, in: store)
    if let first, updated < first { return nil }
    guard !kinds.isEmpty || !components.isEmpty else { return updated }
    let content = try Register.listed(row.id, in: store).content
    guard kinds.isEmpty || kinds.contains(content.kind) else { return nil }
    let isTouched = components.isEmpty || content.components.isEmpty || !components.isDisjoint(with: content.components)
    return isTouched ? updated : nil
  }
}

enum ChangeCalls {
  @Sendable static func list(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.contracts()[0]
    let query = exchange.query
    let filter = try ChangeFilter(
      service: query.first("service"), environment: query.first("environment"), states: query.all("state"),
      from: query.first("from"), to: query.first("to"), wording: exchange.wording(contract))
    let order = query.first("sort").flatMap(ChangeOrder.init) ?? .start
    let page = try Page(exchange, isDescending: order.isDescending) { ChangeID($0).map { ($0.year, $0.number) } }
    let isInsider = exchange.principal != nil
    let (changes, beside) = try exchange.register.store.read { store in
      let sieve = try ChangeSieve(exchange, contract, store)
      let (shown, beside) = try page.cut { (entry: (row: ChangeRow, updated: Int)) in
        let (row, key) = (
          entry.row, order.isByUpdate ? Int64(entry.updated) : entry.row.interval.start.secondsSinceEpoch
        )
        return Page.Place(key: key, year: row.id.year, number: row.id.number, text: row.id.description)
      } each: { take in
        guard order != .start else {
          return try store.eachRow(filter) { row in try sieve.pass(row).map { take((row, $0)) } ?? true }
        }
        var entries: [(row: ChangeRow, updated: Int)] = []
        try store.eachRow(filter) { row in
          if let updated = try sieve.pass(row) { entries.append((row, updated)) }
          return true
        }
        if order.isByUpdate { entries.sort { ($0.updated, $0.row.id) < ($1.updated, $1.row.id) } }
        for entry in order.isDescending ? entries.reversed() : entries where !take(entry) { return }
      }
      return (try shown.map { try Register.listed($0.row.id, in: store) }, beside)
    }
    let json = exchange.changeJSON(contract)
    guard isInsider else {
      return exchange.json(
        .array(try changes.map { json.change(try exchange.register.forEveryone($0)) }),
        headers: exchange.links(beside))
    }
    let standings = Standings(exchange.register, try exchange.api.contracts.loadAll().map(\.contract))
    return exchange.json(
      .array(
        try changes.map {
          json.change(
            $0, standing: json.standing(try standings.standing(of: $0)),
            approval: .some(json.approval(of: $0, by: standings.contract(of: $0))))
        }),
      headers: exchange.links(beside))
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
      state: found.etag(forEveryone: isForEveryone))
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
      try HistoryJSON.json(found.history, wording: exchange.wording(contract)), state: found.etag())
  }
}

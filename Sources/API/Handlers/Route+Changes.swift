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
      .get, "/changes", .readPublished, name: "listChanges",
      "The changes by start; with a token drafts too.",
      parameters: [
        service, Parameter("environment", .text(1...200).saying("Only this environment.")),
        Parameter("state", .choice(ChangeState.self).saying("Only these states; repeatable."), isList: true),
        time("from", "Changes that end after this day or moment."),
        time("to", "Changes that start before this day or moment."), limit, after,
      ], gives: Success(200, .list(.named("Change"))), ChangeCalls.list),
    Route(
      .get, "/changes/{change}", .readPublished, name: "showChange",
      "One change, with its verdict; with a token drafts too. The ETag is what If-Match asks for.",
      parameters: [Parameter("rollback", .text(1...32).saying("How long undoing work under way takes."))],
      gives: Success(200, .named("Change")), ChangeCalls.show),
    Route(
      .get, "/changes/{change}/history", .readRegister, name: "showHistory",
      "Every event of a change, with its hash.", gives: Success(200, .list(.named("Event"))), ChangeCalls.history),
  ]
}

/// A change as it stands, and what calls on it have to know of its stream.
struct FoundChange {
  let change: Change
  /// After each of its events; never empty.
  let history: [(line: StoredEvent, event: ChangeEvent, after: Change)]

  var etag: ETag { ETag(change, newest: history[history.count - 1].line.sequence) }

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
    let wording = exchange.wording(contract)
    let query = exchange.query
    var filter = ChangeFilter()
    filter.service = query.first("service")
    filter.environment = query.first("environment")
    filter.states = Set(query.all("state").compactMap(ChangeState.init(rawValue:)))
    filter.range = try range(query, TimeArgument(wording: wording), exchange.language)
    let page = try Page(exchange, number: { ChangeID($0).map { ($0.year, $0.number) } })
    let isInsider = exchange.principal != nil
    let (changes, cursor) = try exchange.register.store.read { store in
      let rows = try store.rows(filter).filter { isInsider || $0.revision != nil }
      let (shown, cursor) = page.cut(rows) {
        Page.Place(start: $0.interval.start, year: $0.id.year, number: $0.id.number, text: $0.id.description)
      }
      return (try shown.map { try Register.listed($0.id, in: store) }, cursor)
    }
    let json = exchange.changeJSON(contract)
    return exchange.json(.array(changes.map { json.change($0) }), headers: exchange.next(after: cursor))
  }

  private static func range(_ query: QueryText, _ times: TimeArgument, _ language: Language) throws -> Interval? {
    let (from, to) = (query.first("from"), query.first("to"))
    guard from != nil || to != nil else { return nil }
    let start = try from.map { try times.bound($0, field: .from) } ?? .earliest
    let end = try to.map { try times.bound($0, field: .to) } ?? .latest
    guard let range = Interval(start: start, end: end) else {
      throw BadValue(language("to is not after from.", "to n’est pas après from."))
    }
    return range
  }

  @Sendable static func show(_ exchange: Exchange) throws -> APIAnswer {
    let found = try exchange.change()
    let change = found.change
    let contract = try exchange.contract(change.content.service).contract
    let wording = exchange.wording(contract)
    let register = exchange.register
    let slots =
      change.state == .refused
      ? try SlotProposals(
        contract: contract, environment: change.content.environment, register: register, now: register.now
      ).near(change.content.interval, except: change.id) : nil
    let rollback = try exchange.query.first("rollback").map {
      try TimeArgument(wording: wording).duration($0, field: .rollback)
    }
    let running = try RunningWork(change, contract: contract, register: register, rollback: rollback)
    let json = exchange.changeJSON(contract)
    return exchange.json(
      running.adding(to: json.change(change, slots: slots), time: json.time), headers: [found.etag.header])
  }

  @Sendable static func history(_ exchange: Exchange) throws -> APIAnswer {
    let found = try exchange.change()
    let contract = try exchange.contract(found.history[0].after.content.service).contract
    return exchange.json(
      try HistoryJSON.json(found.history, wording: exchange.wording(contract)), headers: [found.etag.header])
  }
}

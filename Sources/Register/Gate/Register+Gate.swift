package import CivilTime
package import Planning

/// What the gate is asked.
package struct GateQuestion: Hashable, Sendable {
  package var environment: String
  /// Nil: now, by the register's clock.
  package var at: Instant?
  /// Only these changes may open it; empty: any.
  package var named: [ChangeID]

  package init(environment: String, at: Instant? = nil, named: [ChangeID] = []) {
    self.environment = environment
    self.at = at
    self.named = named
  }
}

extension Register {
  /// Days ahead in which the next transition is looked for, further only where none is found: where much is planned it is
  /// near, and where little is, little is read.
  private static let near: [Int64] = [1, 60]
  /// Nothing is announced further ahead than ten years.
  private static let far: Int64 = 366 * 11

  /// Whether work may go on, from one consistent state of the register. Throws `GateError` for a question that makes no
  /// sense, and `RegisterError.unknownChange`.
  package func gate(_ question: GateQuestion, contract: Contract) throws -> GateAnswer {
    guard contract.environments.contains(question.environment) else {
      throw GateError.unknownEnvironment(question.environment, known: contract.environments)
    }
    return try store.read { store in
      let now = clock()
      let moment = question.at ?? now
      let overrides = try GateOverrides.current(GateID(service: contract.service), in: store)?.subject.list ?? []
      let named = try question.named.map { id in
        guard let row = try store.row(id) else { throw RegisterError.unknownChange(id) }
        guard row.service == contract.service, row.environment == question.environment else {
          throw GateError.otherGate(id, service: row.service, environment: row.environment)
        }
        return id
      }
      func answer(_ days: Int64) throws -> GateAnswer {
        let horizon = moment + .hours(24 * days)
        var wanted = Set(named)
        // Where changes are named, of others only those that cover the moment have to do with it.
        wanted.formUnion(
          try Register.gateChanges(
            contract.service, question.environment, from: moment,
            to: named.isEmpty ? horizon : moment + Elapsed(seconds: 1), now: now, store))
        let changes = try wanted.map { try Change.listed($0, in: store) }
        return Gate(
          contract: contract, environment: question.environment, changes: changes, overrides: overrides,
          named: Set(named)
        ).answer(at: moment, horizon: horizon)
      }
      for days in Register.near where named.isEmpty {
        let near = try answer(days)
        if near.nextTransition != nil { return near }
      }
      return try answer(Register.far)
    }
  }

  /// Changes that may open the gate between `moment` and `horizon`, or that have to do with its being closed at `moment`.
  private static func gateChanges(
    _ service: String, _ environment: String, from moment: Instant, to horizon: Instant, now: Instant,
    _ store: any StoreReader
  ) throws -> Set<ChangeID> {
    // Holds: a horizon lies ahead of its moment.
    let range = Interval(start: moment, end: horizon)!
    var wanted = Set(
      try store.bookings(service: service, environment: environment, in: range).map(\.change))
    var filter = ChangeFilter()
    filter.service = service
    filter.environment = environment
    // Work under way beyond its announced end.
    filter.states = [.inProgress]
    wanted.formUnion(try store.rows(filter).map(\.id))
    // What is over or cancelled matters where it covers the moment; for a moment in the past, all that came after too.
    filter.states = [.completed, .cancelled]
    filter.range = Interval(start: moment, end: max(now, moment) + Elapsed(seconds: 1))
    wanted.formUnion(try store.rows(filter).map(\.id))
    if moment < now {
      // Urgent work may have begun, and opened the gate, before the start that was announced.
      filter.states = [.completed]
      filter.range = Interval(start: now, length: .hours(24 * far))
      wanted.formUnion(try store.rows(filter).map(\.id))
    }
    return wanted
  }
}

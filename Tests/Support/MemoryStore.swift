import CivilTime
import Planning
package import Register
import Synchronization

/// A register that lives as long as the process: for tests, and the measure of what a store has to do.
package final class MemoryStore: EventStore {
  private let state = Mutex(State())
  private let lines = LineCount()

  package init() {}

  /// How many lines were read of single streams.
  package var linesOfStreams: Int { lines.value.withLock { $0 } }
  package func resetCount() { lines.value.withLock { $0 = 0 } }

  private final class LineCount: Sendable { let value = Mutex(0) }

  package func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    while true {
      let transaction = state.withLock { Transaction($0, lines) }
      let begun = transaction.state.version
      let result = try body(transaction)
      transaction.state.version += 1
      let after = transaction.state
      let isAlone = state.withLock { state in
        guard state.version == begun else { return false }
        state = after
        return true
      }
      // Another writer came between: what was read is stale, so it is done again.
      if isAlone { return result }
    }
  }

  package func scratch() -> any EventStore { MemoryStore() }

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try body(state.withLock { Transaction($0, lines) })
  }

  fileprivate struct State: Sendable {
    var version = 0
    var events: [StoredEvent] = []
    var rows: [ChangeID: ChangeRow] = [:]
    var fragments: [String: Fragment] = [:]
    var answers: [String: StoredAnswer] = [:]
    var contracts: [String: String] = [:]
    var incidents: [ClockIncident] = []
    /// By stream.
    var subjects: [String: any Sendable] = [:]
    var grants: [String: any Sendable] = [:]
    var outbox: [String: OutboxRow] = [:]
  }

  private final class Transaction: StoreTransaction {
    var state: State
    private let lines: LineCount
    init(_ state: State, _ lines: LineCount) {
      self.state = state
      self.lines = lines
    }

    func newestEvent() -> StoredEvent? { state.events.last }
    func events(stream: String) -> [StoredEvent] {
      let found = state.events.filter { $0.stream == stream }
      lines.value.withLock { $0 += found.count }
      return found
    }
    func eachEvent(ofStreamBackwards stream: String, _ body: (StoredEvent) throws -> Bool) throws {
      for line in state.events.reversed() where line.stream == stream {
        lines.value.withLock { $0 += 1 }
        guard try body(line) else { return }
      }
    }
    func events(after sequence: Int, limit: Int) -> [StoredEvent] {
      Array(state.events.drop { $0.sequence <= sequence }.prefix(limit))
    }
    func firstSequence(notBefore moment: Instant) -> Int {
      state.events.first { $0.at >= moment }?.sequence ?? state.events.count + 1
    }
    func row(_ id: ChangeID) -> ChangeRow? { state.rows[id] }

    func eachRow(_ filter: ChangeFilter, _ body: (ChangeRow) throws -> Bool) throws {
      let rows = state.rows.values.filter { row in
        (filter.service == nil || filter.service == row.service)
          && (filter.environment == nil || filter.environment == row.environment)
          && (filter.states.isEmpty || filter.states.contains(row.state))
          && (filter.range.map(row.interval.overlaps) ?? true)
          && (filter.activeAfter.map { isActive(row, after: $0) } ?? true)
      }
      .sorted { ($0.interval.start, $0.id) < ($1.interval.start, $1.id) }
      for row in rows where try !body(row) { return }
    }

    private func isActive(_ row: ChangeRow, after moment: Instant) -> Bool {
      row.state == .inProgress || row.interval.end > moment
        || state.events.last { $0.sequence <= row.newest }.map { $0.at > moment } ?? false
    }

    func bookings(service: String, environment: String, in interval: Interval) throws -> [Booking] {
      try heldBesidePlans(service: service, environment: environment, in: interval)
        + state.rows.values
        .filter {
          $0.isBooked && $0.service == service && $0.environment == environment && $0.interval.overlaps(interval)
        }
        .map { Booking(change: $0.id, interval: $0.interval) }
        .sorted { ($0.interval.start, $0.change) < ($1.interval.start, $1.change) }
    }

    func highestNumber(in year: Int) -> Int { state.rows.keys.filter { $0.year == year }.map(\.number).max() ?? 0 }
    func answer(to key: String) -> StoredAnswer? { state.answers[key] }
    func contractDigest(of service: String) -> String? { state.contracts[service] }
    func fragment(_ id: ChangeID, language: String) -> Fragment? { state.fragments["\(id) \(language)"] }
    func eachFragment(_ ids: [ChangeID], language: String, _ body: (Fragment) throws -> Void) throws {
      try ids.compactMap { fragment($0, language: language) }.forEach(body)
    }
    func identifiers(after id: ChangeID?, limit: Int) -> [ChangeID] {
      Array(state.rows.keys.filter { key in id.map { key > $0 } ?? true }.sorted().prefix(limit))
    }
    func clockIncidents() -> [ClockIncident] { state.incidents }

    func rows<Subject: RowedSubject>(
      of _: Subject.Type, _ filter: StreamFilter<Subject.State>
    ) -> [StreamRow<Subject>] {
      state.subjects.values.compactMap { $0 as? StreamRow<Subject> }.filter { row in
        (filter.service == nil || filter.service == row.service)
          && (filter.environment == nil || filter.environment == row.environment)
          && (filter.states.isEmpty || filter.states.contains(row.state)) && (filter.range.map(row.meets) ?? true)
      }
      .sorted { ($0.start, $0.id) < ($1.start, $1.id) }
    }
    func row<Subject: RowedSubject>(of _: Subject.Type, _ id: Subject.ID) -> StreamRow<Subject>? {
      state.subjects[id.description] as? StreamRow<Subject>
    }
    func highestNumber(inSeries series: String) -> Int {
      state.subjects.keys.filter { $0.hasPrefix(series) }.compactMap { Int($0.dropFirst(series.count)) }.max() ?? 0
    }

    func eachGrant<Content: GrantContent>(
      _: Content.Type, _ body: (Grant<Content>.ID, Grant<Content>?) throws -> Void
    ) throws {
      for grant in state.grants.values.compactMap({ $0 as? Grant<Content> }).sorted(by: { $0.id < $1.id }) {
        try body(grant.id, grant)
      }
    }
    func grants<Content: GrantContent>(_ kind: Content.Type, digestPrefix: String) throws -> [Grant<Content>] {
      try grants(kind).filter { $0.content.secretDigest?.hasPrefix(digestPrefix) ?? false }
    }

    func outboxRow(_ id: String) -> OutboxRow? { state.outbox[id] }
    private func outboxRows() -> [OutboxRow] {
      state.outbox.values.sorted { ($0.sequence, $0.subscription, $0.lead) < ($1.sequence, $1.subscription, $1.lead) }
    }
    func outbox(_ filter: OutboxFilter) -> [OutboxRow] {
      outboxRows().filter { row in
        (filter.states.isEmpty || filter.states.contains(row.state))
          && (filter.subscription == nil || filter.subscription == row.subscription)
      }
      .suffix(filter.limit)
    }
    func eachOutboxRow(_ body: (OutboxRow) throws -> Void) throws { try outboxRows().forEach(body) }
    func conflictRows() -> [OutboxRow] { outboxRows().filter(\.tellsConflict) }
    func dueHeads(at now: Instant, limit: Int) -> [OutboxRow] {
      var seen: Set<String> = []
      let waiting = outboxRows().filter { $0.state == .pending && $0.notBefore <= now && !$0.isTooLate(at: now) }
        .sorted {
          ($0.notBefore, $0.tellsConflict ? 1 : 0, $0.event, $0.lead)
            < ($1.notBefore, $1.tellsConflict ? 1 : 0, $1.event, $1.lead)
        }
      return Array(
        waiting.filter { seen.insert($0.subscription).inserted }.filter { $0.isDue(at: now) }.prefix(limit))
    }
    func tooLate(at now: Instant) -> [OutboxRow] {
      outboxRows().filter { $0.isTooLate(at: now) && $0.isFree(at: now) }
    }
    func untold() -> [OutboxRow] {
      outboxRows().filter { $0.state == .delivered && $0.text != nil && $0.recorded == nil }
        .sorted { ($0.sequence, $0.lead, $0.subscription) < ($1.sequence, $1.lead, $1.subscription) }
    }
    func outbox(sequence: Int, lead: Elapsed) -> [OutboxRow] {
      outboxRows().filter { $0.sequence == sequence && $0.lead == lead }
    }
    func outboxFigures(at now: Instant) -> OutboxFigures {
      var figures = OutboxFigures()
      let pending = state.outbox.values.filter { $0.state == .pending }
      figures.pending = pending.count { $0.notBefore <= now }
      figures.scheduled = pending.count - figures.pending
      figures.dead = state.outbox.values.count { $0.state == .dead }
      figures.oldestPending = pending.map(\.notBefore).filter { $0 <= now }.min()
      return figures
    }

    func faults() -> [Damage] { [] }
    func eachLine(_ body: (Result<StoredEvent, RegisterError>) throws -> Void) throws {
      for event in state.events { try body(.success(event)) }
    }
    func derivedTables() -> [DerivedTable] {
      table.keys.sorted().map { name in
        DerivedTable(name: name, columns: name == "fragments" ? ["key", "revision", "body"] : ["key", "row"], keys: 1)
      }
    }
    func rows(of wanted: DerivedTable) -> () throws -> [Cell]? {
      var rows = (table[wanted.name] ?? []).sorted { $0.lexicographicallyPrecedes($1) }.makeIterator()
      return { rows.next() }
    }

    /// What follows from the log, by the names of the tables of a file.
    private var table: [String: [[Cell]]] {
      func text(_ value: some Any) -> Cell { .text(Array("\(value)".utf8)) }
      func row(_ key: some Any, _ value: some Any) -> [Cell] { [text(key), text(value)] }
      return [
        "changes": state.rows.values.map { row($0.id, $0) },
        "fragments": state.fragments.values.map {
          [text("\($0.change) \($0.language)"), text($0.revision), .blob($0.body)]
        },
        "keys": state.answers.map { row($0.key, $0.value) }, "contracts": state.contracts.map { row($0.key, $0.value) },
        "subjects": state.subjects.map { row($0.key, $0.value) },
        "grants": state.grants.map { row($0.key, grant($0.value)) },
        "outbox": state.outbox.values.filter { !$0.tellsConflict }.map {
          row("\($0.subscription) \($0.sequence) \($0.lead)", "\($0.id) \($0.createdAt) \($0.notBefore)")
        },
      ]
    }

    /// Without what stands in no event.
    private func grant(_ value: any Sendable) -> any Sendable {
      switch value {
      case let grant as Token: grant.logged
      case let grant as PrivateFeed: grant.logged
      case let grant as Webhook: grant.logged
      case let grant as Mailing: grant.logged
      case let grant as SubscriptionKey: grant.logged
      default: value
      }
    }

    func append(_ event: StoredEvent) { state.events.append(event) }
    func put(_ row: ChangeRow) { state.rows[row.id] = row }
    func put(_ fragment: Fragment) { state.fragments["\(fragment.change) \(fragment.language)"] = fragment }
    func put(_ answer: StoredAnswer, to key: String) throws {
      if let known = state.answers[key], (known.requestDigest, known.stream) != (answer.requestDigest, answer.stream) {
        throw RegisterError.damaged("key \(key) answers two requests")
      }
      state.answers[key] = answer
    }
    func setContractDigest(_ digest: String, of service: String) { state.contracts[service] = digest }
    func put(_ incident: ClockIncident) { state.incidents.append(incident) }
    func clearClockIncidents() { state.incidents = [] }
    func put<Subject: RowedSubject>(_ row: StreamRow<Subject>) { state.subjects[row.id.description] = row }
    func put<Content: GrantContent>(_ grant: Grant<Content>) { state.grants[grant.id.description] = grant }
    func put(_ row: OutboxRow) { state.outbox[row.id] = row }
    func voidReminders(
      of stream: String, to subscription: String, leads: [Elapsed], error: String, at now: Instant
    ) {
      let events = Set(state.events.filter { $0.stream == stream }.map(\.sequence))
      for var row in state.outbox.values
      where row.subscription == subscription && leads.contains(row.lead)
        && [.pending, .held, .dead].contains(row.state)
        && events.contains(row.sequence)
      {
        row.state = .void
        row.lastError = error
        row.settledAt = now
        state.outbox[row.id] = row
      }
    }
    func remove(_ row: OutboxRow) { state.outbox[row.id] = nil }
    func endDeliveries(to subscription: String, error: String, at now: Instant) {
      for var row in state.outbox.values
      where row.subscription == subscription && [.pending, .held].contains(row.state) {
        row.state = .dead
        row.lastError = error
        row.settledAt = now
        row.lease = nil
        row.leaseUntil = nil
        state.outbox[row.id] = row
      }
    }
    func noteUse(of token: TokenID, at moment: Instant) {
      guard var used = state.grants[token.description] as? Token else { return }
      used.unlogged.lastUsedAt = moment
      state.grants[token.description] = used
    }
  }
}

import Planning

/// The part of `register verify` that knows outages.
struct OutageVerifier {
  private var outages: [OutageID: (outage: Outage, newest: Int)] = [:]
  var count: Int { outages.count }

  /// Takes one line of an outage's stream; nil where nothing is wrong with it.
  mutating func problem(_ line: StoredEvent, of id: OutageID, _ store: any StoreReader) throws -> Verification.Problem?
  {
    guard let (event, context) = try? OutageCodec.decode(type: line.type, body: line.body) else {
      return .unreadable(sequence: line.sequence)
    }
    guard let next = event.apply(to: outages[id]?.outage, id: id, at: line.at) else {
      return .impossible(sequence: line.sequence)
    }
    outages[id] = (next, line.sequence)
    if let key = context.idempotencyKey {
      let answer = try store.outageAnswer(to: key)
      if answer?.outage != id || answer?.requestDigest != context.requestDigest { return .answer(key: key) }
    }
    return nil
  }

  /// What the events give, against the rows beside them.
  func problems(_ store: any StoreReader) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    for (year, ids) in Dictionary(grouping: outages.keys, by: \.year).sorted(by: { $0.key < $1.key })
    where ids.map(\.number).sorted() != Array(1...ids.count) {
      problems.append(.outageNumbering(year: year))
    }
    let rows = Dictionary(uniqueKeysWithValues: try store.outageRows(OutageFilter()).map { ($0.id, $0) })
    for id in Set(rows.keys).union(outages.keys).sorted() {
      guard let entry = outages[id], rows[id] == OutageRow(entry.outage, newest: entry.newest) else {
        problems.append(.outageProjection(id))
        continue
      }
    }
    return problems
  }
}

import Planning

/// The outbox in a copy of another register's log: it has the rows that verify asks for, and never sends.
extension Outbox {
  /// Why no message of a copy waits.
  static let elsewhere = "held: sent by the register that this is a copy of"

  /// As ``announce(_:by:in:)``, with messages that nobody here sends.
  static func mirror(_ change: Change, by line: StoredEvent, in store: any StoreTransaction) throws {
    for var row in try rows(of: change, by: line, store) {
      row.state = .dead
      row.lastError = elsewhere
      try store.put(row)
    }
  }
}

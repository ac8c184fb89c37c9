import CivilTime
import JSONText
import Planning

/// Appends to the log inside one transaction.
struct LogWriter {
  let store: any StoreTransaction
  private(set) var newest: StoredEvent
  let now: Instant

  mutating func append(stream: String, type: String, body: String) throws {
    newest = StoredEvent(after: newest, at: now, stream: stream, type: type, body: body)
    try store.append(newest)
  }

  /// A contract that differs from the one last used is an event of its own, so that none is loosened quietly.
  mutating func noteContract(_ bound: BoundContract) throws {
    let service = bound.contract.service
    guard try store.contractDigest(of: service) != bound.digest else { return }
    let body: JSON = [
      "service": .string(service), "digest": .string(bound.digest),
      "files": .object(bound.files.map { JSON.Member($0.name, .string(Digest.sha256($0.bytes))) }),
    ]
    try append(stream: StoredEvent.registerStream, type: "contract-adopted", body: body.text)
    try store.setContractDigest(bound.digest, of: service)
  }

  /// Writes were refused while the clock stood behind; now that it has recovered, the log says so.
  mutating func noteClockRecovery() throws {
    let incidents = try store.clockIncidents()
    guard let first = incidents.first, let last = incidents.last else { return }
    let body: JSON = [
      "refused_writes": .integer(Int64(incidents.count)), "first_clock": .string(TimeText.utc(first.clock)),
      "last_clock": .string(TimeText.utc(last.clock)), "newest_event": .string(TimeText.utc(first.newest)),
    ]
    try append(stream: StoredEvent.registerStream, type: "clock-recovered", body: body.text)
    try store.clearClockIncidents()
  }
}

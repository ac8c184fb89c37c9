import Planning

/// The part of `register verify` that knows overrides of the gate. They have no rows: the events are all there is.
struct GateVerifier {
  private var overrides: [String: [GateOverride]] = [:]
  private var keys: [String: Set<String>] = [:]

  /// Takes one line of a gate's stream; nil where nothing is wrong with it.
  mutating func problem(_ line: StoredEvent, of service: String) -> Verification.Problem? {
    guard let (event, context) = try? GateCodec.decode(type: line.type, body: line.body) else {
      return .unreadable(sequence: line.sequence)
    }
    guard let next = event.apply(to: overrides[service] ?? [], at: line.at, actor: context.actor) else {
      return .impossible(sequence: line.sequence)
    }
    overrides[service] = next
    if let key = context.idempotencyKey, !keys[service, default: []].insert(key).inserted { return .answer(key: key) }
    return nil
  }
}

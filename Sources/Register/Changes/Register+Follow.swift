import CivilTime
import JSONText
import Planning

/// Files that are imported again: what an event made is moved, amended or cancelled, under the rules of those moves.
extension Register {
  /// Nil where something is taken back that was never asked for.
  func follow(_ request: Request, in sitting: Sitting, at now: Instant) throws -> Outcome? {
    guard let follow = request.follows, let key = request.idempotencyKey else {
      return Outcome(try perform(request, in: sitting))
    }
    let store = sitting.store
    guard let answer = try store.confirmedAnswer(to: key), let id = ChangeID(answer.stream),
      let known = try Change.current(id, in: store)?.subject
    else {
      guard request.command.content != nil else { return nil }
      var request = request
      if let former = follow.formerKey, try store.confirmedAnswer(to: former) != nil { request.idempotencyKey = former }
      return Outcome(try perform(request, in: sitting))
    }
    let unchanged = Outcome(verdict: known.verdict, change: known, isReplay: true, decidedAt: now)
    guard let content = request.command.content else {
      guard known.state == .planned || known.state == .requested else { return unchanged }
      return try perform([(.cancel, .cancel(reason: follow.reason))], on: id, as: request, key: nil, in: sitting)
    }
    // The file that was taken last, once more: what people did since stands. One from before it is news again.
    let digest = "\(key)-\(Digest.sha256(content.request.bytes).prefix(16))"
    let taken = try store.events(stream: id.description).compactMap { line in
      try line.reading { try EventContext(json: $0) }.idempotencyKey
    }.filter { $0 == key || $0.hasPrefix("\(key)-") }
    let isSame =
      taken.last == key
      ? answer.requestDigest.map(request.digests.contains) ?? false : taken.last?.hasPrefix(digest) ?? false
    if isSame { return unchanged }
    let stamp = "\(digest)-\(taken.count)"
    var commands: [(Outcome.Deed, ChangeCommand)] = []
    let asked = known.awaiting ?? known.content
    var amendment = ChangeCommand.Amendment()
    for field in [ChangeField.title, .description, .impact] where content[field] != asked[field] {
      amendment[field] = content[field]
    }
    if !amendment.isEmpty { commands.append((.amend, .amend(amendment, reason: follow.reason))) }
    if content.interval != asked.interval {
      let move = ChangeCommand.reschedule(
        interval: content.interval, reason: follow.reason, alongside: content.alongside)
      commands.append((.move, move))
    }
    return commands.isEmpty
      ? unchanged : try perform(commands, on: id, as: request, key: stamp, in: sitting)
  }

  /// The last of several moves of one change answers for all.
  private func perform(
    _ commands: [(deed: Outcome.Deed, command: ChangeCommand)], on id: ChangeID, as request: Request, key: String?,
    in sitting: Sitting
  ) throws -> Outcome? {
    var outcome: Outcome?
    for (index, each) in commands.enumerated() {
      let isLast = index == commands.count - 1
      let move = Request(each.command, on: id, actor: request.actor, idempotencyKey: isLast ? key : nil)
      outcome = Outcome(try perform(move, in: sitting))
      outcome?.deed = each.deed
      if outcome?.verdict.status == .refused { break }
    }
    return outcome
  }
}

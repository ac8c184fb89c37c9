public import CivilTime

/// The notice that clients were actually given.
///
/// Of all but urgent work that began in the month, or whose plan in force was published in it; cancelled plans are left
/// out. Counts elapsed seconds from that publication to the announced start, or to the actual one where the work began
/// earlier: beginning late gives nobody more notice.
public struct NoticeGiven: Hashable, Sendable {
  public struct Given: Hashable, Sendable {
    public var change: ChangeID
    public var kind: ChangeKind
    public var plannedAt: Instant
    public var start: Instant
    /// Nil for updates without interruption, which no length of notice binds (article 10).
    public var required: Elapsed?

    public var length: Elapsed { start - plannedAt }
    public var isShort: Bool { required.map { length < $0 } ?? false }
  }

  /// By start.
  public var given: [Given]
  /// What the contract asks of planned maintenance at the beginning of the month.
  public var required: Elapsed

  public var shortest: Elapsed? { given.map(\.length).min() }

  /// The middle one; between two, half their sum in whole seconds, rounded down.
  public var median: Elapsed? {
    let sorted = given.map(\.length.seconds).sorted()
    guard !sorted.isEmpty else { return nil }
    let upper = sorted[sorted.count / 2]
    guard sorted.count.isMultiple(of: 2) else { return Elapsed(seconds: upper) }
    return Elapsed(seconds: (sorted[sorted.count / 2 - 1] + upper) >> 1)
  }

  public var short: Int { given.count { $0.isShort } }
}

extension NoticeGiven.Given {
  /// Nil for urgent work, cancelled plans and drafts.
  init?(_ change: Change, contract: Contract) {
    guard change.content.kind != .emergency, change.state != .cancelled, let plannedAt = change.plannedAt else {
      return nil
    }
    let announced = change.content.interval.start
    self.change = change.id
    kind = change.content.kind
    self.plannedAt = plannedAt
    start = min(announced, change.actualStart?.stated ?? announced)
    required = change.content.isPlannedMaintenance ? contract.terms(at: announced).planned.notice : nil
  }
}

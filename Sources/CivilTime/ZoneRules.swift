/// The offsets of one time zone for all time: recorded transitions, then a rule that goes on for ever.
/// Source: RFC 9636 (TZif), sections 3.2 and 3.3.
public struct ZoneRules: Sendable {
  /// Name in the tz database, for instance `Europe/Paris`.
  public let name: String
  /// Instants of change, ascending; `offsets[i]` is in force from `transitions[i]` on.
  let transitions: [Int64]
  let offsets: [UTCOffset]
  /// In force before the first transition.
  let initialOffset: UTCOffset
  /// In force after the last transition; nil means that the last offset stays.
  let footer: PosixRule?

  public static let utc = ZoneRules(name: "UTC", transitions: [], offsets: [], initialOffset: .utc, footer: nil)

  /// The offset in force at `instant`.
  public func offset(at instant: Instant) -> UTCOffset {
    let seconds = instant.secondsSinceEpoch
    guard let last = transitions.last else { return footer?.offset(at: instant) ?? initialOffset }
    if seconds >= last, let footer { return footer.offset(at: instant) }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initialOffset : offsets[low - 1]
  }

  /// What a wall clock of this zone shows at `instant`.
  public func civil(_ instant: Instant) -> CivilDateTime { instant.civil(at: offset(at: instant)) }

  /// The instant or instants that `civil` can mean.
  ///
  /// Every instant that shows `civil` lies within a day of reading `civil` as UTC; two changes of offset so close to
  /// each other are not in the tz database, so the offsets a day before and a day after are all there can be.
  public func resolve(_ civil: CivilDateTime) -> CivilResolution {
    let asUTC = Instant(secondsSinceEpoch: civil.secondsSinceCivilEpoch)
    let before = offset(at: asUTC - .hours(24))
    let after = offset(at: asUTC + .hours(24))
    let early = civil.instant(at: before)
    guard before != after else { return .unique(early) }
    let late = civil.instant(at: after)
    switch (offset(at: early) == before, offset(at: late) == after) {
    case (true, true): return .fold(earlier: early, before, later: late, after)
    case (true, false): return .unique(early)
    case (false, true): return .unique(late)
    case (false, false): return .gap(before: before, after: after)
    }
  }

  /// The first instant of the civil day: midnight, or the end of the gap where midnight does not exist,
  /// or the first midnight where it comes twice.
  public func startOfDay(_ date: CivilDate) -> Instant { earliest(date.midnight) }

  /// The earliest instant at which the wall clock shows `civil` or, where it never does, a later time.
  public func earliest(_ civil: CivilDateTime) -> Instant {
    switch resolve(civil) {
    case .unique(let instant): return instant
    case .fold(let earlier, _, _, _): return earlier
    case .gap(let before, let after):
      // The change happens between `civil` read with the later and with the earlier offset.
      var low = civil.instant(at: after).secondsSinceEpoch
      var high = civil.instant(at: before).secondsSinceEpoch
      while low < high {
        let middle = low + (high - low) / 2
        if offset(at: Instant(secondsSinceEpoch: middle)) == after { high = middle } else { low = middle + 1 }
      }
      return Instant(secondsSinceEpoch: low)
    }
  }
}

/// What a civil time means in a zone: nothing is ever chosen silently.
public enum CivilResolution: Hashable, Sendable {
  case unique(Instant)
  /// Skipped by a change of clock: `before` was in force until it, `after` from it on.
  case gap(before: UTCOffset, after: UTCOffset)
  /// Shown twice: first with the first offset, later with the second.
  case fold(earlier: Instant, UTCOffset, later: Instant, UTCOffset)
}

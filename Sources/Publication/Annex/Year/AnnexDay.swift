package import CivilTime
package import Planning

/// What one civil day of the year is under the contract's version of that day.
package struct AnnexDay: Sendable {
  package let date: CivilDate
  /// Midnight to midnight: 23, 24 or 25 hours.
  package let interval: Interval
  package let zone: ZoneRules
  package let holiday: Holiday?
  /// The holidays beside a working day that stands alone between one of them and the end of the week (« pont »), or
  /// between two of them; empty for every other day.
  package let bridged: [Holiday]
  package let clockChanges: [ClockChange]
  /// The windows of the day, cut to it.
  package let windows: [Interval]
  /// The merged windows that begin on this day.
  package let opening: [AnnexWindow]
  /// The hours in which a stop costs availability; nil on days that have none.
  package let reference: Interval?
  package let freezes: [Freeze]
  /// Hundredths of a percent; nil where the contract names no target or the environment does not count.
  package let targetBasisPoints: Int?

  package var isOpenAllDay: Bool { windows.first.map { $0.contains(interval) } ?? false }
}

/// A change of the offset from UTC.
package struct ClockChange: Hashable, Sendable {
  /// The first instant of the new offset.
  package let at: Instant
  package let before: UTCOffset
  package let after: UTCOffset
  package let date: CivilDate
  /// Of the civil day.
  package let dayLength: Elapsed
  /// The merged window that it falls in.
  package let window: AnnexWindow?
}

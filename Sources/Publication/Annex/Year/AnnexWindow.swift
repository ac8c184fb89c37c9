package import CivilTime
package import Planning

/// A merged maintenance window of the year.
package struct AnnexWindow: Hashable, Sendable {
  /// Uncut: the first and the last of a year may reach into its neighbours.
  package let interval: Interval
  /// The civil days that lie in it as a whole, in order; none for a window of a night.
  package let wholeDays: [CivilDate]
  /// The public holidays among them.
  package let holidays: [Holiday]
  /// What the clock face shows from start to end. Differs from the elapsed length where the clock changes in between.
  package let civilLength: Elapsed
  /// Whether a public holiday joins other whole days here, so that the window is longer than each would be alone.
  package let isLengthenedByHoliday: Bool

  /// Elapsed.
  package var length: Elapsed { interval.length }
  /// What a change of clock adds to the window, negative where it takes away.
  package var clockShift: Elapsed { length - civilLength }
}

/// Windows of nights in a row that look the same: equal times on the clock, equal lengths, each a day after the other.
package struct WindowRun: Hashable, Sendable {
  /// Never empty.
  package let windows: [AnnexWindow]

  package var first: AnnexWindow { windows[0] }
  package var last: AnnexWindow { windows[windows.count - 1] }
}

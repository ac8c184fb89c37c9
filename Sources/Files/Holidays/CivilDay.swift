import CivilTime

/// A day of the year without the year.
enum CivilDay {
  /// Whether every year has it; 29 February is left out.
  static func exists(month: Int, day: Int) -> Bool { CivilDate(year: 2001, month: month, day: day) != nil }
}

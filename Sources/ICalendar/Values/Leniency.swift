/// What is written otherwise than RFC 5545 says although it can be read. A value is read once, and who reads decides
/// what passes: the import what libical reads as it was meant, the feed doctor what readers take without a word.
package struct Leniency: OptionSet, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Small letters in a value that is written in capitals.
  package static let smallLetters = Leniency(rawValue: 1 << 0)
  /// A 60th second, which is read as the 59th.
  package static let leapSecond = Leniency(rawValue: 1 << 1)
  /// TZID beside `Z`: then `Z` counts.
  package static let zoneBesideUTC = Leniency(rawValue: 1 << 2)
  /// Six to nine digits for one unit of a duration.
  package static let longNumbers = Leniency(rawValue: 1 << 3)
  /// Hours and seconds without minutes between them.
  package static let leftOutMinutes = Leniency(rawValue: 1 << 4)
  /// The offset `-0000`, which is read as `+0000`.
  package static let negativeZero = Leniency(rawValue: 1 << 5)
  /// Recurrence rules of any kind and size, also those that are not followed here, and empty values of their parts.
  package static let anyRule = Leniency(rawValue: 1 << 6)

  /// What the import takes.
  static let screen: Leniency = [.smallLetters, .negativeZero]

  /// What is taken of somebody else's calendar, before it is written anew.
  static let foreign: Leniency = [.smallLetters, .negativeZero, .zoneBesideUTC, .longNumbers, .leftOutMinutes]

  /// `byte` as a capital where small letters pass.
  func capital(_ byte: UInt8) -> UInt8 {
    contains(.smallLetters) && (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
  }
}

extension Span<UInt8> {
  /// The number that exactly `digits` decimal digits at `index` write.
  func number(at index: Int, digits: Int) -> Int? {
    guard index + digits <= count else { return nil }
    var value = 0
    for place in index..<index + digits {
      let byte = self[place]
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }
}

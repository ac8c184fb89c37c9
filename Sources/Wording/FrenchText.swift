/// French as it is written in the source, on an ordinary keyboard; what comes out has the blanks and apostrophes of
/// good typography. Values put into it stay as they are: what people entered, addresses and code are not ours to mend.
package struct FrenchText: ExpressibleByStringInterpolation, Sendable {
  package private(set) var text: String

  package init(stringLiteral value: String) { text = Typography.french(value) }
  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  package static func + (left: FrenchText, right: FrenchText) -> FrenchText {
    var whole = left
    whole.text += right.text
    return whole
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }
    package mutating func appendLiteral(_ literal: String) { text += Typography.french(literal) }
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) { text += value.description }
    package mutating func appendInterpolation(_ value: some StringProtocol) { text += value }
  }
}

extension Typography {
  /// French prose with a blank of its own before `;`, `!`, `?` and `:` and inside guillemets, where it had a plain one,
  /// and with curved apostrophes between letters. Signs that stand without a blank (`12:30`, `https:`) stay.
  package static func french(_ text: String) -> String {
    guard needsWork(text) else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let before = index > 0 ? scalars[index - 1] : nil
      let after = index + 1 < scalars.count ? scalars[index + 1] : nil
      switch scalar {
      case " " where after.map { ";!?".unicodeScalars.contains($0) } ?? false: result.append("\u{202F}")
      case " " where after == ":" || after == "»" || before == "«": result.append("\u{A0}")
      case "'" where (before?.properties.isAlphabetic ?? false) && (after?.properties.isAlphabetic ?? true):
        result.append("’")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func needsWork(_ text: String) -> Bool {
    var isAfterBlank = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "'"): return true
      case UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isAfterBlank { return true }
      // The first octet of both guillemets, and of é: the long way then, which changes nothing.
      case 0xC2: return true
      default: break
      }
      isAfterBlank = byte == 0x20
    }
    return false
  }
}

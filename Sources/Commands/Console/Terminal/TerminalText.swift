import CivilTime
import Foundation
import Wording

/// Text that quotes what someone typed, made safe for a terminal.
enum TerminalText {
  /// Columns of the terminal behind `descriptor`; nil where there is none, or where it does not say.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard isatty(descriptor) == 1, unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Lines that are too long broken between words; the indent of a line, and words longer than a line, stay.
  static func wrapped(_ text: String, to columns: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard line.count > columns else { return String(line) }
      let indent = String(repeating: " ", count: line.prefix { $0 == " " }.count)
      return WordWrap.hanging(String(line), columns: columns, indent: indent.count, first: indent)
        .joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// What would command a terminal, break a line or turn the direction of writing is shown by its number:
  /// `<U+001B>`. Line feeds stay. Source: Unicode, general category Cc; UAX #9; ECMA-48 for what terminals obey.
  static func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isUnsafe(scalar) else {
        result.append(scalar)
        continue
      }
      result.append(contentsOf: "<U+\(scalar.value.padded(4, radix: 16, uppercase: true))>".unicodeScalars)
    }
    return String(result)
  }

  /// One word of a POSIX shell, whatever it holds.
  static func quoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { Self.plain.contains($0) }
    return isPlain ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }

  /// What no shell takes for anything else.
  private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:,@%+".utf8)

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}

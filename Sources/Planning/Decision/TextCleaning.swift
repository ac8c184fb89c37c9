/// Takes out of a text what `TextRules` refuses: for texts that someone else wrote, in files that are imported.
public enum TextCleaning {
  /// The text without what may not stand in `field`, and how many characters were taken out or replaced. A line end
  /// where none is allowed becomes a blank. Length is not looked at: a cut text would be another text.
  public static func clean(_ text: String, as field: TextField) -> (text: String, count: Int) {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return (text, 0) }
    let text = TextRules.normalizingLineEnds(text)
    var result = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      guard TextRules.error(scalar, field, 0) != nil else {
        result.append(scalar)
        continue
      }
      count += 1
      switch scalar.value {
      case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: result.append(field.allowsLineBreaks ? "\n" : " ")
      default: break
      }
    }
    return (String(result), count)
  }
}

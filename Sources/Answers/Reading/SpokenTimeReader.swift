import CivilTime
import Foundation
import Wording

/// Words, numbers and marks, folded: without accents, in small letters, blanks of every width alike.
struct SpokenTimeReader {
  enum Token: Hashable {
    case word(String)
    /// With its number of digits.
    case number(Int, Int)
    case mark(Character)
  }

  /// Small words that say nothing.
  static let fillers: Set<String> = ["a", "at", "le", "on", "the", "du", "de"]
  private let tokens: [Token]
  private var position = 0
  /// Whether a word said so, which does not say of which day.
  private(set) var isMidnight = false
  private let language: Language

  init(_ text: String, language: Language) {
    self.language = language
    var tokens: [Token] = []
    let folded = text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
    var rest = folded.replacing("\u{2019}", with: "'").replacing("\u{2212}", with: "-").replacing("–", with: "-")[...]
    while let first = rest.first {
      if first.isASCII, first.isNumber {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        tokens.append(.number(Int(digits) ?? .max, digits.count))
        rest = rest.dropFirst(digits.count)
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter || $0 == "'" }
        tokens.append(.word(String(word)))
        rest = rest.dropFirst(word.count)
      } else {
        if !first.isWhitespace, first != "," { tokens.append(.mark(first)) }
        rest = rest.dropFirst()
      }
    }
    self.tokens = tokens
  }

  var next: Token? { token(0) }
  mutating func skip(_ count: Int = 1) { position += count }

  private func token(_ ahead: Int) -> Token? {
    position + ahead < tokens.count ? tokens[position + ahead] : nil
  }

  private func word(_ ahead: Int) -> String? {
    if case .word(let word)? = token(ahead) { word } else { nil }
  }

  private func number(_ ahead: Int, digits: ClosedRange<Int> = 1...2) -> Int? {
    if case .number(let value, let count)? = token(ahead), digits.contains(count) { value } else { nil }
  }

  private func isMark(_ ahead: Int, _ mark: Character) -> Bool { token(ahead) == .mark(mark) }

  var unknown: SpokenTime.Fault {
    switch next {
    case .word(let word)?: .unknown(word)
    case .number(let value, _)?: .number(value)
    case .mark(let mark)?: .unknown(String(mark))
    case nil: .nothing
    }
  }

  // MARK: Times of day

  /// `1h`, `1 h 30`, `01:30`, `01:30:00`, `1am`, `1:30 pm`, `midi`; nil, with nothing consumed, where none stands here.
  mutating func time() throws(SpokenTime.Fault) -> TimeOfDay? {
    if let word = word(0) {
      guard let hour = ["midi": 12, "noon": 12, "minuit": 0, "midnight": 0][word] else { return nil }
      skip()
      isMidnight = hour == 0
      return TimeOfDay(hour: hour, minute: 0)
    }
    // A `T` before the hour, as ISO 8601 has it, stands in `day`.
    guard let hour = number(0) else { return nil }
    var (minute, second, length) = (0, 0, 1)
    if isMark(1, ":"), let value = number(2, digits: 2...2) {
      (minute, length) = (value, 3)
      if isMark(3, ":"), let value = number(4, digits: 2...2) { (second, length) = (value, 5) }
    } else if let unit = word(1), ["h", "heure", "heures"].contains(unit) {
      length = 2
      if let value = number(2, digits: 2...2), !isMark(3, ":") {
        (minute, length) = (value, 3)
        if let unit = word(3), ["m", "min", "mn"].contains(unit) { length = 4 }
      }
    } else if let half = word(1), ["am", "pm"].contains(half) {
      length = 1
    } else {
      return nil
    }
    var counted = hour
    if let half = word(length), ["am", "pm"].contains(half) {
      guard (1...12).contains(hour) else { throw .noSuchTime }
      counted = hour % 12 + (half == "pm" ? 12 : 0)
      length += 1
    }
    if word(length) == "du", let half = word(length + 1), ["matin", "soir"].contains(half) {
      guard half == "matin" ? counted < 12 : (5..<12).contains(counted) || counted > 17 else { throw .noSuchTime }
      if half == "soir", counted < 12 { counted += 12 }
      length += 2
    }
    guard let time = TimeOfDay(hour: counted, minute: minute, second: second) else { throw .noSuchTime }
    skip(length)
    return time
  }

  /// `Z`, `UTC`, `UTC+1`, `+01:00` behind a time; `-03:00` may as well be the end of a range.
  mutating func offset() throws(SpokenTime.Fault) -> UTCOffset? {
    let named = word(0).map { ["z", "utc"].contains($0) } ?? false
    if named { skip() }
    for (mark, sign) in [("+" as Character, 1), ("-", -1)] where isMark(0, mark) {
      guard named || mark == "+" else { throw .range }
      guard let hours = number(1), hours < 24, named || isMark(2, ":") else { break }
      var minutes = 0
      let hasMinutes = isMark(2, ":")
      if hasMinutes {
        guard let value = number(3, digits: 2...2), value < 60 else { throw .noSuchTime }
        minutes = value
      }
      skip(hasMinutes ? 4 : 2)
      return UTCOffset(seconds: Int32(sign * (hours * 3600 + minutes * 60)))
    }
    return named ? .utc : nil
  }

  // MARK: Days

  private static let weekdays: [String: Weekday] = {
    let names = [
      ["lundi", "lun", "monday", "mon"], ["mardi", "mar", "tuesday", "tue", "tues"],
      ["mercredi", "mer", "wednesday", "wed"], ["jeudi", "jeu", "thursday", "thu", "thur", "thurs"],
      ["vendredi", "ven", "friday", "fri"], ["samedi", "sam", "saturday", "sat"], ["dimanche", "dim", "sunday", "sun"],
    ]
    return Dictionary(
      zip(names, Weekday.allCases).flatMap { names, day in names.map { ($0, day) } },
      uniquingKeysWith: { first, _ in first })
  }()

  static let months: [String: Int] = {
    let names = [
      ["janvier", "janv", "january", "jan"], ["fevrier", "fevr", "fev", "february", "feb"], ["mars", "march"],
      ["avril", "avr", "april", "apr"], ["mai", "may"], ["juin", "june", "jun"], ["juillet", "juil", "july", "jul"],
      ["aout", "august", "aug"], ["septembre", "sept", "september", "sep"], ["octobre", "oct", "october"],
      ["novembre", "nov", "november"], ["decembre", "dec", "december"],
    ]
    return Dictionary(
      zip(names, 1...12).flatMap { names, month in names.map { ($0, month) } }, uniquingKeysWith: { first, _ in first })
  }()

  private static let daysAhead = [
    "aujourd'hui": 0, "today": 0, "demain": 1, "tomorrow": 1, "apres-demain": 2, "hier": -1, "yesterday": -1,
    "avant-hier": -2,
  ]

  /// Units of what lies ahead, in days.
  private static let dayUnits = [
    "d": 1, "j": 1, "day": 1, "days": 1, "jour": 1, "jours": 1, "w": 7, "week": 7, "weeks": 7, "semaine": 7,
    "semaines": 7,
  ]

  /// All words that name a day, to guess at one that is written wrong.
  static var words: [String] { Array(weekdays.keys) + Array(months.keys) + Array(daysAhead.keys) }

  private func month(_ ahead: Int) -> Int? {
    guard let word = word(ahead) else { return nil }
    // `mar` is Tuesday in French.
    return SpokenTimeReader.months[word] ?? (word == "mar" && language == .english ? 3 : nil)
  }

  private var isAhead: Bool { isMark(0, "+") || ["dans", "in"].contains(word(0) ?? "") }

  /// `+2h`, `dans 1 h 30`, `in 90 minutes`, `maintenant`; `il y a 10 min`, `10 minutes ago`, `-10m`.
  mutating func length() throws(SpokenTime.Fault) -> Elapsed? {
    if ["maintenant", "now"].contains(word(0) ?? "") {
      skip()
      return .zero
    }
    let isFrench = word(0) == "il" && word(1) == "y" && word(2) == "a"
    let isEnglish = tokens.last == .word("ago")
    let isPast = isFrench || isEnglish || isMark(0, "-")
    let first = isFrench ? 3 : isEnglish ? 0 : 1
    guard isPast || isAhead, number(first, digits: 1...6) != nil, let unit = word(first + 1),
      SpokenTimeReader.dayUnits[unit] == nil
    else { return nil }
    let said = tokens[(position + first)..<tokens.count - (isEnglish ? 1 : 0)].map { token in
      switch token {
      case .word(let word): word
      case .number(let value, _): String(value)
      case .mark(let mark): String(mark)
      }
    }
    guard let length = Elapsed(said.joined(separator: " ")) else { throw .unknown(unit) }
    position = tokens.count
    return isPast ? .zero - length : length
  }

  mutating func day() throws(SpokenTime.Fault) -> SpokenTime.Day? {
    if let day = hyphenated() { return day }
    if isAhead {
      guard let count = number(1, digits: 1...4), let unit = word(2).flatMap({ SpokenTimeReader.dayUnits[$0] }) else {
        return nil
      }
      skip(3)
      if number(0) != nil, ["h", "heure", "heures", "hour", "hours"].contains(word(1) ?? "") { throw .lengthOrHour }
      return .ahead(days: count * unit)
    }
    if let word = word(0) {
      if let days = SpokenTimeReader.daysAhead[word] {
        skip()
        return .ahead(days: days)
      }
      if word == "tonight" || (["cette", "ce"].contains(word) && ["nuit", "soir"].contains(self.word(1) ?? "")) {
        skip(word == "tonight" ? 1 : 2)
        return .night
      }
      if let month = month(0), let day = number(1) {
        skip(2)
        return try date(month: month, day: day)
      }
      return weekday()
    }
    guard let first = number(0, digits: 1...4) else { return nil }
    for mark in ["-", "/", "."] as [Character] where isMark(1, mark) { return try figures(first, mark) }
    let ordinal = ["er", "st", "nd", "rd", "th"].contains(word(1) ?? "") ? 1 : 0
    let of = word(1 + ordinal) == "of" ? 1 : 0
    guard let month = month(1 + ordinal + of) else { return nil }
    skip(2 + ordinal + of)
    return try date(month: month, day: first)
  }

  /// `après-demain` and `avant-hier`, with a hyphen or a blank.
  private mutating func hyphenated() -> SpokenTime.Day? {
    let dash = isMark(1, "-") ? 1 : 0
    guard let first = word(0), let second = word(1 + dash), let days = SpokenTimeReader.daysAhead["\(first)-\(second)"]
    else {
      guard word(0) == "day", word(1) == "after", word(2) == "tomorrow" else { return nil }
      skip(3)
      return .ahead(days: 2)
    }
    skip(2 + dash)
    return .ahead(days: days)
  }

  /// A year may follow a day and its month, and a point an abbreviated name.
  private mutating func date(month: Int, day: Int) throws(SpokenTime.Fault) -> SpokenTime.Day {
    for suffix in ["st", "nd", "rd", "th"] where word(0) == suffix { skip() }
    if isMark(0, ".") { skip() }
    let year = number(0, digits: 4...4)
    if year != nil { skip() }
    return try date(year, month: month, day: day)
  }

  private mutating func weekday() -> SpokenTime.Day? {
    var turn = SpokenTime.Turn.coming
    var length = 0
    switch word(0) {
    case "next": (turn, length) = (.next, 1)
    case "last": (turn, length) = (.last, 1)
    case "ce", "this": (turn, length) = (.this, 1)
    default: break
    }
    guard let day = word(length).flatMap({ SpokenTimeReader.weekdays[$0] }) else { return nil }
    skip(length + 1)
    if isMark(0, ".") { skip() }
    length = 0
    switch word(0) {
    case "prochain": (turn, length) = (.next, 1)
    case "dernier": (turn, length) = (.last, 1)
    case "en" where word(1) == "huit": (turn, length) = (.later, 2)
    default: break
    }
    skip(length)
    if turn == .coming, let number = dayNumber() { return .numbered(day, day: number) }
    return .weekday(day, turn)
  }

  /// The day of a month whose name is not said: a number that neither hour nor date begins with.
  private mutating func dayNumber() -> Int? {
    guard let number = number(0), (1...31).contains(number) else { return nil }
    let length = ["er", "st", "nd", "rd", "th"].contains(word(1) ?? "") ? 2 : 1
    switch token(length) {
    case .mark: return nil
    case .word(let word) where ["h", "heure", "heures", "am", "pm", "of"].contains(word) || month(length) != nil:
      return nil
    default: break
    }
    skip(length)
    return number
  }

  /// `2026-12-06`, `06/12`, `06/12/2026`, `06.12.2026`; a `T` may stand between day and hour.
  private mutating func figures(_ first: Int, _ mark: Character) throws(SpokenTime.Fault) -> SpokenTime.Day? {
    guard let second = number(2) else { return nil }
    if let year = number(0, digits: 4...4) {
      guard isMark(3, mark), let day = number(4) else { return nil }
      skip(5)
      if word(0) == "t" { skip() }
      return try date(year, month: second, day: day)
    }
    guard number(0) != nil else { return nil }
    var year: Int?
    if isMark(3, mark) {
      guard case .number(let value, let digits)? = token(4) else { return nil }
      guard digits == 4 else { throw .shortYear(value) }
      year = value
    } else if mark != "/" {
      return nil
    }
    let exists = { (month: Int, day: Int) in CivilDate(year: year ?? 2028, month: month, day: day) != nil }
    if language == .english, first != second, exists(first, second), exists(second, first) {
      throw .twoDays(.init(month: second, day: first), .init(month: first, day: second))
    }
    let isDayFirst = language == .french || exists(second, first)
    skip(year == nil ? 3 : 5)
    return try date(year, month: isDayFirst ? second : first, day: isDayFirst ? first : second)
  }

  private func date(_ year: Int?, month: Int, day: Int) throws(SpokenTime.Fault) -> SpokenTime.Day {
    guard CivilDate(year: year ?? 2028, month: month, day: day) != nil else { throw .noSuchDay }
    return .date(year: year, month: month, day: day)
  }
}

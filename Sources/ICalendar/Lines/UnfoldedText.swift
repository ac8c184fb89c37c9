/// One unfolded content line.
package struct LogicalLine: Sendable {
  /// Its first physical line, from 1.
  let number: Int
  /// Where it stands in ``UnfoldedText/bytes``, without its CR LF.
  fileprivate(set) var range: Range<Int>
}

/// The content lines of a file in one buffer, whatever their line ends. Source: RFC 5545, section 3.1.
package struct UnfoldedText: Sendable {
  /// The lines in order, without fold marks, each ended by CR LF.
  private(set) var bytes: [UInt8] = []
  private(set) var lines: [LogicalLine] = []
  /// Whether the newest line holds more than ASCII.
  private var isASCII = true
  /// Faults of a habit are told so often: one long description makes many long lines.
  private var longLines = 3
  private var bareFeeds = 1
  private var bareReturns = 1

  /// What is allowed on a physical line, without its line end.
  fileprivate static let physicalOctets = 75
  /// What libical's callers and Thunderbird still read in reasonable time.
  private static let longOctets = 65_535
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Empty lines are left out. A fold may fall within a UTF-8 sequence, so the encoding is looked at once the line is
  /// whole.
  ///
  /// - Parameters:
  ///   - lines: physical lines that are read.
  ///   - lineOctets: of an unfolded line, kept; what comes after is dropped.
  ///   - endsWithReturn: whether CR alone ends a line, as in files of old Macs; elsewhere it is a fault within a line.
  ///   - tell: is given each fault in the order of reading; what it throws ends the reading.
  package init<Refusal>(
    _ file: [UInt8], lines limit: Int, lineOctets: Int, endsWithReturn: Bool = false,
    tell: (CalendarFault) throws(Refusal) -> Void
  ) throws(Refusal) {
    bytes.reserveCapacity(file.count + 2)
    lines.reserveCapacity(min(file.count / 40, limit))
    var number = 0
    var start = 0
    if file.starts(with: UnfoldedText.mark) {
      try tell(CalendarFault(1, .byteOrderMark))
      start = UnfoldedText.mark.count
    }
    while start < file.count {
      number += 1
      guard number <= limit else {
        try tell(CalendarFault(number, .tooManyLines))
        break
      }
      let physical = PhysicalLine(file.span, from: start, endsWithReturn: endsWithReturn)
      if physical.isRemarkable { try check(physical, number, tell) }
      let content = physical.content
      if let first = content.first, file[first] == 0x20 || file[first] == 0x09 {
        if lines.isEmpty {
          try tell(CalendarFault(number, .foldWithoutLine))
        } else {
          let rest = (first + 1)..<content.upperBound
          if rest.isEmpty {
            try tell(CalendarFault(number, .emptyFold))
          } else if file[rest.lowerBound] & 0xC0 == 0x80 {
            try tell(CalendarFault(number, .foldWithinCharacter))
          }
          try append(file[rest], physical, lineOctets, tell)
        }
      } else if content.isEmpty {
        try tell(CalendarFault(number, .blankLine))
      } else {
        try endLine(tell)
        lines.append(LogicalLine(number: number, range: bytes.count..<bytes.count))
        isASCII = true
        try append(file[content], physical, lineOctets, tell)
      }
      if !physical.isEndedWell { try checkEnd(physical, number, tell) }
      start = physical.next
    }
    try endLine(tell)
  }

  /// Text that is known to be UTF-8 when it begins and ends between characters.
  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func append<Refusal>(
    _ octets: ArraySlice<UInt8>, _ physical: PhysicalLine, _ limit: Int,
    _ tell: (CalendarFault) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard let last = lines.last else { return }
    if bytes.count - last.range.lowerBound < limit || octets.isEmpty {
      bytes.append(contentsOf: octets)
      isASCII = isASCII && physical.isASCII
      guard bytes.count - last.range.lowerBound > limit else { return }
    }
    try tell(CalendarFault(last.number, .lineCut, "\(limit) octets are allowed"))
  }

  /// Checks the newest line, and ends it.
  private mutating func endLine<Refusal>(_ tell: (CalendarFault) throws(Refusal) -> Void) throws(Refusal) {
    guard let last = lines.indices.last else { return }
    let (number, range) = (lines[last].number, lines[last].range.lowerBound..<bytes.count)
    if range.count > UnfoldedText.longOctets { try tell(CalendarFault(number, .lineTooLong, "\(range.count)")) }
    if !isASCII, (try? UTF8Span(validating: bytes.span.extracting(range))) == nil {
      try tell(CalendarFault(number, .notUTF8, string(range.prefix(60))))
    }
    lines[last].range = range
    bytes.append(0x0D)
    bytes.append(0x0A)
  }

  private mutating func check<Refusal>(
    _ physical: PhysicalLine, _ number: Int, _ tell: (CalendarFault) throws(Refusal) -> Void
  ) throws(Refusal) {
    if physical.content.count > UnfoldedText.physicalOctets, longLines > 0 {
      longLines -= 1
      try tell(CalendarFault(number, .lineOver75Octets, "\(physical.content.count)"))
    }
    if physical.hasReturn, bareReturns > 0 {
      bareReturns -= 1
      try tell(CalendarFault(number, .bareReturn, UnfoldedText.hex(physical.firstControl)))
    }
    if let control = physical.firstOther {
      try tell(CalendarFault(number, control == 0 ? .nul : .controlCharacter, UnfoldedText.hex(control)))
    }
  }

  private mutating func checkEnd<Refusal>(
    _ physical: PhysicalLine, _ number: Int, _ tell: (CalendarFault) throws(Refusal) -> Void
  ) throws(Refusal) {
    if physical.next == physical.content.upperBound {
      try tell(CalendarFault(number, .noFinalLineEnd))
    } else if physical.isEndedByFeed, bareFeeds > 0 {
      bareFeeds -= 1
      try tell(CalendarFault(number, .bareLineFeed))
    } else if !physical.isEndedByFeed, bareReturns > 0 {
      bareReturns -= 1
      try tell(CalendarFault(number, .bareReturn))
    }
  }

  private static func hex(_ byte: UInt8?) -> String { "0x" + String(byte ?? 0, radix: 16) }
}

/// One line of a file as it stands there.
private struct PhysicalLine {
  /// Without its line end.
  let content: Range<Int>
  /// Where the line after it begins.
  let next: Int
  let isASCII: Bool
  /// Whether it ends with CR LF, or else with LF alone.
  let isEndedWell: Bool
  let isEndedByFeed: Bool
  /// Control characters: the first, CR among them, and the first that is no CR.
  private(set) var firstControl: UInt8?
  private(set) var firstOther: UInt8?
  private(set) var hasReturn = false

  init(_ file: Span<UInt8>, from start: Int, endsWithReturn: Bool) {
    var index = start
    var all: UInt8 = 0
    while index < file.count {
      let byte = file[index]
      if byte < 0x20 || byte == 0x7F {
        if byte == 0x0A { break }
        if byte == 0x0D, endsWithReturn || index + 1 < file.count && file[index + 1] == 0x0A { break }
        if byte != 0x09 {
          firstControl = firstControl ?? byte
          if byte == 0x0D { hasReturn = true } else { firstOther = firstOther ?? byte }
        }
      }
      all |= byte
      index += 1
    }
    content = start..<index
    isASCII = all < 0x80
    isEndedByFeed = index < file.count && file[index] == 0x0A
    isEndedWell = index + 1 < file.count && file[index] == 0x0D && file[index + 1] == 0x0A
    next = min(index + (isEndedWell ? 2 : 1), file.count)
  }

  /// Whether there is anything to tell of it.
  var isRemarkable: Bool { firstControl != nil || content.count > UnfoldedText.physicalOctets }
}

/// One thing in a file that RFC 5545 does not know, or that a reader stumbles over. The reader goes on after it: who
/// reads decides what refuses a file.
package struct CalendarFault: Hashable, Sendable {
  /// Physical line, from 1.
  package var line: Int
  package var code: Code
  /// The name, value or figure that is meant.
  package var subject: String

  init(_ line: Int, _ code: Code, _ subject: String = "") {
    self.line = line
    self.code = code
    self.subject = subject
  }

  /// Raw values are stable.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    // Octets, lines and folds. Source: RFC 5545, section 3.1.
    case byteOrderMark = "byte_order_mark"
    case bareLineFeed = "bare_line_feed"
    case bareReturn = "bare_return"
    case noFinalLineEnd = "no_final_line_end"
    case lineOver75Octets = "line_over_75_octets"
    case foldWithinCharacter = "fold_within_character"
    case foldWithoutLine = "fold_without_line"
    case emptyFold = "empty_fold"
    case blankLine = "blank_line"
    case nul
    case controlCharacter = "control_character"
    case notUTF8 = "not_utf8"
    case lineTooLong = "line_too_long"
    /// The rest of a line was not kept.
    case lineCut = "line_cut"
    case tooManyLines = "too_many_lines"
    case badContentLine = "bad_content_line"
    // Components. Source: RFC 5545, sections 3.4 and 3.6.
    case lowerCaseComponent = "lower_case_component"
    case unknownComponent = "unknown_component"
    case badNesting = "bad_nesting"
    case mismatchedEnd = "mismatched_end"
    case unclosed
    case outsideCalendar = "outside_calendar"
    case nestedTooDeep = "nested_too_deep"
    case tooManyComponents = "too_many_components"
  }
}

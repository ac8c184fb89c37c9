/// Splits bytes into content lines, whatever their line ends, and tells what is wrong with them.
/// Source: RFC 5545, section 3.1.
enum LineScan {
  static func read(_ bytes: ArraySlice<UInt8>, into report: inout Report) -> [FeedLine] {
    var scan = Scan()
    // Files of old Macs end their lines with CR; elsewhere a CR alone is a fault within a line.
    let hasFeeds = bytes.contains(0x0A)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      scan.number += 1
      guard scan.number <= FeedBounds.lines else {
        report.add(.tooManyLines, scan.number)
        break
      }
      let start = index
      while index < bytes.endIndex, !isEnd(bytes, index, hasFeeds) { index += 1 }
      scan.take(bytes[start..<index], into: &report)
      index = scan.lineEnd(bytes, at: index, into: &report)
    }
    scan.finish(&report)
    return scan.lines
  }

  private static func isEnd(_ bytes: ArraySlice<UInt8>, _ index: Int, _ hasFeeds: Bool) -> Bool {
    if bytes[index] == 0x0A { return true }
    guard bytes[index] == 0x0D else { return false }
    return !hasFeeds || index + 1 < bytes.endIndex && bytes[index + 1] == 0x0A
  }

  private struct Scan {
    var lines: [FeedLine] = []
    var number = 0
    private var hasBareFeed = false
    private var hasBareReturn = false
    private var longCount = 0

    /// The index after the line end at `index`; each kind of fault is told once.
    mutating func lineEnd(_ bytes: ArraySlice<UInt8>, at index: Int, into report: inout Report) -> Int {
      guard index < bytes.endIndex else {
        report.add(.noFinalLineEnd, number)
        return index
      }
      if bytes[index] == 0x0A {
        if !hasBareFeed { report.add(.bareLineFeed, number) }
        hasBareFeed = true
        return index + 1
      }
      if index + 1 < bytes.endIndex, bytes[index + 1] == 0x0A { return index + 2 }
      tellBareReturn(&report)
      return index + 1
    }

    private mutating func tellBareReturn(_ report: inout Report) {
      if !hasBareReturn { report.add(.bareReturn, number) }
      hasBareReturn = true
    }

    mutating func take(_ content: ArraySlice<UInt8>, into report: inout Report) {
      if content.count > FeedBounds.physicalOctets {
        longCount += 1
        // One long description makes many; the first few say it all.
        if longCount <= 3 { report.add(.lineOver75Octets, number, "\(content.count)") }
      }
      if content.contains(0x0D) { tellBareReturn(&report) }
      if let control = content.first(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0D || $0 == 0x7F }) {
        report.add(control == 0 ? .nul : .controlCharacter, number, "0x" + String(control, radix: 16))
      }
      guard let first = content.first else {
        report.add(.blankLine, number)
        return
      }
      guard first == 0x20 || first == 0x09 else {
        if let last = lines.last { check(last, &report) }
        lines.append(FeedLine(number: number, bytes: Array(content)))
        return
      }
      guard let last = lines.indices.last else {
        report.add(.foldWithoutLine, number)
        return
      }
      if content.count == 1 { report.add(.emptyFold, number) }
      let rest = content.dropFirst()
      if let byte = rest.first, byte & 0xC0 == 0x80 { report.add(.foldWithinCharacter, number) }
      if lines[last].bytes.count < FeedBounds.lineOctets { lines[last].bytes.append(contentsOf: rest) }
    }

    mutating func finish(_ report: inout Report) {
      if let last = lines.last { check(last, &report) }
    }

    private func check(_ line: FeedLine, _ report: inout Report) {
      if line.bytes.count > FeedBounds.longLineOctets {
        report.add(.lineTooLong, line.number, "\(line.bytes.count)")
      }
      if line.bytes.contains(where: { $0 >= 0x80 }), String(validating: line.bytes, as: UTF8.self) == nil {
        report.add(.notUTF8, line.number, String(decoding: line.bytes.prefix(60), as: UTF8.self))
      }
    }
  }
}

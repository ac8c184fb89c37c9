import TestSupport
import Testing

@testable import ICalendar

/// Folding, at every length around the limits.
struct FoldingTests {
  /// One character each: of 1, 2, 3 and 4 octets, of several code points, and a pair of regional indicators.
  static let characters = ["a", "é", "€", "😀", "e\u{301}", "👨‍👩‍👧‍👦", "🇫🇷", "🏳️‍🌈", "\\\\", "\\,", "\\n", "한"]

  /// Folds `line` and checks what must hold of any folding; the physical lines.
  static func fold(_ line: String) -> [ArraySlice<UInt8>] {
    var bytes: [UInt8] = []
    LineFolding.append(Array(line.utf8), to: &bytes)
    #expect(bytes.suffix(2) == [0x0D, 0x0A])
    let physical = String(decoding: bytes, as: UTF8.self).utf8.split(
      separator: 0x0A, omittingEmptySubsequences: false
    ).dropLast().map { Array($0.dropLast()) }
    for (index, part) in physical.enumerated() {
      #expect(part.count <= 75)
      #expect(String(validating: part, as: UTF8.self) != nil, "a character is cut")
      #expect(index == 0 || (part[0] == 0x20 && part.count > 1))
    }
    let contents = physical.enumerated().map { $0 == 0 ? $1[...] : $1.dropFirst() }
    #expect(contents.joined().elementsEqual(line.utf8), "unfolding gives the line back")
    return contents
  }

  @Test("Around each limit no character is cut, whatever stands before it", arguments: characters)
  func limits(_ character: String) {
    for fill in ["a", "é", "€", "😀"] {
      for length in 60...160 {
        let head = String(repeating: fill, count: length / fill.utf8.count)
        let line = "X-A:" + head + character + character + "tail"
        let parts = FoldingTests.fold(line)
        for part in parts.dropLast() {
          #expect(!FoldingTests.endsInEscape(part), "an escape is cut")
        }
        // Every cut is at the end of what a reader takes for one character.
        var cut = 0
        var ends: Set<Int> = [0]
        var end = 0
        for character in line {
          end += character.utf8.count
          ends.insert(end)
        }
        for part in parts {
          cut += part.count
          #expect(ends.contains(cut))
        }
      }
    }
  }

  static func endsInEscape(_ part: ArraySlice<UInt8>) -> Bool {
    var count = 0
    for byte in part.reversed() {
      guard byte == UInt8(ascii: "\\") else { break }
      count += 1
    }
    return count % 2 == 1
  }

  @Test("A line of 75 octets stays whole, one of 76 is cut after 75")
  func exactLimit() {
    #expect(FoldingTests.fold(String(repeating: "a", count: 75)).map(\.count) == [75])
    #expect(FoldingTests.fold(String(repeating: "a", count: 76)).map(\.count) == [75, 1])
    #expect(FoldingTests.fold(String(repeating: "a", count: 149)).map(\.count) == [75, 74])
    #expect(FoldingTests.fold(String(repeating: "a", count: 150)).map(\.count) == [75, 74, 1])
  }

  @Test("A character longer than a line is cut between its code points")
  func longCharacter() {
    let zalgo = "a" + String(repeating: "\u{301}", count: 200)
    #expect(zalgo.count == 1)
    let parts = FoldingTests.fold("X-A:" + zalgo)
    // What stands before it, then 37 code points a line.
    #expect(parts.count == 7)
  }

  @Test("Each cut is at the last character that fits, as Swift counts characters")
  func lastCharacterThatFits() {
    let pool =
      FoldingTests.characters + ["\u{A0}", "\u{202F}", "’", "–", "\u{AD}", "\u{200D}", "\u{301}", "É", "ż", "\u{2028}"]
    var numbers = SeededGenerator(seed: 5545)
    for _ in 0..<2_000 {
      let line =
        "X-A:"
        + (0..<Int.random(in: 60...140, using: &numbers)).map { _ in pool.randomElement(using: &numbers)! }.joined()
      var expected: [Int] = []
      var length = 0
      var octets: [UInt8] = []
      for (index, character) in line.enumerated() {
        let next = Array(character.utf8)
        let room = expected.isEmpty ? 75 : 74
        if length + next.count > room {
          // Never between a backslash and what it escapes, which are two characters.
          let isEscaped = FoldingTests.endsInEscape(octets[...]) && index > 0
          expected.append(isEscaped ? length - 1 : length)
          length = isEscaped ? 1 : 0
          octets = isEscaped ? [UInt8(ascii: "\\")] : []
        }
        length += next.count
        octets += next
      }
      expected.append(length)
      #expect(FoldingTests.fold(line).map(\.count) == expected, "\(line.debugDescription)")
    }
  }

  @Test("Long runs of backslashes and of joined characters fold in linear time", .timeLimit(.minutes(20)))
  func longRuns() {
    for text in ["\\\\", "\u{301}", "🇫🇷", "👨‍👩‍👧‍👦"] {
      let line = "X-A:a" + String(repeating: text, count: 100_000)
      let time = processorTime {
        var bytes: [UInt8] = []
        LineFolding.append(Array(line.utf8), to: &bytes)
      }
      #expect(time < .seconds(10), "\(text)")
    }
  }
}

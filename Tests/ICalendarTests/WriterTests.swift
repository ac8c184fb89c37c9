import CivilTime
import TestSupport
import Testing

@testable import ICalendar

/// Content lines, one property at a time.
struct WriterTests {
  typealias Reason = ContentLineError.Reason

  enum Outcome: Equatable {
    case line(String)
    case refused(Reason)
  }

  /// What one call writes, or the reason why it does not.
  static func written(_ write: (inout ContentLineWriter) throws -> Void) throws -> Outcome {
    var writer = ContentLineWriter()
    do {
      try write(&writer)
      return .line(String(decoding: writer.bytes, as: UTF8.self))
    } catch let error as ContentLineError {
      #expect(writer.bytes.isEmpty, "nothing is left of a line that was refused")
      return .refused(error.reason)
    }
  }

  @Test(
    "TEXT is escaped",
    arguments: [
      ("plain", "plain"), ("a,b;c", "a\\,b\\;c"), ("back\\slash", "back\\\\slash"), ("ends in \\", "ends in \\\\"),
      ("one\ntwo", "one\\ntwo"), ("\\n", "\\\\n"), ("\n", "\\n"), ("a:b\"c\"^", "a:b\"c\"^"), ("\ttab", "\ttab"),
      ("été — 👩‍👧", "été — 👩‍👧"),
    ])
  func text(_ value: String, _ expected: String) throws {
    #expect(try WriterTests.written { try $0.text("SUMMARY", value) } == .line("SUMMARY:\(expected)\r\n"))
  }

  @Test(
    "TEXT that must not be published is refused",
    arguments: [
      ("", Reason.emptyValue), (" \t ", .emptyValue), ("a\rb", .controlCharacter(0x0D)),
      ("a\r\nb", .controlCharacter(0x0D)), ("a\u{0}", .controlCharacter(0)), ("\u{1B}[2J", .controlCharacter(0x1B)),
      ("a\u{7F}", .controlCharacter(0x7F)), ("a\u{85}b", .controlCharacter(0x85)),
      ("a\u{2028}b", .controlCharacter(0x2028)), ("a\u{2029}b", .controlCharacter(0x2029)),
      ("\u{FEFF}a", .controlCharacter(0xFEFF)), ("a\u{FFFE}", .controlCharacter(0xFFFE)),
      ("a\u{202E}b", .bidirectionalOverride), ("a\u{2066}b", .bidirectionalOverride),
    ])
  func forbiddenText(_ value: String, _ reason: Reason) throws {
    #expect(try WriterTests.written { try $0.text("SUMMARY", value) } == .refused(reason))
  }

  @Test("Every control character is refused, every other character below U+3000 is written as it is")
  func everyCharacter() throws {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isForbidden =
        (value < 0x20 && value != 9 && value != 10) || (0x7F...0x9F).contains(value)
        || (0x2028...0x202E).contains(value) || (0x2066...0x2069).contains(value)
      let outcome = try WriterTests.written { try $0.text("X-A", "a\(Character(scalar))b") }
      switch outcome {
      case .line(let line):
        #expect(!isForbidden)
        let content = line.utf8.dropFirst(4).dropLast(2)
        let plain = !",;\\\n".unicodeScalars.contains(scalar)
        #expect(!plain || content.elementsEqual("a\(Character(scalar))b".utf8))
      case .refused: #expect(isForbidden, "U+\(String(value, radix: 16))")
      }
    }
  }

  @Test(
    "A property has a name that RFC 5545 allows",
    arguments: ["", "X-BAD_NAME", "X-BAD_NAME:1", "A B", "A;B", "A\r\nB", "É", "X-A\n"])
  func badNames(_ name: String) throws {
    #expect(try WriterTests.written { try $0.text(name, "a") } == .refused(.badName))
    let event = sample { $0.additional = [ExtensionProperty(name, "a")] }
    #expect(throws: ContentLineError(property: name, reason: .badName)) { try event.render() }
  }

  @Test("An extension property begins with X-", arguments: ["DTSTART", "ATTENDEE", "END", "X-", "x-lower"])
  func extensionNames(_ name: String) {
    let event = sample { $0.additional = [ExtensionProperty(name, "a")] }
    #expect(throws: ContentLineError(property: name, reason: .badName)) { try event.render() }
  }

  @Test(
    "Parameters are quoted unless they are tokens, and encoded as RFC 6868 says",
    arguments: [
      ("TOKEN-1", "TOKEN-1"), ("two words", "\"two words\""), ("a;b:c,d", "\"a;b:c,d\""), ("a\"b", "\"a^'b\""),
      ("a^b", "\"a^^b\""), ("a\nb", "\"a^nb\""), ("^n", "\"^^n\""), ("", "\"\""), ("é", "\"é\""),
    ])
  func parameters(_ value: String, _ expected: String) throws {
    let line = try WriterTests.written { try $0.text("X-A", "v", parameters: [("X-P", value)]) }
    #expect(line == .line("X-A;X-P=\(expected):v\r\n"))
  }

  @Test("A bad parameter is refused")
  func badParameters() throws {
    #expect(try WriterTests.written { try $0.text("X-A", "v", parameters: [("A B", "v")]) } == .refused(.badParameter))
    let value = try WriterTests.written { try $0.text("X-A", "v", parameters: [("P", "a\r\nb")]) }
    #expect(value == .refused(.controlCharacter(0x0D)))
  }

  @Test(
    "A URI has a scheme and only characters of RFC 3986",
    arguments: [
      ("https://example.org/m/1?a=b&c=d#e", true), ("mailto:a@example.org", true), ("urn:uuid:0", true),
      ("https://example.org/%C3%A9", true), ("https://[::1]/", true), ("", false), ("example.org", false),
      ("//example.org", false), ("https:", false), (":a", false), ("1a:b", false), ("https://example.org/é", false),
      ("https://example.org/a b", false), ("https://example.org/\"", false), ("https://example.org/<>", false),
      ("https://example.org/%", false), ("https://example.org/%4", false), ("https://example.org/%G0", false),
      ("https://example.org/a\r\nX-A:1", false), ("https://example.org/a\nb", false), ("a\\b:c", false),
      ("https://example.org/\u{0}", false), ("https://example.org/{a}", false), ("https://example.org/a|b", false),
    ])
  func uris(_ value: String, _ isValid: Bool) throws {
    let expected: Outcome = isValid ? .line("URL:\(value)\r\n") : .refused(.badURI)
    #expect(try WriterTests.written { try $0.uri("URL", value) } == expected)
  }

  @Test(
    "A calendar address is one plain mail address",
    arguments: [
      ("a.b+c@example.org", "mailto:a.b+c@example.org"), ("o'neil@example.org", "mailto:o'neil@example.org"),
      ("a%b@example.org", "mailto:a%25b@example.org"), ("a/b=c@example.org", "mailto:a%2Fb%3Dc@example.org"),
      ("root@localhost", "mailto:root@localhost"), ("", nil), ("a", nil), ("a@", nil), ("@b", nil), ("a@b@c", nil),
      ("a b@example.org", nil), ("a..b@example.org", nil), (".a@example.org", nil), ("a@-b.org", nil),
      ("a@b..org", nil), ("a@example.org\r\nX-A:1", nil), ("\"a b\"@example.org", nil), ("é@example.org", nil),
      ("a@exämple.org", nil), ("mailto:a@example.org", nil), ("a@example.org?bcc=b", nil),
    ] as [(String, String?)])
  func addresses(_ address: String, _ expected: String?) throws {
    let line = try WriterTests.written { try $0.calendarAddress("ORGANIZER", address: address, commonName: nil) }
    #expect(line == expected.map { Outcome.line("ORGANIZER:\($0)\r\n") } ?? .refused(.badAddress))
  }

  @Test(
    "A duration has hours, minutes and seconds, never days",
    arguments: [
      (900, "PT15M"), (0, "PT0S"), (1, "PT1S"), (3600, "PT1H"), (3605, "PT1H0M5S"), (129_600, "PT36H"),
      (-300, "-PT5M"), (5400, "PT1H30M"),
    ] as [(Int64, String)])
  func durations(_ seconds: Int64, _ expected: String) throws {
    let line = try WriterTests.written { try $0.duration("DURATION", Elapsed(seconds: seconds)) }
    #expect(line == .line("DURATION:\(expected)\r\n"))
    let read = try #require(CalendarDuration(text: expected))
    #expect(read.days == 0)
    #expect(read.time.seconds == abs(seconds))
    #expect(read.isNegative == (seconds < 0))
  }

  @Test("Times, dates, numbers, tokens and lists have their RFC 5545 forms")
  func forms() throws {
    var writer = ContentLineWriter()
    try writer.utc("DTSTAMP", utc("2026-12-06T00:00:00Z"))
    try writer.date("DTSTART", day("2026-12-06"))
    try writer.integer("SEQUENCE", 12)
    try writer.token("STATUS", "CONFIRMED")
    try writer.texts("CATEGORIES", ["a,b", "c"])
    try writer.calendarAddress("ORGANIZER", address: "a@b.fr", commonName: "Réseau; \"24/7\"")
    let text = String(decoding: writer.bytes, as: UTF8.self)
    #expect(
      text == """
        DTSTAMP:20261206T000000Z\r
        DTSTART;VALUE=DATE:20261206\r
        SEQUENCE:12\r
        STATUS:CONFIRMED\r
        CATEGORIES:a\\,b,c\r
        ORGANIZER;CN="Réseau; ^'24/7^'":mailto:a@b.fr\r

        """)
  }

  @Test("What has no RFC 5545 form is refused")
  func noForm() throws {
    let late = Instant(secondsSinceEpoch: 253_402_300_800)
    #expect(try WriterTests.written { try $0.utc("DTSTAMP", late) } == .refused(.outOfRange))
    #expect(
      try WriterTests.written { try $0.utc("DTSTAMP", late - .minutes(1)) } == .line("DTSTAMP:99991231T235900Z\r\n"))
    #expect(try WriterTests.written { try $0.utc("A", .init(secondsSinceEpoch: .min)) } == .refused(.outOfRange))
    #expect(try WriterTests.written { try $0.integer("SEQUENCE", 2_147_483_648) } == .refused(.outOfRange))
    #expect(try WriterTests.written { try $0.token("STATUS", "A B") } == .refused(.badToken))
    #expect(try WriterTests.written { try $0.token("STATUS", "A\r\nB:1") } == .refused(.badToken))
    #expect(try WriterTests.written { try $0.texts("CATEGORIES", []) } == .refused(.emptyValue))
    #expect(try WriterTests.written { try $0.texts("CATEGORIES", ["a", ""]) } == .refused(.emptyValue))
  }
}

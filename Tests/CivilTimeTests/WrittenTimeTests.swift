import CivilTime
import TestSupport
import Testing

struct WrittenTimeTests {
  /// Text and the UTC instant, or the civil time, that it names in both forms.
  @Test(arguments: [
    ("2026-12-06T01:00:00Z", "2026-12-06T01:00:00Z"), ("2026-12-06T01:00:00+01:00", "2026-12-06T00:00:00Z"),
    ("2026-12-06T01:00:00-01:00", "2026-12-06T02:00:00Z"), ("2026-12-06T01:00:00+00:00", "2026-12-06T01:00:00Z"),
    ("2026-12-06T01:00:00-00:00", "2026-12-06T01:00:00Z"), ("2026-03-29T02:30:00+01:00", "2026-03-29T01:30:00Z"),
    ("2026-12-06T01:00:00+05:45", "2026-12-05T19:15:00Z"), ("2026-12-06T01:00:00+23:59", "2026-12-05T01:01:00Z"),
    ("2026-12-06T01:00:00-23:59", "2026-12-07T00:59:00Z"), ("2028-02-29T23:59:59Z", "2028-02-29T23:59:59Z"),
    ("2026-12-06T01:00:00", "2026-12-06T01:00:00"), ("0001-01-02T00:00:00", "0001-01-02T00:00:00"),
    ("9999-12-30T23:59:59", "9999-12-30T23:59:59"),
  ])
  func `The exact form is read, exactly and leniently`(text: String, meaning: String) throws {
    let exact = try #require(WrittenTime(text, form: .exact))
    #expect(written(exact) == meaning)
    #expect(WrittenTime(text, form: .lenient) == exact)
  }

  @Test(arguments: [
    ("2026-12-06T01:00Z", "2026-12-06T01:00:00Z"), ("2026-12-06T01:00", "2026-12-06T01:00:00"),
    ("2026-12-06 01:00", "2026-12-06T01:00:00"), ("2026-12-06 01:00:30", "2026-12-06T01:00:30"),
    ("2026-12-06t01:00:00z", "2026-12-06T01:00:00Z"), ("20261206T0100Z", "2026-12-06T01:00:00Z"),
    ("20261206T010030", "2026-12-06T01:00:30"), ("20261206 0100", "2026-12-06T01:00:00"),
    ("2026-12-06T01:00+01", "2026-12-06T00:00:00Z"), ("2026-12-06T01:00:00+0100", "2026-12-06T00:00:00Z"),
    ("20261206T010000-0330", "2026-12-06T04:30:00Z"), ("20261206T0100+01:00", "2026-12-06T00:00:00Z"),
    // What toISOString of JavaScript and isoformat of Python write. A fraction is left out.
    ("2026-12-06T00:00:00.000Z", "2026-12-06T00:00:00Z"), ("2026-12-06T00:00:00.123456+01:00", "2026-12-05T23:00:00Z"),
    ("2026-12-06T01:00:00,5Z", "2026-12-06T01:00:00Z"), ("2026-12-06T01:00:59.999999999Z", "2026-12-06T01:00:59Z"),
    ("20261206T010030.25", "2026-12-06T01:00:30"), ("2026-12-06 01:00:00.5", "2026-12-06T01:00:00"),
  ])
  func `Other forms of ISO 8601 are read leniently only`(text: String, meaning: String) {
    #expect(WrittenTime(text, form: .lenient).map(written) == meaning)
    #expect(WrittenTime(text, form: .exact) == nil)
    #expect(WrittenTime(text) == WrittenTime(text, form: .lenient))
  }

  @Test(arguments: [
    "", "2026", "2026-12-06", "2026-12-06T", "2026-12-06T01", "2026-12-06T01Z", "2026-12-06T01:", "2026-12-06T01:00:",
    "2026-12-06T1:00:00", "2026-12-06T01:0:00", "2026-12-06T24:00:00", "2026-12-06T01:60:00", "2026-12-06T01:00:60Z",
    "2026-02-29T01:00:00", "2026-13-01T01:00:00", "2026-00-01T01:00:00", "2026-12-00T01:00:00", "0000-12-06T01:00:00",
    "2026-12-06T01:00:00.Z", "2026-12-06T01:00:00.", "2026-12-06T01:00.5Z", "2026-12-06T01.5Z",
    "2026-12-06T01:00:00.5.5Z", "2026-12-06T01:00:00.-5Z", "2026-12-06T01:00:00ZZ", "2026-12-06T01:00:00Z ",
    " 2026-12-06T01:00:00Z", "2026-12-06T01:00:00+", "2026-12-06T01:00:00+1", "2026-12-06T01:00:00+24:00",
    "2026-12-06T01:00:00+01:60", "2026-12-06T01:00:00+01:", "2026-12-06T01:00:00+01:0", "2026-12-06T01:00:00+01:00:00",
    "2026-12-06T01:00:00 +01:00", "2026-12-06T01:00:00−01:00", "2026-12-06X01:00:00", "2026-12-06  01:00:00",
    "2026/12/06T01:00:00", "2026-1206T01:00:00", "202612-06T01:00:00", "20261206T01:00", "2026-12-06T0100",
    "-2026-12-06T01:00:00", "+2026-12-06T01:00:00", "12026-12-06T01:00:00", "26-12-06T01:00:00", "２026-12-06T01:00:00",
    "2026-12-06T01:00:0０", "2026-W49-7T01:00:00", "2026-340T01:00:00", "demain", "2026-12-06T01:00:00Europe/Paris",
    "2026-12-06T01:00:00\u{0}",
  ])
  func `Any other text is refused in both forms`(text: String) {
    #expect(WrittenTime(text, form: .exact) == nil)
    #expect(WrittenTime(text, form: .lenient) == nil)
  }

  @Test(
    arguments: [
      ("demain", .year, "dema"), ("05/11/2026 01:00", .year, "05/1"), ("0000-12-06T01:00", .year, "0000"),
      ("2026-13-06T01:00", .month, "13"), ("2026-1-06T01:00", .month, "1-"), ("2026-02-29T01:00", .day, "29"),
      ("2026-12-32T01:00", .day, "32"), ("2026-12-06", .separator, ""), ("2026-12-06X01:00", .separator, "X"),
      ("2026-12-06T24:00", .hour, "24"), ("2026-12-06T1:30", .hour, "1:"), ("2026-12-06T01:60", .minute, "60"),
      ("2026-12-06T01", .minute, ""),
      ("2026-12-06T01:00:60Z", .second, "60"), ("2026-12-06T01:00 Paris", .offset, " Paris"),
      ("2026-12-06T01:00+25:00", .offset, "+25:00"), ("2026-12-06T01:00Z!", .end, "!"), ("", .year, ""),
      ("9999-12-31T23:59:59Z", .year, "9999"),
    ] as [(String, WrittenTime.Fault.Part, String)])
  func `What is no time has a part that is wrong`(text: String, part: WrittenTime.Fault.Part, shown: String) throws {
    let fault = try #require(WrittenTime.fault(in: text))
    #expect(fault.part == part && fault.text == shown)
    #expect(WrittenTime.fault(in: "2026-12-06T01:00Z") == nil)
  }

  @Test func `Bytes that are no text at all are refused and never trap`() {
    let sample = Array("2026-12-06T01:00:00+01:00".utf8)
    for length in 0..<sample.count {
      for byte in [0x00, 0x2D, 0x3A, 0x80, 0xFF] as [UInt8] {
        let bytes = Array(sample[..<length]) + [byte]
        for form in [WrittenTime.Form.exact, .lenient] { _ = WrittenTime(bytes.span, form: form) }
        #expect(WrittenTime(([byte] + sample).span, form: .lenient) == nil)
      }
    }
  }

  @Test func `Basic texts for calendars are the same times without punctuation`() {
    #expect(TimeText.basicUTC(utc("2026-12-06T00:00:00Z")) == "20261206T000000Z")
    #expect(TimeText.basicDate(day("2026-12-06")) == "20261206")
  }

  private func written(_ time: WrittenTime) -> String {
    switch time {
    case .instant(let instant): TimeText.utc(instant)
    case .civil(let civil): String(TimeText.utc(civil.instant(at: .utc)).dropLast())
    }
  }
}

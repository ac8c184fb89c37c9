import CivilTime
import Testing

@testable import Planning

struct TextRulesTests {
  private func submit(_ edit: (inout ChangeContent) -> Void) -> CommandError? {
    var life = LifeCycle()
    return life.error(.submit(LifeCycle.maintenance(LifeCycle.night, edit)))
  }

  @Test(arguments: [0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9F, 0x2028, 0x2029] as [UInt32])
  func `A title with a control character is refused and the place is named`(scalar: UInt32) {
    let text = "ab" + String(Unicode.Scalar(scalar)!) + "c"
    #expect(
      submit { $0.title = text } == .invalidText(.controlCharacter(field: .title, scalar: scalar, position: 3)))
    #expect(
      submit { $0.reason = Reason(text) }
        == .invalidText(.controlCharacter(field: .reason, scalar: scalar, position: 3)))
  }

  @Test(arguments: [0x202A, 0x202E, 0x2066, 0x2067, 0x2069, 0x200E, 0x200F, 0x061C] as [UInt32])
  func `A text that turns its direction is refused`(scalar: UInt32) {
    let text = String(Unicode.Scalar(scalar)!) + "a"
    #expect(
      submit { $0.title = text } == .invalidText(.bidirectionalOverride(field: .title, scalar: scalar, position: 1)))
    #expect(
      submit { $0.description = text }
        == .invalidText(.bidirectionalOverride(field: .description, scalar: scalar, position: 1)))
  }

  @Test(arguments: [0xFFFD, 0xFEFF, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF] as [UInt32])
  func `A text with what is no character is refused`(scalar: UInt32) {
    let text = String(Unicode.Scalar(scalar)!)
    #expect(submit { $0.title = text } == .invalidText(.noncharacter(field: .title, scalar: scalar, position: 1)))
  }

  @Test func `Texts are taken up to their limit in characters, and a letter with many accents is no way round it`() {
    for (field, limit) in [(TextField.title, 200), (.description, 10_000), (.reason, 2000)] {
      func error(_ text: String) -> CommandError? {
        submit { content in
          switch field {
          case .title: content.title = text
          case .description: content.description = text
          default: content.reason = Reason(text)
          }
        }
      }
      #expect(error(String(repeating: "é", count: limit)) == nil)
      #expect(error(" " + String(repeating: "é", count: limit) + " ") == nil)
      #expect(
        error(String(repeating: "é", count: limit + 1))
          == .invalidText(.tooLong(field: field, count: limit + 1, limit: limit)))
      let accents = "e" + String(repeating: "\u{301}", count: limit * 8)
      #expect(error(accents) == .invalidText(.tooLong(field: field, count: limit * 8 + 1, limit: limit)))
    }
    #expect(TextField.version.limit == 60)
    #expect(TextField.documentation.limit == 500)
  }

  @Test func `Blanks at the ends are taken off, and line ends of every kind are one in a description`() throws {
    let life = try LifeCycle.planned {
      $0.title = "  Two  words\u{00A0}"
      $0.description = "\r\none\r\ntwo\rthree\n\nfour\tfive\n"
    }
    #expect(life.change?.content.title == "Two  words")
    #expect(life.change?.content.description == "one\ntwo\nthree\n\nfour\tfive")
  }

  @Test(arguments: ["Mise à jour n° 3 – « réseau »", "保守作業", "🔧 travaux", "a & b <c>", "e\u{301}té", "שלום"])
  func `Letters of every script are taken as they are`(title: String) throws {
    #expect(try LifeCycle.planned { $0.title = title }.change?.content.title == title)
  }

  @Test func `Reasons of commands obey the same rules as reasons of requests`() throws {
    let bad = CommandError.invalidText(.bidirectionalOverride(field: .reason, scalar: 0x202E, position: 1))
    let reason: Reason = "\u{202E}x"
    var planned = try LifeCycle.planned()
    for command in [.cancel(reason: reason), .reschedule(interval: nil, reason: reason, alongside: [])]
      as [ChangeCommand]
    {
      #expect(planned.error(command) == bad)
    }
    #expect(planned.error(.start(at: nil, reason: reason), at: LifeCycle.night.start) == bad)
    var started = try LifeCycle.started()
    #expect(started.error(.complete(at: nil, reason: reason), at: LifeCycle.night.end) == bad)
    let end = LifeCycle.night.end + .hours(1)
    #expect(started.error(.extend(end: end, reason: reason, alongside: []), at: LifeCycle.night.end) == bad)
  }

  @Test(arguments: [
    ("https://example.org/a?b=c#d", true), ("http://example.org", true), ("https://[::1]/", true), ("https://", false),
    ("https:///x", false), ("ftp://example.org", false), ("javascript:alert(1)", false), ("HTTPS://example.org", false),
    ("https://exa mple.org", false), ("https://example.org/\"x", false), ("https://example.org/<x>", false),
    ("https://exämple.org", false), ("https://example.org/\n", false), ("", false),
  ])
  func `An address that may be published is plausible`(text: String, plausible: Bool) {
    #expect(WebAddress.isPlausible(text) == plausible)
  }
}

import CivilTime
import Foundation
import Planning
import Publication
import Testing
import Wording

@Suite struct NoticeTests {
  @Test(arguments: Language.allCases, NoticeLayout.allCases)
  func everyKindIsWrittenInEveryForm(language: Language, format: NoticeLayout) throws {
    for (notice, change) in Samples.all {
      let text = try Samples.render(notice, change, language, format)
      #expect(text.contains("CHG-2026-0042"))
      #expect(!text.contains("{{") && !text.contains("Optional("), "\(notice)")
    }
  }

  @Test(arguments: Language.allCases) func typographyHolds(language: Language) throws {
    for (notice, change) in Samples.all {
      let text = try Samples.render(notice, change, language, .text)
      for line in text.split(separator: "\n") {
        #expect(line.firstMatch(of: /\ [:;!?»]|«\ |'/) == nil, "\(notice): \(line)")
        if language == .french { #expect(line.firstMatch(of: /\w([;!?]|:(\s|$))/) == nil, "\(line)") }
      }
    }
  }

  /// A time of another day has its weekday; the hour alone is that of a day said beside it.
  @Test(arguments: Language.allCases) func everyTextWithTimesNamesItsZoneOnce(language: Language) throws {
    let days = Weekday.allCases.map { Wording(language, zone: Samples.zone).weekday($0) }
    for (notice, change) in Samples.all {
      let document = try NoticeTemplates(folder: Samples.templateFolder).document(
        notice, of: change, contract: Samples.contract, language: language, isSimulation: false)
      let texts =
        document.paragraphs + document.facts.map(\.value) + document.differences.flatMap { [$0.before, $0.after] }
      for text in texts where text.contains(/\d\d:\d\d|\d\u{202F}h(\W|$)/) {
        if text.contains(/^(\d+\u{202F}h|\d\d:\d\d($| \())/) { continue }
        #expect(days.contains { text.contains($0) }, "\(notice): \(text)")
      }
      let all = texts.joined(separator: "\n")
      #expect(all.ranges(of: language("Paris time", "heure de Paris")).count == 1, "\(notice): \(all)")
      #expect(!all.contains("UTC") && !all.contains(/\d:\d\d:\d\d/), "\(notice): \(all)")
    }
  }

  @Test func nothingUrgentIsCalledPlanned() throws {
    for (notice, change) in Samples.all where change.content.kind == .emergency {
      for format in NoticeLayout.allCases {
        #expect(try !Samples.render(notice, change, .french, format).lowercased().contains("planifi"), "\(notice)")
        #expect(try !Samples.render(notice, change, .english, format).lowercased().contains("planned"), "\(notice)")
      }
    }
  }

  @Test func hostileTextsStayTexts() throws {
    let title = "<script>alert('x')</script> \"q\" {{id}} *gras* [a](http://b) `c` | d & <\u{301}b>"
    let content = Samples.content(title: title, description: "# titre\n- point\n1. un\n    code\n\"\u{301}fin")
    let change = Samples.change([.planned(content, Samples.verdict)])
    let html = try Samples.render(.announcement, change, .french, .html)
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;q&quot; {{id}} *gras*"))
    #expect(html.contains("&lt;\u{301}b&gt;") && html.contains("&quot;\u{301}fin"))
    let markdown = try Samples.render(.announcement, change, .french, .markdown)
    #expect(markdown.contains(#"\<script\>alert('x')\</script\>"#))
    #expect(markdown.contains(#"\*gras\* \[a\](http://b) \`c\` \| d \&"#))
    #expect(markdown.contains("\\# titre\\\n\\- point\\\n1\\. un\\\ncode\\\n"))
    #expect(try Samples.render(.announcement, change, .french, .text).contains(title))
  }

  @Test func onlyWebAndMailAddressesBecomeLinks() throws {
    var content = Samples.content(.update)
    let change = Samples.change([.planned(content, Samples.verdict)])
    let markdown = try Samples.render(.update, change, .english, .markdown)
    #expect(markdown.contains(#"[https://portal.example/docs/8\_2(fr)](https://portal.example/docs/8\_2%28fr%29)"#))
    content.update?.documentation = "javascript:alert(1)"
    let hostile = Samples.change([.planned(content, Samples.verdict)])
    #expect(try !Samples.render(.update, hostile, .english, .html).contains("href=\"javascript"))
  }

  @Test func aMoveShowsOnlyWhatDiffers() throws {
    let change = Samples.change(for: .rescheduled, Samples.content())
    let document = try NoticeTemplates(folder: Samples.templateFolder).document(
      .rescheduled, of: change, contract: Samples.contract, language: .french, isSimulation: false)
    #expect(document.differences.map(\.name) == ["Horaire", "Durée prévue", "Impact prévu"])
    #expect(document.differences[2].before == "composants application et flux indisponibles")
    #expect(
      document.differences[2].after
        == "ralentissements ou brèves indisponibilités (composants application et flux)")
  }

  @Test func whenATimeWasRecordedIsNothingToClients() throws {
    let start = Samples.at("2026-12-06T01:00+01:00")
    let end = Samples.at("2026-12-06T02:00+01:00")
    let content = Samples.content(.emergency)
    let late = Samples.change(
      [.emergencyRecorded(content, Samples.verdict, start: start, end: end)], from: "2026-12-06T02:00:30+01:00")
    let text = try Samples.render(.emergency, late, .english, .text)
    #expect(text.contains("Actual start: Sunday 6 December 2026 at 01:00\n"))
    #expect(text.contains("Actual end: Sunday 6 December 2026 at 02:00\n") && !text.contains("; recorded"))
  }

  @Test func nobodySaysThatAServiceIsBackWhileAnOutageGoesOn() throws {
    let change = Samples.change(for: .completed, Samples.content())
    let templates = try NoticeTemplates(folder: Samples.templateFolder)
    for isDown in [false, true] {
      let text = try templates.document(
        .completed, of: change, contract: Samples.contract, language: .french, isSimulation: false, isDown: isDown
      ).paragraphs.joined()
      #expect(text.contains("de nouveau") == !isDown)
    }
  }

  @Test func aPromiseOfNewsIsToldUntilItsMoment() throws {
    var content = Samples.content(.emergency)
    content.isEndKnown = false
    let recorded = ChangeEvent.emergencyRecorded(
      content, Samples.verdict, start: Samples.at("2026-12-06T01:00+01:00"), end: nil)
    let change = Samples.change([recorded], from: "2026-12-06T01:05+01:00")
    let templates = try NoticeTemplates(folder: Samples.templateFolder)
    for (now, isPromised) in [("2026-12-06T02:59+01:00", true), ("2026-12-06T03:00+01:00", false)] {
      let text = try templates.document(
        .emergency, of: change, contract: Samples.contract, language: .english, isSimulation: false,
        at: Samples.at(now)
      ).paragraphs.joined()
      #expect(text.contains("you will hear more") == isPromised && text.contains("end is not known yet"), "\(now)")
    }
  }

  @Test func aSimulationSaysSoFirst() throws {
    let change = Samples.change(for: .announcement, Samples.content())
    for language in Language.allCases {
      let text = try Samples.render(.announcement, change, language, .text, isSimulation: true)
      #expect(text.hasPrefix("SIMULATION – "))
      let html = try Samples.render(.announcement, change, language, .html, isSimulation: true)
      #expect(html.contains("<title>SIMULATION") && html.contains("<p class=\"simulation\">SIMULATION"))
    }
  }

  @Test func theNewestRevisionSaysWhichNoticeIsDue() {
    for (notice, change) in Samples.all where notice != .reminder {
      #expect(NoticeKind.current(for: change) == notice)
    }
    let draft = Samples.change([.refused(Samples.content(), Samples.verdict)])
    #expect(NoticeKind.current(for: draft) == nil)
    #expect(throws: NoticeError.notApplicable(.announcement, draft.id)) {
      try Samples.render(.announcement, draft, .english, .text)
    }
  }

  @Test(arguments: Language.allCases, [NoticeLayout.markdown, .html, .text])
  func anAnnouncementIsWrittenAsRecorded(language: Language, format: NoticeLayout) throws {
    let change = Samples.change(for: .announcement, Samples.content())
    let text = try Samples.render(.announcement, change, language, format)
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/announcement.\(language.rawValue).\(format.rawValue)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file.lastPathComponent); run again without RECORD_GOLDEN")
      return
    }
    #expect(try text == String(contentsOf: file, encoding: .utf8))
  }
}

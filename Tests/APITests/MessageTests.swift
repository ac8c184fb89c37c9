import API
import Answers
import CivilTime
import Files
import JSONText
import Planning
import Register
import TestSupport
import Testing
import Wording

/// What messages say: values and next steps under the names that their reader can write, in good typography.
@Suite struct MessageTests {
  private static func zone() throws -> ZoneRules {
    try House.contracts.load(service: House.service).contract.currentTimeZone
  }

  /// All that the errors and findings say at a door.
  private static func texts(_ language: Language, _ door: Door) throws -> [String] {
    let wording = Wording(language, zone: try zone(), door: door)
    let errors = ErrorText(wording: wording)
    return try Messages.errors.map { try #require(errors.text($0), "\($0)") }
      + Messages.findings.map { wording.finding($0) }
  }

  @Test func `There is a sample of everything that a rule can find`() {
    #expect(Set(Messages.findings.map(\.code)) == Set(FindingCode.allCases))
  }

  @Test(arguments: Language.allCases)
  func `No message of the API names flags or commands`(language: Language) throws {
    for text in try MessageTests.texts(language, .api) { #expect(!text.namesTheCommandLine, "\(text)") }
  }

  @Test(arguments: Language.allCases)
  func `No message about a row of a file that was sent names flags or commands`(language: Language) throws {
    for text in try MessageTests.texts(language, .upload) { #expect(!text.namesTheCommandLine, "\(text)") }
  }

  @Test(arguments: [Door.commandLine, .api, .file, .upload])
  func `French messages have their blanks and apostrophes`(door: Door) throws {
    for text in try MessageTests.texts(.french, door) { #expect(text.isFrenchTypography, "\(text)") }
  }

  /// The same request at the command line and at the API is told of by the names of each.
  @Test func `A value has the name that its door gives it`() throws {
    let error = CommandError.endNotLater(utc("2026-12-06T00:00:00Z"), current: utc("2026-12-06T01:00:00Z"))
    func start(_ door: Door) throws -> String {
      String(Wording(.english, zone: try MessageTests.zone(), door: door).commandError(error).prefix { $0 != ":" })
    }
    #expect(try start(.commandLine) == "--end")
    #expect(try start(.api) == "end")
    #expect(Door.commandLine.name(.interruption) == "--no-interruption")
    #expect(Door.api.name(.interruption) == "interruption")
    #expect(Door.api.name(.component) == "components")
    #expect(Door.file.name(.component) == "component")
    #expect(Door.file.name(.idempotencyKey) == "idempotency_key")
    #expect(Door.api.name(.qualifiedAt) == "qualified_at")
    #expect(Door.commandLine.name(.revokeToken(TokenID("TOK-0001")!)) == "preavis token revoke TOK-0001")
    #expect(Door.api.name(.revokeToken(TokenID("TOK-0001")!)) == "DELETE /api/v1/tokens/TOK-0001")
  }

  @Test(
    arguments: [
      .changes, .deadDeliveries, .deliveries, .emergency, .mailings, .noticesDue, .outages, .privateFeeds,
      .recordOutage, .submit, .tokens, .webhooks, .start(nil), .complete(nil), .revokeToken(TokenID("TOK-0001")!),
    ] as [Step])
  func `Every next step is a call that the API answers`(step: Step) throws {
    let parts = Door.api.name(step).split(separator: " ", maxSplits: 1).map(String.init)
    let code = try House().call(
      parts[0], String(parts[1].dropFirst(API.prefix.count)), by: .ada, parts[0] == "POST" ? "{}" : nil
    ).code
    #expect(code != "unknown_route" && code != "method_not_allowed" && code != "unknown_parameter", "\(parts)")
  }

  @Test(arguments: Language.allCases)
  func `Problems of real calls name what a caller can send`(language: Language) throws {
    let house = try House()
    let planned = try house.submit("2026-12-06T01:00")
    _ = try house.submit("2026-12-20T01:00")
    let calls: [(String, String, String?)] = [
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","duration":"2h","title":"Again"}"#),
      ("POST", "/changes", #"{"start":"2026-12-07T10:00","duration":"2h","title":"Noon"}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","title":"No end"}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","end":"2026-12-06T02:30","duration":"1h","title":"Two"}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","end":"2026-12-06T00:30","title":"Before"}"#),
      ("POST", "/changes", #"{"start":"yesterday","duration":"2h","title":"When"}"#),
      ("POST", "/changes", #"{"start":"2027-03-28T02:30","duration":"1h","title":"Skipped"}"#),
      ("POST", "/changes", #"{"start":"2026-12-06","duration":"2h","title":"No time"}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","duration":"1d","title":"Days"}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","duration":"2h","title":""}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","duration":"2h","title":"x","components":["y"]}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","duration":"2h","title":"x","alongside":["y"]}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","duration":"2h","title":"x","service":"y"}"#),
      ("POST", "/changes", #"{"start":"2026-12-06T01:30","duration":"2h","title":"x","kind":"update"}"#),
      ("POST", "/emergencies", #"{"start":"2026-12-01T11:00","duration":"2h","title":"x"}"#),
      ("POST", "/emergencies", #"{"start":"2026-12-08T11:00","duration":"2h","title":"x","reason":"y"}"#),
      ("POST", "/changes/\(planned)/complete", "{}"),
      ("POST", "/changes/\(planned)/start", #"{"at":"2026-12-02T10:00"}"#),
      ("POST", "/changes/\(planned)/cancel", "{}"),
      ("POST", "/changes/\(planned)/amend", "{}"),
      ("POST", "/changes/\(planned)/amend", #"{"training":true}"#),
      ("POST", "/changes/\(planned)/reschedule", #"{"start":"2026-12-20T02:00"}"#),
      ("POST", "/changes/\(planned)/reschedule", "{}"),
      ("POST", "/changes/\(planned)/extend", #"{"end":"2026-12-06T02:00","reason":"x"}"#),
      ("POST", "/changes/\(planned)/notices", #"{"channel":"portal","kind":"completed"}"#),
      ("GET", "/changes/CHG-2026-0099", nil), ("GET", "/changes?from=then", nil), ("GET", "/outages?month=May", nil),
      ("GET", "/gate/\(House.service)?at=now", nil), ("GET", "/gate/\(House.service)?change=x", nil),
      ("POST", "/gate/\(House.service)/overrides", #"{"reason":"x"}"#),
      ("POST", "/gate/\(House.service)/overrides", #"{"reason":"x","duration":"9h"}"#),
      ("POST", "/gate/\(House.service)/overrides/end", "{}"),
      ("POST", "/outages", #"{"cause":"incident","start":"2026-12-09T10:00"}"#),
      ("POST", "/tokens", #"{"name":"a/b","role":"admin"}"#),
      ("POST", "/tokens", #"{"name":"ab","role":"admin","expires":"soon"}"#), ("DELETE", "/tokens/TOK-0099", nil),
      ("POST", "/private-feeds", #"{"client":"nobody"}"#), ("DELETE", "/private-feeds/PFD-0099", nil),
      ("POST", "/webhooks", #"{"url":"http://x.example/"}"#), ("POST", "/webhooks", #"{"url":"x"}"#),
      ("DELETE", "/webhooks/HOOK-0099", nil), ("POST", "/mailings", #"{"address":"xyz"}"#),
      ("POST", "/deliveries/x/retry", "{}"), ("GET", "/nowhere", nil), ("PUT", "/changes", "{}"),
      ("POST", "/changes", "{"), ("POST", "/changes", #"{"titel":"x"}"#),
    ]
    var codes: Set<String> = []
    for (method, path, body) in calls {
      let answer = house.call(
        method, path, by: .ada, body,
        headers: [("accept-language", language.rawValue), ("if-match", path.hasPrefix("/changes/") ? #""0""# : "")]
          .filter { !$0.1.isEmpty })
      #expect(answer.status >= 400 && answer.status < 500, "\(method) \(path) \(body ?? ""): \(answer.text)")
      codes.insert(answer.code ?? "")
      let findings = answer.json["verdict"]?["findings"]?.array ?? []
      let errors = answer.json["errors"]?.array ?? []
      let texts =
        ["title", "detail"].compactMap { answer.json[$0]?.string } + findings.compactMap { $0["message"]?.string }
        + errors.compactMap { $0["detail"]?.string }
      for text in texts {
        #expect(!text.namesTheCommandLine, "\(method) \(path) \(body ?? ""): \(text)")
        if language == .french { #expect(text.isFrenchTypography, "\(text)") }
      }
    }
    #expect(codes.count > 20, "\(codes)")
  }
}

extension String {
  /// Flags, commands of the program, or the words for them.
  fileprivate var namesTheCommandLine: Bool {
    if contains("--") || contains("preavis ") { return true }
    let words = lowercased().split { !$0.isLetter }
    return words.contains { ["flag", "flags", "option", "options"].contains($0) }
  }

  /// No plain blank before a sign that has its own in French, none inside guillemets, no straight apostrophe.
  fileprivate var isFrenchTypography: Bool {
    let scalars = Array(unicodeScalars)
    for (before, after) in zip(scalars, scalars.dropFirst()) {
      if before == " ", ";:!?»".unicodeScalars.contains(after) { return false }
      if before == "«", after == " " { return false }
      if before.properties.isAlphabetic, after == "'" { return false }
    }
    return true
  }
}

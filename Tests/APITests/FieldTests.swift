import API
import Answers
import CivilTime
import Files
import Foundation
import JSONText
import Planning
import Publication
import Register
import TestSupport
import Testing
import Wording

/// Every field of a change travels from each door to the log, through an amendment, to the answers: what a new field
/// lacks, this names.
@Suite struct FieldTests {
  static let fields = ChangeField.ofContent + ChangeField.ofUpdate

  /// Something that each field can say, at first and after an amendment.
  static func sample(_ field: ChangeField, amended: Bool = false) -> FieldValue {
    switch field.kind {
    case .text: .text("https://portal.example/\(field.rawValue)\(amended ? "/anew" : "")")
    case .flag: .flag((field != .interruption) != amended)
    case .word(let words): .text(words[amended ? 0 : 1])
    case .names: .list(amended ? ["application"] : ["application", "flux"])
    case .changes: .list(["CHG-2026-0001"])
    case .other: .text("")
    }
  }

  /// What a body of the API says, with the fields of updates in an object of their own.
  static func body(_ fields: [ChangeField], nested: Bool = true, amended: Bool = false) -> [JSON.Member] {
    let said = fields.map { (field: $0, value: sample($0, amended: amended).json) }
    guard nested else { return said.map { JSON.Member($0.field.member, $0.value) } }
    let (ofUpdate, others) = (said.filter { ChangeField.ofUpdate.contains($0.field) }, said)
    return others.filter { !ChangeField.ofUpdate.contains($0.field) }.map { JSON.Member($0.field.member, $0.value) }
      + [JSON.Member("update", .object(ofUpdate.map { JSON.Member($0.field.member, $0.value) }))]
  }

  static let times: [JSON.Member] = [.init("start", "2026-12-08T01:00"), .init("duration", "1h")]

  /// That an answer, or an event's content, says what was asked.
  static func expect(_ json: JSON?, _ fields: [ChangeField] = fields, amended: Bool = false, at place: String) {
    for field in fields {
      let found = json?[field.member] ?? json?["update"]?[field.member]
      #expect(found == sample(field, amended: amended).json, "\(field.rawValue) is lost: \(place)")
    }
  }

  @Test func `The API takes every field, records it, amends it and tells it`() throws {
    let house = try House()
    _ = try house.submit("2026-12-06T01:00")
    let made = house.call("POST", "/changes", by: .eve, JSON.object(Self.times + Self.body(Self.fields)).text)
    #expect(made.status == 201, "\(made.text)")
    Self.expect(made.json, at: "the answer to POST /changes")
    let id = "CHG-2026-0002"
    let amendment = Self.body(ChangeField.amendable, nested: false, amended: true) + [.init("reason", "Better known")]
    let amended = house.call(
      "POST", "/changes/\(id)/amend", by: .eve, JSON.object(amendment).text, headers: [("if-match", made.etag)])
    #expect(amended.status == 200, "\(amended.text)")
    Self.expect(amended.json, ChangeField.amendable, amended: true, at: "the answer to an amendment")
    let events = house.call("GET", "/changes/\(id)/history", by: .max).json.array ?? []
    try #require(events.count == 2)
    Self.expect(events[0]["body"]?["content"], at: "the log of a request")
    Self.expect(events[1]["body"]?["content"], ChangeField.amendable, amended: true, at: "the log of an amendment")
    let contents = try house.register.history(ChangeID(id)!).map(\.after.content)
    for field in Self.fields {
      #expect(contents[0][field] == Self.sample(field), "\(field.rawValue) is read out of the log otherwise")
    }
  }

  @Test func `Columns of CSV and keys of JSON Lines take every field`() throws {
    func cell(_ value: FieldValue) -> String {
      switch value {
      case .text(let text): text
      case .flag(let flag): flag ? "yes" : "no"
      case .list(let texts): texts.joined(separator: ";")
      }
    }
    let said = Self.fields.map { ($0.rawValue, Self.sample($0)) }
    let table =
      (["start", "duration"] + said.map(\.0)).joined(separator: ",") + "\n"
      + (["2026-12-08T01:00", "1h"] + said.map { cell($0.1) }).joined(separator: ",") + "\n"
    let line = JSON.object(Self.times + said.map { JSON.Member($0.0, $0.1.json) }).text + "\n"
    let own = JSON.object(Self.times + Self.body(Self.fields)).text + "\n"
    let files = [("text/csv", table), ("application/jsonl", line), ("application/x-ndjson", own)]
    for (type, text) in files {
      let house = try House()
      _ = try house.submit("2026-12-06T01:00")
      let answer = house.call("POST", "/imports", by: .rita, text, type: type)
      #expect(answer.status == 200, "\(answer.text)")
      Self.expect(answer.json.array?.first?["change"], at: "an import of \(type)")
    }
  }

  @Test func `The command line takes every field, and amends it`() throws {
    let folder = try TemporaryFolder()
    var environment = [
      "LANG": "C.UTF-8", "PREAVIS_REGISTER": folder.path("register.sqlite"), "PREAVIS_NOW": House.now,
      "PREAVIS_CALENDARS": Project.root.appending(path: "calendars").path,
    ]
    for name in ["PATH", "TZDIR"] { environment[name] = ProcessInfo.processInfo.environment[name] }
    func run(_ arguments: [String]) throws -> ProgramAnswer {
      try Project.run(arguments, in: folder.url, environment: environment, input: nil)
    }
    func options(_ fields: [ChangeField], amended: Bool) -> [String] {
      fields.flatMap { field -> [String] in
        let flag = Door.commandLine.name(Field(field))
        switch Self.sample(field, amended: amended) {
        case .text(let text): return [flag, text]
        case .flag(let said): return amended ? [said ? "--\(field.rawValue)" : "--no-\(field.rawValue)"] : [flag]
        case .list(let texts): return texts.flatMap { [flag, $0] }
        }
      }
    }
    _ = try run(["init", "--simulation"])
    _ = try run(["submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "First"])
    let made = try run(
      ["submit", "--json", "--start", "2026-12-08T01:00", "--duration", "1h"] + options(Self.fields, amended: false))
    #expect(made.status == 0, "\(made.errors)")
    Self.expect(try? made.json(), at: "preavis submit")
    let amended = try run(
      ["amend", "CHG-2026-0002", "--json", "--reason", "Better known"]
        + options(ChangeField.amendable, amended: true))
    #expect(amended.status == 0, "\(amended.errors)")
    Self.expect(try? amended.json(), ChangeField.amendable, amended: true, at: "preavis amend")
    let help = try run(["import", "--help"]).output
    for field in ChangeField.columns { #expect(help.contains(field.rawValue), "import --help lacks \(field.rawValue)") }
  }

  @Test func `Every property of a change is a field, or is read in a way of its own`() {
    let update = UpdateDetails(version: "1", category: .correction)
    let content = ChangeContent(
      kind: .update, service: "s", environment: "e",
      interval: Interval(start: utc(House.now), end: utc("2027-01-01T00:00:00Z"))!,
      title: "", description: "", impact: .none, update: update)
    let own = ["kind", "service", "environment", "interval", "isEndKnown", "moveReason", "update"]
    let others = Mirror(reflecting: content).children.compactMap(\.label).filter { !own.contains($0) }
    // A reason has two texts, each a field.
    #expect(others.count + 1 == ChangeField.ofContent.count, "\(others)")
    #expect(Mirror(reflecting: update).children.count == ChangeField.ofUpdate.count)
  }

  @Test func `Every publication tells what can be amended`() throws {
    let house = try House()
    _ = try house.submit("2026-12-06T01:00")
    house.call("POST", "/changes", by: .eve, JSON.object(Self.times + Self.body(Self.fields)).text)
    let change = try house.register.change(#require(ChangeID("CHG-2026-0002")))
    let contract = try House.folder.load(service: House.service).contract
    let telling = ChangeTelling(change, contract: contract, wording: Wording(.english, zone: contract.currentTimeZone))
    // Titles and descriptions have places of their own.
    let others: [ChangeField] = [.title, .titleEnglish, .description, .descriptionEnglish]
    for field in ChangeField.amendable where !others.contains(field) {
      guard case .text = field.kind, let said = Self.sample(field).text else { continue }
      for place in [ChangeFacts.Place.notice, .template, .page, .feed, .entry, .terminal, .plan] {
        let facts = ChangeFacts.told(place, of: telling).map(\.text)
        #expect(facts.contains(said), "\(field.rawValue) is not told: \(place)")
      }
    }
  }

  @Test func `The schemas and docs/interface.md name every field`() throws {
    let document = try JSON(parsing: OpenAPIDocument.bytes)
    func members(_ path: String) -> JSON? {
      let body = document["paths"]?[path]?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]
      return body.flatMap(named)?["properties"]
    }
    func named(_ schema: JSON) -> JSON? {
      let name =
        (schema["$ref"] ?? schema["anyOf"]?.array?.first?["$ref"])?.string?.split(separator: "/").last.map(String.init)
        ?? ""
      return document["components"]?["schemas"]?[name]
    }
    for field in ChangeField.ofContent {
      for path in ["/changes", "/emergencies"] { #expect(members(path)?[field.member] != nil, "\(path) \(field)") }
    }
    for field in ChangeField.ofUpdate {
      #expect(members("/changes")?["update"].flatMap(named)?["properties"]?[field.member] != nil, "\(field)")
    }
    for field in ChangeField.amendable { #expect(members("/changes/{change}/amend")?[field.member] != nil, "\(field)") }
    let text = try String(contentsOf: Project.root.appending(path: "docs/interface.md"), encoding: .utf8)
    for field in ChangeField.columns {
      #expect(text.contains("`\(field.rawValue)`"), "docs/interface.md lacks `\(field.rawValue)`")
    }
  }
}

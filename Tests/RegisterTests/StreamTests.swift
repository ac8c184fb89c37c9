import CivilTime
import Foundation
import GRDB
import JSONText
import Planning
import RegisterSQLite
import TestSupport
import Testing

@testable import Register

/// All kinds of streams lead one life: one form in the log, one table of answers, one copy, one verification.
@Suite struct StreamTests {
  // MARK: What is read

  @Test(arguments: [
    ("components", #""components":[]"#, #""components":["application",7]"#),
    ("components", #""components":[]"#, #""components":"application""#),
    ("title", #""title":"Database migration""#, #""title":null"#),
    ("reason", #""impact":"outage""#, #""impact":"outage","reason":7"#),
    ("alongside", #""impact":"outage""#, #""impact":"outage","alongside":["CHG-2026-0001","soon"]"#),
    ("alongside", #""impact":"outage""#, #""impact":"outage","alongside":[1]"#),
  ])
  func `A content with a member that nobody can read is no content`(member: String, old: String, new: String) throws {
    let text = EventCodecTests.plain.json.text
    let spoiled = text.replacing(old, with: new)
    #expect(spoiled != text)
    #expect(throws: EventCodecError(member: member)) { try ChangeContent(json: JSON(parsing: spoiled)) }
  }

  @Test(arguments: [
    ("components", #""components":[]"#, #""components":[null]"#),
    ("components", #""components":[]"#, #""components":{}"#),
    ("title", #""title":"Login fails""#, #""title":7"#), ("cause", #""incident""#, #""weather""#),
  ])
  func `An outage with a member that nobody can read is no outage`(member: String, old: String, new: String) throws {
    let text = OutageTests.content().json.text
    let spoiled = text.replacing(old, with: new)
    #expect(spoiled != text)
    #expect(throws: EventCodecError(member: member)) { try OutageContent(json: JSON(parsing: spoiled)) }
  }

  @Test(arguments: [
    ("outside", Finding.Figures.extendedOutside([]), #""outside":[]"#, #""outside":"all""#),
    ("outside", .window(nil, outside: []), #""outside":[]"#, #""outside":null"#),
    ("given", .missingReason(given: true), #""given":true"#, #""given":"yes""#),
    ("allowed", .state(.planned, allowed: true), #""allowed":true"#, #""allowed":1"#),
    ("clause", .announced(ahead: .zero), #""clause":"article 5""#, #""clause":5"#),
    ("end", .extendedOutside([EventCodecTests.interval]), #""end":"2026"#, #""end":"2025"#),
  ])
  func `A finding with a member that nobody can read is no finding`(
    member: String, figures: Finding.Figures, old: String, new: String
  ) throws {
    let text = Verdict(findings: [Finding(figures, clause: "article 5")]).json.text
    let spoiled = text.replacing(old, with: new)
    #expect(spoiled != text)
    #expect(throws: EventCodecError(member: member)) { try Verdict(json: JSON(parsing: spoiled)) }
  }

  @Test(arguments: StoreKind.allCases)
  func `Verify names the event whose components cannot be read`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.live()
    let planned = try workshop.events()[2]
    try workshop.store.write { store in
      let body = planned.body.replacing(#""components":[]"#, with: #""components":[7]"#)
      #expect(body != planned.body)
      let newest = try store.newestEvent()
      try store.append(
        StoredEvent(after: newest, at: workshop.clock.now, stream: "CHG-2026-0006", type: planned.type, body: body))
    }
    #expect(try workshop.verify().problems == [.unreadable(sequence: 16)])
  }

  // MARK: Keys

  /// For some hours of 23 November 2026 the program could give the key of one gate to another.
  @Test func `A key of two gates answers the first, in the register and in a copy of it`() throws {
    let workshop = try Workshop(.memory)
    let body = #"{"environment":"production","until":"2026-11-02T09:30:00Z","reason":"x","contract":"00","#
    try workshop.store.write { store in
      for (number, stream) in ["GATE-first", "GATE-second"].enumerated() {
        let line = StoredEvent(
          after: try store.newestEvent(), at: workshop.clock.now, stream: stream, type: "gate-overridden",
          body: body + #""idempotency_key":"k","request":"\#(number)"}"#)
        try Projection(store: store, memory: StreamMemory()).apply(line)
        try store.append(line)
      }
    }
    let answer = StoredAnswer(requestDigest: "0", stream: "GATE-first", sequence: 2)
    #expect(try workshop.store.read { try $0.answer(to: "k") } == answer)
    #expect(try workshop.verify().problems == [])
    try workshop.store.write { store in
      let line = StoredEvent(
        after: try store.newestEvent(), at: workshop.clock.now, stream: "GATE-first", type: "gate-overridden",
        body: body + #""idempotency_key":"l","request":"2"}"#)
      try store.append(line)
    }
    #expect(try workshop.verify().problems == [.row(table: "keys", key: "l", .missing)])
  }

  /// Of every key in the log of the build before, the stream and the newest event that has it.
  private func keys(_ store: any EventStore) throws -> [String: StoredAnswer] {
    var answers: [String: StoredAnswer] = [:]
    for line in try store.read({ try $0.events(after: 0, limit: 1000) }) {
      let json = try JSON(parsing: line.body)
      guard let key = json["idempotency_key"]?.string else { continue }
      answers[key] = StoredAnswer(requestDigest: json["request"]?.string, stream: line.stream, sequence: line.sequence)
    }
    return answers
  }

  @Test func `A register of format 5 is read as it is, and brought over with every answer that it gave`() throws {
    let (folder, path) = try OldRegister.copy(format: 5)
    let bytes = try Data(contentsOf: URL(filePath: path))
    let old = try SQLiteStore.open(at: path, readOnly: true)
    let expected = try keys(old)
    let kinds = Set(expected.values.map { $0.stream.prefix(4) })
    #expect(kinds == ["CHG-", "OUT-", "GATE", "TOK-", "PFD-", "HOOK", "MAIL"])
    let log = try old.read { try $0.events(after: 0, limit: 1000) }
    let outages = try old.read { try $0.rows(of: Outage.self, OutageFilter()) }
    func check(_ store: SQLiteStore) throws {
      for (key, answer) in expected { #expect(try store.read { try $0.answer(to: key) } == answer, "\(key)") }
      #expect(try store.read { try $0.answer(to: "none") } == nil)
      #expect(try store.read { try $0.events(after: 0, limit: 1000) } == log)
      #expect(try store.read { try $0.rows(of: Outage.self, OutageFilter()) } == outages)
      #expect(try store.read { try $0.highestNumber(inSeries: "OUT-2026-") } == outages.count)
      #expect(try Register.verify(store).problems == [])
    }
    try check(old)
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    try check(try SQLiteStore.open(at: path))
    #expect(try OldRegister.version(path) == 7)
    #expect(try OldRegister.version("\(path).before-streams-\(log.count)") == 5)
    let new = folder.path("new.sqlite")
    _ = try SQLiteStore.create(at: new)
    #expect(try OldRegister.schema(path) == OldRegister.schema(new))
  }

  // MARK: Copies

  /// A change that is spoken of in every page: what is read of it grows with the pages, not with their square.
  @Test func `A long stream is read once for each of its events, not once for each page`() throws {
    let workshop = try Workshop(.memory)
    let id = try #require(try workshop.submit("2027-06-06T01:00:00Z").change).id
    for number in 0..<60 {
      var amendment = ChangeCommand.Amendment()
      amendment[.title] = .text("Step \(number)")
      _ = try workshop.execute(.amend(amendment, reason: "x"), on: id)
      try workshop.submit("2027-0\(1 + number % 9)-10T10:00:00Z")
    }
    let server = try #require(workshop.store as? MemoryStore)
    let copy = MemoryStore()
    let memory = StreamMemory()
    let facts = try Register.facts(server)
    server.resetCount()
    var count = 0
    let events = try workshop.events().count
    while count < events {
      let page = try LogPage(after: count, limit: 4, of: workshop.register, facts: facts)
      count = try page.take(into: copy, memory: memory).size
    }
    #expect(try Register.verify(copy).problems == [])
    #expect(server.linesOfStreams + copy.linesOfStreams < 5 * events, "\(server.linesOfStreams) \(copy.linesOfStreams)")
  }
}

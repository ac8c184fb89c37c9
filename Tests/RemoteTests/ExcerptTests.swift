import API
import Answers
import CivilTime
import Foundation
import JSONText
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

@testable import Remote

@Suite struct ExcerptTests {
  /// A server with a life behind it.
  private func lived(_ bench: Bench) throws {
    for step in Bench.life {
      bench.api.clock.now = utc(step.clock)
      _ = try bench.api.register.execute(step.command, on: step.on)
    }
  }

  private let first = ChangeID(year: 2026, number: 1)

  private func excerpt(_ bench: Bench, _ needs: Set<LogNeed>, seen: Int? = nil) throws -> LogExcerpt {
    try LogExcerpt(
      of: needs, seen: seen, at: bench.api.clock.now, in: bench.api.store, facts: Register.facts(bench.api.store))
  }

  @Test func `what is asked first is all that is fetched, and what is read besides is fetched when it is read`() throws
  {
    let bench = try Bench()
    try lived(bench)
    let remote = try bench.remote(.excerpts)
    try remote.look(.about(first, .showChange))
    #expect(try remote.register.change(first) == bench.api.register.change(first))
    #expect(bench.api.lines == ["POST /api/v1/log/excerpt"])
    // Another change, twice: asked for once.
    let third = ChangeID(year: 2026, number: 3)
    for _ in 0..<2 { #expect(try remote.register.change(third) == bench.api.register.change(third)) }
    #expect(throws: RegisterError.unknownChange(ChangeID(year: 2031, number: 1))) {
      try remote.register.change(ChangeID(year: 2031, number: 1))
    }
    #expect(bench.api.lines.count == 3)
    #expect(bench.api.lines.allSatisfy { $0 == "POST /api/v1/log/excerpt" })
    // What no part answers is read in the whole log.
    #expect(try remote.register.store.read { try $0.events(after: 0, limit: 1000) } == bench.api.events())
    #expect(bench.api.lines.last == "GET /api/v1/log")
  }

  /// What a caller writes is reckoned with: a moment that no calendar has would end the process.
  @Test(arguments: [
    #"{"rows":"CHG-","active_after":9223372036854775807}"#, #"{"rows":"CHG-","active_after":"soon"}"#,
    #"{"rows":"CHG-","from":-9223372036854775808,"to":0}"#, #"{"rows":"CHG-","from":0,"to":253402214400}"#,
    #"{"bookings":"a","environment":"b","from":-9223372036854775808,"to":0}"#,
    #"{"taken":"a","environment":"b","from":0,"to":9223372036854775807}"#,
  ])
  func `a moment outside the calendar is refused`(need: String) throws {
    let json = try JSON(parsing: need)
    #expect(throws: EventCodecError.self) { try LogNeed(json: json) }
  }

  /// Two commands at once: what the other has noted meanwhile is never taken back, nor held against the server.
  @Test func `a note goes forward only`() throws {
    let bench = try Bench()
    try lived(bench)
    let place = try bench.place()
    let later = Checkpoint(size: 9, root: String(repeating: "b", count: 64))
    try place.noteAtLeast(later)
    try place.noteAtLeast(Checkpoint(size: 8, root: String(repeating: "a", count: 64)))
    #expect(try place.noted() == later)
  }

  /// Whatever moment is asked about, and whichever changes are named: the part answers as the whole does.
  @Test func `the gate and the free room are the same from a part as from the whole`() throws {
    let bench = try Bench()
    try lived(bench)
    let contract = try bench.api.bound("profession-liberale").contract
    let ids = (1...4).map { ChangeID(year: 2026, number: $0) }
    for hours in stride(from: 0, to: 24 * 60, by: 37) {
      let moment = utc("2026-11-20T00:20:00Z") + .hours(Int64(hours))
      for named in [[], [ids[hours / 37 % 4]]] {
        let question = GateQuestion(environment: "production", at: moment, named: named)
        let remote = try bench.remote(.excerpts)
        let before = bench.api.lines.count
        try remote.look(
          Question(
            .askGate, of: contract.service,
            [("at", TimeText.utc(moment))] + named.map { ("change", $0.description) }))
        #expect(
          try remote.register.gate(question, contract: contract)
            == bench.api.register.gate(question, contract: contract))
        #expect(bench.api.lines.count == before + 1)
      }
      let slots = { (register: Register) in
        try SlotProposals(contract: contract, environment: "production", register: register, now: register.now)
          .slots(from: moment, length: .hours(3), count: 3)
      }
      let remote = try bench.remote(.excerpts)
      try remote.look(.clock)
      #expect(try slots(remote.register) == slots(bench.api.register))
    }
  }

  @Test func `a need is read as it was written`() throws {
    let interval = Bench.interval("2026-12-06T01:00:00Z", hours: 2)
    var changes = ChangeFilter()
    changes.service = "s"
    changes.states = [.planned, .inProgress]
    changes.range = interval
    var active = ChangeFilter()
    active.environment = "e"
    active.activeAfter = interval.start
    var outages = OutageFilter()
    outages.states = [.ongoing]
    let asked = NeedNotes()
    _ = try WatchedStore(MemoryStore(), asked).read { store in
      _ = try store.rows(changes)
      _ = try store.rows(active)
      _ = try store.rows(of: Outage.self, outages)
      _ = try store.bookings(service: "s", environment: "e", in: interval)
      _ = try store.taken(service: "s", environment: "e", in: interval, except: first)
      _ = try store.taken(service: "s", environment: "e", in: interval, except: nil)
      _ = try store.events(stream: "GATE-s")
      _ = try store.fragment(first, language: "fr")
      _ = try store.grants(TokenContent.self)
      _ = try store.newestEvent()
    }
    #expect(asked.needs.count == 10)
    for need in asked.needs { #expect(try LogNeed(json: JSON(parsing: need.json.bytes)) == need) }
    for text in ["{}", #"{"stream":1}"#, #"{"bookings":"s"}"#, #"{"rows":"CHG-","from":9,"to":1}"#] {
      #expect(throws: EventCodecError.self) { try LogNeed(json: JSON(parsing: Array(text.utf8))) }
    }
  }

  @Test func `a server that forges a line, a place or a publication is not believed`() throws {
    let bench = try Bench()
    try lived(bench)
    let needs: Set<LogNeed> = [.published(first), .stream("CHG-2026-0003")]
    let whole = try LogExcerpt(bytes: excerpt(bench, needs).bytes)
    #expect(throws: Never.self) { try whole.take(into: MemoryStore(), noted: nil) }
    func forged(_ change: (inout LogExcerpt) -> Void) {
      var forged = whole
      change(&forged)
      #expect(throws: BadExtract.self) { try forged.take(into: MemoryStore(), noted: nil) }
    }
    forged { excerpt in
      let event = excerpt.page.events[0]
      excerpt.page.events[0] = StoredEvent(
        sequence: event.sequence, at: event.at, stream: event.stream, type: event.type,
        body: event.body.replacing("Database", with: "Other"), previous: event.previous, hash: event.hash)
    }
    // The first event of a stream.
    forged { $0.page.events.removeFirst() }
    forged { $0.page.events.swapAt(0, 1) }
    forged { $0.page.fragments.removeLast() }
    forged { $0.page.fragments[0].body[20] ^= 1 }
    forged { $0.page.head.checkpoint.size = 3 }
  }

  @Test func `a history that is not the one that was noted is refused`() throws {
    let bench = try Bench()
    try lived(bench)
    let remote = try bench.remote(.excerpts)
    try remote.look(.about(first))
    let noted = try #require(try bench.place().noted())
    #expect(noted.size == (try bench.api.events().count))
    // Shorter, and rewritten from somewhere on: longer than before, all the same.
    let short = try ServerAPI()
    _ = try short.register.execute(.submit(Bench.content("2026-12-06T01:00:00Z")))
    let long = try ServerAPI()
    for _ in 0..<20 { _ = try long.register.execute(.submit(Bench.content("2026-12-06T01:00:00Z", title: "Other"))) }
    for api in [short, long] {
      let again = try Bench(api, folder: bench.folder).remote(.excerpts)
      let newest = try api.events().last!
      #expect(
        throws: RemoteError.historyDiffers(seen: noted, found: Checkpoint(size: newest.sequence, root: newest.hash))
      ) { try again.look(.about(first)) }
    }
    #expect(try bench.place().noted() == noted)
    try bench.remote(.excerpts).look(.about(first))
  }

  @Test func `what an excerpt has noted, the whole log has to go on from`() throws {
    let bench = try Bench()
    try lived(bench)
    try bench.remote(.excerpts).look(.clock)
    let other = try ServerAPI()
    for _ in 0..<20 { _ = try other.register.execute(.submit(Bench.content("2026-12-06T01:00:00Z", title: "Other"))) }
    #expect(throws: RemoteError.self) { try Bench(other, folder: bench.folder).connect() }
    #expect(try bench.connect().register.changes(ChangeFilter()).count == 4)
  }

  /// A server before excerpts answers as for any address that it does not know.
  @Test func `an older server is read whole`() throws {
    let api = try ServerAPI()
    let bench = try Bench(api, lacksExcerpts: true)
    for (number, step) in Bench.life.enumerated() {
      api.clock.now = utc(step.clock)
      let remote = try bench.remote(.excerpts)
      if let id = step.on {
        try remote.look(.about(id, .showChange))
        #expect(try remote.register.change(id) == api.register.change(id))
      }
      let outcome = try remote.execute(step.command, on: step.on, key: "k\(number)")
      #expect(!outcome.isReplay)
      let id = try #require(outcome.change?.id ?? step.on)
      #expect(try outcome.change == nil || outcome.change == api.register.change(id))
    }
    #expect(try bench.connect().register.store.read { try $0.events(after: 0, limit: 1000) } == api.events())
  }

  @Test func `what is too much for an excerpt is read in the whole log`() throws {
    let bench = try Bench()
    for number in 0..<2001 {
      var content = Bench.content("2026-12-01T00:00:00Z", title: "Work")
      content.interval = Interval(
        start: utc("2026-12-01T00:00:00Z") + .hours(Int64(number)), length: .hours(1))!
      _ = try bench.api.register.execute(.submit(content))
    }
    let remote = try bench.remote(.excerpts)
    try remote.look(.clock)
    #expect(try remote.register.changes(ChangeFilter()).count == 2001)
    #expect(bench.api.lines.prefix(3) == ["POST /api/v1/log/excerpt", "POST /api/v1/log/excerpt", "GET /api/v1/log"])
  }

  /// Whoever may read may not write by way of reading.
  @Test func `nothing is recorded by what an excerpt asks`() throws {
    let bench = try Bench()
    let body = #"""
      {"calls":[
        {"path":"/api/v1/changes","body":{"title":"x","start":"2026-12-06T01:00","duration":"1h"}},
        {"path":"/api/v1/changes"},
        {"path":"/api/v1/check","body":{"start":"2026-12-06T01:00","duration":"1h"}},
        {"path":"/api/v1/log/excerpt","body":{}}
      ]}
      """#
    let answer = bench.api.answer(
      APICall(
        "POST", "/api/v1/log/excerpt",
        headers: [("authorization", "Bearer \(bench.api.token)"), ("content-type", "application/json")],
        body: Array(body.utf8)))
    #expect(answer.status == 200)
    #expect(try bench.api.types() == ["register-created"])
    // The list was read: of no change, so that it has no line.
    let excerpt = try LogExcerpt(bytes: answer.body)
    #expect(excerpt.needs.count == 2)
    #expect(excerpt.page.events.isEmpty)
  }

  // MARK: The note

  @Test(arguments: ["flipped", "cut", "empty", "junk"]) func `a damaged note is written anew from the replica`(
    damage: String
  ) throws {
    let bench = try Bench()
    try lived(bench)
    _ = try bench.connect()
    let place = try bench.place()
    let noted = try place.noted()
    try damageNote(place, damage)
    #expect(throws: RemoteError.noteDamaged(place.seen)) { try place.noted() }
    try bench.remote(.excerpts).look(.clock)
    #expect(try place.noted() == noted)
    // Where there is no replica, nobody knows any more what was seen.
    try damageNote(place, damage)
    try FileManager.default.removeItem(atPath: place.current)
    #expect(throws: RemoteError.noteDamaged(place.seen)) { try bench.remote(.excerpts).look(.clock) }
    #expect(throws: RemoteError.noteDamaged(place.seen)) { try bench.connect() }
    #expect(throws: RemoteError.noteDamaged(place.seen)) {
      try bench.remote(.excerpts).execute(.submit(Bench.content("2026-12-20T01:00:00Z")))
    }
    #expect(try bench.api.types().filter { $0 == "planned" }.count == 2)
    _ = try RemoteRegister.accept(#require(noted), place: place, courier: bench.courier)
    try bench.remote(.excerpts).look(.clock)
  }

  private func damageNote(_ place: ReplicaPlace, _ damage: String) throws {
    let url = URL(fileURLWithPath: place.seen)
    var octets = [UInt8](try Data(contentsOf: url))
    switch damage {
    case "flipped": octets[10] = octets[10] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
    case "cut": octets.removeLast(5)
    case "empty": octets = []
    default: octets = [0xFF, 0xFE, 0x00]
    }
    try Data(octets).write(to: url)
  }

  @Test func `a note without a hash of its own, as it was once, is read`() throws {
    let bench = try Bench()
    try lived(bench)
    let newest = try bench.api.events().last!
    let place = try bench.place()
    try place.write("\(newest.sequence):\(newest.hash)", to: place.seen)
    #expect(try place.noted() == Checkpoint(size: newest.sequence, root: newest.hash))
    try bench.remote(.excerpts).look(.clock)
  }

  @Test func `a note that cannot be kept is told, and what was asked is answered`() throws {
    let bench = try Bench()
    try lived(bench)
    let told = Told()
    let remote = RemoteRegister(place: try bench.place(), courier: bench.courier, report: told.add)
    let place = try bench.place()
    try FileManager.default.removeItem(atPath: bench.folder.path("cache"))
    try Data().write(to: URL(fileURLWithPath: bench.folder.path("cache")))
    try remote.look(.about(first))
    #expect(try remote.register.change(first) == bench.api.register.change(first))
    #expect(told.reports == [.unnoted(place.seen)])
  }
}

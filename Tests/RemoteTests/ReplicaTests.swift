import API
import CivilTime
import Files
import Foundation
import GRDB
import JSONText
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

@testable import Remote

@Suite struct ReplicaTests {
  /// A server with some history, and someone who has seen it.
  private func seen(changes: Int = 3) throws -> (bench: Bench, checkpoint: Checkpoint) {
    let bench = try Bench()
    for number in 0..<changes { try submit(bench.api, number) }
    _ = try bench.connect()
    return (bench, try checkpoint(bench.api))
  }

  private func submit(_ api: ServerAPI, _ number: Int, title: String = "Work") throws {
    let start = utc("2026-12-01T00:00:00Z") + .hours(24 * Int64(number))
    let interval = Interval(start: start, length: .hours(2))!
    var content = Bench.content("2026-12-01T00:00:00Z", title: "\(title) \(number)")
    content.interval = interval
    _ = try api.register.execute(.submit(content))
  }

  private func checkpoint(_ api: ServerAPI) throws -> Checkpoint {
    let newest = try api.events().last!
    return Checkpoint(size: newest.sequence, root: newest.hash)
  }

  /// The server keeps another register now; same clock, same address.
  private func differs(_ bench: Bench, by api: ServerAPI) throws -> Bench {
    try Bench(api, folder: bench.folder)
  }

  @Test func `files are for their owner only`() throws {
    let (bench, _) = try seen()
    let manager = FileManager.default
    let folder = bench.folder.path("cache")
    func mode(_ path: String) throws -> Int? {
      (try manager.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }
    #expect(try mode(folder) == 0o700)
    for name in try manager.contentsOfDirectory(atPath: folder) { #expect(try mode("\(folder)/\(name)") == 0o600) }
  }

  @Test func `page by page or at once, the tables are those of the register`() throws {
    let api = try ServerAPI()
    for (number, step) in Bench.life.enumerated() {
      api.clock.now = utc(step.clock)
      _ = try api.register.execute(step.command, on: step.on, key: "k\(number)")
    }
    let facts = try Register.facts(api.store)
    for limit in [1, 2, 3, 1000] {
      let store = MemoryStore()
      var count = 0
      while try count < api.events().count {
        let page = try LogPage(after: count, limit: limit, of: api.register, facts: facts)
        count = try LogPage(bytes: page.bytes).take(into: store).size
      }
      #expect(try store.read { try $0.events(after: 0, limit: 1000) } == api.events())
      #expect(try Register.verify(store).problems == [])
      let answers = try (0..<Bench.life.count).map { number in try store.read { try $0.answer(to: "k\(number)") } }
      #expect(
        try answers == (0..<Bench.life.count).map { number in try api.store.read { try $0.answer(to: "k\(number)") } })
    }
  }

  /// Pages of one event each, without what was published in those that end with one of `withheld`.
  private func pages(_ api: ServerAPI, withholding withheld: Set<Int>) throws -> (Int) throws -> LogPage {
    let facts = try Register.facts(api.store)
    return { count in
      var page = try LogPage(after: count, limit: 1, of: api.register, facts: facts)
      if withheld.contains(count + 1) { page.fragments.removeAll() }
      return page
    }
  }

  @Test(arguments: ["en", "fr"])
  func `a page without something that was published is not taken`(language: String) throws {
    let api = try ServerAPI()
    try submit(api, 0)
    var page = try LogPage(after: 0, of: api.register, facts: try Register.facts(api.store))
    page.fragments.removeAll { $0.language == language }
    let store = MemoryStore()
    #expect(throws: BadExtract(reason: "what was published of CHG-2026-0001 is missing")) {
      try page.take(into: store)
    }
    #expect(try store.read { try $0.newestEvent() } == nil)
  }

  /// Events 3 and 4 are two plans; the register and the contract come before them.
  @Test func `what an earlier page kept back is missed at the last one`() throws {
    let bench = try Bench()
    for number in 0..<2 { try submit(bench.api, number) }
    do {
      let replica = try Replica.open(try bench.place())
      #expect(throws: BadExtract(reason: "what was published of CHG-2026-0001 is missing", isOfEarlierPage: true)) {
        try replica.update(pages(bench.api, withholding: [3]))
      }
      // The page is known, so that it is not asked for again: only a fetch from the beginning mends it.
      #expect(throws: BadExtract.self) { try replica.update(pages(bench.api, withholding: [])) }
    }
    let mended = try bench.connect()
    #expect(try Register.verify(mended.replica.store).problems == [])
    try submit(bench.api, 2)
    #expect(throws: BadExtract(reason: "what was published of CHG-2026-0003 is missing")) {
      try mended.replica.update(pages(bench.api, withholding: [5]))
    }
    try mended.refresh()
    #expect(try Register.verify(mended.replica.store).problems == [])
  }

  @Test func `events of a kind that is not known stay in the log`() throws {
    let bench = try Bench()
    try bench.api.store.write { store in
      let newest = try store.newestEvent()
      try store.append(
        StoredEvent(
          after: newest, at: bench.api.clock.now, stream: "NEXT-0001", type: "next-thing", body: #"{"name":"ada"}"#))
    }
    try submit(bench.api, 1)
    let remote = try bench.connect()
    #expect(try remote.replica.store.read { try $0.events(after: 0, limit: 10) } == bench.api.events())
    #expect(try remote.register.change(ChangeID(year: 2026, number: 1)).content.title == "Work 1")
  }

  @Test func `a log that was cut is refused, and what was seen stays`() throws {
    let (bench, checkpoint) = try seen()
    let shorter = try ServerAPI()
    try submit(shorter, 0)
    let found = try self.checkpoint(shorter)
    let again = try differs(bench, by: shorter)
    for _ in 0..<2 {
      #expect(throws: RemoteError.historyDiffers(seen: checkpoint, found: found)) { try again.connect() }
    }
    #expect(try bench.connect().register.changes(ChangeFilter()).count == 3)
  }

  @Test func `a log that was rewritten is refused, however long it is`() throws {
    let (bench, checkpoint) = try seen()
    let other = try ServerAPI()
    for number in 0..<8 { try submit(other, number, title: "Rewritten") }
    let found = try self.checkpoint(other)
    let again = try differs(bench, by: other)
    #expect(throws: RemoteError.historyDiffers(seen: checkpoint, found: found)) { try again.connect() }
    // Nor does it help to lose the replica.
    try FileManager.default.removeItem(atPath: try bench.replicaPath())
    #expect(throws: RemoteError.historyDiffers(seen: checkpoint, found: found)) { try again.connect() }
    #expect(throws: RemoteError.historyDiffers(seen: checkpoint, found: found)) { try again.connect() }
    // The right one is taken all the same.
    #expect(try bench.connect().register.changes(ChangeFilter()).count == 3)
  }

  @Test func `a cut log is refused where the replica was lost`() throws {
    let (bench, checkpoint) = try seen()
    try Data("no database".utf8).write(to: URL(fileURLWithPath: try bench.replicaPath()))
    let shorter = try ServerAPI()
    let found = try self.checkpoint(shorter)
    #expect(throws: RemoteError.historyDiffers(seen: checkpoint, found: found)) {
      try differs(bench, by: shorter).connect()
    }
    #expect(try bench.connect().register.changes(ChangeFilter()).count == 3)
  }

  @Test func `another register laid in the place of the replica is not taken for it`() throws {
    let (bench, _) = try seen()
    let other = try ServerAPI(isFile: true)
    for number in 0..<8 { try submit(other, number, title: "Laid") }
    let path = try bench.replicaPath()
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: other.path, toPath: path)
    #expect(try bench.connect().register.change(ChangeID(year: 2026, number: 1)).content.title == "Work 0")
  }

  @Test func `the replica itself is a witness where the note of what was seen is gone`() throws {
    let (bench, checkpoint) = try seen()
    try FileManager.default.removeItem(atPath: try bench.place().seen)
    let other = try ServerAPI()
    for number in 0..<8 { try submit(other, number, title: "Rewritten") }
    let found = try self.checkpoint(other)
    #expect(throws: RemoteError.historyDiffers(seen: checkpoint, found: found)) {
      try differs(bench, by: other).connect()
    }
  }

  @Test func `another history is taken when its checkpoint is accepted, and no other`() throws {
    let (bench, _) = try seen()
    let other = try ServerAPI()
    for number in 0..<5 { try submit(other, number, title: "Restored") }
    let again = try differs(bench, by: other)
    let right = try checkpoint(other)
    let wrong = Checkpoint(size: right.size, root: String(repeating: "a", count: 64))
    #expect(throws: RemoteError.historyDiffers(seen: wrong, found: right)) {
      try RemoteRegister.accept(wrong, place: again.place(), courier: again.courier)
    }
    #expect(throws: RemoteError.self) { try again.connect() }
    let remote = try RemoteRegister.accept(right, place: again.place(), courier: again.courier)
    #expect(try remote.register.changes(ChangeFilter()).count == 5)
    #expect(try again.connect().register.changes(ChangeFilter()).count == 5)
  }

  @Test(arguments: ["garbage", "hash", "rows", "old", "cut"]) func `a damaged replica is fetched anew`(damage: String)
    throws
  {
    let (bench, _) = try seen()
    let path = try bench.replicaPath()
    switch damage {
    case "garbage": try Data(repeating: 0x41, count: 5000).write(to: URL(fileURLWithPath: path))
    case "hash":
      try sql(path, "DROP TRIGGER events_are_never_changed; UPDATE events SET body = '{}' WHERE sequence = 5")
    // What comes next does not fit a change whose events are gone.
    case "rows":
      try sql(path, "DROP TRIGGER events_are_never_changed; UPDATE events SET type = 'cancelled' WHERE sequence = 3")
      _ = try bench.api.register.execute(.cancel(reason: "No"), on: ChangeID(year: 2026, number: 1))
    case "old": try sql(path, "PRAGMA user_version = 1; DROP TABLE subjects")
    default: try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 6000)
    }
    let remote = try bench.connect()
    #expect(try remote.replica.store.read { try $0.events(after: 0, limit: 1000) } == bench.api.events())
    #expect(try Register.verify(remote.replica.store).problems == [])
    #expect(bench.api.received.last?.query == "after=0&limit=1000")
  }

  /// Of each octet one bit, one after the other: a file that is any other is not read.
  @Test func `a replica with a bit turned is fetched anew, once, and that is told`() throws {
    let (bench, _) = try seen()
    let size = try Data(contentsOf: URL(fileURLWithPath: bench.replicaPath())).count
    for place in stride(from: 0, to: size, by: 1 + size / 40) {
      let url = URL(fileURLWithPath: try bench.replicaPath())
      var data = try Data(contentsOf: url)
      data[place] ^= 1 << UInt8(place % 8)
      try data.write(to: url)
      let told = Told()
      let remote = try RemoteRegister.connect(place: bench.place(), courier: bench.courier, report: told.add)
      #expect(try Register.verify(remote.replica.store).problems == [])
      #expect(try remote.replica.store.read { try $0.events(after: 0, limit: 100) } == bench.api.events())
      #expect(told.reports == [.renewed(try bench.place().current)])
      #expect(bench.api.received.last?.query == "after=0&limit=1000")
      _ = try bench.connect()
      #expect(bench.api.received.last?.query?.hasPrefix("after=0&") == false)
    }
  }

  /// Its name is right: it is what an older program left.
  @Test func `a replica of an older format is fetched anew without a word`() throws {
    let (bench, _) = try seen()
    let place = try bench.place()
    let draft = place.draft()
    try FileManager.default.copyItem(atPath: bench.replicaPath(), toPath: draft)
    try sql(draft, "PRAGMA user_version = 1; DROP TABLE subjects")
    _ = try place.publish(draft, whole: try place.noted())
    let told = Told()
    let remote = try RemoteRegister.connect(place: place, courier: bench.courier, report: told.add)
    #expect(try Register.verify(remote.replica.store).problems == [])
    #expect(told.reports.isEmpty)
  }

  @Test func `what was fetched before the network failed is not fetched again`() throws {
    let bench = try Bench(fault: { number, _ in number >= 3 && number < 40 ? .notSent : nil })
    for number in 0..<6 { try submit(bench.api, number) }
    let facts = try Register.facts(bench.api.store)
    let replica = try Replica.open(try bench.place())
    #expect(throws: RemoteError.unreachable("gone")) {
      try replica.update { count in
        guard count < 4 else { throw RemoteError.unreachable("gone") }
        return try LogPage(after: count, limit: 2, of: bench.api.register, facts: facts)
      }
    }
    var asked: [Int] = []
    _ = try Replica.open(try bench.place()).update { count in
      asked.append(count)
      return try LogPage(after: count, of: bench.api.register, facts: facts)
    }
    #expect(asked == [4])
    #expect(try Register.verify(Replica.open(try bench.place()).store).problems == [])
  }

  @Test func `one replica stays, and drafts of another day do not`() throws {
    let (bench, _) = try seen()
    let folder = bench.folder.path("cache")
    let place = try bench.place()
    let (old, new) = (place.draft(), place.draft())
    for path in [old, new, place.register("x"), place.register("x") + "-journal"] {
      try Data("left".utf8).write(to: URL(fileURLWithPath: path))
    }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -90_000)], ofItemAtPath: old)
    try submit(bench.api, 7)
    _ = try bench.connect()
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(left.filter { $0.contains(".sqlite") }.map { "\(folder)/\($0)" } == [try bench.replicaPath()])
    #expect(left.filter { $0.hasSuffix(".partial") }.map { "\(folder)/\($0)" } == [new])
  }

  private func sql(_ path: String, _ text: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: text) }
  }

  @Test func `a server that forges an event, a place or a publication is not believed`() throws {
    let api = try ServerAPI()
    for number in 0..<3 { try submit(api, number) }
    let page = try LogPage(after: 0, of: api.register, facts: Register.facts(api.store))
    func forged(_ change: (inout LogPage) -> Void) throws {
      var forged = page
      change(&forged)
      let store = MemoryStore()
      #expect(throws: (any Error).self) { try forged.take(into: store) }
      #expect(try store.read { try $0.newestEvent() } == nil)
    }
    try forged { page in
      let event = page.events[2]
      page.events[2] = StoredEvent(
        sequence: event.sequence, at: event.at, stream: event.stream, type: event.type,
        body: event.body.replacing("Work", with: "Play"), previous: event.previous, hash: event.hash)
    }
    try forged { page in page.events.remove(at: 2) }
    try forged { page in page.events.swapAt(2, 3) }
    try forged { page in page.events.removeFirst() }
    try forged { page in page.fragments[0].body.append(0x20) }
    try forged { page in page.head.checkpoint.root = String(repeating: "b", count: 64) }
    #expect(throws: Never.self) { try page.take(into: MemoryStore()) }
  }

  @Test func `two that fetch at once both get all of it`() throws {
    let bench = try Bench()
    for number in 0..<6 { try submit(bench.api, number) }
    let facts = try Register.facts(bench.api.store)
    let place = try bench.place()
    let first = try Replica.open(place)
    let second = try Replica.open(place)
    func page(_ count: Int) throws -> LogPage {
      try LogPage(after: count, limit: 2, of: bench.api.register, facts: facts)
    }
    // Between the page that the first one asks for and its taking, the second one takes everything.
    var isFirst = true
    let head = try first.update { count in
      let page = try page(count)
      if isFirst, count > 2 {
        isFirst = false
        _ = try second.update { try LogPage(after: $0, of: bench.api.register, facts: facts) }
      }
      return page
    }
    #expect(head.checkpoint == (try checkpoint(bench.api)))
    #expect(try first.store.read { try $0.events(after: 0, limit: 100) } == bench.api.events())
    // The file that the second one made has been replaced; it is read all the same.
    #expect(try second.store.read { try $0.events(after: 0, limit: 100) } == bench.api.events())
    #expect(try Register.verify(first.store).problems == [])
  }

  @Test func `eight at once on an empty folder all read the same`() async throws {
    let bench = try Bench()
    for number in 0..<20 { try submit(bench.api, number) }
    let expected = try bench.api.events()
    try await withThrowingTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          // Busy is a fair answer to a crowd; half a history is not.
          let patience = Courier.Patience(
            elapsed: { .zero }, pause: { _ in Thread.sleep(forTimeInterval: 0.01) })
          let courier = Courier(
            transport: TestTransport(bench.api), token: bench.api.token, language: "en", patience: patience)
          let place = try ReplicaPlace(bench.address, folder: bench.folder.path("cache"))
          let remote = try RemoteRegister.connect(place: place, courier: courier)
          return try remote.replica.store.read { try $0.events(after: 0, limit: 1000) }
        }
      }
      for try await events in group { #expect(events == expected) }
    }
  }

  @Test func `the clock is the server's, and goes on while nobody asks`() throws {
    let bench = try Bench()
    let remote = try bench.connect()
    #expect(try remote.register.now == bench.api.clock.now)
    bench.patience.patience.pause(.milliseconds(61_900))
    #expect(try remote.register.now == bench.api.clock.now + Elapsed(seconds: 61))
    let trial = try Bench(ServerAPI(isSimulation: true))
    let simulation = try trial.connect()
    trial.patience.patience.pause(.seconds(60))
    #expect(try simulation.register.now == trial.api.clock.now)
  }
}

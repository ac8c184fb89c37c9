import CivilTime
import Foundation
import NIOCore
import NIOPosix
import Planning
import Publication
import Register
import RegisterSQLite
import Testing

@testable import Server

/// The published files in memory follow the register.
struct SnapshotTests {
  private func text(_ entry: SnapshotEntry?) -> String { entry?.text.whole.map { String(buffer: $0) } ?? "" }

  @Test func `A commit on another connection to the same file is seen`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "preavis-server-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "register.sqlite").path
    let writer = try Published(try SQLiteStore.create(at: path))
    let snapshot = try Snapshot(Published(try SQLiteStore.open(at: path), isNew: false))
    let before = try snapshot.entry(Published.feed)
    #expect(snapshot.fresh("/" + Published.feed) === before)
    let id = try writer.submit("2026-12-06T01:00:00Z")
    // Until somebody looks, the old file stands; then never again.
    try snapshot.refresh()
    #expect(snapshot.fresh("/" + Published.feed) == nil)
    let after = try snapshot.entry(Published.feed)
    #expect(!text(before).contains("\(id)") && text(after).contains("\(id)"))
    #expect(before?.tag != after?.tag)
  }

  /// Commits so many times, each of them found.
  private func commit(
    _ publication: Published, _ snapshot: Snapshot, _ days: ClosedRange<Int>, at now: NIODeadline = .now()
  ) throws -> [ChangeID] {
    try days.map { day in
      let id = try publication.submit("2026-12-\(day)T01:00:00Z")
      try snapshot.refresh(now: now)
      return id
    }
  }

  @Test func `Under many commits the bytes before answer at once, and no longer than a second`() throws {
    let publication = try Published()
    let snapshot = try Snapshot(publication)
    let before = try #require(try snapshot.entry(Published.feed))
    let target = "/" + Published.feed
    let begun = NIODeadline.now()
    _ = try commit(publication, snapshot, 10...11, at: begun)
    // Two commits: who asks waits, and sees them.
    #expect(snapshot.fresh(target, now: begun) == nil)
    _ = try commit(publication, snapshot, 12...12, at: begun + .milliseconds(500))
    #expect(snapshot.fresh(target, now: begun + .milliseconds(500)) === before)
    #expect(snapshot.fresh(target, now: begun + .milliseconds(899)) === before)
    #expect(snapshot.fresh(target, now: begun + .milliseconds(900)) == nil)
    // More of them do not make it young again.
    _ = try commit(publication, snapshot, 13...15, at: begun + .milliseconds(1000))
    #expect(snapshot.fresh(target, now: begun + .milliseconds(1000)) == nil)
    let after = try #require(try snapshot.render(Published.feed))
    #expect(after.tag != before.tag && snapshot.fresh(target) === after)
    let samples = snapshot.samples.flatMap { $0.values.map(\.value) }
    #expect(samples == [2, 0.899])
  }

  @Test func `What many ask for is rendered anew without a request, the longest waiting first`() throws {
    let publication = try Published()
    let snapshot = try Snapshot(publication)
    let home = "profession-liberale/index.html"
    _ = try snapshot.entry(Published.feed)
    _ = try snapshot.entry(home)
    let soon = NIODeadline.now() + .milliseconds(400)
    #expect(snapshot.due(now: soon) == [])
    _ = try commit(publication, snapshot, 10...12)
    // Nobody has asked since.
    #expect(snapshot.due(now: soon) == [])
    _ = snapshot.fresh("/" + Published.feed)
    for _ in 0..<3 { _ = snapshot.fresh("/" + home) }
    #expect(snapshot.due(now: soon) == [Published.feed])
    #expect(snapshot.due() == [])
    _ = snapshot.fresh("/" + home)
    #expect(Set(snapshot.due(now: soon)) == [Published.feed, home])
    _ = try snapshot.render(Published.feed)
    #expect(snapshot.due(now: soon + .seconds(1)) == [home])
  }

  @Test func `A rendering that began before a commit does not take the place of a later one`() throws {
    let publication = try Published()
    let snapshot = try Snapshot(publication)
    let old = try #require(try snapshot.entry(Published.feed))
    let id = try #require(try commit(publication, snapshot, 10...10).first)
    let new = try #require(try snapshot.render(Published.feed))
    snapshot.keep(old, round: 0)
    #expect(snapshot.fresh("/" + Published.feed) === new)
    #expect(text(new).contains("\(id)"))
  }

  @Test func `However many ask for a file that is not there, it is rendered once`() async throws {
    let publication = try Published()
    let threads = NIOThreadPool(numberOfThreads: 2)
    threads.start()
    defer { threads.shutdownGracefully { _ in } }
    let press = FilePress(try Snapshot(publication), threads: threads, longThreads: threads)
    let entries = try await withThrowingTaskGroup(of: SnapshotEntry?.self) { group in
      for _ in 0..<200 { group.addTask { try await press.entry("profession-liberale/feeds/maintenance.fr.ics") } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(entries.count == 200 && !entries.contains { $0 == nil })
    #expect(Set(entries.map { $0.map(ObjectIdentifier.init) }).count == 1)
  }

  @Test func `A file whose bytes did not change keeps its tag and its time, also after two commits`() throws {
    let publication = try Published()
    let id = try publication.submit("2026-12-08T01:00:00Z")
    let snapshot = try Snapshot(publication)
    let event = "profession-liberale/\(id)/change.fr.ics"
    let feed = try #require(try snapshot.entry(Published.feed))
    let page = try #require(try snapshot.entry(event))
    for day in ["2026-12-06", "2026-12-13"] {
      publication.now = publication.now + .hours(1)
      try publication.submit("\(day)T01:00:00Z")
      try snapshot.refresh()
    }
    let pageAfter = try #require(try snapshot.entry(event))
    let feedAfter = try #require(try snapshot.entry(Published.feed))
    #expect(pageAfter !== page)
    #expect(pageAfter.tag == page.tag && pageAfter.lastModified == page.lastModified)
    #expect(feedAfter.tag != feed.tag && feedAfter.lastModified > feed.lastModified)
  }

  @Test func `What comes of the contract alone survives a commit, and goes with the contract`() throws {
    let publication = try Published()
    let snapshot = try Snapshot(publication)
    let windows = "/profession-liberale/feeds/windows.fr.ics"
    _ = try snapshot.entry(String(windows.dropFirst()))
    _ = try snapshot.entry(Published.feed)
    try publication.submit("2026-12-06T01:00:00Z")
    try snapshot.refresh()
    #expect(snapshot.fresh(windows) != nil && snapshot.fresh("/" + Published.feed) == nil)
    publication.contracts = "two"
    try snapshot.refresh()
    #expect(snapshot.fresh(windows) == nil)
  }

  @Test func `Pages are dropped when they take too much memory, feeds stay`() throws {
    let publication = try Published()
    try publication.submit("2026-12-06T01:00:00Z")
    let snapshot = try Snapshot(publication, capacity: 60_000)
    let feed = try #require(try snapshot.entry(Published.feed))
    var pages: [String] = []
    try publication.site().each { file in
      if file.path.hasSuffix(".html") { pages.append(file.path) }
    }
    var most = 0
    var largest = 0
    for page in pages {
      largest = max(largest, try #require(try snapshot.entry(page)).text.size)
      most = max(most, snapshot.load.octets)
    }
    #expect(pages.count > 30)
    #expect(most <= 60_000 + largest + feed.text.size)
    #expect(snapshot.fresh("/" + Published.feed) === feed)
    #expect(snapshot.load.files < pages.count)
  }

  @Test func `The clock's files are rendered anew after some seconds, others stay`() throws {
    let snapshot = try Snapshot(Published())
    _ = try snapshot.entry("profession-liberale/index.html")
    _ = try snapshot.entry(Published.feed)
    let later = NIODeadline.now() + .seconds(30)
    #expect(snapshot.fresh("/profession-liberale/index.html") != nil)
    #expect(snapshot.fresh("/profession-liberale/index.html", now: later) == nil)
    #expect(snapshot.fresh("/" + Published.feed, now: later) != nil)
  }

  @Test func `A private file is put together for each request`() throws {
    let snapshot = try Snapshot(Published(secrets: ["k3y/calendar.ics": "BEGIN:VCALENDAR"]))
    let entry = try #require(try snapshot.render("private/k3y/calendar.ics"))
    let head = String(buffer: entry.answer(.identity).head)
    #expect(head.contains("cache-control: private, no-cache\r\n") && head.contains("x-robots-tag: noindex\r\n"))
    #expect(!head.contains("access-control-allow-origin"))
    #expect(snapshot.load.files == 0)
    #expect(try snapshot.render("other/calendar.ics") == nil)
  }
}

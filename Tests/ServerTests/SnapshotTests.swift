import CivilTime
import Foundation
import NIOCore
import Publication
import Register
import RegisterSQLite
import Testing

@testable import Server

/// The published files in memory follow the register.
struct SnapshotTests {
  private func text(_ entry: SnapshotEntry?) -> String { entry.map { String(buffer: $0.body) } ?? "" }

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
      largest = max(largest, try #require(try snapshot.entry(page)).size)
      most = max(most, snapshot.load.octets)
    }
    #expect(pages.count > 30)
    #expect(most <= 60_000 + largest + feed.size)
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

  @Test func `A private file is rendered for each request and kept nowhere`() throws {
    let snapshot = try Snapshot(Published(secrets: ["k3y/calendar.ics": "BEGIN:VCALENDAR"]))
    let entry = try #require(try snapshot.privateEntry("private/k3y/calendar.ics"))
    let head = String(buffer: entry.answer(.identity).head)
    #expect(head.contains("cache-control: private, no-cache\r\n") && head.contains("x-robots-tag: noindex\r\n"))
    #expect(!head.contains("access-control-allow-origin"))
    #expect(snapshot.load.files == 0)
    #expect(try snapshot.privateEntry("other/calendar.ics") == nil)
  }
}

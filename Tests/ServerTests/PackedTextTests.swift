import CivilTime
import Foundation
import NIOCore
import Planning
import Publication
import Register
import Synchronization
import Testing
import Wording

@testable import Publication
@testable import Server

/// Large files are kept in blocks, of which a commit changes one or two, and are the same as if they were written anew.
struct PackedTextTests {
  private static let service = Published.service
  private static let files = [
    "feeds/maintenance.fr.ics", "feeds/maintenance.en.ics", "feeds/change-calendar.ics", "feeds/atom.fr.xml",
    "feeds/feed.en.json", "changes.json", "past.html", "en/past.html", "index.html", "calendar/2027-01.html",
    "api/v2/summary.json", "api/v2/scheduled-maintenances.json",
  ].map { "\(service)/\($0)" }

  private func bytes(_ entry: SnapshotEntry) throws -> [UInt8] {
    switch entry.answer(.identity).body {
    case .nothing: []
    case .octets(let octets): octets.flatMap { Array($0.readableBytesView) }
    case .blocks(let blocks): try blocks.flatMap { Array(try $0.text().readableBytesView) }
    }
  }

  /// What gzip makes of it: the program of that name, not the library.
  private func unpacked(_ entry: SnapshotEntry) throws -> [UInt8] {
    guard case .octets(let octets) = entry.answer(.gzip).body else { return [] }
    let file = FileManager.default.temporaryDirectory.appending(path: "preavis-\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(octets.flatMap { Array($0.readableBytesView) }).write(to: file)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Array(bytes)
  }

  @Test func `After each of sixty commits a server sends what is written from nothing`() throws {
    let publication = try Published()
    let snapshot = try Snapshot(publication)
    let fresh = try Published(publication.store, isNew: false)
    var ids: [ChangeID] = []
    for number in 0..<60 {
      // Work that is over meanwhile leaves feeds and calendars, and comes to what has ended.
      publication.now = publication.now + .hours(number % 10 == 9 ? 24 * 40 : 1)
      let ahead = publication.now + .hours(Int64(24 * (3 + number * 7 % 40)))
      if number % 4 == 3, number % 10 != 9 {
        try publication.cancel(#require(ids.last))
      } else {
        let date = publication.contract.contract.currentTimeZone.civil(ahead).date
        ids.append(try publication.submit("\(TimeText.date(date))T0\(1 + number % 4):00:00Z"))
      }
      try snapshot.refresh()
      fresh.now = publication.now
      let site = try fresh.site()
      for path in PackedTextTests.files {
        let expected = try site.file(at: path)?.bytes()
        let sent = try snapshot.render(path).map(bytes)
        #expect(sent == expected, "\(path) after commit \(number)")
      }
    }
  }

  /// A text of so many changes, each with a version; what was written is counted.
  private final class Sample: Sendable {
    let written = Mutex<[Int]>([])

    func text(_ versions: [Int: Int], family: String = "f") throws -> BlockText {
      let rows = try versions.keys.sorted().map { number in
        try PublishedRows.Row(
          ChangeRow(
            id: ChangeID(year: 2026, number: number), service: "s", environment: "production", state: .planned,
            interval: #require(Interval(start: utc("2026-12-06T01:00:00Z"), length: .hours(1))), revision: 0,
            newest: #require(versions[number])))
      }
      var text = BlockText(
        header: Array("head\n".utf8), placeholder: Array("none\n".utf8), footer: Array("foot\n".utf8))
      text.add(rows, family: family) { rows, _ in
        self.written.withLock { $0 += rows.map(\.id.number) }
        // About what an event takes, and as easy to compress.
        return rows.flatMap { row in
          Array(
            "\(row.id)@\(row.newest) \(Digest.sha256("\(row.newest)".utf8)) \(String(repeating: ".", count: 900))\n"
              .utf8)
        }
      }
      return text
    }

    var count: Int {
      written.withLock {
        let count = $0.count
        $0 = []
        return count
      }
    }
  }

  private func entry(_ text: BlockText, _ cache: BlockCache) throws -> SnapshotEntry {
    SnapshotEntry(
      "f", mediaType: "text/plain", text: try PackedText.made(of: text, cache), source: .register,
      lastModified: utc("2026-12-06T01:00:00Z"), older: nil, freshUntil: .distantFuture)
  }

  @Test(arguments: [0, 1, 100, 1_000, 5_000])
  func `gzip and a reader of the plain form get the text, under a tag that is that of the text`(count: Int) throws {
    let sample = Sample()
    var versions = Dictionary(uniqueKeysWithValues: (0..<count).map { ($0 + 1, $0 + 1) })
    let cache = BlockCache()
    var tags: [String: [UInt8]] = [:]
    for round in 0..<6 {
      let text = try sample.text(versions)
      let entry = try entry(text, cache)
      var expected: [UInt8] = []
      try text.write { expected += $0 }
      #expect(try bytes(entry) == expected && entry.text.length == expected.count)
      #expect(try entry.text.gzip == nil || unpacked(entry) == expected)
      #expect(expected.starts(with: (count == 0 && round == 0 ? "head\nnone\nfoot\n" : "head\nCHG").utf8))
      #expect(tags[entry.tag] == nil || tags[entry.tag] == expected)
      tags[entry.tag] = expected
      // The same text has the same tag, whatever was there before.
      #expect(try self.entry(text, BlockCache()).tag == entry.tag)
      switch round {
      case 0: versions[count / 2 + 1] = 900_001
      case 1: versions[count + 7] = 900_002
      case 2: versions[1] = nil
      case 3: versions[count / 2 + 1] = nil
      default: versions[count / 3 + 1] = 900_000 + 10 * round
      }
    }
    #expect(tags.count >= 4)
  }

  @Test func `A change costs its block, however many there are`() throws {
    for count in [2_000, 20_000] {
      let sample = Sample()
      let cache = BlockCache()
      var versions = Dictionary(uniqueKeysWithValues: (1...count).map { ($0, $0) })
      _ = try entry(sample.text(versions), cache)
      #expect(sample.count == count)
      _ = try entry(sample.text(versions), cache)
      #expect(sample.count == 0)
      var most = 0
      for round in 1...30 {
        versions[(round * 7919) % count + 1] = count + round
        _ = try entry(sample.text(versions), cache)
        most = max(most, sample.count)
      }
      #expect((20...500).contains(most), "\(most) changes written for one")
    }
  }

  @Test func `Beyond the capacity the blocks go that nobody has asked for the longest`() throws {
    let cache = BlockCache(capacity: 60_000)
    let (one, two, three) = (Sample(), Sample(), Sample())
    let versions = Dictionary(uniqueKeysWithValues: (1...500).map { ($0, $0) })
    func ask(_ sample: Sample, _ family: String) throws -> Int {
      _ = try cache.blocks(of: sample.text(versions, family: family), epoch: cache.epoch)
      return sample.count
    }
    #expect(try ask(one, "one") == 500)
    #expect(try ask(two, "two") == 500)
    #expect(try ask(one, "one") == 0)
    #expect(try ask(three, "three") == 500)
    #expect(try ask(one, "one") == 0)
    #expect(try ask(two, "two") == 500)
  }

  @Test func `What was begun before a contract changed leaves no block behind`() throws {
    let cache = BlockCache()
    let sample = Sample()
    let versions = Dictionary(uniqueKeysWithValues: (1...100).map { ($0, $0) })
    let before = cache.epoch
    cache.clear()
    _ = try cache.blocks(of: sample.text(versions), epoch: before)
    #expect(sample.count == 100)
    _ = try cache.blocks(of: sample.text(versions), epoch: cache.epoch)
    #expect(sample.count == 100)
    _ = try cache.blocks(of: sample.text(versions), epoch: cache.epoch)
    #expect(sample.count == 0)
  }
}

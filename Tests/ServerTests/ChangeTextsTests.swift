import CivilTime
import NIOCore
import Planning
import Register
import Testing
import Wording

@testable import Publication
@testable import Server

/// The file of all changes costs what a commit changed in it, and is the same as if it were written anew.
struct ChangeTextsTests {
  private static let file = "profession-liberale/changes.json"

  /// As `export` writes it: nothing is known of before.
  private func exported(_ publication: Published) throws -> [UInt8] {
    try #require(try publication.site().file(at: ChangeTextsTests.file)).bytes()
  }

  @Test func `After each of forty commits a server sends what export writes`() throws {
    let publication = try Published()
    publication.texts = ChangeTexts()
    let snapshot = try Snapshot(publication)
    let fresh = try Published(publication.store, isNew: false)
    var ids: [ChangeID] = []
    for number in 0..<40 {
      publication.now = publication.now + .minutes(7)
      if number % 4 == 3 {
        try publication.cancel(ids[number * 7 % ids.count])
      } else {
        ids.append(try publication.submit("2027-0\(1 + number / 20)-\(10 + number % 20)T0\(1 + number % 3):00:00Z"))
      }
      try snapshot.refresh()
      fresh.now = publication.now
      let sent = try #require(try snapshot.render(ChangeTextsTests.file))
      #expect(Array(sent.body.readableBytesView) == (try exported(fresh)), "commit \(number)")
    }
    #expect(publication.texts.size > 10_000)
  }

  @Test func `Only what has a newer event is rendered, and what was before takes no memory for long`() throws {
    let texts = ChangeTexts(capacity: 100_000)
    let setting = ChangeTexts.Setting(service: "s", zone: "Europe/Paris", language: .french, isSimulation: false)
    var rows = (1...100).map { (id: ChangeID(year: 2026, number: $0), newest: $0) }
    func written(_ setting: ChangeTexts.Setting) throws -> (rendered: [Int], all: String) {
      var rendered: [Int] = []
      var all: [UInt8] = []
      try texts.each(rows, setting) { id in
        rendered.append(id.number)
        return Array("\(id.number)@\(rows[id.number - 1].newest) \(String(repeating: ".", count: 190))\n".utf8)
      } _: {
        all += $0
      }
      return (rendered, String(decoding: all, as: UTF8.self))
    }
    #expect(try written(setting).rendered == Array(1...100))
    #expect(try written(setting).rendered == [])
    for round in 1...500 {
      let number = round * 37 % 100
      rows[number].newest = 1000 + round
      let now = try written(setting)
      #expect(now.rendered == [number + 1])
      #expect(now.all.hasPrefix("1@\(rows[0].newest) ..."))
      #expect(now.all.split(separator: "\n").count == 100 && now.all.contains("\n50@\(rows[49].newest) ..."))
      #expect(texts.size < 30_000)
    }
    let other = ChangeTexts.Setting(service: "s", zone: "UTC", language: .french, isSimulation: false)
    #expect(try written(other).rendered.count == 100)
  }

  @Test func `Beyond its capacity nothing is kept`() throws {
    let texts = ChangeTexts(capacity: 1000)
    let setting = ChangeTexts.Setting(service: "s", zone: "UTC", language: .french, isSimulation: false)
    let rows = (1...20).map { (id: ChangeID(year: 2026, number: $0), newest: $0) }
    for _ in 0..<2 {
      var count = 0
      try texts.each(rows, setting) { _ in
        [UInt8](repeating: 1, count: 100)
      } _: {
        count += $0.count
      }
      #expect(count == 2000 && texts.size == 0)
    }
  }
}

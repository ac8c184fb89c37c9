import Foundation
import Planning
import Testing
import Wording

@testable import Publication

/// Writes files for readers outside this project. `PREAVIS_SAMPLES` names the folder; without it nothing is written.
struct SampleFileTests {
  static let folder = ProcessInfo.processInfo.environment["PREAVIS_SAMPLES"]

  @Test("Samples of every document are written where asked for", .enabled(if: folder != nil))
  func write() throws {
    let folder = URL(filePath: try #require(SampleFileTests.folder))
    let now = Samples.at("2026-12-06T01:30+01:00")
    for (name, histories) in [("plain", Samples.all), ("hostile", try Samples.hostile()), ("empty", [])] {
      for language in Language.allCases {
        let feed = SyndicationFeed(
          histories, contract: Samples.contract(), language: language, isSimulation: false)
        let place = folder.appending(path: "\(name)-\(language.rawValue)")
        func put(_ path: String, _ bytes: [UInt8]) throws {
          let file = place.appending(path: path)
          try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(bytes).write(to: file)
        }
        try put("feed.atom", AtomFeed.render(feed, address: "https://portal.example/feed.atom"))
        try put("feed.json", JSONFeed.render(feed, address: "https://portal.example/feed.json"))
        let page = Statuspage(
          histories, contract: Samples.contract(), language: language, now: now, isSimulation: false)
        for document in Statuspage.Document.allCases {
          try put("api/v2/\(document.rawValue).json", page.render(document))
        }
      }
    }
  }
}

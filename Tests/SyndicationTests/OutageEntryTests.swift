import CivilTime
import JSONText
import Planning
import Testing
import Wording

@testable import Publication

/// What feeds say of outages, and what clients are never told. Source: product.md, "Outages that clients see".
struct OutageEntryTests {
  private func feed(_ outages: [PublishedOutage], _ language: Language = .english) -> SyndicationFeed {
    SyndicationFeed(
      Samples.all, outages: outages, contract: Samples.contract(), language: language, isSimulation: false)
  }

  @Test("Each word is an entry with an id of its own, dated by its publication and among those of changes")
  func entries() throws {
    let ended = Samples.stop(end: "2026-11-09T10:50+01:00")
    let feed = feed([Samples.outage([.recorded(Samples.stop()), .amended(ended, reason: nil)])])
    let own = feed.entries.filter { $0.category == "outage" }
    #expect(
      own.map(\.title) == [
        "End of outage: Hub – Monday 9 November 2026, 10:05 to 10:50",
        "Outage: Hub – since Monday 9 November 2026 at 10:05",
      ])
    #expect(Set(own.map(\.id)).count == 2)
    #expect(own.allSatisfy { $0.id.contains("OUT-2026-0001") })
    #expect(feed.entries.map(\.published) == feed.entries.map(\.published).sorted(by: >))
    #expect(feed.updated == feed.entries[0].published)
    let part = self.feed([Samples.outage([.recorded(Samples.stop(components: ["flux"]))])])
    #expect(
      part.entries.first { $0.category == "outage" }?.title
        == "Outage: flux – since Monday 9 November 2026 at 10:05")
    let french = self.feed([Samples.outage([.recorded(Samples.stop())])], .french)
    #expect(
      french.entries.first { $0.category == "outage" }?.lead
        == "Le service Portail est indisponible depuis le lundi 9 novembre 2026 à 10\u{202F}h\u{202F}05 (heure de Paris)."
    )
  }

  @Test("Neither title, evidence, cause nor reasons are told with the status; the title alone with all of it")
  func secrets() {
    let events: [OutageEvent] = [
      .recorded(Samples.stop(title: "TITLE")),
      .amended(Samples.stop(end: "2026-11-09T10:50+01:00", title: "TITLE"), reason: "WHY"),
      .voided(reason: "WHY"),
    ]
    for told in [OutagePublication.status, .full] {
      let feed = feed([Samples.outage(events, told: told)])
      let text = String(
        decoding: AtomFeed.render(feed, address: "x") + JSONFeed.render(feed, address: "x")
          + RSSFeed.render(feed, address: "x"), as: UTF8.self)
      for secret in ["4711", "WHY", "incident"] { #expect(!text.contains(secret), "\(told): \(secret)") }
      #expect(text.contains("TITLE") == (told == .full))
    }
  }

  @Test("What article 6 leaves out, what is not production and what was over before it was recorded is told to nobody")
  func untold() {
    for cause in OutageCause.allCases {
      #expect((Samples.published([.recorded(Samples.stop(cause: cause))]) != nil) == cause.isCounted, "\(cause)")
    }
    #expect(Samples.published([.recorded(Samples.stop(environment: "preproduction"))]) == nil)
    let past = OutageEvent.recorded(Samples.stop(end: "2026-11-09T10:08+01:00"))
    #expect(Samples.published([past]) == nil)
    #expect(Samples.published([past], told: .full)?.words.map(\.news) == [.ended])
    #expect(Samples.published([.recorded(Samples.stop())], told: .none) == nil)
  }

  @Test("A record that changes is news only where clients were told of what changed")
  func corrections() {
    let begun = Samples.stop()
    func news(_ later: OutageContent..., told: OutagePublication = .status) -> [PublishedOutage.Word.News] {
      Samples.outage([.recorded(begun)] + later.map { .amended($0, reason: "x") }, told: told).words.map(\.news)
    }
    #expect(news(Samples.stop(title: "Other")) == [.began])
    #expect(news(Samples.stop(title: "Other"), told: .full) == [.began, .corrected])
    #expect(news(Samples.stop(cause: .forceMajeure)) == [.began, .withdrawn])
    #expect(news(Samples.stop(cause: .forceMajeure), begun) == [.began, .withdrawn, .corrected])
    #expect(news(Samples.stop(end: "2026-11-09T10:15+01:00"), begun) == [.began, .ended, .corrected])
    #expect(news(Samples.stop(components: ["flux"])) == [.began, .corrected])
    #expect(
      Samples.outage([
        .recorded(begun), .amended(Samples.stop(end: "2026-11-09T10:15+01:00"), reason: nil),
        .amended(begun, reason: "x"),
      ]).isGoingOn)
  }
}

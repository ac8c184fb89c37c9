import CivilTime
import Planning
import Testing
import Wording

@testable import Publication

struct EntryTests {
  private func entries(_ language: Language = .english) -> [SyndicationEntry] {
    SyndicationFeed(Samples.all, contract: Samples.contract(), language: language, isSimulation: false).entries
  }

  @Test("Every published revision is an entry, newest first, dated by its publication and never by the work")
  func dating() {
    let entries = entries()
    #expect(entries.count == 15)
    // CHG-2026-0008 was published last, CHG-2026-0001 first and moved an hour later.
    #expect(entries.first?.published == Samples.at("2026-11-09T08:30Z"))
    #expect(entries.suffix(2).map(\.published) == [Samples.at("2026-11-02T09:30Z"), Samples.at("2026-11-02T08:30Z")])
    #expect(entries.allSatisfy { $0.published < Samples.at("2026-12-01T00:00Z") })
    #expect(entries.map(\.published) == entries.map(\.published).sorted(by: >))
  }

  @Test("An entry is named by host, first year, change and revision, as RFC 4151 writes tags")
  func naming() {
    let entry = entries().last
    #expect(entry?.id == "tag:portal.example,2021:CHG-2026-0001:0:en")
    #expect(entry?.address == "https://Portal.example:8443/maintenance/CHG-2026-0001")
    #expect(Set(entries().map(\.id)).count == 15)
  }

  @Test(
    "A title says what happened, to what, and when with weekdays",
    arguments: [
      (
        "0001:0",
        "Maintenance announced: Database upgrade – night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00"
      ),
      (
        "0001:1",
        "Maintenance rescheduled: Database upgrade – "
          + "night of Saturday 12 to Sunday 13 December 2026, 02:00 to 04:00"
      ),
      (
        "0002:1",
        "Maintenance amended: Database upgrade – night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00"
      ),
      (
        "0003:1",
        "Maintenance cancelled: Database upgrade – night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00"
      ),
      (
        "0004:1",
        "Maintenance started: Database upgrade – night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00"
      ),
      (
        "0004:2",
        "Maintenance extended: Database upgrade – night of Saturday 5 to Sunday 6 December 2026, 01:00 to 04:30"
      ),
      (
        "0005:2",
        "Maintenance completed: Database upgrade – night of Saturday 5 to Sunday 6 December 2026, 01:02 to 03:10"
      ),
      (
        "0006:0",
        "Emergency maintenance in progress: Database upgrade – "
          + "night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00"
      ),
      (
        "0008:0",
        "Maintenance announced: Database upgrade (preproduction) – "
          + "night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00"
      ),
      ("0007:0", "Update announced: Database upgrade – night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00"),
    ])
  func titles(_ id: String, _ title: String) {
    #expect(entries().first { $0.id.contains("CHG-2026-\(id):") }?.title == title)
  }

  @Test(
    "In French a title agrees with its kind and says which way a change moved",
    arguments: [
      ("0001:1", "Maintenance reportée\u{A0}: "), ("0002:1", "Maintenance modifiée\u{A0}: "),
      ("0003:1", "Maintenance annulée\u{A0}: "),
      ("0004:1", "Maintenance commencée\u{A0}: "), ("0004:2", "Maintenance prolongée\u{A0}: "),
      ("0005:2", "Maintenance terminée\u{A0}: "),
      ("0006:0", "Maintenance urgente en cours\u{A0}: "), ("0007:0", "Mise à jour annoncée\u{A0}: "),
    ])
  func frenchTitles(_ id: String, _ beginning: String) {
    let title = entries(.french).first { $0.id.contains("CHG-2026-\(id):") }?.title ?? ""
    #expect(title.hasPrefix(beginning + "Database upgrade – nuit du samedi "), "\(title)")
  }

  @Test("Emergencies and updates are called so whatever happens to them")
  func kinds() {
    func titles(_ kind: ChangeKind, _ language: Language) -> [String] {
      let history = Samples.history(1, [.planned(Samples.content(kind), Samples.verdict), .cancelled(reason: "x")])
      return SyndicationFeed([history], contract: Samples.contract(), language: language, isSimulation: false)
        .entries.map { String($0.title.prefix { $0 != ":" }) }
    }
    #expect(titles(.emergency, .english) == ["Emergency maintenance cancelled", "Emergency maintenance"])
    #expect(titles(.emergency, .french) == ["Maintenance urgente annulée\u{A0}", "Maintenance urgente\u{A0}"])
    #expect(titles(.update, .english) == ["Update cancelled", "Update announced"])
    #expect(titles(.update, .french) == ["Mise à jour annulée\u{A0}", "Mise à jour annoncée\u{A0}"])
  }

  @Test("What comes sooner is not called postponed")
  func broughtForward() {
    let later = Samples.content(day: "2026-12-20")
    let history = Samples.history(
      1, [.planned(later, Samples.verdict), .rescheduled(Samples.moved(later, to: "2026-12-13"), Samples.verdict)])
    func title(_ language: Language) -> String {
      SyndicationFeed([history], contract: Samples.contract(), language: language, isSimulation: false)
        .entries[0].title
    }
    #expect(title(.french).hasPrefix("Maintenance avancée\u{A0}: "))
    #expect(title(.english).hasPrefix("Maintenance brought forward: "))
  }

  @Test("A move tells both times, an amendment what it changes, an extension both ends")
  func differences() throws {
    let entries = entries()
    let moved = try #require(entries.first { $0.id.contains("CHG-2026-0001:1:") })
    #expect(
      moved.differences == [
        .init(
          name: "Time", before: "night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00",
          after: "night of Saturday 12 to Sunday 13 December 2026, 02:00 to 04:00")
      ])
    #expect(
      moved.lead == "The planned maintenance of Hub has been postponed: it will now take place during the night of "
        + "Saturday 12 to Sunday 13 December 2026, from 02:00 to 04:00 (Paris time), instead of the night of Saturday 5 to "
        + "Sunday 6 December 2026, 01:00 to 03:00.")
    #expect(moved.facts.contains(.init(name: "Reason", value: "Supplier late", language: .french)))
    let amended = try #require(entries.first { $0.id.contains("CHG-2026-0002:1:") })
    #expect(
      amended.differences == [
        .init(
          name: "Expected impact", before: "“application” and “flux” components unavailable",
          after: "slowness or brief unavailability (“application” and “flux” components)")
      ])
    let extended = try #require(entries.first { $0.id.contains("CHG-2026-0004:2:") })
    #expect(extended.differences.map(\.name) == ["Expected end"])
    #expect(extended.differences.last?.after == "04:30")
  }

  @Test("An entry of work that ran over says by how much, as every other publication does")
  func overrun() {
    let start = Samples.at("2026-12-06T01:02+01:00")
    let end = Samples.at("2026-12-06T03:10+01:00")
    let history = Samples.history(
      1,
      [
        .planned(Samples.content(), Samples.verdict), .started(at: start, reason: nil),
        .completed(at: end, reason: "Slow copy"),
      ])
    let feed = SyndicationFeed([history], contract: Samples.contract(), language: .english, isSimulation: false)
    #expect(feed.entries[0].facts.contains(.init(name: "Overrun", value: "10\u{202F}min")))
  }

  @Test("Duration and state stand in every entry, and what clients feel until the work is over")
  func facts() {
    for entry in entries() {
      let names = entry.facts.map(\.name)
      #expect(Set(["When", "State", "Kind"]).isSubset(of: names))
      let isOver = entry.facts.contains { $0.value == "completed" }
      #expect(names.contains { ["Impact", "Expected impact"].contains($0) } != isOver)
      // Beside how long it really took, or a later end, what was announced is called so.
      let lengths = ["Expected duration", "Announced duration", "Originally announced duration"]
      #expect(!Set(names).isDisjoint(with: lengths))
    }
  }

  @Test("A register without publications has a feed that is as old as the contract")
  func empty() {
    let feed = SyndicationFeed([], contract: Samples.contract(), language: .french, isSimulation: false)
    #expect(feed.entries.isEmpty)
    // Midnight in Paris, summer time.
    #expect(feed.updated == Samples.at("2021-10-17T22:00Z"))
  }

  @Test("A feed keeps the newest 200 revisions")
  func limit() {
    let many = (1...150).map {
      Samples.history($0, [.planned(Samples.content(), Samples.verdict), .cancelled(reason: nil)])
    }
    let feed = SyndicationFeed(many, contract: Samples.contract(), language: .english, isSimulation: false)
    #expect(feed.entries.count == 200)
    // All cancellations came an hour after the announcements, so that they are kept whole.
    #expect(feed.entries.filter { $0.revision == 1 }.count == 150)
    #expect(feed.entries[0].change == ChangeID(year: 2026, number: 150))
  }

  @Test("A simulation says so, and its entries are not those of the real register")
  func simulation() {
    let feed = SyndicationFeed(Samples.all, contract: Samples.contract(), language: .english, isSimulation: true)
    #expect(feed.title.hasPrefix("[SIMULATION] "))
    #expect(feed.entries.allSatisfy { $0.title.hasPrefix("[SIMULATION] ") && $0.simulation != nil })
    #expect(Set(feed.entries.map(\.id)).isDisjoint(with: entries().map(\.id)))
  }

  @Test(
    "The host of a tag is the portal's, without port and user, and the organizer's where that is no name",
    arguments: [
      ("https://A.example:8443/x", "a.example"), ("http://u@b.example", "b.example"),
      ("https://c.example?x", "c.example"), ("https://[::1]/", "portal.example"), ("nonsense", "portal.example"),
    ])
  func hosts(_ portal: String, _ host: String) {
    var contract = Samples.contract()
    contract.portal = portal
    let names = TagNames(contract, isSimulation: false)
    #expect(names.entry(ChangeID(year: 2026, number: 7), revision: 3, .french) == "tag:\(host),2021:CHG-2026-0007:3:fr")
  }
}

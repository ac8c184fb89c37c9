import CivilTime
import ICalendar
import Planning
import Testing
import Wording

@testable import Publication

/// What people read has names and titles in their language, and the reason that is for them. Expected texts are written by
/// hand.
@Suite struct NamesTests {
  private static let contract: Contract = {
    var contract = Samples.contract
    contract.componentNames = ["flux": .init(french: "Échanges de données", english: "Data exchange")]
    contract.environmentNames = ["preproduction": .init(french: "Préproduction", english: "Staging")]
    return contract
  }()

  private static let content: ChangeContent = {
    var content = Samples.content(title: "Migration de la base", description: "Nouveau moteur.")
    (content.components, content.environment) = (["flux"], "preproduction")
    (content.titleEnglish, content.descriptionEnglish) = ("Database migration", "New engine.")
    content.reason = Reason("CVE-2026-1234", clients: "Une mise à jour de sécurité")
    return content
  }()

  private static func planned(_ change: (inout ChangeContent) -> Void = { _ in }) -> Change {
    var content = content
    change(&content)
    return Samples.change([.planned(content, Samples.verdict)])
  }

  private static func notice(_ kind: NoticeKind, _ change: Change, _ language: Language) throws -> NoticeDocument {
    try NoticeTemplates(folder: Samples.templateFolder).document(
      kind, of: change, contract: contract, language: language, isSimulation: false)
  }

  @Test func `A notice has names, title and description of its language, and the reason for clients`() throws {
    let french = try Self.notice(.announcement, Self.planned(), .french)
    let text = french.paragraphs.joined(separator: " ")
    #expect(french.subject.hasPrefix("[Préproduction] ") && french.subject.contains("CHG-2026-0042"))
    for said in ["«\u{A0}Migration de la base\u{A0}»", "environnement Préproduction", "composant Échanges de données"] {
      #expect(text.contains(said), "\(text)")
    }
    let facts = Dictionary(uniqueKeysWithValues: french.facts.map { ($0.name, $0.value) })
    #expect(facts["Intervention"] == "Migration de la base" && facts.values.contains("Échanges de données"))
    #expect(facts["Environnement"] == "Préproduction" && facts["Motif"] == "Une mise à jour de sécurité")
    #expect(french.description == ["Nouveau moteur."])
    let english = try Self.notice(.announcement, Self.planned(), .english)
    #expect(english.subject.hasPrefix("[Staging] "))
    let words = english.paragraphs.joined(separator: " ")
    #expect(words.contains("Database migration") && words.contains("Data exchange"), "\(words)")
    #expect(english.facts.contains { $0.key == "title" && $0.value == "Database migration" && $0.language == .english })
    #expect(english.description == ["New engine."])
    for document in [french, english] { #expect(!"\(document)".contains("CVE-2026-1234")) }
  }

  @Test func `HTML marks what is in another language than its page`() throws {
    let html = try Samples.render(.announcement, Self.planned(), .english, .html)
    #expect(html.contains("<td>Database migration</td>") && html.contains("<p class=\"description\">New engine.</p>"))
    #expect(html.contains("<td lang=\"fr\">Une mise à jour de sécurité</td>"))
    let alone = Self.planned { ($0.titleEnglish, $0.descriptionEnglish) = (nil, nil) }
    for format in [NoticeLayout.html, .fragment, .letter] {
      let text = try Samples.render(.announcement, alone, .english, format)
      // Title, reason and description.
      #expect(text.ranges(of: "lang=\"fr\"").count == 3, "\(format): \(text)")
      let french = try Samples.render(.announcement, alone, .french, format)
      #expect(!french.contains("lang=\"en\"") && !french.contains("<td lang") && !french.contains("<span"))
    }
  }

  @Test func `An amendment of the English texts alone is told to both`() throws {
    var content = Self.content
    (content.titleEnglish, content.descriptionEnglish) = ("Move of the database", "Newer engine.")
    let change = Samples.change([.planned(Self.content, Samples.verdict), .amended(content, Samples.verdict)])
    #expect(change.revision == 1)
    func told(_ change: Change, _ language: Language) throws -> (table: [String], text: String) {
      let notice = try Self.notice(.amended, change, language)
      return (
        notice.differences.map { "\($0.name): \($0.before) → \($0.after)" }, notice.paragraphs.joined(separator: " ")
      )
    }
    let english = try told(change, .english)
    #expect(english.table.isEmpty && english.text.contains("The work is now: “Move of the database”."))
    #expect(english.text.contains("The description was revised (below)."))
    let french = try told(change, .french)
    #expect(french.table == ["Titre anglais: Database migration → Move of the database"])
    #expect(french.text.contains("La description anglaise a été revue.") && !french.text.contains("désormais"))
    var first = Self.content
    (first.titleEnglish, first.descriptionEnglish) = (nil, nil)
    let added = Samples.change([.planned(first, Samples.verdict), .amended(Self.content, Samples.verdict)])
    #expect(try told(added, .english).table.isEmpty)
    #expect(try told(added, .english).text.contains("The work is now: “Database migration”."))
    #expect(try told(added, .french).table == ["Titre anglais: non indiqué → Database migration"])
    #expect(try told(added, .french).text.contains("Une description anglaise a été ajoutée."))
  }

  @Test func `Staff read both reasons, and both titles`() {
    let told = ChangeFacts.told(
      .terminal,
      of: ChangeTelling(Self.planned(), contract: Self.contract, wording: Wording(.english, zone: Samples.zone)))
    let facts = Dictionary(uniqueKeysWithValues: told.map { ($0.name, $0.text) })
    #expect(facts["Reason"] == "CVE-2026-1234" && facts["Clients read"] == "Une mise à jour de sécurité")
    #expect(facts["French title"] == "Migration de la base" && facts.values.contains("Data exchange"))
    #expect(facts["Service"] == "profession-liberale (Staging)")
  }

  @Test func `A calendar of clients has names and the English summary; URL and categories stay`() {
    let fragment = EventFragment(identity: "5eed", isSimulation: false)
    let event = fragment.event(of: Self.planned(), contract: Self.contract, language: .english)
    #expect(event.summary.contains("Database migration") && event.summary.contains("(Staging)"), "\(event.summary)")
    #expect(event.description.contains("Data exchange\n") && event.description.contains("\nNew engine.\n"))
    #expect(event.description.contains("Reason: Une mise à jour de sécurité") && !event.description.contains("CVE"))
    #expect(event.url == "https://portal.example/maintenance/CHG-2026-0042")
    var hidden = Self.contract
    hidden.notices.privateEnvironments = ["preproduction"]
    #expect(
      fragment.event(of: Self.planned(), contract: hidden, language: .french).url
        == "https://portal.example/maintenance")
  }

  @Test func `The portal marks environments in its calendar and lists, and French titles on English pages`() throws {
    let month = CalendarMonth(try #require(CivilDate(year: 2026, month: 12, day: 1)))
    func page(_ language: Language, _ change: Change) -> (month: String, home: String, page: String) {
      let site = PortalSite(
        contract: Self.contract, language: language, now: Samples.at("2026-12-03T00:00Z"), isSimulation: false,
        base: "https://portal.example/maintenance", pastYears: [], months: month...month)
      func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
      return (
        text(site.month(month.first, changes: [change], windows: [], holidays: [], freezes: [])),
        text(site.home(PortalLists([change], at: site.now))),
        text(site.change(PublishedHistory([change])!))
      )
    }
    let french = page(.french, Self.planned())
    #expect(french.month.contains("(Préproduction)") && french.month.contains("Migration de la base"))
    #expect(french.home.contains("Préproduction") && french.home.contains("Échanges de données"))
    #expect(!french.page.contains("lang=\"en\">D") && !french.page.contains("CVE"))
    let english = page(.english, Self.planned { $0.descriptionEnglish = nil })
    #expect(english.month.contains("<bdi>Database migration</bdi>") && english.month.contains("(Staging)"))
    #expect(english.page.contains("<p class=\"prose\" dir=\"auto\" lang=\"fr\">Nouveau moteur.</p>"))
    let alone = page(.english, Self.planned { $0.titleEnglish = nil })
    for text in [alone.month, alone.home, alone.page] {
      #expect(text.contains("<bdi lang=\"fr\">Migration de la base</bdi>"))
    }
  }

  @Test func `A chat, Atom and Statuspage have the names; a chat has no address of what is hidden`() throws {
    let change = Self.planned { $0.environment = Contract.production }
    let chat = ChatMessage(
      try Self.notice(.announcement, change, .english), of: change, contract: Self.contract)
    #expect(chat.facts.contains { $0.value == "Data exchange" })
    var hidden = Self.contract
    hidden.notices.privateEnvironments = ["preproduction"]
    let kept = ChatMessage(
      try Self.notice(.announcement, Self.planned(), .english), of: Self.planned(), contract: hidden)
    #expect(kept.address == nil && chat.address != nil)
    let history = try #require(PublishedHistory([change]))
    let feed = SyndicationFeed([history], contract: Self.contract, language: .english, isSimulation: false)
    #expect(feed.entries[0].title.contains("Database migration"))
    #expect(feed.entries[0].facts.contains { $0.value == "Data exchange" })
    #expect(EntryBody.html(feed.entries[0], .english).contains("<span lang=\"fr\">Une mise à jour de sécurité</span>"))
    let page = Statuspage(
      [history], contract: Self.contract, language: .french, now: Samples.at("2026-12-03T00:00Z"), isSimulation: false)
    #expect(page.components.map(\.name) == ["application", "administration", "Échanges de données"])
    #expect(page.components[2].id == "profession-liberale.flux")
  }
}

import CivilTime
import JSONText
import Planning
import Register
import Server
import Testing

/// What the people in a chat are told; the forms of the services are judged by Tests/Interop/chat.py.
@Suite struct ChatTests {
  @Test(arguments: WebhookFormat.allCases)
  func `A chat gets its form without signatures, and what it refuses holds nothing`(format: WebhookFormat) async throws
  {
    let post = try Post()
    let receiver = try await Receiver { message, _ in .init(status: message.text.contains("Doomed") ? 400 : 200) }
    try post.register().createWebhook(
      url: "http://127.0.0.1:\(receiver.port)/in", service: Post.service, format: format, language: "fr",
      allowsPrivate: true, actor: nil)
    try post.submit("2026-12-06T01:00:00Z", title: "Doomed")
    try post.submit("2026-12-13T01:00:00Z", title: "Fine")
    _ = try await post.worker().runOnce()
    #expect(try post.register().deliveries().map(\.state) == [.dead, .delivered])
    let last = try #require(receiver.messages.last)
    let isStandard = format == .standard
    #expect((last.headers["webhook-signature"] != nil) == isStandard)
    #expect((last.headers["webhook-id"] != nil) == isStandard)
    let members: [WebhookFormat: [String]] = [
      .standard: ["type", "timestamp", "data"], .slack: ["text", "blocks"], .teams: ["type", "attachments"],
      .mattermost: ["text"], .googleChat: ["fallbackText", "cardsV2"],
    ]
    #expect(try JSON(parsing: last.text).members?.map(\.key) == members[format])
    // 13 December 2026 is a Sunday; 01:00 UTC is two in Paris.
    if !isStandard { #expect(last.text.contains("dimanche 13 décembre 2026")) }
  }

  @Test(arguments: WebhookFormat.allCases)
  func `Staff is told what to approve, by when and how; clients hear nothing`(format: WebhookFormat) async throws {
    let post = try Post(
      approval: .init(clause: "article 7", kinds: [.maintenance], by: .releaseManager, fourEyes: false))
    let receiver = try await Receiver { _, _ in .init(status: 200) }
    for events: [ClientEvent] in [[.requested, .declined], []] {
      try post.register().createWebhook(
        url: "http://127.0.0.1:\(receiver.port)/in", service: Post.service, events: events, format: format,
        language: "fr", allowsPrivate: true, actor: nil)
    }
    let id = try post.submit("2026-12-13T01:00:00Z")
    _ = try await post.worker().runOnce()
    let told = try #require(receiver.messages.first)
    #expect(receiver.messages.count == 1)
    if format == .standard {
      let json = try JSON(parsing: told.text)
      #expect(json["type"] == "change.requested" && json["data"]?["change"]?["state"] == "requested")
      // 48 hours before 01:00 UTC on 13 December.
      #expect(json["data"]?["change"]?["approval"]?["approve_before"] == "2026-12-11T02:00:00+01:00")
    } else {
      for words in ["À approuver", "vendredi 11 décembre 2026", "02:00", "approve"] {
        #expect(told.text.contains(words), "\(words): \(told.text)")
      }
    }
    try post.perform(.decline(reason: "Trop tôt"), on: id)
    _ = try await post.worker().runOnce()
    let last = try #require(receiver.messages.last)
    #expect(receiver.messages.count == 2 && last.text.contains("Trop tôt"))
  }

  @Test(arguments: [WebhookFormat.standard, .slack])
  func `Staff reads all that differs, at the time that is asked for, and what was decided`(format: WebhookFormat)
    async throws
  {
    let post = try Post(
      approval: .init(clause: "article 7", kinds: [.maintenance], by: .releaseManager, fourEyes: false))
    let receiver = try await Receiver { _, _ in .init(status: 200) }
    try post.register().createWebhook(
      url: "http://127.0.0.1:\(receiver.port)/in", service: Post.service,
      events: [.requested, .approved, .declined], format: format, language: "en", allowsPrivate: true, actor: nil)
    let id = try post.submit("2026-12-13T01:00:00Z")
    try post.perform(.approve(reason: nil), on: id)
    var title = ChangeCommand.Amendment()
    title[.title] = .text("Other title")
    let later = Interval(start: Post.utc("2026-12-20T01:00:00Z"), length: .hours(2))!
    try post.perform(.reschedule(interval: later, reason: "Vendor is late", alongside: []), on: id)
    try post.perform(.amend(title, reason: "Vendor is late"), on: id)
    try post.perform(.decline(reason: "Too late"), on: id)
    _ = try await post.worker().runOnce()
    let told = receiver.messages.map(\.text)
    #expect(told.count == 5)
    guard told.count == 5 else { return }
    if format == .standard {
      let changes = try told.map { try #require(try JSON(parsing: $0)["data"]?["change"]) }
      #expect(changes.map { $0["state"]?.string } == ["requested"] + Array(repeating: "planned", count: 4))
      #expect(
        changes.map { $0["approval"]?["state"]?.string }
          == ["requested", "approved", "requested", "requested", "declined"])
      #expect(changes[1]["approval"]?["approve_before"] == .null)
    } else {
      #expect(!told[0].contains("Page of the change") && told[1].contains("Approved"))
      #expect(!told[1].contains("requested"), "\(told[1])")
      // The fact of the card is the time that is asked for: Sunday 20 December, 02:00 in Paris.
      #expect(told[3].contains("→ Other title") && told[3].contains("Vendor is late"), "\(told[3])")
      #expect(told[3].contains("13 December 2026") && told[3].contains("20 December 2026"))
      #expect(told[4].contains("The move was declined") && told[4].contains("Too late"), "\(told[4])")
    }
  }
}

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
}

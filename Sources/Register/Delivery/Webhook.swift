package import JSONText
package import Planning

/// An address that is told of published changes.
package typealias Webhook = Grant<WebhookContent>

package struct WebhookContent: GrantContent {
  package typealias Kind = WebhookKind

  package var address: LoggedAddress?
  package var service: String
  /// Empty for all.
  package var events: [ClientEvent]
  /// SHA-256 of the secret, in hexadecimal.
  package var digest: String

  package static let word = "webhook"
  package static let states: [GrantState] = [.active, .revoked, .gone]
  package static let keepsSecret = true
  package static func unknown(_ id: WebhookID) -> any Error { SubscriptionError.unknownWebhook(id) }

  package var secretDigest: String? { digest }

  package var json: JSON {
    .members([
      "url": address?.plain.map { .string($0) }, "url_digest": address?.digest.map { .string($0) },
      "service": .string(service), "events": .array(events.map { .string($0.rawValue) }), "digest": .string(digest),
    ])
  }

  package init(json: JSON) throws {
    self.init(
      address: try json.address("url"), service: try json.required("service"), events: try json.words("events"),
      digest: try json.required("digest"))
  }

  init(address: LoggedAddress, service: String, events: [ClientEvent], digest: String) {
    self.address = address
    self.service = service
    self.events = events
    self.digest = digest
  }
}

extension Webhook {
  /// Whether the newest revision of `change` is told here.
  func takes(_ change: Change) -> Bool {
    guard !isRevoked, change.content.service == content.service, let event = ClientEvent(change) else { return false }
    return content.events.isEmpty || content.events.contains(event)
  }
}

extension JSON {
  /// A list of words of one kind.
  package func words<Word: RawRepresentable>(
    _ key: String, of type: Word.Type = Word.self
  ) throws(EventCodecError) -> [Word] where Word.RawValue == String {
    guard let items = self[key]?.array else { throw EventCodecError(member: key) }
    let words = items.compactMap { $0.string.flatMap(Word.init(rawValue:)) }
    guard words.count == items.count else { throw EventCodecError(member: key) }
    return words
  }
}

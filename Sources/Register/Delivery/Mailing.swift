package import JSONText
package import Planning

/// A mail address that gets the notices of a service.
package typealias Mailing = Grant<MailingContent>

package struct MailingContent: GrantContent {
  package typealias Kind = MailingKind

  package var address: LoggedAddress?
  /// `fr`, `en`.
  package var language: String
  package var service: String
  /// Empty for all.
  package var kinds: [NoticeKind]

  package static let word = "mailing"
  package static func unknown(_ id: MailingID) -> any Error { SubscriptionError.unknownMailing(id) }

  package var json: JSON {
    .members([
      "address": address?.plain.map { .string($0) }, "address_digest": address?.digest.map { .string($0) },
      "language": .string(language), "service": .string(service),
      "kinds": .array(kinds.map { .string($0.rawValue) }),
    ])
  }

  package init(json: JSON) throws {
    self.init(
      address: try json.address("address"), language: try json.required("language"),
      service: try json.required("service"), kinds: try json.words("kinds"))
  }

  init(address: LoggedAddress, language: String, service: String, kinds: [NoticeKind]) {
    self.address = address
    self.language = language
    self.service = service
    self.kinds = kinds
  }
}

extension Mailing {
  /// Whether the notice of the newest revision of `change` goes here.
  func takes(_ change: Change) -> Bool {
    guard !isRevoked, change.content.service == content.service, let kind = NoticeKind.current(for: change) else {
      return false
    }
    return content.kinds.isEmpty || content.kinds.contains(kind)
  }
}

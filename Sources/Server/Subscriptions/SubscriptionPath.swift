import Publication
import Register
import Wording

/// Where clients subscribe by themselves: `/SERVICE/subscribe.html`, and `/SERVICE/subscription/…`, which only mails say.
/// English lies below `en/`, as all pages do.
struct SubscriptionPath: Hashable, Sendable {
  enum Place: Hashable, Sendable {
    /// The form, to which addresses are posted.
    case form
    /// Of one that is not confirmed yet.
    case confirmation(token: String)
    case choices(token: String)
  }

  let service: String
  let language: Language
  let place: Place

  /// Nil for every other path.
  init?(_ path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard path.hasPrefix("/"), (2...4).contains(parts.count), let service = parts.popFirst(), !service.isEmpty else {
      return nil
    }
    self.service = String(service)
    if parts.first == Language.english.rawValue[...] {
      parts.removeFirst()
      language = .english
    } else {
      language = .french
    }
    switch (parts.count, parts.first, parts.last) {
    case (1, PortalPaths.subscribe[...]?, _): place = .form
    case (2, PortalPaths.subscriptions[...]?, let token?):
      if MailingLeave.id(String(token)) != nil {
        place = .choices(token: String(token))
      } else if SubscriptionRequest.mayBe(token) {
        place = .confirmation(token: String(token))
      } else {
        return nil
      }
    default: return nil
    }
  }

  /// That of a form, where mails may follow from a post to `target`; nil for any other.
  static func form(_ target: String) -> SubscriptionPath? {
    SubscriptionPath(String(target.prefix { $0 != "?" })).flatMap { $0.place == .form ? $0 : nil }
  }
}

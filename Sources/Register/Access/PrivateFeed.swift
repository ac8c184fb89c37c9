package import JSONText
package import Planning

/// A feed at an address that only one client knows: all but the address.
package typealias PrivateFeed = Grant<PrivateFeedContent>

package struct PrivateFeedContent: GrantContent {
  package typealias Kind = PrivateFeedKind

  /// A service, and the components that count; none named means all.
  package struct Part: Hashable, Sendable {
    package var service: String
    package var components: [String]

    package init(_ service: String, components: [String] = []) {
      self.service = service
      self.components = components
    }
  }

  package var client: String
  /// Empty where the contracts say what the client takes, under `clients`; they are then asked at each reading.
  package var parts: [Part]
  /// Of what has no language in its name (`maintnote.ics`), and of the address that is handed out first: `fr`, `en`;
  /// English where it is nil.
  package var language: String?
  /// SHA-256 of the secret in the address, in hexadecimal.
  package var digest: String

  package static let word = "private-feed"
  package static func unknown(_ id: PrivateFeedID) -> any Error { AccessError.unknownPrivateFeed(id) }

  package var secretDigest: String? { digest }

  package var json: JSON {
    .members([
      "client": .string(client), "parts": parts.json, "language": language.map { .string($0) },
      "digest": .string(digest),
    ])
  }

  package init(json: JSON) throws {
    self.init(
      client: try json.required("client"), parts: try [Part](json: json["parts"] ?? .null),
      language: json["language"]?.string, digest: try json.required("digest"))
  }

  init(client: String, parts: [Part], language: String?, digest: String) {
    self.client = client
    self.parts = parts
    self.language = language
    self.digest = digest
  }
}

extension PrivateFeed {
  package typealias Part = PrivateFeedContent.Part
}

extension [PrivateFeedContent.Part] {
  /// As events and rows keep it.
  package var json: JSON {
    .array(
      map { part in
        ["service": .string(part.service), "components": .array(part.components.map { .string($0) })]
      })
  }

  package init(json: JSON) throws(EventCodecError) {
    guard let items = json.array else { throw EventCodecError(member: "parts") }
    self = []
    for item in items {
      let components = item["components"]?.array ?? []
      let names = components.compactMap(\.string)
      guard names.count == components.count else { throw EventCodecError(member: "components") }
      append(PrivateFeedContent.Part(try item.required("service"), components: names))
    }
  }
}

package import Planning
import Publication
package import Wording

/// The client of a private feed that takes what the contracts name for it.
package enum PrivateFeedClient {
  /// Throws `BadValue` where no contract names the client.
  package static func check(_ client: String, of contracts: [Contract], _ wording: Wording) throws {
    guard FeedScope(client: client, of: contracts) == nil else { return }
    let known = Set(contracts.flatMap(\.clients).map(\.name)).sorted()
    throw BadValue(
      wording.language(
        "\(wording.door.name(.client)) \(client): no contract names it (\(known.isEmpty ? "none names any" : known.joined(separator: ", "))). Say what it takes with \(wording.door.name(.services)).",
        "\(wording.door.name(.client)) \(client) : aucun contrat ne le nomme (\(known.isEmpty ? "aucun n’en nomme" : known.joined(separator: ", "))). Dites ce qu’il prend avec \(wording.door.name(.services))."
      ))
  }
}

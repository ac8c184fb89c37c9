import CivilTime
package import Planning

extension Wording {
  /// Why no token or private feed was made or taken back: what is wrong, with which value, and what would be right.
  package func accessError(_ error: AccessError) -> String {
    switch error {
    case .invalidText(let text): return textError(text)
    case .slashInName:
      return pick("\(name(.name)): a slash cannot stand in it.", "\(name(.name))\(colon)pas de barre oblique.")
    case .nameTaken(let taken, let id):
      let quoted = language.quoted(taken)
      return pick(
        "\(name(.name)) \(quoted): \(id) has that name. Choose another, or revoke it first: \(name(.revokeToken(id)))",
        "\(name(.name)) \(quoted)\(colon)\(id) porte ce nom. Choisissez-en un autre ou révoquez-le d’abord\(colon)"
          + "\(name(.revokeToken(id)))")
    case .expiryNotAhead(let moment, let now):
      return pick(
        "\(name(.expires)): \(dateTime(moment)) is not ahead (it is \(dateTime(now))).",
        "\(name(.expires))\(colon)\(dateTime(moment)) n’est pas à venir (nous sommes le \(dateTime(now))).")
    case .expiryTooFar:
      return pick(
        "\(name(.expires)): at most ten years ahead; leave it out for a token that does not expire.",
        "\(name(.expires))\(colon)dix ans au plus\(Typography.narrow); ne donnez rien pour un jeton qui n’expire pas.")
    case .unknownToken(let id):
      return pick(
        "There is no \(id) in this register. See: \(name(.tokens))",
        "Il n’y a pas de \(id) dans ce registre. Voir\(colon)\(name(.tokens))")
    case .unknownPrivateFeed(let id):
      return pick(
        "There is no \(id) in this register. See: \(name(.privateFeeds))",
        "Il n’y a pas de \(id) dans ce registre. Voir\(colon)\(name(.privateFeeds))")
    case .noService:
      return pick(
        "\(name(.services)): name one service or more, a hundred at the most.",
        "\(name(.services))\(colon)nommez au moins un service, cent au plus.")
    case .serviceTwice(let service):
      return pick(
        "\(name(.services)) \(service): named twice.", "\(name(.services)) \(service)\(colon)nommé deux fois.")
    case .unknownComponent(let component, let known):
      return commandError(.unknownComponent(component, known: known))
    case .invalidDigest:
      return pick(
        "\(name(.digest)): the SHA-256 of the secret, as 64 hexadecimal digits in small letters.",
        "\(name(.digest))\(colon)le SHA-256 du secret, en 64 chiffres hexadécimaux minuscules.")
    case .digestTaken(let id):
      return pick(
        "\(name(.digest)): it is that of \(id), which was asked for otherwise. Make a new secret.",
        "\(name(.digest))\(colon)c’est celui de \(id), demandé autrement. Tirez un nouveau secret.")
    }
  }
}

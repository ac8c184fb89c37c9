import CivilTime
package import Planning

extension Wording {
  /// Why no token or private feed was made or taken back: what is wrong, under which flag, and what would be right.
  package func accessError(_ error: AccessError) -> String {
    switch error {
    case .invalidText(let text): return textError(text)
    case .slashInName:
      return pick("--name: a slash cannot stand in it.", "--name\(colon)pas de barre oblique.")
    case .nameTaken(let name, let id):
      let quoted = language.quoted(name)
      return pick(
        "--name \(quoted): \(id) has that name. Choose another, or revoke it first: preavis token revoke \(id)",
        "--name \(quoted)\(colon)\(id) porte ce nom. Choisissez-en un autre ou révoquez-le d’abord\(colon)"
          + "preavis token revoke \(id)")
    case .expiryNotAhead(let moment, let now):
      return pick(
        "--expires: \(dateTime(moment)) is not ahead (it is \(dateTime(now))).",
        "--expires\(colon)\(dateTime(moment)) n’est pas à venir (nous sommes le \(dateTime(now))).")
    case .expiryTooFar:
      return pick(
        "--expires: at most ten years ahead; leave it out for a token that does not expire.",
        "--expires\(colon)dix ans au plus\(Typography.narrow); sans cette option le jeton n’expire pas.")
    case .unknownToken(let id):
      return pick(
        "There is no \(id) in this register. See: preavis token list",
        "Il n’y a pas de \(id) dans ce registre. Voir\(colon)preavis token list")
    case .unknownPrivateFeed(let id):
      return pick(
        "There is no \(id) in this register. See: preavis private-feed list",
        "Il n’y a pas de \(id) dans ce registre. Voir\(colon)preavis private-feed list")
    case .noService:
      return pick(
        "--service: name one service or more, a hundred at the most.",
        "--service\(colon)nommez au moins un service, cent au plus.")
    case .serviceTwice(let service):
      return pick("--service \(service): named twice.", "--service \(service)\(colon)nommé deux fois.")
    case .unknownComponent(let name, let known):
      return commandError(.unknownComponent(name, known: known))
    case .invalidDigest:
      return pick(
        "digest: the SHA-256 of the secret, as 64 hexadecimal digits in small letters.",
        "digest\(colon)le SHA-256 du secret, en 64 chiffres hexadécimaux minuscules.")
    case .digestTaken(let id):
      return pick(
        "digest: it is that of \(id), which was asked for otherwise. Make a new secret.",
        "digest\(colon)c’est celle de \(id), demandé autrement. Tirez un nouveau secret.")
    }
  }
}

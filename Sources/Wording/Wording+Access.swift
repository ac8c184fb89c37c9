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

extension Wording {
  /// Why no webhook or mailing was made, taken back or asked to send again: what is wrong, and what would be right.
  package func subscriptionError(_ error: SubscriptionError) -> String {
    switch error {
    case .notAWebAddress(let text):
      return pick(
        "\(name(.url)) \(text): not an address that a webhook can go to; write https://host/path in ASCII, without user, "
          + "password and #fragment.",
        "\(name(.url)) \(text)\(colon)pas une adresse pour un webhook\(Typography.narrow); écrivez https://hôte/chemin en "
          + "ASCII, sans utilisateur, mot de passe ni #fragment.")
    case .needsEncryption(let text):
      guard door == .commandLine else {
        return pick(
          "\(name(.url)) \(text): only https is taken.", "\(name(.url)) \(text)\(colon)seul https est accepté.")
      }
      return pick(
        "\(name(.url)) \(text): only https is taken; http needs --allow-private, for receivers in your own network.",
        "\(name(.url)) \(text)\(colon)seul https est accepté ; http demande --allow-private, pour un "
          + "destinataire de votre propre réseau.")
    case .privateAddress(let text):
      return pick(
        "--url \(text): leads to no public network, where messages are not sent; --allow-private takes receivers in "
          + "your own network.",
        "--url \(text)\(colon)ne mène pas au réseau public, seul permis aux messages\(Typography.narrow); "
          + "--allow-private accepte un destinataire de votre propre réseau.")
    case .notAMailAddress(let text):
      return pick(
        "\(name(.recipient)) \(text): not a mail address; write local@domain.",
        "\(name(.recipient)) \(text)\(colon)pas une adresse électronique\(Typography.narrow); écrivez local@domaine.")
    case .unknownWebhook(let id):
      return pick(
        "There is no \(id) in this register. See: \(name(.webhooks))",
        "Il n’y a pas de \(id) dans ce registre. Voir\(colon)\(name(.webhooks))")
    case .unknownMailing(let id):
      return pick(
        "There is no \(id) in this register. See: \(name(.mailings))",
        "Il n’y a pas de \(id) dans ce registre. Voir\(colon)\(name(.mailings))")
    case .unknownDelivery(let id):
      return pick(
        "There is no message \(id) in this register. See: \(name(.deliveries))",
        "Il n’y a pas de message \(id) dans ce registre. Voir\(colon)\(name(.deliveries))")
    case .notDead(let id):
      return pick(
        "\(id) was not given up: it is delivered, or still waits. See: \(name(.deadDeliveries))",
        "\(id) n’est pas abandonné\(colon)il est remis, ou attend encore. Voir\(colon)"
          + "\(name(.deadDeliveries))")
    case .notSigned(let id):
      return pick(
        "\(id) signs nothing: the address of a chat is the secret. Make another one there, and then a webhook.",
        "\(id) ne signe rien\(colon)l’adresse d’une messagerie est le secret. Créez-en une autre là-bas, puis un webhook."
      )
    case .revoked(let subscription):
      return pick(
        "\(subscription) is revoked: nothing more goes there. Make a new one.",
        "\(subscription) est révoqué\(colon)plus rien n’y va. Créez-en un autre.")
    }
  }
}

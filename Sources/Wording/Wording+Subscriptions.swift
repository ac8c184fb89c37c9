package import Planning

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
    case .noMailOfKind(let kind):
      return pick(
        "\(name(.kinds)) \(kind.rawValue): follows no event, so that no mailing sends it. See: \(name(.noticesDue))",
        "\(name(.kinds)) \(kind.rawValue)\(colon)ne suit aucun événement, aucun envoi ne le porte. Voir\(colon)"
          + "\(name(.noticesDue))")
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
    case .revoked(let subscription):
      return pick(
        "\(subscription) is revoked: nothing more goes there. Make a new one.",
        "\(subscription) est révoqué\(colon)plus rien n’y va. Créez-en un autre.")
    }
  }
}

package import Wording

extension PortalSite {
  /// The page behind an address in mails that ends a subscription. It says whose that is, and whether it is one, to nobody:
  /// programs follow links, so that only its button, or a program for mail that posts the same, ends anything.
  ///
  /// - Parameter isDone: after the button.
  package static func leave(_ language: Language, isDone: Bool) -> [UInt8] {
    let title =
      isDone
      ? language("You have unsubscribed", "Votre désabonnement est enregistré")
      : language("Unsubscribe", "Ne plus recevoir ces courriels")
    let text =
      isDone
      ? language(
        "If this address received our notices, it will receive no more of them.",
        "Si cette adresse recevait nos avis, elle n’en recevra plus.")
      : language(
        "The address that this mail was sent to will receive no more notices of maintenance and updates.",
        "Les avis de maintenance et de mise à jour cessent pour l’adresse à laquelle ce courriel a été envoyé.")
    return alone(language, title) {
      element(.p, .style("lead")) { text }
      if !isDone {
        element(.form, .style("actions"), .posts) {
          element(
            .button, .style("button"), .button(name: "List-Unsubscribe"), .button(value: "One-Click")
          ) { language("Unsubscribe", "Me désabonner") }
        }
      }
    }
  }
}

/// Why a message did not arrive. It is kept in the register in English, as a log is, with what the receiver or the
/// system said; people who read French are told in French what of it is ours.
package struct DeliveryErrorText {
  let language: Language

  package init(language: Language) { self.language = language }

  package func text(_ error: String) -> String {
    guard language == .french else { return error }
    if let whole = translated(error) { return whole }
    // `93.184.215.14: no connection in time`: who, then what.
    let parts = error.split(separator: ": ", maxSplits: 1).map(String.init)
    guard parts.count == 2, let rest = translated(parts[1]) else { return error }
    return language("", "\(parts[0]) : \(rest)")
  }

  private func translated(_ error: String) -> String? {
    for (english, french) in Self.sentences {
      guard let values = values(of: english, in: error) else { continue }
      var rest = values[...]
      var text = ""
      for (index, piece) in french.text.split(separator: "{}", omittingEmptySubsequences: false).enumerated() {
        if index > 0 { text += rest.popFirst() ?? "" }
        text += piece
      }
      return text
    }
    return nil
  }

  /// What stands where the pattern has `{}`; nil where the text is another.
  private func values(of pattern: String, in text: String) -> [String]? {
    let pieces = pattern.split(separator: "{}", omittingEmptySubsequences: false)
    guard text.hasPrefix(pieces[0]) else { return nil }
    var rest = text.dropFirst(pieces[0].count)
    var values: [String] = []
    for (index, piece) in pieces.dropFirst().enumerated() {
      if piece.isEmpty, index == pieces.count - 2 {
        values.append(String(rest))
        return values
      }
      guard let found = rest.firstRange(of: piece) else { return nil }
      values.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return rest.isEmpty ? values : nil
  }

  /// What the module Delivery says, `{}` for what differs from one time to the next.
  private static let sentences: [(english: String, french: FrenchText)] = [
    ("the subscription was revoked", "l'abonnement a été révoqué"),
    ("the mail came back", "le courriel est revenu"),
    ("held: the register was copied before this was sent", "retenu : le registre a été copié avant l'envoi"),
    ("held: sent by the register that this is a copy of", "retenu : envoyé par le registre dont ceci est une copie"),
    ("void: the plan was moved, cancelled or begun", "sans objet : travaux reportés, annulés ou commencés"),
    ("lapsed: it would have come too late", "caduc : trop tard pour servir"),
    ("lapsed: it would have come too late; {}", "caduc : trop tard pour servir ; {}"),
    ("not a web address", "pas une adresse web"),
    ("refused: not https", "refusé : pas en https"),
    ("refused: {} is no address of the public Internet", "refusé : {} n'est pas une adresse de l'Internet public"),
    ("{} is no address of the public Internet", "{} n'est pas une adresse de l'Internet public"),
    ("no answer within {} s", "pas de réponse en {} s"),
    ("no answer in time", "pas de réponse à temps"),
    ("no connection in time", "pas de connexion à temps"),
    ("no connection: {}", "pas de connexion : {}"),
    ("no address", "aucune adresse"),
    ("an address that cannot be read", "une adresse illisible"),
    ("called off", "interrompu"),
    ("TLS: the certificate is of another host", "TLS : le certificat est celui d'un autre hôte"),
    ("TLS: the certificate does not hold", "TLS : le certificat n'est pas valable"),
    ("TLS: no agreement with the receiver", "TLS : pas d'accord avec le destinataire"),
    ("status {}", "statut {}"),
    ("{} is not published", "{} n'est pas publié"),
    ("{} has no secret here", "{} n'a pas de secret ici"),
    ("{} is not there", "{} n'existe pas"),
    ("{} is no subscription", "{} n'est pas un abonnement"),
    ("the sender {} looks like a flag", "l'expéditeur {} a l'air d'une option"),
    ("no temporary file can be made", "aucun fichier temporaire possible"),
    ("{} cannot be run: {}", "{} ne peut pas être lancé : {}"),
    ("{} took longer than {} s", "{} a mis plus de {} s"),
    ("{} died of signal {}", "{} est mort du signal {}"),
    ("{} exited with {}", "{} s'est terminé avec le code {}"),
  ]
}

import Foundation

/// What values are called in French beside the word that stands in files and JSON: what the program shows, and what people
/// say, can be typed. The only table of it; English goes by the words themselves.
package enum SpokenValue {
  /// The value among `known` that `text` says; nil where it says none, or more than one.
  package static func value(_ text: String, among known: [String]) -> String? {
    let said = folded(text)
    let meant = known.filter { french[$0]?.contains(said) ?? false }
    return meant.count == 1 ? meant[0] : nil
  }

  /// How `value` is said first in French; nil for what is the same in both languages.
  package static func french(_ value: String) -> String? { written[value]?.first }

  /// Without accents and articles, in small letters, with single blanks.
  private static func folded(_ text: String) -> String {
    let plain = text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
    return plain.split { $0.isWhitespace || $0 == "-" || $0 == "_" }.joined(separator: " ")
  }

  // Holds: the values differ.
  private static let french = Dictionary(uniqueKeysWithValues: written.map { ($0.key, Set($0.value.map(folded))) })

  private static let written: [String: [String]] = [
    // Notices.
    "announcement": ["annonce"], "reminder": ["rappel"], "rescheduled": ["report", "reporté", "reportée"],
    "amended": ["modification", "modifié", "modifiée"],
    "started": ["début", "commencé", "commencée", "démarrage"],
    "extended": ["prolongation", "prolongé", "prolongée"], "regularisation": ["régularisation"],
    "availability": ["disponibilité"],
    // Ways that they go, and forms.
    "portal": ["portail"], "mail": ["courriel", "mél", "e-mail"], "letter": ["lettre", "courrier"], "text": ["texte"],
    // Changes.
    "maintenance": ["maintenance planifiée"], "emergency": ["urgence", "urgente", "maintenance urgente"],
    "update": ["mise à jour"],
    "refused": ["refusé", "refusée", "brouillon"], "requested": ["demandé", "demandée", "à approuver"],
    "planned": ["planifié", "planifiée", "annoncé", "annoncée"], "in-progress": ["en cours"],
    "completed": ["terminé", "terminée", "fin"], "cancelled": ["annulé", "annulée", "annulation"],
    "none": ["aucun", "sans impact"], "reduced-redundancy": ["redondance réduite"],
    "degraded": ["dégradé", "service dégradé", "ralentissement"],
    "outage": ["panne", "indisponible", "service indisponible", "interruption", "coupure"],
    "evolution": ["évolution"], "ergonomics": ["ergonomie"],
    // Outages.
    "planned-maintenance": ["maintenance planifiée"], "urgent-maintenance": ["maintenance urgente"],
    "force-majeure": ["force majeure"], "client-equipment": ["équipement du client", "matériel du client"],
    "out-of-perimeter": ["hors périmètre"], "ongoing": ["en cours"], "ended": ["terminé", "terminée", "finie"],
    "voided": ["annulée", "retirée"],
    // Grants and messages.
    "engineer": ["ingénieur"], "release-manager": ["responsable des mises en production"],
    "admin": ["administrateur"], "active": ["actif", "active"], "expired": ["expiré", "expirée"],
    "revoked": ["révoqué", "révoquée"], "pending": ["en attente"], "delivered": ["remis", "livré"],
    "held": ["retenu"], "dead": ["abandonné"],
  ]
}

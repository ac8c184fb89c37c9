import Wording

/// What the feeds are called, and whom they are for.
enum FeedNames {
  static func name(_ feed: PortalFeed, _ language: Language) -> String {
    switch feed {
    case .maintenance: language("Maintenance and updates", "Maintenances et mises à jour")
    case .windows: language("Maintenance windows", "Fenêtres de maintenance")
    case .holidays: language("Public holidays", "Jours fériés")
    case .freezes: language("Freezes", "Gels")
    case .availability: language("Windows as availability", "Fenêtres en disponibilités")
    case .changeCalendar: language("Change calendar", "Calendrier de changement")
    case .atom: language("Atom feed", "Flux Atom")
    case .json: language("JSON feed", "Flux JSON")
    case .statuspage: language("Status API", "API d’état")
    }
  }

  static func purpose(_ feed: PortalFeed, _ language: Language) -> String {
    switch feed {
    case .maintenance: language("Every change, for calendars", "Chaque changement, pour les agendas")
    case .windows:
      language("When planned maintenance may take place", "Quand une maintenance planifiée peut avoir lieu")
    case .holidays: language("The public holidays of the contract", "Les jours fériés du contrat")
    case .freezes: language("When no planned work takes place", "Quand aucune maintenance planifiée n’a lieu")
    case .availability:
      language("The windows as VAVAILABILITY (RFC 7953)", "Les fenêtres en VAVAILABILITY (RFC 7953)")
    case .changeCalendar:
      language("For AWS Systems Manager Change Calendar", "Pour AWS Systems Manager Change Calendar")
    case .atom: language("One entry a revision, for feed readers", "Une entrée par révision, pour lecteurs de flux")
    case .json:
      language("The same as JSON Feed 1.1, for programs", "Le même en JSON Feed 1.1, pour les programmes")
    case .statuspage:
      language("For tools that read Statuspage v2", "Pour les outils qui lisent Statuspage v2")
    }
  }
}

import Planning
import Wording

extension PortalSite {
  /// How to subscribe, program by program, and everything else that programs can read.
  ///
  /// - Parameter entry: what somebody entered in the form and could not be taken; nil for an empty form.
  package func subscribe(_ entry: SubscriptionEntry? = nil) -> [UInt8] {
    let mark = entry == nil ? "" : language("Error: ", "Erreur\(colon)")
    return page(
      .subscribe, title: "\(mark)\(language("Subscribe", "S’abonner")) – \(service)",
      description: language(
        "Subscribe to the maintenance and updates of \(service) in Outlook, Google, Apple or Thunderbird calendars.",
        "S’abonner aux maintenances et mises à jour de \(service) dans Outlook, Google Agenda, Apple ou Thunderbird.")
    ) {
      element(.h1) { language("Subscribe", "S’abonner") }
      element(.p, .style("lead")) {
        language(
          "One subscription is enough: maintenance, updates, new times and cancellations then appear by themselves.",
          "Un seul abonnement suffit\(colon)maintenances, mises à jour, nouveaux horaires et annulations s’affichent "
            + "ensuite d’eux-mêmes.")
      }
      element(.section, .style("offer"), .labelled(by: "address")) {
        element(.h2, .id("address")) { language("Address of the calendar", "Adresse du calendrier") }
        address
      }
      if takesSubscriptions { subscriptionForm(entry) }
      element(.section, .labelled(by: "programs")) {
        element(.h2, .id("programs")) { language("In your program", "Dans votre logiciel") }
        element(.p) {
          language(
            "Subscribe rather than import a file: an imported file is not updated.",
            "Abonnez-vous plutôt que d’importer un fichier\(colon)un fichier importé n’est pas mis à jour.")
        }
        for guide in SubscriptionGuide.all(language) {
          element(.details) {
            element(.summary) { guide.program }
            element(.ol) { for step in guide.steps { element(.li) { step } } }
            element(.p, .style("fine")) { language("Updated ", "Mise à jour\(colon)") + guide.refresh }
          }
        }
      }
      element(.section, .labelled(by: "refresh")) {
        element(.h2, .id("refresh")) { language("How soon changes appear", "Délai de mise à jour") }
        element(.p) {
          language(
            "The calendar asks to be read every 15 minutes, which not every program heeds. For work in the "
              + "next few hours, look at this portal.",
            "Le calendrier demande à être relu toutes les 15 minutes, ce que tous les logiciels ne font pas. Pour une "
              + "intervention imminente, consultez plutôt ce portail.")
        }
      }
      element(.section, .labelled(by: "feeds")) {
        element(.h2, .id("feeds")) { language("Other calendars and feeds", "Autres calendriers et flux") }
        feedTable(language("Calendars of \(service)", "Calendriers de \(service)"), [.windows, .holidays, .freezes])
        element(.details) {
          element(.summary) { language("Feeds for programs", "Flux pour les logiciels") }
          feedTable(
            language("Feeds of \(service)", "Flux de \(service)"),
            [.atom, .json, .statuspage, .changeCalendar, .availability])
        }
      }
    }
  }

  private var address: Markup {
    let address = paths.address(of: paths.feed(.maintenance, language), base: base)
    let subscription = PortalPaths.subscription(to: address)
    return .joined([
      element(.p, .style("actions")) {
        if let subscription, let link = Link(subscription) {
          element(.a, .style("button"), .href(link)) {
            language("Open in my calendar program", "Ouvrir dans mon logiciel d’agenda")
          }
        }
      },
      element(.dl, .style("addresses")) {
        element(.div) {
          element(.dt) { language("Address to paste into your calendar", "Adresse à coller dans votre agenda") }
          element(.dd) { element(.code, .style("select-all")) { address } }
        }
        if let subscription {
          element(.div) {
            element(.dt) {
              language("Address to open on a phone or a Mac", "Adresse à ouvrir sur un téléphone ou un Mac")
            }
            element(.dd) { element(.code, .style("select-all")) { subscription } }
          }
        }
      },
    ])
  }

  private func feedTable(_ caption: String, _ feeds: [PortalFeed]) -> Markup {
    dataTable(
      .style("plain"), caption: caption,
      [language("Feed", "Flux"), language("Contents and address", "Contenu et adresse")],
      feeds.map { feed in
        let path = paths.feed(feed, language)
        return [
          element(.a, .type(feed.mediaType), .href(link(path, from: .subscribe))) { FeedNames.name(feed, language) },
          .joined([
            element(.p) { FeedNames.purpose(feed, language) },
            element(.p) { element(.code, .style("select-all")) { paths.address(of: path, base: base) } },
          ]),
        ]
      })
  }
}

/// How one program subscribes, and how often it then reads again.
struct SubscriptionGuide {
  var program: String
  var steps: [String]
  var refresh: String

  static func all(_ language: Language) -> [SubscriptionGuide] {
    [
      outlookWeb(language), outlookClassic(language), google(language), phone(language), mac(language),
      thunderbird(language),
    ]
  }

  private static func outlookWeb(_ language: Language) -> SubscriptionGuide {
    SubscriptionGuide(
      program: language(
        "New Outlook, Outlook on the web (Microsoft 365)", "Nouvel Outlook, Outlook sur le web (Microsoft 365)"),
      steps: [
        language(
          "Open the calendar and choose “Add calendar”.",
          "Ouvrez le calendrier et choisissez \(language.quoted("Ajouter un calendrier"))."),
        language(
          "Choose “Subscribe from web” and paste the https address.",
          "Choisissez \(language.quoted("S’abonner à partir du web")) et collez l’adresse https."),
        language(
          "Give it a name, then choose “Import”.",
          "Donnez-lui un nom, puis choisissez \(language.quoted("Importer"))."),
      ],
      refresh: language(
        "every 4 to 24 hours, whatever the calendar asks",
        "toutes les 4 à 24 heures, quelle que soit la fréquence demandée"))
  }

  private static func outlookClassic(_ language: Language) -> SubscriptionGuide {
    SubscriptionGuide(
      program: language("Classic Outlook (Windows)", "Outlook classique (Windows)"),
      steps: [
        language(
          "Open File › Account Settings › Account Settings, tab “Internet Calendars”.",
          "Ouvrez Fichier › Paramètres du compte › Paramètres du compte, onglet "
            + "\(language.quoted("Calendriers Internet"))."
        ),
        language(
          "Choose “New”, paste the https address, then “Add”.",
          "Choisissez \(language.quoted("Nouveau")), collez l’adresse https, puis \(language.quoted("Ajouter"))."),
        language(
          "Leave “Update limit” ticked.", "Laissez la case \(language.quoted("Limite de mise à jour")) cochée."),
      ],
      refresh: language(
        "with each send/receive, not more often than the calendar asks",
        "à chaque envoi/réception, pas plus souvent que le calendrier ne le demande"))
  }

  private static func google(_ language: Language) -> SubscriptionGuide {
    SubscriptionGuide(
      program: language("Google Calendar", "Google Agenda"),
      steps: [
        language(
          "On a computer, choose the + beside “Other calendars”.",
          "Sur un ordinateur, choisissez le + à côté de \(language.quoted("Autres agendas"))."),
        language(
          "Choose “From URL” and paste the https address.",
          "Choisissez \(language.quoted("À partir de l’URL")) et collez l’adresse https."),
        language(
          "Choose “Add calendar”; your phone shows it too.",
          "Choisissez \(language.quoted("Ajouter un agenda"))\(Typography.narrow); votre téléphone l’affichera aussi."),
      ],
      refresh: language(
        "every 4 to 24 hours, whatever the calendar asks",
        "toutes les 4 à 24 heures, quelle que soit la fréquence demandée"))
  }

  private static func phone(_ language: Language) -> SubscriptionGuide {
    SubscriptionGuide(
      program: "iPhone, iPad",
      steps: [
        language("Open the webcal address on the device.", "Ouvrez l’adresse webcal sur l’appareil."),
        language(
          "Choose “Subscribe”, then “Add”.",
          "Choisissez \(language.quoted("S’abonner")), puis \(language.quoted("Ajouter"))."),
        language(
          "If nothing opens: Settings › Apps › Calendar › Calendar Accounts › Add Account › Other › Add Subscribed "
            + "Calendar (before iOS 18: Settings › Calendar › Accounts).",
          "Si rien ne s’ouvre : Réglages › Apps › Calendrier › Comptes Calendrier › Ajouter un compte › Autre › Ajouter "
            + "un calendrier avec abonnement (avant iOS 18 : Réglages › Calendrier › Comptes)."),
      ],
      refresh: language(
        "as set under Settings › Apps › Calendar › Calendar Accounts › Fetch New Data (before iOS 18: Settings › "
          + "Calendar › Accounts)",
        "selon Réglages › Apps › Calendrier › Comptes Calendrier › Nouvelles données (avant iOS 18 : Réglages › "
          + "Calendrier › Comptes)"))
  }

  private static func mac(_ language: Language) -> SubscriptionGuide {
    SubscriptionGuide(
      program: language("Mac (Calendar)", "Mac (Calendrier)"),
      steps: [
        language(
          "Choose File › New Calendar Subscription and paste the https address.",
          "Choisissez Fichier › Nouvel abonnement à un calendrier et collez l’adresse https."),
        language(
          "Set “Auto-refresh” to “Every 15 minutes”.",
          "Réglez \(language.quoted("Actualisation automatique")) sur \(language.quoted("Toutes les 15 minutes"))."),
      ],
      refresh: language(
        "as you set it, from every 5 minutes to every week", "selon votre réglage, de 5 minutes à une semaine"))
  }

  private static func thunderbird(_ language: Language) -> SubscriptionGuide {
    SubscriptionGuide(
      program: "Thunderbird",
      steps: [
        language(
          "Choose File › New › Calendar, then “On the Network”.",
          "Choisissez Fichier › Nouveau › Agenda, puis \(language.quoted("Sur le réseau"))."),
        language(
          "Paste the https address as location; no user name is needed.",
          "Collez l’adresse https comme emplacement\(Typography.narrow); aucun nom d’utilisateur n’est nécessaire."),
      ],
      refresh: language("every 30 minutes, unless you set otherwise", "toutes les 30 minutes, sauf réglage contraire"))
  }
}

/// What the feeds are called, and whom they are for.
enum FeedNames {
  static func name(_ feed: PortalFeed, _ language: Language) -> String {
    switch feed {
    case .maintenance: language("Maintenance and updates", "Maintenances et mises à jour")
    case .windows: language("Maintenance windows", "Fenêtres de maintenance")
    case .holidays: language("Public holidays", "Jours fériés")
    case .freezes: language("Freeze periods", "Périodes de gel")
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
    case .freezes: language("No planned maintenance in these periods", "Aucune maintenance planifiée dans ces périodes")
    case .availability:
      language("The windows as VAVAILABILITY (RFC 7953)", "Les fenêtres en VAVAILABILITY (RFC 7953)")
    case .changeCalendar:
      language("For AWS Systems Manager Change Calendar", "Pour AWS Systems Manager Change Calendar")
    case .atom:
      language(
        "One entry for each announcement and each change, for feed readers",
        "Une entrée par annonce et par changement, pour les lecteurs de flux")
    case .json:
      language("The same as JSON Feed 1.1, for programs", "Le même en JSON Feed 1.1, pour les programmes")
    case .statuspage:
      language("For tools that read Statuspage v2", "Pour les outils qui lisent Statuspage v2")
    }
  }
}

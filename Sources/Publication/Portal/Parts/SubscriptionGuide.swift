import Wording

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
        "every 4 to 24 hours, whatever the calendar asks", "toutes les 4 à 24 heures, quoi que demande le calendrier"))
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
        "every 4 to 24 hours, whatever the calendar asks", "toutes les 4 à 24 heures, quoi que demande le calendrier"))
  }

  private static func phone(_ language: Language) -> SubscriptionGuide {
    SubscriptionGuide(
      program: "iPhone, iPad",
      steps: [
        language("Open the webcal address on the device.", "Ouvrez l’adresse webcal sur l’appareil."),
        language(
          "Choose “Subscribe”, then “Add”.",
          "Choisissez \(language.quoted("S’abonner")), puis \(language.quoted("Ajouter"))."),
      ],
      refresh: language(
        "as set under Settings › Calendar › Accounts › Fetch New Data",
        "selon Réglages › Calendrier › Comptes › Nouvelles données"))
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

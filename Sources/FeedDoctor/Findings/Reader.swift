package import Wording

/// A program or service that subscribes to feeds or reads calendar files.
package struct Reader: Hashable, Sendable, CaseIterable {
  /// Stable.
  package let rawValue: String
  /// As its makers write it.
  package let name: String

  private init(_ rawValue: String, _ name: String) {
    self.rawValue = rawValue
    self.name = name
  }

  static let outlook = Reader("outlook", "Outlook")
  static let exchange = Reader("exchange", "Exchange / Microsoft 365")
  static let googleCalendar = Reader("google_calendar", "Google Calendar")
  static let appleCalendar = Reader("apple_calendar", "Apple Calendar")
  static let thunderbird = Reader("thunderbird", "Thunderbird (ical.js)")
  static let evolution = Reader("evolution", "GNOME Evolution")
  static let kcalendarcore = Reader("kcalendarcore", "KDE KCalendarCore")
  static let khal = Reader("khal", "khal")
  static let vdirsyncer = Reader("vdirsyncer", "vdirsyncer")
  static let pythonICalendar = Reader("python_icalendar", "Python icalendar")
  static let recurringICalEvents = Reader("recurring_ical_events", "Python recurring-ical-events")
  static let pythonICS = Reader("python_ics", "Python ics")
  static let vobject = Reader("vobject", "Python vobject")
  static let libical = Reader("libical", "libical")
  static let rubyICalendar = Reader("ruby_icalendar", "ruby-icalendar")
  static let golangICal = Reader("golang_ical", "golang-ical")
  static let sabreVObject = Reader("sabre_vobject", "sabre/vobject")
  static let calcurse = Reader("calcurse", "calcurse")
  static let davx5 = Reader("davx5", "DAVx⁵ / ICSx⁵")
  static let nextcloud = Reader("nextcloud", "Nextcloud")
  static let circuitMaintenanceParser = Reader("circuit_maintenance_parser", "circuit-maintenance-parser")
  static let awsChangeCalendar = Reader("aws_change_calendar", "AWS Change Calendar")
  /// The import of this program.
  static let preavis = Reader("preavis", "Préavis")

  package static let allCases = [
    outlook, exchange, googleCalendar, appleCalendar, thunderbird, evolution, kcalendarcore, khal, vdirsyncer,
    pythonICalendar, recurringICalEvents, pythonICS, vobject, libical, rubyICalendar, golangICal, sabreVObject,
    calcurse, davx5, nextcloud, circuitMaintenanceParser, awsChangeCalendar, preavis,
  ]

  /// Those that make nothing of a file that is no calendar.
  static let parsers = [
    thunderbird, kcalendarcore, pythonICalendar, recurringICalEvents, pythonICS, vobject, libical, rubyICalendar,
    golangICal, sabreVObject,
  ]
}

/// What a reader does with a fault.
package struct Behaviour: Hashable, Sendable {
  /// Stable.
  package let rawValue: String
  private let english: String
  private let french: String

  /// - Parameters english, french: the end of a sentence that begins with the reader's name.
  private init(_ rawValue: String, _ english: String, _ french: String) {
    self.rawValue = rawValue
    self.english = english
    self.french = french
  }

  package func text(_ language: Language) -> String { language.choice(english, french) }

  static let refusesFeed = Behaviour("refuses_feed", "refuses the whole feed", "refuse tout le flux")
  static let reportsError = Behaviour(
    "reports_error", "reports an error and drops what it concerns", "signale une erreur et laisse ce qu’elle concerne")
  static let losesEvents = Behaviour("loses_events", "loses events", "perd des événements")
  static let readsOtherTime = Behaviour("reads_other_time", "shows another time", "montre une autre heure")
  static let readsOtherText = Behaviour("reads_other_text", "shows another text", "montre un autre texte")
  static let readsOtherStatus = Behaviour("reads_other_status", "shows another status", "montre un autre état")
  static let expandsDifferently = Behaviour(
    "expands_differently", "shows other occurrences", "montre d’autres occurrences")
  static let keepsOldEvents = Behaviour("keeps_old_events", "keeps the old events", "garde les anciens événements")
  static let emptiesCalendar = Behaviour("empties_calendar", "empties the calendar", "vide le calendrier")
  static let duplicatesEvents = Behaviour("duplicates_events", "shows events twice", "montre des événements en double")
  static let ignoresProperty = Behaviour("ignores_property", "ignores it", "l’ignore")
  static let neverReturns = Behaviour("never_returns", "never returns", "ne répond plus")
  static let disablesCalendar = Behaviour("disables_calendar", "switches the calendar off", "désactive le calendrier")
  static let replacesUID = Behaviour("replaces_uid", "replaces the UID by a hash", "remplace l’UID par un hachage")
  static let refreshesRarely = Behaviour("refreshes_rarely", "refreshes seldom", "rafraîchit rarement")
  static let readsZero = Behaviour("reads_zero", "reads it as 0", "lit 0")
  static let mayDiffer = Behaviour("may_differ", "may behave otherwise", "peut se comporter autrement")
}

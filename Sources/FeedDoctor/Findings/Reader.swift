/// A program or service that subscribes to feeds or reads calendar files.
package enum Reader: String, Hashable, Sendable, CaseIterable {
  case outlook, exchange
  case googleCalendar = "google_calendar"
  case appleCalendar = "apple_calendar"
  case thunderbird, evolution
  case kcalendarcore, khal, vdirsyncer
  case pythonICalendar = "python_icalendar"
  case recurringICalEvents = "recurring_ical_events"
  case pythonICS = "python_ics"
  case vobject, libical
  case rubyICalendar = "ruby_icalendar"
  case golangICal = "golang_ical"
  case sabreVObject = "sabre_vobject"
  case calcurse, davx5, nextcloud
  case circuitMaintenanceParser = "circuit_maintenance_parser"
  case awsChangeCalendar = "aws_change_calendar"
  /// The import of this program.
  case preavis

  /// Those that make nothing of a file that is no calendar.
  static let parsers: [Reader] = [
    .thunderbird, .kcalendarcore, .pythonICalendar, .recurringICalEvents, .pythonICS, .vobject, .libical,
    .rubyICalendar,
    .golangICal, .sabreVObject,
  ]

  /// As its makers write it.
  package var name: String {
    switch self {
    case .outlook: "Outlook"
    case .exchange: "Exchange / Microsoft 365"
    case .googleCalendar: "Google Calendar"
    case .appleCalendar: "Apple Calendar"
    case .thunderbird: "Thunderbird (ical.js)"
    case .evolution: "GNOME Evolution"
    case .kcalendarcore: "KDE KCalendarCore"
    case .khal: "khal"
    case .vdirsyncer: "vdirsyncer"
    case .pythonICalendar: "Python icalendar"
    case .recurringICalEvents: "Python recurring-ical-events"
    case .pythonICS: "Python ics"
    case .vobject: "Python vobject"
    case .libical: "libical"
    case .rubyICalendar: "ruby-icalendar"
    case .golangICal: "golang-ical"
    case .sabreVObject: "sabre/vobject"
    case .calcurse: "calcurse"
    case .davx5: "DAVx⁵ / ICSx⁵"
    case .nextcloud: "Nextcloud"
    case .circuitMaintenanceParser: "circuit-maintenance-parser"
    case .awsChangeCalendar: "AWS Change Calendar"
    case .preavis: "Préavis"
    }
  }
}

/// What a reader does with a fault; worded by ``FindingText``.
package enum Behaviour: String, Hashable, Sendable, CaseIterable {
  case refusesFeed = "refuses_feed"
  case reportsError = "reports_error"
  case losesEvents = "loses_events"
  case readsOtherTime = "reads_other_time"
  case readsOtherText = "reads_other_text"
  case readsOtherStatus = "reads_other_status"
  case expandsDifferently = "expands_differently"
  case keepsOldEvents = "keeps_old_events"
  case emptiesCalendar = "empties_calendar"
  case duplicatesEvents = "duplicates_events"
  case ignoresProperty = "ignores_property"
  case neverReturns = "never_returns"
  case disablesCalendar = "disables_calendar"
  case replacesUID = "replaces_uid"
  case refreshesRarely = "refreshes_rarely"
  case readsZero = "reads_zero"
  case mayDiffer = "may_differ"
}

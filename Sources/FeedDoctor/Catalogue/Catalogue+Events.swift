extension Catalogue {
  /// Events, alarms and availability.
  static func events(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .missingUID:
      Catalogue(
        .error, "RFC 5545, 3.8.4.7",
        [
          (.duplicatesEvents, .measured, [.pythonICS]),
          (.reportsError, .measured, [.vobject, .libical]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .longUID:
      Catalogue(.warning, "RFC 7986, 5.3")
    case .spaceInUID:
      Catalogue(.warning, "RFC 7986, 5.3")
    case .repeatedUID:
      Catalogue(
        .error, "RFC 5545, 3.8.4.7",
        [
          (.losesEvents, .measured, [.kcalendarcore]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .missingStamp:
      Catalogue(
        .error, "RFC 5545, 3.8.7.2",
        [
          (.reportsError, .measured, [.vobject, .libical])
        ])
    case .missingStart:
      Catalogue(
        .error, "RFC 5545, 3.8.2.4",
        [
          (.refusesFeed, .measured, [.thunderbird, .recurringICalEvents, .pythonICS]),
          (.reportsError, .measured, [.libical]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .missingEnd:
      Catalogue(
        .warning, "RFC 5545, 3.6.1",
        [
          (.readsOtherTime, .measured, [.calcurse])
        ])
    case .endAndDuration:
      Catalogue(
        .error, "RFC 5545, 3.6.1",
        [
          (.refusesFeed, .measured, [.pythonICS]),
          (.reportsError, .measured, [.vobject, .libical]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .endBeforeStart:
      Catalogue(
        .error, "RFC 5545, 3.8.2.2",
        [
          (.readsOtherTime, .measured, [.recurringICalEvents]),
          (.refusesFeed, .measured, [.pythonICS]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .endEqualsStart:
      Catalogue(
        .error, "RFC 5545, 3.8.2.2",
        [
          (.losesEvents, .measured, [.calcurse])
        ])
    case .allDayEndsSameDay:
      Catalogue(
        .error, "RFC 5545, 3.6.1",
        [
          (.readsOtherTime, .measured, [.kcalendarcore]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .endOfOtherType:
      Catalogue(
        .error, "RFC 5545, 3.8.2.2",
        [
          (.readsOtherTime, .measured, [.thunderbird, .kcalendarcore, .pythonICS]),
          (.losesEvents, .measured, [.calcurse]),
          (.refusesFeed, .source, [.preavis]),
        ])
    case .veryLongEvent:
      Catalogue(.note, "RFC 5545, 3.6.1")
    case .missingSummary:
      Catalogue(
        .error, "RFC 5545, 3.8.1.12",
        [
          (.reportsError, .measured, [.libical]),
          (.refusesFeed, .measured, [.calcurse]),
        ])
    case .organizerMissing:
      Catalogue(
        .error, "RFC 5546, 3.2.1",
        [
          (.reportsError, .measured, [.libical])
        ])
    case .attendeePublished:
      Catalogue(
        .error, "RFC 5546, 3.2.1",
        [
          (.reportsError, .measured, [.libical])
        ])
    case .missingSequence:
      Catalogue(
        .warning, "RFC 5545, 3.8.7.4",
        [
          (.keepsOldEvents, .anecdote, [.googleCalendar])
        ])
    case .missingLastModified:
      Catalogue(
        .warning, "RFC 5545, 3.8.7.3",
        [
          (.keepsOldEvents, .anecdote, [.googleCalendar])
        ])
    case .missingStatus:
      Catalogue(.warning, "RFC 5545, 3.8.1.11")
    case .missingTransparency:
      Catalogue(
        .warning, "RFC 5545, 3.8.2.7",
        [
          (.mayDiffer, .document, [.outlook, .googleCalendar])
        ])
    case .missingURL:
      Catalogue(
        .warning, "RFC 5545, 3.8.4.6",
        [
          (.replacesUID, .measured, [.vdirsyncer])
        ])
    case .urlRepeated:
      Catalogue(
        .note, "RFC 5545, 3.8.4.6",
        [
          (.replacesUID, .measured, [.vdirsyncer])
        ])
    case .cancelledButOpaque:
      Catalogue(.warning, "RFC 5545, 3.8.2.7")
    case .busyStatusDisagrees:
      Catalogue(
        .warning, "MS-OXCICAL",
        [
          (.readsOtherStatus, .document, [.outlook, .exchange])
        ])
    case .busyStatusMissing:
      Catalogue(
        .note, "MS-OXCICAL",
        [
          (.mayDiffer, .document, [.outlook])
        ])
    case .alarm:
      Catalogue(
        .warning, "RFC 5545, 3.6.6",
        [
          (.ignoresProperty, .anecdote, [.googleCalendar]),
          (.mayDiffer, .anecdote, [.appleCalendar]),
          (.ignoresProperty, .source, [.nextcloud]),
        ])
    case .alarmIncomplete:
      Catalogue(
        .error, "RFC 5545, 3.6.6",
        [
          (.refusesFeed, .measured, [.pythonICS]),
          (.losesEvents, .measured, [.calcurse]),
        ])
    case .attachment:
      Catalogue(
        .warning, "RFC 5545, 3.8.1.1",
        [
          (.ignoresProperty, .source, [.nextcloud])
        ])
    case .alternativeDescription:
      Catalogue(
        .warning, "MS-OXCICAL",
        [
          (.readsOtherText, .document, [.outlook])
        ])
    case .styledDescription:
      Catalogue(
        .error, "RFC 9073, 6.5",
        [
          (.reportsError, .measured, [.libical])
        ])
    case .linkProperty:
      Catalogue(
        .error, "RFC 9253, 8.2",
        [
          (.reportsError, .measured, [.libical])
        ])
    case .availabilityAmongEvents:
      Catalogue(
        .error, "RFC 7953, 3.1",
        [
          (.refusesFeed, .measured, [.vdirsyncer])
        ])
    case .availabilityAlone:
      Catalogue(
        .note, "RFC 7953, 3.1",
        [
          (.refusesFeed, .measured, [.vdirsyncer])
        ])
    case .availabilityBroken:
      Catalogue(.error, "RFC 7953, 3.1")
    default: nil
    }
  }
}

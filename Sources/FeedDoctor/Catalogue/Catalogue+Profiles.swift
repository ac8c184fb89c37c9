extension Catalogue {
  /// MAINTNOTE and AWS Change Calendar.
  static func profiles(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .maintenanceNoteCount:
      Catalogue(
        .error, "MAINTNOTE 0.1, 3.4",
        [
          (.refusesFeed, .measured, [.circuitMaintenanceParser])
        ])
    case .maintenanceNoteMissing:
      Catalogue(
        .error, "MAINTNOTE 0.1, 3.4",
        [
          (.readsOtherText, .measured, [.circuitMaintenanceParser])
        ])
    case .maintenanceNoteImpact:
      Catalogue(
        .error, "MAINTNOTE 0.1, 3.4",
        [
          (.refusesFeed, .measured, [.circuitMaintenanceParser])
        ])
    case .maintenanceNoteStatus:
      Catalogue(
        .error, "MAINTNOTE 0.1, 3.4",
        [
          (.refusesFeed, .measured, [.circuitMaintenanceParser])
        ])
    case .maintenanceNoteRescheduled:
      Catalogue(.warning, "MAINTNOTE 0.1, 3.4")
    case .maintenanceNoteContradiction:
      Catalogue(
        .error, "MAINTNOTE 0.1, 3.4",
        [
          (.readsOtherStatus, .document, [.circuitMaintenanceParser])
        ])
    case .maintenanceNoteTime:
      Catalogue(
        .error, "MAINTNOTE 0.1, 3.4",
        [
          (.mayDiffer, .document, [.circuitMaintenanceParser])
        ])
    case .maintenanceNoteIdentifiers:
      Catalogue(
        .warning, "MAINTNOTE 0.1, 3.4",
        [
          (.readsOtherText, .measured, [.circuitMaintenanceParser])
        ])
    case .maintenanceNotePrimaries:
      Catalogue(.error, "MAINTNOTE 0.1, 3.4")
    case .maintenanceNoteAccounts:
      Catalogue(.error, "MAINTNOTE 0.1, 3.4")
    case .maintenanceNoteLoneImpact:
      Catalogue(
        .note, "MAINTNOTE 0.1, 3.4",
        [
          (.ignoresProperty, .measured, [.circuitMaintenanceParser])
        ])
    case .maintenanceNoteMethod:
      Catalogue(.warning, "MAINTNOTE 0.1, 3.4.1")
    case .changeCalendarProduct:
      Catalogue(
        .error, "AWS Change Calendar",
        [
          (.refusesFeed, .document, [.awsChangeCalendar])
        ])
    case .changeCalendarType:
      Catalogue(
        .error, "AWS Change Calendar",
        [
          (.refusesFeed, .document, [.awsChangeCalendar])
        ])
    case .changeCalendarDescription:
      Catalogue(
        .warning, "AWS Change Calendar",
        [
          (.mayDiffer, .document, [.awsChangeCalendar])
        ])
    case .changeCalendarExcluded:
      Catalogue(
        .error, "AWS Change Calendar",
        [
          (.losesEvents, .document, [.awsChangeCalendar])
        ])
    default: nil
    }
  }
}

extension Catalogue {
  /// Against an earlier copy.
  static func revision(_ code: FindingCode) -> Catalogue? {
    switch code {
    case .previousUnreadable:
      Catalogue(.note, "RFC 5546, 2.1.4")
    case .revisionSequenceFell:
      Catalogue(
        .error, "RFC 5546, 2.1.4",
        [
          (.keepsOldEvents, .document, [.outlook]),
          (.keepsOldEvents, .anecdote, [.googleCalendar]),
        ])
    case .revisionSequenceSame:
      Catalogue(
        .error, "RFC 5546, 2.1.4",
        [
          (.keepsOldEvents, .document, [.outlook]),
          (.keepsOldEvents, .anecdote, [.googleCalendar]),
        ])
    case .revisionStampSame:
      Catalogue(
        .error, "RFC 5545, 3.8.7.2",
        [
          (.keepsOldEvents, .anecdote, [.googleCalendar]),
          (.keepsOldEvents, .measured, [.evolution]),
        ])
    case .revisionStampBack:
      Catalogue(
        .error, "RFC 5545, 3.8.7.2",
        [
          (.keepsOldEvents, .measured, [.evolution])
        ])
    case .revisionEventGone:
      Catalogue(
        .error, "RFC 5546, 3.2.5",
        [
          (.losesEvents, .source, [.thunderbird]),
          (.losesEvents, .measured, [.evolution]),
        ])
    case .revisionUIDChanged:
      Catalogue(
        .error, "RFC 5545, 3.8.4.7",
        [
          (.losesEvents, .measured, [.evolution])
        ])
    case .revisionChurn:
      Catalogue(.warning, "RFC 5545, 3.8.7.2")
    default: nil
    }
  }
}

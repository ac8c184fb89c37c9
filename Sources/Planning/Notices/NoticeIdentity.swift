public import CivilTime

/// Which notice of a change one is. Names of files, the notes beside them, idempotency keys and lists tell notices apart
/// by it. In the log the lead stands with what the program sent itself; of what a person sent, its time says it
/// (``NoticeRecord/tells(_:)``).
public struct NoticeIdentity: Hashable, Sendable {
  public let change: ChangeID
  public let kind: NoticeKind
  /// The published revision that it is written from; nil for the newest.
  public let revision: Int?
  /// Of a reminder that is owed, how long before the start; nil for other notices.
  public let lead: Elapsed?

  public init(change: ChangeID, kind: NoticeKind, revision: Int? = nil, lead: Elapsed? = nil) {
    (self.change, self.kind, self.revision, self.lead) = (change, kind, revision, lead)
  }

  /// Among those of its change, in letters that names of files and keys take: `announcement`, `reminder-48h`,
  /// `reminder-90m`.
  public var name: String {
    guard let seconds = lead?.seconds else { return kind.rawValue }
    let (unit, letter): (Int64, String) = seconds % 3600 == 0 ? (3600, "h") : seconds % 60 == 0 ? (60, "m") : (1, "s")
    return "\(kind.rawValue)-\(seconds / unit)\(letter)"
  }
}

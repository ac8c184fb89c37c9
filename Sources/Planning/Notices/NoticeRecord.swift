public import CivilTime

/// A way by which clients are told. Source: contract, article 10.
public enum NoticeChannel: String, CaseIterable, Hashable, Sendable {
  case portal, mail, letter
}

/// A notice that was published, as someone stated it: the evidence of what was said and when.
public struct NoticeRecord: Hashable, Sendable {
  public let kind: NoticeKind
  public let channel: NoticeChannel
  /// Published revision of the change that the notice spoke of.
  public let revision: Int
  /// When it was published, and the register's clock when that was stated.
  public let publishedAt: Change.StatedInstant
  /// Of what the program sent itself.
  public let evidence: NoticeEvidence?

  public init(
    kind: NoticeKind, channel: NoticeChannel, revision: Int, publishedAt: Change.StatedInstant,
    evidence: NoticeEvidence? = nil
  ) {
    self.kind = kind
    self.channel = channel
    self.revision = revision
    self.publishedAt = publishedAt
    self.evidence = evidence
  }
}

extension NoticeRecord {
  /// Whether clients have had this reminder by it: the program says which one it sent, of what a person sent its time does.
  public func tells(_ reminder: Reminder) -> Bool {
    guard kind == .reminder, publishedAt.stated >= reminder.from else { return false }
    return evidence?.lead.map { $0 == reminder.lead } ?? (publishedAt.stated < reminder.until)
  }
}

extension NoticeRecord {
  /// Whether it told of the plan so late that it reminds of it.
  func tellsPlan(from moment: Instant) -> Bool { kind.tellsPlan && publishedAt.stated >= moment }
}

/// What is known of a notice that the program sent by itself.
public struct NoticeEvidence: Hashable, Sendable {
  /// What was said; two where a reminder went to some before an amendment, and to others after it.
  public struct Text: Hashable, Sendable {
    /// `fr`, `en`.
    public let language: String
    /// SHA-256 in hexadecimal.
    public let digest: String
    public init(language: String, digest: String) {
      self.language = language
      self.digest = digest
    }
  }

  /// How many mailings it was delivered to.
  public let addresses: Int
  public let texts: [Text]
  /// Which reminder it was; nil for other notices.
  public let lead: Elapsed?

  public init(addresses: Int, texts: [Text], lead: Elapsed?) {
    self.addresses = addresses
    self.texts = texts
    self.lead = lead
  }
}

extension Change {
  /// When clients were told of the plan in force, as far as that is on record; nil where it is not.
  public var toldAt: Instant? {
    marks.last { ($0.notice.tellsPlan || $0.notice == .regularisation) && $0.at <= plannedAt ?? $0.at }.flatMap(told)
  }

  /// The same of the first plan that was published.
  public var firstToldAt: Instant? { marks.first.flatMap(told) }

  private func told(_ mark: RevisionMark) -> Instant? {
    let notices = notices.filter { $0.kind == mark.notice && $0.revision >= mark.revision }
    let served = mark.isServed && mark.review != .waiting ? [mark.at] : []
    return (notices.map(\.publishedAt.stated) + served).min()
  }
}

/// A published revision, and the notice that it calls for.
public struct RevisionMark: Hashable, Sendable {
  public let revision: Int
  public let notice: NoticeKind
  public let at: Instant
  /// Whether a portal that is served showed it from then on.
  public var isServed = false
  /// Nil where its messages waited for nobody.
  public var review: Review?

  public init(revision: Int, notice: NoticeKind, at: Instant) {
    self.revision = revision
    self.notice = notice
    self.at = at
  }
}

/// What became of messages that go only once somebody sends them.
public enum Review: Hashable, Sendable {
  case waiting, released
  /// A newer notice tells all of it.
  case superseded
}

/// A notice whose messages wait until somebody sends them.
public struct UnsentNotice: Hashable, Sendable {
  public let kind: NoticeKind
  /// Which reminder it is; nil for other notices.
  public let lead: Elapsed?
  /// By when it has to go: a plan while its notice is enough, a reminder at its hour, all else at once.
  public let before: Instant
}

extension Change {
  /// Those that wait, oldest first, then reminders.
  public func unsent(by contract: Contract) -> [UnsentNotice] {
    let latest = contract.latestPublication(of: content)
    let waiting = marks.filter { $0.review == .waiting }.map { mark in
      let atOnce = mark.at + NoticeObligations.atOnce
      let isPlan = [.announcement, .update, .rescheduled].contains(mark.notice)
      return UnsentNotice(kind: mark.notice, lead: nil, before: isPlan ? max(atOnce, latest ?? atOnce) : atOnce)
    }
    let reminders = reminderReview == .waiting ? promisedReminders : []
    return waiting + reminders.map { UnsentNotice(kind: .reminder, lead: $0.lead, before: $0.due) }
  }

  /// The published revision that a notice of `kind` speaks of when it goes out at `moment`: the newest that called for
  /// it, with the amendments and extensions that followed, since the notice is written from what is known. For kinds
  /// that no revision calls for, such as reminders, the newest one. Nil where nothing had called for it by then.
  public func revision(toldBy kind: NoticeKind, at moment: Instant) -> Int? {
    guard let index = marks.lastIndex(where: { $0.notice == kind && $0.at <= moment }) else {
      guard !marks.contains(where: { $0.notice == kind }), kind.isApplicable(to: self),
        moment >= plannedAt ?? recordedAt
      else { return nil }
      return marks.last { $0.at <= moment }?.revision
    }
    let following = marks[(index + 1)...].prefix { $0.at <= moment && $0.notice.followsOn }
    return (following.last ?? marks[index]).revision
  }
}

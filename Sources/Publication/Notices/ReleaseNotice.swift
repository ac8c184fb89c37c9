package import CivilTime
package import Planning
package import Wording

/// What clients are told of a release as a whole: one text and one table of all that is published of it.
package struct ReleaseNotice: Sendable {
  /// Kinds of notice that a whole can have; work that begins, ends or runs over is told change by change.
  package static let kinds: [NoticeKind] = [.announcement, .reminder, .rescheduled, .cancelled]

  package let record: ReleaseRecord
  package let kind: NoticeKind
  /// Published changes by start, each with its contract; never empty.
  package let rows: [(change: Change, contract: Contract)]
  package let language: Language
  private let wording: Wording

  /// Nil where clients were told nothing that this notice could tell again.
  ///
  /// - Parameters:
  ///   - wanted: nil for the one that was called for last.
  ///   - changes: those of the release, as clients may read them.
  package init?(
    _ record: ReleaseRecord, _ wanted: NoticeKind?, _ changes: [(change: Change, contract: Contract)],
    language: Language
  ) {
    let published = changes.filter { $0.change.revision != nil }.sorted {
      ($0.change.content.interval.start, $0.change.id) < ($1.change.content.interval.start, $1.change.id)
    }
    let live = published.filter { $0.change.state != .cancelled }
    let moved = live.contains { $0.change.movedFrom != nil }
    let newest: NoticeKind = live.isEmpty ? .cancelled : moved ? .rescheduled : .announcement
    kind = wanted ?? newest
    rows =
      switch kind {
      case .cancelled: published.filter { $0.change.state == .cancelled }
      case .rescheduled where !moved: []
      case .announcement, .reminder, .rescheduled: live
      default: []
      }
    guard let first = rows.first else { return nil }
    (self.record, self.language) = (record, language)
    wording = Wording(language, zone: first.contract.currentTimeZone, audience: .clients)
  }

  private var contract: Contract { rows[0].contract }

  /// By name, in the order of their first change.
  private var services: [String] {
    var names: [String] = []
    for row in rows where !names.contains(row.contract.displayName(language)) {
      names.append(row.contract.displayName(language))
    }
    return names
  }

  /// The names are those of `TemplateNames.release`.
  var variables: [String: Any] {
    let intervals = rows.map(\.change.content.interval)
    let first = intervals.map(\.start).min() ?? record.span.start
    let last = intervals.map(\.end).max() ?? record.span.end
    let span = Interval(start: first, end: last) ?? record.span
    var result: [String: Any] = [
      "id": record.id.description, "title": record.name, "service": language.list(services),
      "days": wording.days(span), "zone": wording.zoneName, "portal": contract.portal,
      "count": language.counted(rows.count, language("operation", "intervention")),
      "several": rows.count > 1, "announced": kind == .announcement, "reminded": kind == .reminder,
      "moved": kind == .rescheduled, "cancelled": kind == .cancelled,
    ]
    let reason = kind == .announcement || kind == .reminder ? record.reason : rows.lazy.compactMap(\.change.told).first
    result["reason"] = reason
    return result.merging(ContactVariable.all(contract, language)) { $1 }
  }

  private func telling(_ row: (change: Change, contract: Contract)) -> ChangeTelling {
    ChangeTelling(row.change, contract: row.contract, language: language)
  }

  private func felt(_ row: (change: Change, contract: Contract)) -> String {
    row.change.content.impact == .none ? language("no disruption", "aucune gêne") : telling(row).impact
  }

  private func title(_ row: (change: Change, contract: Contract)) -> String {
    services.count == 1 && rows[0].change.content.environment == Contract.production
      ? row.change.content.title(language)
      : "\(row.change.content.title(language)) (\(telling(row).environmentMark)\(row.contract.displayName(language)))"
  }

  /// A line each: what, when, and what clients feel.
  var facts: [NoticeDocument.Fact] {
    var facts = rows.map { row in
      let when = wording.range(row.change.content.interval).capitalizedFirst
      let what = kind == .cancelled ? when : "\(when) – \(felt(row))"
      return NoticeDocument.Fact(key: "change", name: title(row), value: "\(what) [\(row.change.id)]")
    }
    facts.append(
      .init(
        key: "contact", name: "Contact", value: contract.contact.name,
        url: contract.contact.url.flatMap(Link.plain)))
    facts.append(
      .init(
        key: "portal", name: language("Portal", "Portail"), value: contract.portal, url: Link.plain(contract.portal))
    )
    return facts
  }

  /// What was moved, from when to when.
  var differences: [ContentDifference] {
    guard kind == .rescheduled else { return [] }
    return rows.compactMap { row in
      row.change.movedFrom.map {
        ContentDifference(
          name: title(row), before: wording.range($0).capitalizedFirst,
          after: wording.range(row.change.content.interval).capitalizedFirst)
      }
    }
  }
}

extension Change {
  /// When clients were told that it would be, before the newest revision moved it; nil where that moved nothing.
  fileprivate var movedFrom: Interval? {
    guard case .rescheduled(let before)? = lastRevision, before.interval != content.interval else { return nil }
    return before.interval
  }

  /// Why it was moved or cancelled, as clients read it.
  fileprivate var told: String? { content.moveReason?.told.text }
}

extension NoticeTemplates {
  /// The name of the template, which a folder of before may lack.
  package static let releaseKind = "release"

  /// The notice of a release before it takes a format. Throws `NoticeError`.
  package func document(_ notice: ReleaseNotice, isSimulation: Bool) throws -> NoticeDocument {
    let language = notice.language
    guard hasProse(NoticeTemplates.releaseKind, language) else {
      throw NoticeError.noTemplate(NoticeTemplates.releaseKind)
    }
    let paragraphs = prose(NoticeTemplates.releaseKind, notice.variables, language)
    guard let subject = paragraphs.first else { throw NoticeError.emptyReport(NoticeTemplates.releaseKind) }
    // Said once: by the sentences or, where those of an operator leave it out, below the table.
    let isZoneSaid = paragraphs.contains { $0.contains(notice.zone.value) }
    let newest = notice.record.steps.last?.at
    return NoticeDocument(
      language: language, subject: (isSimulation ? "SIMULATION – " : "") + subject,
      paragraphs: Array(paragraphs.dropFirst()), differences: notice.differences,
      facts: notice.facts + (isZoneSaid ? [] : [notice.zone]), description: [],
      reference: notice.record.id.description
        + (newest.map { language(" – recorded on ", " – enregistrée le ") + notice.moment($0) } ?? ""),
      simulation: isSimulation ? Self.simulation(language) : nil)
  }
}

extension ReleaseNotice {
  fileprivate var zone: NoticeDocument.Fact {
    .init(key: "zone", name: language("Time zone", "Fuseau horaire"), value: wording.zoneName)
  }
  fileprivate func moment(_ instant: Instant) -> String { wording.dateTime(instant) }
}

/// The notice of a release as a mail, with all events as one calendar.
package struct ReleaseMail {
  let document: NoticeDocument
  let notice: ReleaseNotice
  let form: (recipients: [String], hidden: [String], isDraft: Bool)
  let identity: String
  let date: Instant
  let calendar: [UInt8]

  package init(
    _ document: NoticeDocument, _ notice: ReleaseNotice, recipients: [String], hidden: [String], isDraft: Bool,
    identity: String, date: Instant, calendar: [UInt8]
  ) {
    (self.document, self.notice, form) = (document, notice, (recipients, hidden, isDraft))
    (self.identity, self.date, self.calendar) = (identity, date, calendar)
  }

  /// The message, ready for `sendmail -t`. Throws `MailError`.
  package func render(by templates: NoticeTemplates) throws -> [UInt8] {
    let (record, contract) = (notice.record, notice.rows[0].contract)
    let rest = "\(document.language.rawValue).\(identity)@\(NoticeMail.domain(contract))"
    var message = NoticeMail.message(
      document, contract: contract, date: date,
      messageID: "\(record.id).\(record.steps.count).\(notice.kind.rawValue).\(rest)", recipients: form.recipients,
      hiddenRecipients: form.hidden, templates: templates)
    message.references = ["\(record.id).\(rest)"]
    message.isDraft = form.isDraft
    message.calendar = MailCalendar(
      bytes: calendar, method: notice.kind == .cancelled ? "CANCEL" : "PUBLISH", fileName: "\(record.id).ics")
    return try message.render()
  }
}

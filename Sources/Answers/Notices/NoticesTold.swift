package import CivilTime
package import JSONText
package import Planning
package import Register
package import Wording

/// What clients were told of a change, by which way and when, each with its place in the log: the evidence in a dispute.
package enum NoticesTold {
  /// One notice that was published, or recorded as published.
  package struct Line: Sendable {
    package let title: String
    package let change: ChangeID
    package let kind: NoticeKind
    package let channel: NoticeChannel
    package let revision: Int
    package let publishedAt: Change.StatedInstant
    /// Of what the program sent itself.
    package let evidence: NoticeEvidence?
    /// Start of the work as it was planned then.
    package let start: Instant
    /// The event that says so.
    package let line: StoredEvent
    package let actor: String?
    /// Of the mailings that it was delivered to, those whose mail came back.
    package var notReached = 0

    /// What was said in each language.
    package var texts: [NoticeEvidence.Text] { evidence?.texts ?? [] }

    /// How long before the start clients were told; negative where it had come.
    package var ahead: Elapsed { start - publishedAt.stated }
  }

  /// In the order of the log. Where the portal was served, each revision was published there when it was committed.
  package static func lines(of change: ChangeID, in register: Register) throws -> [Line] {
    try counted(lines(ofChange: change, in: register), in: register)
  }

  private static func lines(ofChange change: ChangeID, in register: Register) throws -> [Line] {
    var lines: [Line] = []
    var revision: Int?
    var starts: [Int: Instant] = [:]
    for (line, event, after) in try register.history(change) {
      let actor = try line.reading { try $0.optional("actor") }
      func add(
        _ kind: NoticeKind, _ channel: NoticeChannel, _ revision: Int, _ at: Change.StatedInstant,
        _ evidence: NoticeEvidence? = nil
      ) {
        lines.append(
          Line(
            title: after.content.title, change: change, kind: kind, channel: channel, revision: revision,
            publishedAt: at, evidence: evidence, start: starts[revision] ?? after.content.interval.start, line: line,
            actor: actor))
      }
      if let revision = after.revision { starts[revision] = after.content.interval.start }
      if case .noticePublished = event, let record = after.notices.last {
        add(record.kind, record.channel, record.revision, record.publishedAt, record.evidence)
      } else if let mark = after.marks.last, mark.isServed, mark.revision != revision {
        add(mark.notice, .portal, mark.revision, .init(stated: mark.at, recorded: mark.at))
      }
      revision = after.revision
    }
    return lines
  }

  /// With how many each did not reach; what was told by no mail asks nothing of the register.
  private static func counted(_ lines: [Line], in register: Register) throws -> [Line] {
    guard lines.contains(where: { $0.evidence != nil }) else { return lines }
    let lost = try register.mailings().flatMap(\.content.unreached).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return lines.map { line in
      var line = line
      line.notReached = lost[line.line.sequence] ?? 0
      return line
    }
  }

  /// Those published in a month, by when that was.
  package static func lines(_ month: CivilMonth, of contract: Contract, in register: Register) throws -> [Line] {
    guard let bounds = month.bounds(contract) else { return [] }
    var filter = ChangeFilter()
    filter.service = contract.service
    // What was published in it was recorded then, or later.
    let ids = try register.store.read { store in
      let first = try store.firstSequence(notBefore: bounds.start)
      return try store.rows(filter).filter { $0.revision != nil && $0.newest >= first }.map(\.id)
    }
    let lines = try ids.flatMap { id in
      try self.lines(ofChange: id, in: register).filter { bounds.contains($0.publishedAt.stated) }
    }
    return try counted(lines, in: register).sorted {
      ($0.publishedAt.stated, $0.line.sequence) < ($1.publishedAt.stated, $1.line.sequence)
    }
  }

  /// What was recorded in the last 31 days under keys that begin with `key` and a slash, in the order of the log.
  ///
  /// - Parameters:
  ///   - name: of the token that they came with; nil in a register of one's own, where keys stand alone.
  ///   - change: nil for any.
  package static func lines(
    under key: String, by name: String?, of change: ChangeID?, in register: Register
  ) throws -> [Line] {
    let keys = (name.map(KeyScope.prefix) ?? "") + key + "/"
    let ids =
      try change.map { [$0] }
      ?? register.store.read { store in
        let first = try store.firstSequence(notBefore: register.now - .hours(31 * 24))
        return try store.rows(ChangeFilter()).filter { $0.revision != nil && $0.newest >= first }.map(\.id)
      }
    let lines = try ids.flatMap { try self.lines(ofChange: $0, in: register) }.filter { line in
      try line.line.reading { try $0.optional("idempotency_key") }?.hasPrefix(keys) ?? false
    }
    return try counted(lines, in: register).sorted { $0.line.sequence < $1.line.sequence }
  }

  package static let form = Form<Line>(
    "NoticeTold",
    [
      .must("change") { $0.change }, .must("title") { $0.title }, .must("kind") { $0.kind },
      .may("lead_seconds") { $0.evidence?.lead }, .must("channel") { $0.channel }, .must("revision") { $0.revision },
      .must("published_at") { $0.publishedAt.stated }, .must("recorded_at") { $0.publishedAt.recorded },
      .must("recorded_by") { $0.actor }, .must("start") { $0.start }, .must("ahead_seconds") { $0.ahead },
      .must("addresses") { $0.evidence?.addresses }, .must("not_reached") { $0.evidence == nil ? nil : $0.notReached },
      .must("texts") { $0.texts },
      .must("event") { $0.line.sequence }, .must("hash") { $0.line.hash },
    ])

  /// For spreadsheets, in stable columns; without the title, which is text that somebody typed.
  package static func csv(_ lines: [Line], wording: Wording) -> String {
    let head = [
      "change", "kind", "lead_seconds", "channel", "revision", "published_at", "recorded_at", "start", "ahead_seconds",
      "addresses", "texts", "event", "hash", "not_reached",
    ]
    let rows = lines.map { line -> [String] in
      let notReached = line.evidence == nil ? "" : "\(line.notReached)"
      return [
        line.change.description, line.kind.rawValue, line.evidence?.lead.map { "\($0.seconds)" } ?? "",
        line.channel.rawValue, "\(line.revision)", TimeText.local(line.publishedAt.stated, in: wording.zone),
        TimeText.local(line.publishedAt.recorded, in: wording.zone), TimeText.local(line.start, in: wording.zone),
        "\(line.ahead.seconds)", line.evidence.map { "\($0.addresses)" } ?? "",
        line.texts.map { "\($0.language):\($0.digest)" }.joined(separator: " "), "\(line.line.sequence)",
        line.line.hash, notReached,
      ]
    }
    return ([head] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }
}

extension NoticeEvidence.Text: FormedObject {
  package static let form = Form<NoticeEvidence.Text>([
    .must("language") { $0.language }, .must("digest") { $0.digest },
  ])
}

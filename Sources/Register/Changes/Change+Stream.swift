package import CivilTime
package import JSONText
package import Planning

/// The derived row of a change: what look-ups need without reading its events.
package struct ChangeRow: Hashable, Sendable {
  package var id: ChangeID
  package var service: String
  package var environment: String
  package var state: ChangeState
  package var interval: Interval
  package var revision: Int?
  /// Sequence of its newest event.
  package var newest: Int

  package init(_ change: Change, newest: Int) {
    self.init(
      id: change.id, service: change.content.service, environment: change.content.environment, state: change.state,
      interval: change.content.interval, revision: change.revision, newest: newest)
  }

  package init(
    id: ChangeID, service: String, environment: String, state: ChangeState, interval: Interval, revision: Int?,
    newest: Int
  ) {
    self.id = id
    self.service = service
    self.environment = environment
    self.state = state
    self.interval = interval
    self.revision = revision
    self.newest = newest
  }

  package var isBooked: Bool { state.isBooked }
}

extension Change: StreamSubject {
  package static func unknown(_ id: ChangeID) -> (any Error)? { RegisterError.unknownChange(id) }

  // MARK: Events

  package static func encode(_ event: ChangeEvent) -> (type: String, members: JSON) {
    switch event {
    case .planned(let content, let verdict): ("planned", plan(content, verdict))
    case .refused(let content, let verdict): ("refused", plan(content, verdict))
    case .draftRevised(let content, let verdict): ("draft-revised", plan(content, verdict))
    case .rescheduled(let content, let verdict): ("rescheduled", plan(content, verdict))
    case .replanningRefused(let content, let verdict): ("replanning-refused", plan(content, verdict))
    case .amended(let content, let verdict): ("amended", plan(content, verdict))
    case .requested(let content, let verdict): ("requested", plan(content, verdict))
    case .approved(let reason): ("approved", .members(["reason": text(reason)]))
    case .declined(let reason): ("declined", .members(["reason": text(reason)]))
    case .cancelled(let reason): ("cancelled", .object(reason?.members() ?? []))
    case .started(let at, let reason, let estimate):
      (
        "started",
        .members([
          "at": time(at), "reason": text(reason?.text), "client_reason": text(reason?.clients),
          "estimate": time(estimate),
        ])
      )
    case .extended(let end, let isEndKnown, let reason, let others):
      (
        "extended",
        .members([
          "end": time(end), "end_known": isEndKnown ? nil : false, "reason": text(reason?.text),
          "client_reason": text(reason?.clients),
          "alongside": others.isEmpty ? nil : .array(others.map { .string($0.description) }),
        ])
      )
    case .completed(let at, let reason, let started):
      (
        "completed",
        .members([
          "at": time(at), "reason": text(reason?.text), "client_reason": text(reason?.clients),
          "started": time(started),
        ])
      )
    case .leftRelease(let reason): ("release-left", .members(["reason": text(reason)]))
    case .noticesReleased(let kinds): ("notices-released", ["kinds": .array(kinds.map { .string($0.rawValue) })])
    case .noticePublished(let kind, let channel, let revision, let at, let evidence):
      (
        "notice-published",
        .members([
          "kind": text(kind.rawValue), "channel": text(channel.rawValue), "revision": .integer(Int64(revision)),
          "at": time(at), "addresses": evidence.map { .integer(Int64($0.addresses)) },
          "lead": evidence?.lead.map { .integer($0.seconds) },
          "texts": evidence.map { evidence in
            .array(evidence.texts.map { ["language": .string($0.language), "digest": .string($0.digest)] })
          },
        ])
      )
    case .emergencyRecorded(let content, let verdict, let start, let end):
      ("emergency-recorded", plan(content, verdict, ["actual_start": time(start), "actual_end": time(end)]))
    }
  }

  private static func plan(
    _ content: ChangeContent, _ verdict: Verdict, _ times: KeyValuePairs<String, JSON?> = [:]
  ) -> JSON {
    .object(
      [.init("content", content.json), .init("verdict", verdict.json)] + (JSON.members(times).members ?? []))
  }

  package static func decode(_ type: String, _ json: JSON) throws -> ChangeEvent {
    func content() throws -> ChangeContent { try ChangeContent(json: json["content"] ?? .null) }
    func verdict() throws -> Verdict { try Verdict(json: json["verdict"] ?? .null) }
    func reason() throws -> Reason? { try json.reason() }
    func alongside() throws -> [ChangeID] {
      guard json["alongside"] != nil else { return [] }
      return try json.texts("alongside").map { text in
        guard let id = ChangeID(text) else { throw EventCodecError(member: "alongside") }
        return id
      }
    }
    switch type {
    case "planned": return .planned(try content(), try verdict())
    case "refused": return .refused(try content(), try verdict())
    case "draft-revised": return .draftRevised(try content(), try verdict())
    case "rescheduled": return .rescheduled(try content(), try verdict())
    case "replanning-refused": return .replanningRefused(try content(), try verdict())
    case "amended": return .amended(try content(), try verdict())
    case "requested": return .requested(try content(), try verdict())
    case "approved": return .approved(reason: try json.optional("reason"))
    case "declined": return .declined(reason: try json.optional("reason"))
    case "cancelled": return .cancelled(reason: try reason())
    case "started":
      return .started(
        at: try json.instant("at"), reason: try reason(), estimate: try json.optionalInstant("estimate"))
    case "extended":
      return .extended(
        end: try json.instant("end"), isEndKnown: json["end_known"]?.bool ?? true, reason: try reason(),
        alongside: try alongside())
    case "completed":
      return .completed(
        at: try json.instant("at"), reason: try reason(), started: try json.optionalInstant("started"))
    case "emergency-recorded":
      return .emergencyRecorded(
        try content(), try verdict(), start: try json.instant("actual_start"),
        end: try json.optionalInstant("actual_end"))
    case "release-left": return .leftRelease(reason: try json.optional("reason"))
    case "notices-released": return .noticesReleased(try json.words("kinds"))
    case "notice-published":
      guard let revision = json["revision"]?.integer else { throw EventCodecError(member: "revision") }
      return .noticePublished(
        try json.word("kind"), try json.word("channel"), revision: Int(revision), at: try json.instant("at"),
        try evidence(json))
    default: throw EventCodecError(member: "type")
    }
  }

  package static func after(_ event: ChangeEvent, _ before: Change?, id: ChangeID, _ stamp: Stamp) -> Change? {
    var change = event.apply(to: before, id: id, at: stamp.at, by: stamp.actor)
    if before == nil { change?.release = stamp.release }
    // A plan keeps what it was published with: a later edit of the contract moves nothing that was promised.
    if let next = change, next.revision != before?.revision, next.isNewPlan {
      change?.reminderLeads = stamp.notices?.reminders ?? []
      change?.reminderReview = stamp.notices?.isReviewed == true ? .waiting : nil
    }
    if let next = change, let last = next.marks.indices.last, next.revision != before?.revision {
      change?.marks[last].isServed =
        stamp.notices.map { $0.servesPortal && !$0.privateEnvironments.contains(next.content.environment) } ?? false
      change?.supersede(before: last)
      change?.marks[last].review = stamp.notices?.isReviewed == true ? .waiting : nil
    }
    return change
  }

  package func newNotices(after before: Change?) -> NoticeTerms? {
    guard revision != before?.revision else { return nil }
    return NoticeTerms(
      reminders: isNewPlan ? reminderLeads : [], servesPortal: marks.last?.isServed ?? false,
      isReviewed: marks.last?.review == .waiting)
  }

  /// What waits to be sent need not be any more where the newest notice tells all of it.
  private mutating func supersede(before last: Int) {
    guard marks[last].notice.standsForOlder else { return }
    for index in 0..<last where marks[index].review == .waiting { marks[index].review = .superseded }
  }

  /// Whether the newest revision planned the work, anew or for the first time.
  private var isNewPlan: Bool {
    switch lastRevision {
    case .announced, .rescheduled: state == .planned
    case .amended, .cancelled, .started, .extended, .completed, nil: false
    }
  }

  private static func evidence(_ json: JSON) throws -> NoticeEvidence? {
    guard let addresses = json["addresses"]?.integer else { return nil }
    let texts = try json.entries("texts") { text throws(EventCodecError) in
      NoticeEvidence.Text(language: try text.required("language"), digest: try text.required("digest"))
    }
    return NoticeEvidence(
      addresses: Int(addresses), texts: texts,
      lead: json["lead"] == nil ? nil : try json.seconds("lead"))
  }

  // MARK: Beside the log

  package func fragments(
    after before: Change?, by publisher: any Publisher, contract: Contract
  ) throws -> [Fragment] {
    guard let revision, revision != before?.revision else { return [] }
    return try publisher.fragments(of: self, contract: contract).map {
      Fragment(change: id, language: $0.language, revision: revision, body: $0.body)
    }
  }

  package func put(
    _ line: StoredEvent, after before: Change?, in store: any StoreTransaction, isCopy: Bool
  ) throws {
    try store.put(ChangeRow(self, newest: line.sequence))
    if proposal != nil || before?.proposal != nil { try store.put(row(newest: line.sequence)) }
    if let event = ClientEvent(ofApproval: line.type) {
      for webhook in try store.webhooks() { try webhook.tell(staff: event, of: self, by: line, isCopy: isCopy, store) }
    }
    if let before { try review(line, after: before, store) }
    guard revision != before?.revision else { return }
    for webhook in try store.webhooks() { try webhook.tell(of: self, after: before, by: line, isCopy: isCopy, store) }
    for mailing in try store.mailings() { try mailing.tell(of: self, after: before, by: line, isCopy: isCopy, store) }
  }

  package static var table: String { "changes" }

  package static func agrees(_ change: Change?, newest: Int, id: ID, in store: any StoreReader) throws -> Bool {
    try store.row(id) == change.map { ChangeRow($0, newest: newest) }
  }
}

/// The time that a change holds beside its plan, for what waits for approval, has a row like those of other kinds.
extension Change: RowedSubject {
  package enum Hold: String, Sendable { case held, released }
  package typealias State = Hold

  package func row(newest: Int) -> StreamRow<Change> {
    let interval = proposal?.interval ?? content.interval
    return StreamRow(
      id: id, service: content.service, environment: content.environment, state: proposal == nil ? .released : .held,
      start: interval.start, end: interval.end, newest: newest)
  }
}

extension ClientEvent {
  /// What staff may be told of an event of that type; nil for one that decides nothing.
  package init?(ofApproval type: String) {
    let events: [ClientEvent] = [.requested, .approved, .declined]
    guard let event = events.first(where: { $0.rawValue == "change.\(type)" }) else { return nil }
    self = event
  }
}

private func text(_ text: String?) -> JSON? { text.map { .string($0) } }
private func time(_ instant: Instant?) -> JSON? { instant.map { .string(TimeText.utc($0)) } }

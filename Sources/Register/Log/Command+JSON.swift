import CivilTime
package import JSONText
package import Planning

/// Commands as JSON, the one form in which the API reads them, the remote command line sends them, and the digest behind
/// an idempotency key is made of them. Times are UTC; what is absent is left out, so that a member that is added later
/// changes no digest.
extension ChangeCommand {
  /// As the API names it.
  package var operation: String {
    switch self {
    case .submit: "submit"
    case .emergency: "recordEmergency"
    case .reschedule: "reschedule"
    case .amend: "amend"
    case .cancel: "cancel"
    case .start: "start"
    case .extend: "extend"
    case .complete: "complete"
    case .approve: "approve"
    case .decline: "decline"
    case .sendNotices: "sendNotices"
    case .recordNotice: "recordNotice"
    }
  }

  package var json: JSON {
    switch self {
    case .submit(let content), .emergency(let content): content.request
    case .reschedule(let interval, let isEndKnown, let reason, let others):
      .members([
        "start": time(interval?.start), "end": isEndKnown ? time(interval?.end) : nil, "reason": text(reason?.text),
        "client_reason": text(reason?.clients), "alongside": list(others),
      ])
    case .amend(let fields, let reason):
      .object(fields.json + (reason?.members() ?? []))
    case .cancel(let reason): .object(reason?.members() ?? [])
    case .approve(let reason), .decline(let reason): .members(["reason": text(reason)])
    case .start(let at, let reason):
      .members(["at": time(at), "reason": text(reason?.text), "client_reason": text(reason?.clients)])
    case .complete(let at, let reason, let started):
      .members([
        "started": time(started), "at": time(at), "reason": text(reason?.text),
        "client_reason": text(reason?.clients),
      ])
    case .extend(let end, let length, let reason, let others):
      .members([
        "end": time(end), "by": text(length.map { "PT\($0.seconds)S" }), "reason": text(reason?.text),
        "client_reason": text(reason?.clients), "alongside": list(others),
      ])
    case .sendNotices(let kind): .members(["kind": text(kind?.rawValue)])
    case .recordNotice(let kind, let channel, let at):
      .members(["kind": text(kind?.rawValue), "channel": text(channel.rawValue), "at": time(at)])
    }
  }

  /// As an idempotency key may have kept it, itself first: until 30 November 2026 the kind of a notice that nobody said was
  /// found before the key was looked up, and stood in the digest.
  var keptForms: [ChangeCommand] {
    guard case .recordNotice(nil, let channel, let at) = self else { return [self] }
    return [self] + NoticeKind.allCases.map { .recordNotice($0, channel, at: at) }
  }
}

extension ChangeContent {
  /// What a request says: of an end that nobody knows, nothing. When clients hear more is the register's to say.
  package var request: JSON {
    guard !isEndKnown, case .object(let members) = json else { return json }
    return .object(members.filter { $0.key != "end" && $0.key != "end_known" })
  }
}

extension OutageCommand {
  /// As the API names it.
  package var operation: String {
    switch self {
    case .record: "recordOutage"
    case .amend: "amendOutage"
    case .void: "voidOutage"
    }
  }

  package var json: JSON {
    switch self {
    case .record(let content): return content.json
    case .amend(let fields, let reason):
      var end: Instant?
      if case .at(let moment)? = fields.end { end = moment }
      return .members([
        "components": words(fields.components), "environment": text(fields.environment),
        "cause": text(fields.cause?.rawValue), "start": time(fields.start), "end": time(end),
        "ongoing": flag(fields.end == .ongoing ? true : nil), "title": text(fields.title),
        "evidence": text(fields.evidence), "reason": text(reason),
      ])
    case .void(let reason): return .members(["reason": text(reason)])
    }
  }
}

extension GateCommand {
  /// As the API names it.
  package var operation: String {
    switch self {
    case .override, .overrideUntil: "overrideGate"
    case .endOverride: "endOverrides"
    }
  }

  package var json: JSON {
    switch self {
    case .override(let environment, let length, let reason):
      ["environment": .string(environment), "duration": .string("PT\(length.seconds)S"), "reason": .string(reason)]
    case .overrideUntil(let end, let environment, let reason):
      ["environment": .string(environment), "until": .string(TimeText.utc(end)), "reason": .string(reason)]
    case .endOverride(let environment, let reason):
      .members(["environment": .string(environment), "reason": text(reason)])
    }
  }
}

extension ReleaseCommand {
  /// As the API names it.
  package var operation: String {
    switch self {
    case .submit: "submitRelease"
    case .reschedule, .place: "rescheduleRelease"
    case .cancel: "cancelRelease"
    case .approve: "approveRelease"
    case .decline: "declineRelease"
    case .leave: "leaveRelease"
    }
  }

  package var json: JSON {
    switch self {
    case .submit(let release):
      .members([
        "file": (try? JSON(parsing: release.file)) ?? .null,
        "starts": .object(release.starts.map { JSON.Member($0.name, .string(TimeText.utc($0.start))) }),
        "searched": flag(release.isFound ? true : nil),
      ])
    case .reschedule(let shift, let reason): .object([.init("by", .string(shift.text))] + (reason?.members() ?? []))
    case .place(let starts, let isFound, let reason):
      .object(
        [
          .init(
            "starts",
            .object(
              starts.sorted { $0.key < $1.key }.map {
                JSON.Member($0.key.description, .string(TimeText.utc($0.value)))
              }))
        ] + (isFound ? [.init("searched", true)] : []) + (reason?.members() ?? []))
    case .cancel(let from, let reason):
      .object((from.map { [.init("from", .string(TimeText.utc($0)))] } ?? []) + (reason?.members() ?? []))
    case .approve(let reason), .decline(let reason): .members(["reason": text(reason)])
    case .leave(let changes, let reason):
      .members(["changes": .array(changes.map { .string($0.description) }), "reason": text(reason)])
    }
  }

  /// What makes it the same request: what a search chose is none of it.
  var asked: JSON {
    guard json["searched"] != nil else { return json }
    return .object((json.members ?? []).filter { $0.key != "starts" })
  }
}

extension TimeShift {
  /// `7d`, `-7d`, `90m`, as it is read.
  package var text: String {
    switch self {
    case .days(let days): "\(days)d"
    case .elapsed(let length): "\(length.seconds / 60)m"
    }
  }
}

private func text(_ text: String?) -> JSON? { text.map { .string($0) } }
private func time(_ instant: Instant?) -> JSON? { instant.map { .string(TimeText.utc($0)) } }
private func flag(_ flag: Bool?) -> JSON? { flag.map { .bool($0) } }
private func words(_ words: [String]?) -> JSON? { words.map { .array($0.map { .string($0) }) } }
private func list(_ changes: [ChangeID]) -> JSON? {
  changes.isEmpty ? nil : .array(changes.map { .string($0.description) })
}

extension Digest {
  /// What makes two requests the same to an idempotency key: the operation, what it is about (`-` where it creates that),
  /// and the command.
  ///
  /// The order in which a set is written makes no other request. Logs of 29 November 2026 have the digest of the
  /// order as it was written.
  static func requests(_ operation: String, on subject: String?, _ command: JSON) -> [String] {
    let sorted = command.sortingSets
    return (sorted == command ? [command] : [sorted, command]).map { command in
      sha256(Array("\(operation) \(subject ?? "-") ".utf8) + command.bytes)
    }
  }
}

extension JSON {
  /// Components and changes alongside are sets: in one order, each once.
  fileprivate var sortingSets: JSON {
    guard case .object(let members) = self else { return self }
    return .object(
      members.map { member in
        guard member.key == "components" || member.key == "alongside", case .array(let names) = member.value else {
          return member
        }
        return Member(member.key, .array(Set(names.compactMap(\.string)).sorted().map { .string($0) }))
      })
  }
}

package import CivilTime
package import JSONText
package import Planning

/// An event whose stored form cannot be read.
package struct EventCodecError: Error, Hashable, Sendable {
  /// The member that is missing or has a value that is none of its kind.
  package let member: String

  package init(member: String) { self.member = member }
}

/// What a change event carries besides itself.
package struct EventContext: Hashable, Sendable {
  /// Hash of the contract's files that the verdict was given by.
  package var contractDigest: String
  /// The account that ran the command; a statement, not a proof.
  package var actor: String?
  package var idempotencyKey: String?
  package var requestDigest: String?
  /// Hash of each published fragment, by language.
  package var published: [String: String]
}

/// Change events to JSON and back. Times are UTC; members that are nil are left out.
package enum EventCodec {
  package static func encode(_ event: ChangeEvent, context: EventContext) -> (type: String, body: String) {
    let (type, members) = encode(event)
    var all = members
    all.append(.init("contract", .string(context.contractDigest)))
    if let actor = context.actor { all.append(.init("actor", .string(actor))) }
    if let key = context.idempotencyKey { all.append(.init("idempotency_key", .string(key))) }
    if let digest = context.requestDigest { all.append(.init("request", .string(digest))) }
    if !context.published.isEmpty {
      let hashes = context.published.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
      all.append(.init("published", .object(hashes)))
    }
    return (type, JSON.object(all).text)
  }

  private static func encode(_ event: ChangeEvent) -> (String, [JSON.Member]) {
    switch event {
    case .planned(let content, let verdict): ("planned", plan(content, verdict))
    case .refused(let content, let verdict): ("refused", plan(content, verdict))
    case .draftRevised(let content, let verdict): ("draft-revised", plan(content, verdict))
    case .rescheduled(let content, let verdict): ("rescheduled", plan(content, verdict))
    case .replanningRefused(let content, let verdict): ("replanning-refused", plan(content, verdict))
    case .amended(let content, let verdict): ("amended", plan(content, verdict))
    case .cancelled(let reason): ("cancelled", moment("at", nil, reason))
    case .started(let at, let reason): ("started", moment("at", at, reason))
    case .extended(let end, let reason): ("extended", moment("end", end, reason))
    case .completed(let at, let reason): ("completed", moment("at", at, reason))
    case .noticePublished(let kind, let channel, let revision, let at):
      (
        "notice-published",
        [
          .init("kind", .string(kind.rawValue)), .init("channel", .string(channel.rawValue)),
          .init("revision", .integer(Int64(revision))),
        ] + moment("at", at, nil)
      )
    case .emergencyRecorded(let content, let verdict, let start, let end):
      (
        "emergency-recorded",
        plan(content, verdict) + moment("actual_start", start, nil) + moment("actual_end", end, nil)
      )
    }
  }

  private static func plan(_ content: ChangeContent, _ verdict: Verdict) -> [JSON.Member] {
    [.init("content", content.json), .init("verdict", verdict.json)]
  }

  private static func moment(_ name: String, _ at: Instant?, _ reason: String?) -> [JSON.Member] {
    var members: [JSON.Member] = []
    if let at { members.append(.init(name, .string(TimeText.utc(at)))) }
    if let reason { members.append(.init("reason", .string(reason))) }
    return members
  }

  package static func decode(type: String, body: String) throws -> (event: ChangeEvent, context: EventContext) {
    let json = try JSON(parsing: body)
    let context = EventContext(
      contractDigest: try json.required("contract"), actor: json["actor"]?.string,
      idempotencyKey: json["idempotency_key"]?.string, requestDigest: json["request"]?.string,
      published: Dictionary(
        uniqueKeysWithValues: (json["published"]?.members ?? []).map { ($0.key, $0.value.string ?? "") }))
    return (try event(type, json), context)
  }

  private static func event(_ type: String, _ json: JSON) throws -> ChangeEvent {
    let reason = json["reason"]?.string
    func content() throws -> ChangeContent { try ChangeContent(json: json["content"] ?? .null) }
    func verdict() throws -> Verdict { try Verdict(json: json["verdict"] ?? .null) }
    switch type {
    case "planned": return .planned(try content(), try verdict())
    case "refused": return .refused(try content(), try verdict())
    case "draft-revised": return .draftRevised(try content(), try verdict())
    case "rescheduled": return .rescheduled(try content(), try verdict())
    case "replanning-refused": return .replanningRefused(try content(), try verdict())
    case "amended": return .amended(try content(), try verdict())
    case "cancelled": return .cancelled(reason: reason)
    case "started": return .started(at: try json.instant("at"), reason: reason)
    case "extended": return .extended(end: try json.instant("end"), reason: reason)
    case "completed": return .completed(at: try json.instant("at"), reason: reason)
    case "emergency-recorded":
      let end = json["actual_end"] == nil ? nil : try json.instant("actual_end")
      return .emergencyRecorded(try content(), try verdict(), start: try json.instant("actual_start"), end: end)
    case "notice-published":
      guard let kind = NoticeKind(rawValue: try json.required("kind")) else { throw EventCodecError(member: "kind") }
      guard let channel = NoticeChannel(rawValue: try json.required("channel")) else {
        throw EventCodecError(member: "channel")
      }
      guard let revision = json["revision"]?.integer else { throw EventCodecError(member: "revision") }
      return .noticePublished(kind, channel, revision: Int(revision), at: try json.instant("at"))
    default: throw EventCodecError(member: "type")
    }
  }
}

extension JSON {
  package func required(_ key: String) throws(EventCodecError) -> String {
    guard let value = self[key]?.string else { throw EventCodecError(member: key) }
    return value
  }

  package func instant(_ key: String) throws(EventCodecError) -> Instant {
    guard case .instant(let instant)? = WrittenTime(try required(key), form: .exact) else {
      throw EventCodecError(member: key)
    }
    return instant
  }

  package func seconds(_ key: String) throws(EventCodecError) -> Elapsed {
    guard let value = self[key]?.integer else { throw EventCodecError(member: key) }
    return Elapsed(seconds: value)
  }

  package func interval() throws(EventCodecError) -> Interval {
    guard let interval = Interval(start: try instant("start"), end: try instant("end")) else {
      throw EventCodecError(member: "end")
    }
    return interval
  }
}

extension Interval {
  /// Start and end in UTC.
  package var json: JSON {
    ["start": .string(TimeText.utc(start)), "end": .string(TimeText.utc(end))]
  }
}

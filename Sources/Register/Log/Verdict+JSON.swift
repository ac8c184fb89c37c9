package import CivilTime
package import JSONText
package import Planning

extension Verdict {
  package var json: JSON {
    ["status": .string(status.rawValue), "findings": .array(findings.map { $0.json() })]
  }

  package init(json: JSON) throws(EventCodecError) {
    guard json["findings"] != nil else { throw EventCodecError(member: "findings") }
    self.init(findings: try json.entries("findings") { entry throws(EventCodecError) in try Finding(json: entry) })
  }
}

extension Finding {
  /// Code, whether it is satisfied, clause and figures; `message` where the reader is a person's program.
  package func json(message: String? = nil, time: (Instant) -> String = TimeText.utc) -> JSON {
    var members: [JSON.Member] = [.init("code", .string(code.rawValue)), .init("ok", .bool(isSatisfied))]
    members.append(.init("clause", clause.json))
    if let message { members.append(.init("message", .string(message))) }
    func interval(_ interval: Interval) -> [JSON.Member] {
      [
        .init("start", .string(time(interval.start))), .init("end", .string(time(interval.end))),
        .init("seconds", .integer(interval.length.seconds)),
      ]
    }
    switch figures {
    case .window(let window, let outside):
      members.append(.init("window", window.map { .object(interval($0)) } ?? .null))
      members.append(.init("outside", .array(outside.map { .object(interval($0)) })))
      members.append(.init("outside_seconds", .integer(outside.reduce(0) { $0 + $1.length.seconds })))
    case .notice(let given, let required):
      members.append(.init("notice_seconds", .integer(given.seconds)))
      members.append(.init("required_seconds", .integer(required.seconds)))
    case .overlap(let bookings):
      members.append(
        .init(
          "changes",
          .array(bookings.map { .object([.init("id", .string($0.change.description))] + interval($0.interval)) })))
    case .freeze(let freezes):
      members.append(
        .init(
          "freezes",
          .array(
            freezes.map {
              .object(
                [.init("title", .string($0.title)), .init("source", .string($0.source))] + interval($0.interval))
            })))
    case .plannableEmergency(let ahead, let required):
      members.append(.init("ahead_seconds", .integer(ahead.seconds)))
      members.append(.init("required_seconds", .integer(required.seconds)))
    case .missingReason(let given): members.append(.init("given", .bool(given)))
    case .announced(let ahead): members.append(.init("ahead_seconds", .integer(ahead.seconds)))
    case .started(let start): members.append(.init("started", start.map { .string(time($0)) } ?? .null))
    case .state(let state, let allowed):
      members.append(.init("state", .string(state.rawValue)))
      members.append(.init("allowed", .bool(allowed)))
    case .startedEarly(let ahead, let isInWindow):
      members.append(.init("ahead_seconds", .integer(ahead.seconds)))
      members.append(.init("in_window", .bool(isInWindow)))
    case .extendedOutside(let outside):
      members.append(.init("outside", .array(outside.map { .object(interval($0)) })))
      members.append(.init("outside_seconds", .integer(outside.reduce(0) { $0 + $1.length.seconds })))
    }
    return .object(members)
  }

  init(json: JSON) throws(EventCodecError) {
    let figures: Figures
    switch try json.word("code", of: FindingCode.self) {
    case .outsideWindow:
      let window = json["window"] ?? .null
      figures = .window(
        window.isNull ? nil : try window.interval(),
        outside: try json.entries("outside") { entry throws(EventCodecError) in try entry.interval() })
    case .insufficientNotice:
      figures = .notice(given: try json.seconds("notice_seconds"), required: try json.seconds("required_seconds"))
    case .overlap:
      figures = .overlap(
        try json.entries("changes") { entry throws(EventCodecError) in
          guard let id = ChangeID(try entry.required("id")) else { throw EventCodecError(member: "id") }
          return Booking(change: id, interval: try entry.interval())
        })
    case .freeze:
      figures = .freeze(
        try json.entries("freezes") { entry throws(EventCodecError) in
          Freeze(
            title: try entry.required("title"), interval: try entry.interval(), source: try entry.required("source"))
        })
    case .plannableEmergency:
      figures = .plannableEmergency(
        ahead: try json.seconds("ahead_seconds"), required: try json.seconds("required_seconds"))
    case .missingReason: figures = .missingReason(given: try json.flag("given"))
    case .notAnnounced: figures = .announced(ahead: try json.seconds("ahead_seconds"))
    case .startedAlready:
      figures = .started(json["started"]?.isNull == false ? try json.instant("started") : nil)
    case .wrongState: figures = .state(try json.word("state"), allowed: try json.flag("allowed"))
    case .startedEarly:
      figures = .startedEarly(ahead: try json.seconds("ahead_seconds"), isInWindow: try json.flag("in_window"))
    case .extendedOutside:
      figures = .extendedOutside(
        try json.entries("outside") { entry throws(EventCodecError) in try entry.interval() })
    }
    self.init(figures, clause: try json.optional("clause"))
  }
}

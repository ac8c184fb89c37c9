import CivilTime
package import JSONText
package import Planning

extension Verdict {
  /// In the log.
  package var json: JSON {
    ["status": .string(status.rawValue), "findings": Finding.form.json(findings, .utc)]
  }

  package init(json: JSON) throws(EventCodecError) {
    guard json["findings"] != nil else { throw EventCodecError(member: "findings") }
    self.init(findings: try json.entries("findings") { entry throws(EventCodecError) in try Finding(json: entry) })
  }
}

extension Finding {
  /// As the log has it: without the sentence that answers add for people.
  fileprivate static let form = Form<Finding>([.all(of: headForm) { $0 }, .all(of: figureForm) { $0 }])

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
    case .startedLate:
      figures = .startedLate(behind: try json.seconds("behind_seconds"), isInWindow: try json.flag("in_window"))
    case .endedLate: figures = .endedLate(behind: try json.seconds("behind_seconds"))
    case .extendedOutside:
      figures = .extendedOutside(
        try json.entries("outside") { entry throws(EventCodecError) in try entry.interval() })
    case .unknownComponent: figures = .components(unknown: try json.texts("components"))
    case .unknownEnvironment:
      figures = .environment(try json.required("environment"), isKnown: try json.flag("ok"))
    }
    self.init(figures, clause: try json.optional("clause"))
  }
}

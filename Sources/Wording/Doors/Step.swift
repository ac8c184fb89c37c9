package import Planning

/// What someone can do next, under the name that it has at each door. It can be typed as it stands, once `…` are filled
/// in. Tests/Scripts/steps.py types each where it is named.
package struct Step: Hashable, Sendable {
  /// Of the command line, without the program's name.
  let command: String
  /// Method and path of the API, below its prefix; where a path goes on with the one thing that is meant, that too.
  package let call: String

  package static let changes = Step(command: "list", call: "GET /changes")
  package static let deadDeliveries = Step(command: "deliveries list --dead", call: "GET /deliveries?state=dead")
  package static let deliveries = Step(command: "deliveries list", call: "GET /deliveries")
  package static let emergency = Step(
    command: "emergency --start … --duration … --title … --reason …", call: "POST /emergencies")
  package static let mailings = Step(command: "mailing list", call: "GET /mailings")
  package static let noticesDue = Step(command: "notices due", call: "GET /notices/due")
  package static let outages = Step(command: "outage list", call: "GET /outages")
  package static let privateFeeds = Step(command: "private-feed list", call: "GET /private-feeds")
  package static let releases = Step(command: "release list", call: "GET /releases")
  package static let recordOutage = Step(command: "outage record --start … --cause …", call: "POST /outages")
  package static let submit = Step(command: "submit --start … --duration … --title …", call: "POST /changes")
  package static let tokens = Step(command: "token list", call: "GET /tokens")
  package static let webhooks = Step(command: "webhook list", call: "GET /webhooks")

  package static func start(_ change: ChangeID?) -> Step { move("start", change) }
  package static func extend(_ change: ChangeID?) -> Step { move("extend", change) }
  package static func approve(_ change: ChangeID?) -> Step { move("approve", change) }
  package static func reschedule(_ change: ChangeID?) -> Step { move("reschedule", change, " --start …") }
  package static func complete(_ change: ChangeID?) -> Step { move("complete", change) }
  /// Work that is over, of which nobody said that it began.
  package static func carriedOut(_ change: ChangeID?) -> Step { move("complete", change, " --started … --ended …") }

  package static func publish(_ change: ChangeID) -> Step {
    Step(
      command: "notices publish \(change) --channel portal", call: "POST /changes/\(change)/notices")
  }

  package static func send(_ kind: NoticeKind, of change: ChangeID) -> Step {
    Step(
      command: "notices send \(change) --kind \(kind.rawValue)", call: "POST /changes/\(change)/send-notices")
  }

  package static func revokeToken(_ id: TokenID) -> Step {
    Step(command: "token revoke \(id)", call: "DELETE /tokens/\(id)")
  }

  private static func move(_ verb: String, _ change: ChangeID?, _ options: String = "") -> Step {
    Step(
      command: "\(verb) \(change?.description ?? "CHG-…")\(options)",
      call: "POST /changes/\(change?.description ?? "{change}")/\(verb)")
  }
}

package import Planning

/// A value that someone gave or might give, under the name that it has at each door.
package struct Field: Hashable, Sendable {
  /// Of the command line, without its hyphens.
  let flag: String
  /// Of bodies, queries and headers of the API.
  let member: String
  /// Of files of rows.
  let column: String

  private init(_ flag: String, member: String? = nil, column: String? = nil) {
    let plain = String(flag.map { $0 == "-" ? "_" : $0 })
    self.flag = flag
    self.member = member ?? plain
    self.column = column ?? plain
  }

  /// A column of a table that no other door has.
  package static func column(_ name: String) -> Field { Field(name, member: name, column: name) }

  /// What a text of a change is entered as.
  package init(_ text: TextField) {
    self = text == .version ? .update : Field(text.rawValue.replacing("_", with: "-"))
  }

  package init(_ field: ChangeField) {
    switch field {
    // Given as a flag it says no.
    case .interruption: self.init("no-interruption", member: field.member, column: field.rawValue)
    case .idempotencyKey: self.init("idempotency-key", member: "Idempotency-Key")
    default:
      self.init(field.rawValue.replacing("_", with: "-"), member: field.member, column: field.rawValue)
    }
  }
}

extension Field {
  package static let alarm = Field("alarm")
  package static let alongside = Field("alongside")
  package static let asOf = Field("as-of")
  package static let at = Field("at")
  /// How much later work ends.
  package static let by = Field(ChangeField.by)
  package static let category = Field("category")
  package static let cause = Field("cause")
  package static let change = Field("change")
  package static let channel = Field("channel")
  package static let client = Field("client")
  package static let component = Field(ChangeField.component)
  package static let configuration = Field("configuration")
  package static let criticality = Field("criticality")
  package static let description = Field("description")
  package static let digest = Field("digest")
  package static let documentation = Field("documentation")
  package static let duration = Field("duration")
  package static let end = Field("end")
  /// When work ended, where it is said when it began as well.
  package static let ended = Field("ended", member: "at")
  package static let environment = Field("environment")
  package static let event = Field("event", member: "events")
  package static let evidence = Field("evidence")
  package static let expires = Field("expires")
  package static let format = Field("format")
  package static let from = Field("from")
  package static let idempotencyKey = Field(ChangeField.idempotencyKey)
  package static let impact = Field("impact")
  package static let interruption = Field(ChangeField.interruption)
  /// For how long the secret before another one signs as well.
  package static let keep = Field("keep")
  package static let kind = Field("kind")
  /// Of a mailing.
  package static let kinds = Field("kind", member: "kinds")
  package static let method = Field("method")
  package static let month = Field("month")
  package static let name = Field("name")
  package static let of = Field("of")
  package static let ongoing = Field("ongoing")
  /// How long an override lasts.
  package static let overrideLength = Field("for", member: "duration")
  package static let profile = Field("profile")
  package static let qualifiedAt = Field("qualified-at")
  package static let reason = Field("reason")
  /// Of a mailing.
  package static let recipient = Field("to", member: "address")
  package static let role = Field("role")
  package static let rollback = Field("rollback")
  package static let service = Field("service")
  /// Of a private feed.
  package static let services = Field("service", member: "services")
  package static let simulate = Field("simulate")
  package static let start = Field("start")
  package static let started = Field(ChangeField.started)
  package static let state = Field("state")
  package static let timeout = Field("timeout")
  package static let title = Field("title")
  package static let to = Field("to")
  package static let training = Field("training")
  package static let until = Field("until")
  /// The version of an update.
  package static let update = Field(ChangeField.update)
  package static let updatedSince = Field("updated-since")
  package static let url = Field("url")
  package static let within = Field("within")
}

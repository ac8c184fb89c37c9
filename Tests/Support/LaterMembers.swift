package import JSONText

extension String {
  /// JSON as builds wrote it that had no `end_known`, which is true of all that they could record, no `approval`, which is
  /// null there, of webhooks no form, and of mailings neither components, nor who made them, nor who was not reached, and no release.
  public var withoutLaterMembers: String {
    replacing(/\s*"end_known": ?true,/, with: "").replacing(/,\s*"approval": ?null/, with: "")
      .replacing(/\s*"format": ?"standard",\s*"language": ?null,\s*"previous_secret_until": ?null,/, with: "")
      .replacing(/("kinds": ?\[[^\]]*\],)\s*"components": ?\[\],/) { $0.output.1 }
      .replacing(/\s*"origin": ?"staff",/, with: "")
      .replacing(/\s*"not_reached": ?0,/, with: "").replacing(/\s*"release": ?null,/, with: "")
  }
}

extension JSON {
  /// What `show` has beside the answer of a command.
  package func without(_ member: String) -> JSON { .object((members ?? []).filter { $0.key != member }) }
}

extension String {
  /// JSON as builds wrote it that had no `end_known`, which is true of all that they could record.
  public var withoutLaterMembers: String {
    replacing(/\s*"end_known": ?true,/, with: "")
  }
}

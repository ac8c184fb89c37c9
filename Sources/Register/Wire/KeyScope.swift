/// Keeps the idempotency keys of people apart: in the log each stands behind the name of the token that it came with.
package enum KeyScope {
  /// What stands before the keys of `name`. A slash in a name is written otherwise, so that no name and key read like
  /// those of another token.
  package static func prefix(_ name: String) -> String {
    name.replacing("%", with: "%25").replacing("/", with: "%2F") + "/"
  }
}

/// A value that cannot be read as what it stands for; worded for whoever wrote it: which, why, and what would be right.
package struct BadValue: Error, Hashable, Sendable {
  package var message: String

  package init(_ message: String) { self.message = message }
}

/// Names of environments that mean something to publications.
enum Environments {
  /// The only one whose work clients of the service feel.
  static let production = "production"
}

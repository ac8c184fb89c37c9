/// Why something was done: what the register keeps, and what clients read instead where that is said.
public struct Reason: Hashable, Sendable, ExpressibleByStringLiteral {
  public let text: String
  /// Nil where clients read the same.
  public let clients: String?

  /// What is said for clients alone is a reason for everybody; nil where nothing is said.
  public init?(_ text: String?, clients: String? = nil) {
    guard let said = text ?? clients else { return nil }
    self.text = said
    self.clients = text == nil ? nil : clients
  }

  public init(stringLiteral text: String) {
    self.text = text
    clients = nil
  }

  /// As clients are told.
  public var told: Reason { Reason(stringLiteral: clients ?? text) }
}

extension Change {
  /// As clients may read it.
  public var forClients: Change {
    var change = self
    change.content = content.forClients
    return change
  }
}

extension ChangeContent {
  /// The two texts of the reason, each for itself.
  var reasonText: String? {
    get { reason?.text }
    set { reason = Reason(newValue, clients: reason?.clients) }
  }
  var clientReason: String? {
    get { reason?.clients }
    set { reason = Reason(reason?.text, clients: newValue) }
  }

  /// As clients may read it.
  public var forClients: ChangeContent {
    var content = self
    (content.reason, content.moveReason) = (reason?.told, moveReason?.told)
    return content
  }
}

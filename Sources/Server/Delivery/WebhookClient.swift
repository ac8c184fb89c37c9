package import CivilTime
package import Register

/// Sends signed messages to addresses of strangers.
///
/// A name is resolved once, every address that it gives is looked at, and the connection goes to one of those: what the
/// name means a moment later (DNS rebinding) does not matter.
package struct WebhookClient: Sendable {
  private let resolver: any HostResolver
  private let transport: any WebhookTransport
  /// Lets messages go to private networks, and without TLS.
  private let allowsPrivate: Bool
  private let timeout: Duration

  /// The addresses of one host that are tried.
  static let tries = 3

  package init(
    allowsPrivate: Bool = false, timeout: Duration = .seconds(15), resolver: any HostResolver = SystemResolver(),
    transport: any WebhookTransport = HTTPTransport()
  ) {
    self.resolver = resolver
    self.transport = transport
    self.allowsPrivate = allowsPrivate
    self.timeout = timeout
  }

  /// Throws ``DeliveryFault`` where there was no answer.
  ///
  /// - Parameter moment: now, on the clock of the machine: receivers refuse what is minutes old.
  package func post(
    _ body: [UInt8], id: String, to url: String, secret: WebhookSecret, at moment: Instant
  ) async throws -> WebhookAnswer {
    guard let address = WebhookAddress(url) else { throw DeliveryFault("not a web address") }
    guard address.isEncrypted || allowsPrivate else { throw DeliveryFault("refused: not https") }
    let timestamp = moment.secondsSinceEpoch
    let request = WebhookRequest(
      address: address,
      headers: [
        ("Content-Type", "application/json"), ("User-Agent", "Preavis-webhooks/1"), ("webhook-id", id),
        ("webhook-timestamp", "\(timestamp)"),
        ("webhook-signature", secret.signature(id: id, timestamp: timestamp, body: body)),
      ], body: body)
    return try await withThrowingTaskGroup(of: WebhookAnswer.self) { group in
      group.addTask { try await connect(request) }
      group.addTask { [timeout] in
        try await Task.sleep(for: timeout)
        throw DeliveryFault("no answer within \(timeout.components.seconds) s")
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() else { throw DeliveryFault("called off") }
      return answer
    }
  }

  private func connect(_ request: WebhookRequest) async throws -> WebhookAnswer {
    var failure = "no address"
    for address in try await checked(request.address).prefix(WebhookClient.tries) {
      do {
        return try await transport.send(request, to: address)
      } catch let error as Unconnected {
        failure = "\(address): \(error.message)"
      }
    }
    throw DeliveryFault(failure)
  }

  private func checked(_ address: WebhookAddress) async throws -> [NetworkAddress] {
    let found: [NetworkAddress]
    if address.isLiteral {
      found = NetworkAddress(address.host).map { [$0] } ?? []
    } else {
      found = try await resolver.addresses(of: address.host)
    }
    if !allowsPrivate, let refused = found.first(where: { !$0.isPublic }) {
      throw DeliveryFault("refused: \(refused) is no address of the public Internet")
    }
    return found
  }
}

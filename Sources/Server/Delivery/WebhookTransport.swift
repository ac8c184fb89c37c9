import AsyncHTTPClient
package import CivilTime
import Glibc
import NIOCore
import NIOHTTP1
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
  /// - Parameters:
  ///   - secrets: the message bears a signature of each; none for receivers that are people.
  ///   - moment: now, on the clock of the machine: receivers refuse what is minutes old.
  package func post(
    _ body: [UInt8], id: String, to url: String, secrets: [WebhookSecret], at moment: Instant
  ) async throws -> WebhookAnswer {
    guard let address = WebhookAddress(url) else { throw DeliveryFault("not a web address") }
    guard address.isEncrypted || allowsPrivate else { throw DeliveryFault("refused: not https") }
    let timestamp = moment.secondsSinceEpoch
    var request = WebhookRequest(
      address: address, headers: [("Content-Type", "application/json"), ("User-Agent", "Preavis-webhooks/1")],
      body: body)
    if !secrets.isEmpty {
      let signatures = secrets.map { $0.signature(id: id, timestamp: timestamp, body: body) }
      request.headers += [
        ("webhook-id", id), ("webhook-timestamp", "\(timestamp)"),
        ("webhook-signature", signatures.joined(separator: " ")),
      ]
    }
    return try await withThrowingTaskGroup(of: WebhookAnswer.self) { group in
      group.addTask { [request] in try await connect(request) }
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

/// One signed message, ready to go.
package struct WebhookRequest: Sendable {
  package var address: WebhookAddress
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
}

/// What a receiver said.
package struct WebhookAnswer: Hashable, Sendable {
  package var status: Int
  package var retryAfter: String?
  /// The first 4 KB at most.
  package var body: [UInt8]
  package init(status: Int, retryAfter: String? = nil, body: [UInt8] = []) {
    self.status = status
    self.retryAfter = retryAfter
    self.body = body
  }
}

/// Sends a request to an address that was checked; resolves no name.
package protocol WebhookTransport: Sendable {
  /// Throws ``DeliveryFault``, or ``Unconnected`` where not a byte was sent.
  func send(_ request: WebhookRequest, to address: NetworkAddress) async throws -> WebhookAnswer
}

/// No connection came about: another address of the same host may do.
package struct Unconnected: Error {
  package let message: String
  package init(message: String) { self.message = message }
}

/// A client of its own for each request: it knows one name and one address, and follows no redirect.
package struct HTTPTransport: WebhookTransport {
  static let bodyLimit = 4096
  private static let connecting = TimeAmount.seconds(5)

  private let timeout: TimeAmount

  /// - Parameter timeout: for the head of the answer.
  package init(timeout: Duration = .seconds(15)) {
    self.timeout = .milliseconds(Int64(timeout / .milliseconds(1)))
  }

  package func send(_ request: WebhookRequest, to address: NetworkAddress) async throws -> WebhookAnswer {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: HTTPTransport.connecting, read: timeout)
    configuration.decompression = .disabled
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    // The name stays in `Host` and in TLS; the connection goes to what was checked, whatever the name means by now.
    if !request.address.isLiteral { configuration.dnsOverride = [request.address.host: address.description] }
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do {
      let answer = try await exchange(request, client)
      try? await client.shutdown()
      return answer
    } catch {
      try? await client.shutdown()
      throw HTTPTransport.fault(error)
    }
  }

  private func exchange(_ request: WebhookRequest, _ client: HTTPClient) async throws -> WebhookAnswer {
    var message = HTTPClientRequest(url: request.address.text)
    message.method = .POST
    for header in request.headers { message.headers.add(name: header.name, value: header.value) }
    message.body = .bytes(ByteBuffer(bytes: request.body))
    let response = try await client.execute(message, timeout: timeout)
    return WebhookAnswer(
      status: Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"),
      body: await HTTPTransport.start(of: response.body))
  }

  /// The answer is in the status; of the body as much as comes within 4 KB and two seconds.
  private static func start(of body: HTTPClientResponse.Body) async -> [UInt8] {
    await withTaskGroup(of: [UInt8]?.self) { group in
      group.addTask {
        var bytes: [UInt8] = []
        do {
          for try await part in body {
            bytes += part.readableBytesView
            if bytes.count >= bodyLimit { break }
          }
        } catch {}
        return Array(bytes.prefix(bodyLimit))
      }
      group.addTask {
        try? await Task.sleep(for: .seconds(2))
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first ?? []
    }
  }

  private static func fault(_ error: any Error) -> any Error {
    switch error {
    case let error as HTTPClientError where error == .connectTimeout:
      return Unconnected(message: "no connection in time")
    case let error as HTTPClientError where error == .readTimeout || error == .deadlineExceeded:
      return DeliveryFault("no answer in time")
    case let error as IOError where unconnected.contains(error.errnoCode):
      return Unconnected(message: "no connection: \(error)")
    default:
      // BoringSSL tells its reasons with the lines of its own source, which help nobody.
      let text = "\(error)"
      if text.contains("CERTIFICATE_VERIFY_FAILED") { return DeliveryFault("TLS: the certificate does not hold") }
      if text.contains("failedToValidateHostname") { return DeliveryFault("TLS: the certificate is of another host") }
      return DeliveryFault(text.hasPrefix("handshakeFailed") ? "TLS: no agreement with the receiver" : text)
    }
  }

  private static let unconnected: Set<Int32> = [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ETIMEDOUT, EADDRNOTAVAIL]
}

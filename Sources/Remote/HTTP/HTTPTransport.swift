import Answers
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Speaks HTTP/1.1 to one server. Certificates are verified; redirects are not followed, so that a token goes nowhere
/// but to the address that it was given for.
package final class HTTPTransport: Transport {
  private let client: HTTPClient
  private let address: ServerAddress

  /// Octets of an answer, unpacked: what is sent compressed may be small and unpack to anything.
  static let largest = 64 << 20
  private static let connecting = TimeAmount.seconds(5)

  /// - Parameter authority: a file of the certificates (PEM) that the server's has to come from, instead of the system's.
  ///   Throws where it cannot be read.
  package init(_ address: ServerAddress, authority: String?) throws(TransportError) {
    var tls = TLSConfiguration.makeClientConfiguration()
    if let authority {
      do {
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority))
      } catch {
        throw .untrusted("\(authority): \(error)")
      }
    }
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: HTTPTransport.connecting)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.decompression = .enabled(limit: .size(HTTPTransport.largest))
    configuration.httpVersion = .http1Only
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    self.address = address
  }

  deinit { try? client.syncShutdown() }

  package func send(_ request: ServerRequest, within time: Duration) throws(TransportError) -> ServerAnswer {
    do {
      var headers = HTTPHeaders()
      for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) { headers.add(name: name, value: value) }
      headers.add(name: "accept-encoding", value: "gzip")
      headers.add(name: "user-agent", value: "Preavis/1")
      let asked = try HTTPClient.Request(
        url: address.description + request.path, method: .init(rawValue: request.method.rawValue),
        headers: headers,
        body: request.method == .post ? .bytes(request.body) : nil)
      let collector = ResponseAccumulator(request: asked, maxBodySize: HTTPTransport.largest)
      let deadline = NIODeadline.now() + .nanoseconds(HTTPTransport.nanoseconds(time))
      let answer = try client.execute(request: asked, delegate: collector, deadline: deadline).wait()
      return ServerAnswer(
        status: Int(answer.status.code),
        headers: Dictionary(answer.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first },
        body: answer.body.map { Array($0.readableBytesView) } ?? [])
    } catch {
      throw HTTPTransport.reason(error)
    }
  }

  private static func nanoseconds(_ time: Duration) -> Int64 {
    time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000
  }

  private static func reason(_ error: any Error) -> TransportError {
    switch error {
    case is ResponseAccumulator.ResponseTooBigError: .tooLarge
    case let error as NIOHTTPDecompression.DecompressionError:
      error == .limit ? .tooLarge : .lost("\(error)")
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: .untrusted(mistrust("\(error)"))
    case let error as HTTPClientError where error == .connectTimeout: .notConnected("no connection in time")
    case let error as HTTPClientError where error == .tlsHandshakeTimeout: .notConnected("no encryption in time")
    case let error as HTTPClientError where error == .deadlineExceeded: .lost("no answer in time")
    case let error as HTTPClientError where error == .remoteConnectionClosed: .lost("connection closed")
    case let error as NIOConnectionError: .notConnected(reason(error))
    case let error as ChannelError where error == .connectTimeout(connecting): .notConnected("no connection in time")
    case let error as IOError: .lost(reason(error))
    default: .lost("\(error)")
    }
  }

  /// What the library of certificates complains of, without where in its source.
  private static func mistrust(_ text: String) -> String {
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return "not signed by a known authority, or out of date" }
    if text.contains("failedToValidateHostname") { return "it is for another name" }
    if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") { return "it speaks no TLS" }
    return String(text.prefix { $0 != "[" && $0 != "(" })
  }

  /// In the words of the system.
  private static func reason(_ error: IOError) -> String { unsafe String(cString: strerror(error.errnoCode)) }

  /// A name that has no address, or each address with what came of it.
  private static func reason(_ error: NIOConnectionError) -> String {
    if let first = error.connectionErrors.first?.error { return (first as? IOError).map(reason) ?? "\(first)" }
    return "\(error.host): \(error.dnsAError ?? error.dnsAAAAError ?? error)"
  }
}

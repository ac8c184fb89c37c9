package import Answers

/// What is asked of a server.
package struct ServerRequest: Hashable, Sendable {
  package var method: Operation.Method
  /// Below the server's address, with its query: `/api/v1/log?after=12`.
  package var path: String
  /// Names in small letters.
  package var headers: [String: String]
  package var body: [UInt8]

  package init(_ method: Operation.Method, _ path: String, headers: [String: String] = [:], body: [UInt8] = []) {
    self.method = method
    self.path = path
    self.headers = headers
    self.body = body
  }
}

/// What a server answered.
package struct ServerAnswer: Hashable, Sendable {
  package var status: Int
  /// Names in small letters.
  package var headers: [String: String]
  package var body: [UInt8]

  package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// Why there is no answer.
package enum TransportError: Error, Hashable, Sendable {
  /// The request did not leave this machine.
  case notConnected(String)
  /// The request may have been carried out.
  case lost(String)
  /// Not to be tried again.
  case untrusted(String)
  /// More than is read.
  case tooLarge
}

/// Carries one request to the server, once.
package protocol Transport: Sendable {
  /// - Parameter time: until the whole answer has to be there.
  func send(_ request: ServerRequest, within time: Duration) throws(TransportError) -> ServerAnswer
}

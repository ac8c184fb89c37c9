import Answers
import Synchronization
import TestSupport
import Testing

@testable import Remote

/// Something that happens once.
final class Flag: Sendable {
  private let state = Mutex(false)
  var value: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
}

/// Answers the same to everyone, and keeps what it was asked.
final class FixedTransport: Transport {
  private let answer: Result<ServerAnswer, TransportError>
  private let requests = Mutex<[(ServerRequest, Duration)]>([])

  init(_ answer: Result<ServerAnswer, TransportError>) { self.answer = answer }

  var received: [(ServerRequest, Duration)] { requests.withLock { $0 } }

  func send(_ request: ServerRequest, within time: Duration) throws(TransportError) -> ServerAnswer {
    requests.withLock { $0.append((request, time)) }
    return try answer.get()
  }
}

@Suite struct CourierTests {
  private func problem(_ status: Int, _ code: String, _ headers: [String: String] = [:]) -> ServerAnswer {
    ServerAnswer(
      status: status, headers: headers.merging(["content-type": "application/problem+json"]) { $1 },
      body: Array(#"{"code":"\#(code)","detail":"In words."}"#.utf8))
  }

  private func connect(_ answer: Result<ServerAnswer, TransportError>) throws -> (
    FixedTransport, TestPatience, any Error
  ) {
    let folder = try TemporaryFolder()
    let address = try ServerAddress("https://plans.example")
    let transport = FixedTransport(answer)
    let patience = TestPatience()
    let courier = Courier(transport: transport, token: "5ecret", language: "fr", patience: patience.patience)
    do {
      _ = try RemoteRegister.connect(place: ReplicaPlace(address, folder: folder.path("c")), courier: courier)
      throw RemoteError.notUnderstood("connected")
    } catch {
      return (transport, patience, error)
    }
  }

  @Test(arguments: [500, 502, 503, 504, 408, 429]) func `what may pass is tried again, for 30 s at most`(status: Int)
    throws
  {
    let (transport, patience, error) = try connect(.success(ServerAnswer(status: status)))
    // 0.25 + 0.5 + 1 + 2 + 4 + 4 + 4 + 4 + 4 + 4 = 27.75; another 4 would pass 30.
    #expect(
      patience.pauses == [.milliseconds(250), .milliseconds(500)] + [1, 2, 4, 4, 4, 4, 4, 4].map { .seconds($0) })
    #expect(transport.received.count == 11)
    #expect(transport.received.map(\.1).max() == .seconds(15))
    #expect(transport.received.last?.1 == .milliseconds(2250))
    #expect(error as? RemoteError != RemoteError.notUnderstood("connected"))
  }

  @Test(arguments: [301, 400, 401, 403, 404, 413, 501]) func `what will not pass is asked once`(status: Int) throws {
    let (transport, _, _) = try connect(.success(ServerAnswer(status: status)))
    #expect(transport.received.count == 1)
  }

  @Test func `Retry-After lengthens the pause, and ends the patience where it is longer`() throws {
    let (_, patience, _) = try connect(.success(ServerAnswer(status: 503, headers: ["retry-after": "10"])))
    #expect(patience.pauses == [.seconds(10), .seconds(10)])
    let (transport, _, error) = try connect(.success(problem(503, "busy", ["retry-after": "60"])))
    #expect(transport.received.count == 1)
    #expect("\(error)" == "busy")
  }

  @Test func `errors say what they are`() throws {
    func error(_ answer: Result<ServerAnswer, TransportError>) throws -> RemoteError? {
      try connect(answer).2 as? RemoteError
    }
    #expect(try error(.success(problem(401, "unauthorized"))) == .notPermitted(status: 401, "In words."))
    #expect(try error(.success(ServerAnswer(status: 403))) == .notPermitted(status: 403, ""))
    #expect(try error(.success(problem(503, "clock_behind"))) == .problem(.clockBehind, "In words."))
    #expect(
      try error(.success(ServerAnswer(status: 308, headers: ["location": "https://evil.example/"])))
        == .moved(to: "https://evil.example/"))
    #expect(try error(.success(ServerAnswer(status: 200, body: Array("<html>".utf8)))) == .notUnderstood("log"))
    #expect(try error(.failure(.untrusted("self-signed"))) == .untrusted("self-signed"))
    #expect(try error(.failure(.notConnected("refused"))) == .unreachable("refused"))
  }

  @Test func `every request names who asks and the language`() throws {
    let (transport, _, _) = try connect(.success(ServerAnswer(status: 404)))
    let request = try #require(transport.received.first?.0)
    #expect(request.headers["authorization"] == "Bearer 5ecret")
    #expect(request.headers["accept-language"] == "fr")
    #expect(request.path == "/api/v1/log?after=0&limit=1000")
  }
}

@Suite struct ServerAddressTests {
  @Test(arguments: [
    ("https://plans.example", "https://plans.example"), ("HTTPS://Plans.Example:8443/", "https://plans.example:8443"),
    ("https://plans.example/preavis/", "https://plans.example/preavis"),
    ("http://localhost:8080", "http://localhost:8080"),
    ("http://127.1.2.3", "http://127.1.2.3"), ("http://[::1]:80/", "http://[::1]:80"),
  ]) func `an address has one form`(text: String, expected: String) throws {
    #expect(try ServerAddress(text).description == expected)
  }

  @Test(arguments: [
    ("http://plans.example", ServerAddress.Problem.notEncrypted), ("http://127.0.0.1.evil.example", .notEncrypted),
    ("http://localhost.evil.example", .notEncrypted), ("http://127.evil.0.1", .notEncrypted),
    ("http://localhost@evil.example", .credentials), ("https://user:password@plans.example", .credentials),
    ("ftp://plans.example", .scheme), ("https:/plans.example", .scheme), ("https://", .malformed),
    ("https://plans.example:0", .malformed), ("https://plans.example:http", .malformed),
    ("https://plans.example/?a=b", .malformed), ("https://plans.example/#x", .malformed),
    ("https://plans example", .malformed), ("https://a:b:c", .malformed), ("https://[::1]x", .malformed),
  ]) func `what could send a token elsewhere is no address`(text: String, problem: ServerAddress.Problem) {
    #expect(throws: problem) { try ServerAddress(text) }
  }

  @Test func `two addresses never share a replica`() throws {
    let names = try [
      "https://a.example", "https://a.example/x", "https://a.example:444", "https://[::1]", "http://[::1]",
    ]
    .map { try ServerAddress($0).fileName }
    #expect(Set(names).count == 5)
    #expect(names.allSatisfy { !$0.contains("/") && !$0.contains(":") })
  }
}

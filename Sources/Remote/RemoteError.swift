package import Answers
import JSONText
package import Register

/// Why a server did not do what it was asked, where the register's own errors do not say it. Refusals by the rules are
/// none.
package enum RemoteError: Error, Hashable, Sendable {
  /// No answer, or none that could be used; nothing was asked to be recorded.
  case unreachable(String)
  /// No answer to a command that may have been recorded; the key asks again without recording twice.
  case unknownOutcome(String, key: String)
  /// No answer to a command on tokens, private feeds, webhooks, mailings or deliveries that may have been recorded;
  /// `verb` looks after these.
  case unknownAccess(String, verb: String)
  /// The server did as it was told, but what it then holds could not be fetched.
  case recordedUnseen(String)
  /// The server did as it was told, but what it then holds could not be kept here.
  case recordedUncopied(String)
  /// The note of how far the server's history was seen, at that path, is not what was written there.
  case noteDamaged(String)
  /// The certificate, or the encryption, is not to be trusted.
  case untrusted(String)
  /// The token is missing, unknown, out of date (401) or does not allow it (403).
  case notPermitted(status: Int, String)
  /// The error that a file would have given, in the server's words; nil for a code that this program does not know.
  case problem(ErrorCode?, String)
  /// What somebody else has moved since, where no revision was named.
  case stale
  /// More than a server takes in one request.
  case tooLarge
  /// Too many requests in a short time.
  case tooMany
  /// The server is at another address.
  case moved(to: String)
  /// Not the answer of a server of this program and version.
  case notUnderstood(String)
  /// The register does not go on from what was seen of it.
  case historyDiffers(seen: Checkpoint, found: Checkpoint)
}

extension RemoteError {
  /// The error of an answer that says none of what was asked for.
  ///
  /// - Parameters:
  ///   - key: that it was asked with; nil for what records nothing, or nothing twice without it.
  ///   - stale: the error of what somebody else has moved, whose revision is now that one.
  static func error(
    _ delivery: Courier.Delivery, key: String? = nil, stale: (Int?) -> any Error = { _ in RemoteError.stale }
  ) -> any Error {
    let answer = delivery.answer
    let problem = ProblemDetails(answer)
    switch answer.status {
    case 300..<400: return RemoteError.moved(to: answer.headers["location"] ?? "")
    case 401, 403: return RemoteError.notPermitted(status: answer.status, problem.json == nil ? "" : problem.text)
    case 412: return stale(problem.json?["revision"]?.integer.flatMap(Int.init(exactly:)))
    case 413: return RemoteError.tooLarge
    case 429: return RemoteError.tooMany
    case 400..<500:
      if problem.code == .idempotencyKeyReused { return RegisterError.idempotencyKeyReused(key ?? "") }
      return problem.json == nil
        ? RemoteError.notUnderstood(problem.text) : RemoteError.problem(problem.code, problem.text)
    case 503 where problem.code == .clockBehind: return RemoteError.problem(.clockBehind, problem.text)
    case 503 where problem.code == .busy && !delivery.isAmbiguous: return RegisterError.busy
    case 500...:
      if delivery.isAmbiguous, let key { return RemoteError.unknownOutcome(problem.text, key: key) }
      return RemoteError.unreachable(problem.text)
    default: return RemoteError.notUnderstood("HTTP \(answer.status)")
    }
  }

  /// The error of no answer at all.
  static func error(_ failure: Courier.Undelivered, key: String? = nil) -> RemoteError {
    switch failure.reason {
    case .untrusted(let text): return .untrusted(text)
    case .tooLarge: return .notUnderstood("more than \(HTTPTransport.largest >> 20) MiB")
    case .notConnected(let text), .lost(let text):
      if failure.isAmbiguous, let key { return .unknownOutcome(text, key: key) }
      return .unreachable(text)
    }
  }

  /// Reads an answer; what is not in it is no answer of a server of this version.
  static func understood<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as EventCodecError {
      throw RemoteError.notUnderstood(error.member)
    } catch let error as JSONError {
      throw RemoteError.notUnderstood(error.text)
    }
  }
}

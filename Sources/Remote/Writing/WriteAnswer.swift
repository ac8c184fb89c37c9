import CivilTime
import JSONText
import Planning
import Register

/// What the API answered to a command, as far as it says more than the log: the log itself is fetched afterwards.
enum WriteAnswer {
  /// On a change: allowed, or refused by the rules.
  struct Judged {
    let verdict: Verdict
    /// Nil where nothing was recorded and no change was named.
    let change: ChangeID?

    init(_ json: JSON) throws {
      verdict = try Verdict(json: json["verdict"] ?? .null)
      change = (json["id"]?.string ?? json["change"]?["id"]?.string).flatMap(ChangeID.init)
    }
  }

  /// - Parameters:
  ///   - request: what was asked, for errors that name it.
  ///   - key: that it was asked with.
  static func judged(_ delivery: Courier.Delivery, _ subject: Subject, key: String) throws -> Judged {
    let answer = delivery.answer
    let details = ProblemDetails(answer)
    switch answer.status {
    case 200, 201: return try understood { try Judged(try JSON(parsing: answer.body)) }
    case 422 where details.code == "refused" && details.json?["verdict"] != nil:
      return try understood { try Judged(details.json ?? .null) }
    default: throw error(delivery, details, subject, key: key)
    }
  }

  static func outage(_ delivery: Courier.Delivery, _ subject: Subject, key: String) throws -> OutageID {
    guard [200, 201].contains(delivery.answer.status) else {
      throw error(delivery, ProblemDetails(delivery.answer), subject, key: key)
    }
    return try understood {
      let json = try JSON(parsing: delivery.answer.body)
      guard let id = OutageID(try json.required("id")) else { throw EventCodecError(member: "id") }
      return id
    }
  }

  // MARK: Errors

  /// What a command is about.
  enum Subject {
    case creation
    case change(ChangeID, expected: Int?)
    case outage(OutageID, expected: Int)
    case many
  }

  static func understood<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as EventCodecError {
      throw RemoteError.notUnderstood(error.member)
    } catch let error as JSONError {
      throw RemoteError.notUnderstood(error.text)
    }
  }

  /// - Parameter key: nil for what records nothing, or nothing twice without it.
  static func error(
    _ delivery: Courier.Delivery, _ details: ProblemDetails, _ subject: Subject, key: String?
  ) -> any Error {
    switch (delivery.answer.status, details.code) {
    case (412, _), (428, _):
      let current = details.json?["revision"]?.integer.flatMap(Int.init(exactly:))
      switch subject {
      case .change(_, let expected?): return RegisterError.staleRevision(expected: expected, current: current)
      case .outage(let id, let expected):
        guard let current else { return RemoteError.stale }
        return RegisterError.staleOutage(id, expected: expected, current: current)
      default: return RemoteError.stale
      }
    case (404, "unknown_change"):
      if case .change(let id, _) = subject { return RegisterError.unknownChange(id) }
    case (404, "unknown_outage"): if case .outage(let id, _) = subject { return RegisterError.unknownOutage(id) }
    case (422, "idempotency_key_reused"): return RegisterError.idempotencyKeyReused(key ?? "")
    case (422, "refused"), (422, "outage_voided"), (422, "missing_reason"):
      return RemoteError.refused(details.text)
    default: break
    }
    return general(delivery, details, key: key)
  }

  /// What any request can come to.
  static func general(_ delivery: Courier.Delivery, key: String? = nil) -> any Error {
    general(delivery, ProblemDetails(delivery.answer), key: key)
  }

  private static func general(_ delivery: Courier.Delivery, _ details: ProblemDetails, key: String?) -> any Error {
    let answer = delivery.answer
    switch answer.status {
    case 300..<400: return RemoteError.moved(to: answer.headers["location"] ?? "")
    case 401, 403: return RemoteError.notPermitted(status: answer.status, details.json == nil ? "" : details.text)
    case 413: return RemoteError.tooLarge
    case 429: return RemoteError.tooMany
    case 400..<500:
      return details.json == nil ? RemoteError.notUnderstood(details.text) : RemoteError.rejected(details.text)
    case 503 where details.code == "clock_behind": return RemoteError.failed(details.text)
    case 503 where details.code == "busy" && !delivery.isAmbiguous: return RegisterError.busy
    case 500...:
      if delivery.isAmbiguous, let key { return RemoteError.unknownOutcome(details.text, key: key) }
      return RemoteError.unreachable(details.text)
    default: return RemoteError.notUnderstood("HTTP \(answer.status)")
    }
  }

  static func general(_ failure: Courier.Undelivered, key: String? = nil) -> RemoteError {
    switch failure.reason {
    case .untrusted(let text): return .untrusted(text)
    case .tooLarge: return .notUnderstood("more than \(HTTPTransport.largest >> 20) MiB")
    case .notConnected(let text), .lost(let text):
      if failure.isAmbiguous, let key { return .unknownOutcome(text, key: key) }
      return .unreachable(text)
    }
  }
}

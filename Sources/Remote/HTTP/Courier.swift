import Answers

/// Asks until there is an answer, or patience ends: what has a key is recorded once, however often it is asked.
package struct Courier: Sendable {
  let transport: any Transport
  /// Who asks; goes into a header of every request, and nowhere else.
  let token: String
  /// `fr` or `en`, for what the server says to people.
  let language: String
  let patience: Patience

  package init(transport: any Transport, token: String, language: String, patience: Patience) {
    self.transport = transport
    self.token = token
    self.language = language
    self.patience = patience
  }

  /// How long is waited, and by which clock.
  package struct Patience: Sendable {
    /// For all attempts together, and for one.
    var whole: Duration
    var attempt: Duration = .seconds(15)
    /// Time since some moment; never runs backwards.
    let elapsed: @Sendable () -> Duration
    let pause: @Sendable (Duration) -> Void
    /// Between 0 and 1; keeps clients that failed together from coming back together.
    let chance: @Sendable () -> Double
    /// Told once, before the first pause, why there is one.
    let note: @Sendable (String) -> Void

    package init(
      whole: Duration = .seconds(30), elapsed: @escaping @Sendable () -> Duration,
      pause: @escaping @Sendable (Duration) -> Void,
      chance: @escaping @Sendable () -> Double = { .random(in: 0...1) },
      note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
      self.whole = whole
      self.elapsed = elapsed
      self.pause = pause
      self.chance = chance
      self.note = note
    }
  }

  /// The last answer, and whether an earlier attempt may have been carried out without an answer.
  struct Delivery {
    var answer: ServerAnswer
    var isAmbiguous: Bool
  }

  /// Why there was no answer in the end.
  struct Undelivered: Error {
    var reason: TransportError
    var isAmbiguous: Bool
  }

  func send(_ request: ServerRequest) throws(Undelivered) -> Delivery {
    var request = request
    request.headers["authorization"] = "Bearer \(token)"
    request.headers["accept-language"] = language
    // Whoever reads the answer gave flags, and members of no JSON.
    request.headers["prefer"] = "wording=flags"
    let begun = patience.elapsed()
    var isAmbiguous = false
    var attempt = 0
    while true {
      let left = patience.whole - (patience.elapsed() - begun)
      let result: Result<ServerAnswer, TransportError>
      do {
        result = .success(try transport.send(request, within: min(patience.attempt, max(left, .seconds(1)))))
      } catch {
        result = .failure(error)
      }
      let hasEnded: Bool
      switch result {
      case .success(let answer):
        hasEnded = !Courier.isPassing(answer)
        if !hasEnded, answer.status != 503, answer.status != 429 { isAmbiguous = true }
      case .failure(.lost):
        hasEnded = false
        isAmbiguous = true
      case .failure(.notConnected): hasEnded = false
      case .failure(.untrusted), .failure(.tooLarge): hasEnded = true
      }
      attempt += 1
      let wait = pause(after: attempt, result)
      if hasEnded || patience.elapsed() - begun + wait >= patience.whole {
        switch result {
        case .success(let answer): return Delivery(answer: answer, isAmbiguous: isAmbiguous)
        case .failure(let reason): throw Undelivered(reason: reason, isAmbiguous: isAmbiguous)
        }
      }
      if attempt == 1 { patience.note(Courier.reason(result)) }
      patience.pause(wait)
    }
  }

  /// What may be over in a moment. A clock that is behind will not be.
  private static func isPassing(_ answer: ServerAnswer) -> Bool {
    switch answer.status {
    case 500, 502, 504, 408, 429: true
    case 503: ProblemDetails(answer).code != .clockBehind
    default: false
    }
  }

  /// A quarter of a second, doubled each time up to four, of which the half is left to chance; longer where the server
  /// says so (RFC 9110, section 10.2.3; dates are not read).
  private func pause(after attempt: Int, _ result: Result<ServerAnswer, TransportError>) -> Duration {
    let longest = min(4, 0.25 * Double(1 << min(attempt - 1, 8)))
    let own = Duration.seconds(longest * (0.5 + 0.5 * patience.chance()))
    guard case .success(let answer) = result, let asked = answer.headers["retry-after"].flatMap(Int.init),
      (0...3600).contains(asked)
    else { return own }
    return max(own, .seconds(asked))
  }

  private static func reason(_ result: Result<ServerAnswer, TransportError>) -> String {
    switch result {
    case .success(let answer): "HTTP \(answer.status)"
    case .failure(.notConnected(let text)), .failure(.lost(let text)), .failure(.untrusted(let text)): text
    case .failure(.tooLarge): "too large"
    }
  }
}

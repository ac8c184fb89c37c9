public import CivilTime

/// Waits until a gate is open, or no longer. The clock and the sleep are handed in.
public struct GateWait {
  public var timeout: Elapsed
  /// Time since the wait began, by a clock that nobody sets.
  public var elapsed: () -> Elapsed
  public var sleep: (Elapsed) throws -> Void
  /// Told of each closed answer before the sleep.
  public var progress: (GateAnswer) -> Void

  /// What others record meanwhile is seen after this at the latest.
  public static let longestSleep = Elapsed(seconds: 10)

  public init(
    timeout: Elapsed, elapsed: @escaping () -> Elapsed, sleep: @escaping (Elapsed) throws -> Void,
    progress: @escaping (GateAnswer) -> Void = { _ in }
  ) {
    self.timeout = timeout
    self.elapsed = elapsed
    self.sleep = sleep
    self.progress = progress
  }

  /// The first open answer of `ask`, or the last one given when the time had run out. `ask` is called once at least.
  ///
  /// - Parameter isPassing: whether an error of `ask` may be over the next time; it is thrown where the time runs out
  ///   without any answer.
  public func run(
    isPassing: (any Error) -> Bool = { _ in false }, _ ask: () throws -> GateAnswer
  ) throws -> GateAnswer {
    var last: GateAnswer?
    while true {
      let answer: GateAnswer
      do {
        answer = try ask()
      } catch  where isPassing(error) {
        let left = timeout - elapsed()
        guard left > .zero else {
          guard let last else { throw error }
          return last
        }
        try sleep(max(Elapsed(seconds: 1), min(GateWait.longestSleep, left)))
        continue
      }
      last = answer
      let left = timeout - elapsed()
      guard answer.state == .closed, left > .zero else { return answer }
      progress(answer)
      let transition = answer.nextTransition.map { $0 - answer.at } ?? GateWait.longestSleep
      try sleep(max(Elapsed(seconds: 1), min(GateWait.longestSleep, transition, left)))
    }
  }
}

import CivilTime
import Planning

extension Register {
  /// What came of many records of outages.
  package struct OutageBatch: Sendable {
    /// One for each request, in order.
    package var results: [Result<OutageOutcome, any Error>]
    /// Whether the transaction was committed. If not, what is new in `results` does not exist.
    package var isRecorded: Bool

    package init(results: [Result<OutageOutcome, any Error>], isRecorded: Bool) {
      self.results = results
      self.isRecorded = isRecorded
    }
  }

  private struct Rehearsed: Error { let results: [Result<OutageOutcome, any Error>] }

  /// Records outages in one transaction: all of them or, where one makes no sense, none. What was recorded under its key
  /// before is given as it stands.
  package func recordAll(
    _ requests: [OutageRequest], isRehearsal: Bool, contract: (String) throws -> BoundContract
  ) throws -> OutageBatch {
    do {
      return try withoutActuallyEscaping(contract) { contract in
        try writing { store in
          let sitting = Sitting(store, contract: contract)
          let results = try requests.map { request -> Result<OutageOutcome, any Error> in
            do {
              let done = try perform(request, in: sitting)
              guard let outage = done.after else { throw RegisterError.damaged("an outage left nothing") }
              let current = done.isReplay ? try Outage.existing(outage.id, in: store) : outage
              return .success(OutageOutcome(outage: current, isReplay: done.isReplay))
            } catch let error as OutageError {
              return .failure(error)
            } catch RegisterError.idempotencyKeyReused(let key) {
              return .failure(RegisterError.idempotencyKeyReused(key))
            }
          }
          let isWhole = results.allSatisfy { if case .success = $0 { true } else { false } }
          guard isWhole, !isRehearsal else { throw Rehearsed(results: results) }
          return OutageBatch(results: results, isRecorded: true)
        }
      }
    } catch let rehearsed as Rehearsed {
      return OutageBatch(results: rehearsed.results, isRecorded: false)
    }
  }
}

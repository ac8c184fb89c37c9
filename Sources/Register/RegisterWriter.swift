/// Where commands go: into a register file, or to the server that keeps one. The answers are the same.
package protocol RegisterWriter: Sendable {
  func execute(
    _ request: Register.Request, contract: (String) throws -> BoundContract
  ) throws -> Register.Outcome

  func execute(
    _ request: Register.OutageRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.OutageOutcome

  func executeAll(
    _ requests: [Register.Request], terms: Register.BatchTerms, contract: (String) throws -> BoundContract,
    isFault: (any Error) -> Bool, progress: (Int) -> Void
  ) throws -> Register.BatchOutcome
}

extension Register: RegisterWriter {}

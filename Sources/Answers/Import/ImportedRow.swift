package import Planning
package import Register

/// What came of one row.
package struct ImportedRow {
  package enum Status: String, CaseIterable {
    /// A change of the register now.
    case recorded
    /// Was recorded by an earlier import.
    case alreadyImported = "already_imported"
    /// Refused by the rules and kept.
    case draft
    /// Would be allowed; nothing was recorded.
    case allowed
    case refused
    case malformed
  }

  package let request: ImportRequest
  package let status: Status
  /// As it stands in the register; nil where nothing does.
  package let change: Change?
  package let verdict: Verdict?
  /// What was done to which change that an earlier file had made, or would be.
  package let deed: Register.Outcome.Deed?
  package let target: ChangeID?

  /// - Parameter undone: changes of the batch that do not exist, since nothing was recorded.
  package init(
    _ request: ImportRequest, _ result: Register.BatchOutcome.Result, isRecorded: Bool, keepsDrafts: Bool,
    undone: [ChangeID: Int]
  ) {
    self.request = request
    guard case .judged(let outcome) = result else {
      (status, change, verdict, deed, target) = (.malformed, nil, nil, nil, nil)
      return
    }
    verdict = outcome.verdict
    deed = outcome.deed
    target = outcome.deed == nil ? nil : outcome.change?.id
    switch outcome.verdict.status {
    case _ where outcome.isReplay && outcome.change.flatMap({ undone[$0.id] }) == nil:
      (status, change) = (.alreadyImported, outcome.change)
    case .allowed: (status, change) = isRecorded ? (.recorded, outcome.change) : (.allowed, nil)
    case .refused:
      (status, change) = isRecorded && keepsDrafts && outcome.deed == nil ? (.draft, outcome.change) : (.refused, nil)
    }
  }

  /// Whether the row makes the import end with "refused": a draft of an earlier import does so for as long as it is one.
  package var isRefused: Bool {
    status == .alreadyImported ? change?.state == .refused : verdict?.status == .refused
  }
}

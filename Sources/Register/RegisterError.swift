package import CivilTime
package import Planning

/// Why the register could not do what it was asked. Refusals by the rules are no errors.
package enum RegisterError: Error, Hashable, Sendable {
  case notFound(String)
  case exists(String)
  /// A folder stands where the register should be.
  case notAFile(String)
  case notInitialised
  /// Not a register, or one whose content contradicts itself.
  case damaged(String)
  /// Written by a newer program.
  case newerFormat(found: Int, known: Int)
  case readOnly(String)
  case diskFull(String)
  case inputOutput(String)
  /// Another process holds the write lock for too long; nothing was recorded.
  case busy
  case clockBehind(now: Instant, newest: Instant)
  case unknownChange(ChangeID)
  case unknownOutage(OutageID)
  case staleRevision(expected: Int, current: Int?)
  /// An outage whose record somebody else has amended or voided since.
  case staleOutage(OutageID, expected: Int, current: Int)
  /// A draft that has had another event since, or is no draft any more.
  case staleDraft(newest: Int)
  case idempotencyKeyReused(String)
}

import Foundation
import Register

/// Held together by all who read a replica; alone by whoever replaces it. Ends with the process, however that ends.
final class ReplicaLock: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw RegisterError.readOnly(path) }
  }

  deinit { close(descriptor) }

  /// Waits while somebody else replaces the replica; busy after a hundred pauses.
  func share(pause: () -> Void) throws { try take(LOCK_SH, pause) }

  /// Waits until nobody else reads the replica; then `body` has it alone, and it is shared again.
  func alone<Result>(pause: () -> Void, _ body: () throws -> Result) throws -> Result {
    try take(LOCK_EX, pause)
    let result = Swift.Result(catching: body)
    try take(LOCK_SH, pause)
    return try result.get()
  }

  private func take(_ kind: Int32, _ pause: () -> Void) throws {
    for _ in 0..<100 {
      if flock(descriptor, kind | LOCK_NB) == 0 { return }
      pause()
    }
    throw RegisterError.busy
  }
}

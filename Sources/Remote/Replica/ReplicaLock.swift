import Foundation
import Register

/// Held by whoever replaces a replica. Ends with the process, however that ends.
struct ReplicaLock: ~Copyable {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw RegisterError.readOnly(path) }
  }

  deinit { close(descriptor) }

  /// Waits until nobody else has it; what is done meanwhile takes milliseconds.
  func alone<Result>(_ body: () throws -> Result) throws -> Result {
    while flock(descriptor, LOCK_EX) != 0 { guard errno == EINTR else { throw RegisterError.busy } }
    defer { _ = flock(descriptor, LOCK_UN) }
    return try body()
  }
}

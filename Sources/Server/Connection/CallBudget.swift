import NIOCore
import Synchronization

/// Calls that each address may still make: a bucket that fills at `rate` a second up to `burst`.
final class CallBudget: Sendable {
  private struct Bucket {
    var left: Double
    var at: NIODeadline
  }

  private let burst: Double
  private let rate: Double
  private let buckets = Mutex<[String: Bucket]>([:])

  /// Addresses that are remembered; with more, those whose bucket is full again are forgotten.
  private static let capacity = 10_000

  /// `rate` 0 is no limit.
  init(burst: Double, rate: Double) {
    self.burst = burst
    self.rate = rate
  }

  /// Takes one call out; false where none is left.
  func spend(_ address: String, now: NIODeadline = .now()) -> Bool {
    guard rate > 0 else { return true }
    return buckets.withLock { buckets in
      var bucket = buckets[address] ?? Bucket(left: burst, at: now)
      bucket.left = level(bucket, now)
      bucket.at = now
      let isAllowed = bucket.left >= 1
      if isAllowed { bucket.left -= 1 }
      buckets[address] = bucket
      if buckets.count > CallBudget.capacity { buckets = buckets.filter { level($0.value, now) < burst } }
      return isAllowed
    }
  }

  private func level(_ bucket: Bucket, _ now: NIODeadline) -> Double {
    min(burst, bucket.left + Double((now - bucket.at).nanoseconds) / 1e9 * rate)
  }
}

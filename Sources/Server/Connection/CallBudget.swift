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
  private struct Book {
    var buckets: [String: Bucket] = [:]
    /// With more addresses, those whose bucket is full again are forgotten.
    var roomFor = CallBudget.capacity
  }

  private let book = Mutex(Book())

  private static let capacity = 10_000
  /// With so many addresses at once they are no longer told apart by what they did before.
  private static let utmost = 100_000

  /// `rate` 0 is no limit.
  init(burst: Double, rate: Double) {
    self.burst = burst
    self.rate = rate
  }

  /// Takes one call out. Where none is left: after how many seconds there will be one, 1 at least.
  func spend(_ address: String, now: NIODeadline = .now()) -> Int? {
    guard rate > 0 else { return nil }
    return book.withLock { book in
      var bucket = book.buckets[address] ?? Bucket(left: burst, at: now)
      bucket.left = level(bucket, now)
      bucket.at = now
      let isAllowed = bucket.left >= 1
      if isAllowed { bucket.left -= 1 }
      book.buckets[address] = bucket
      if book.buckets.count > book.roomFor { tidy(&book, now) }
      return isAllowed ? nil : Int(max(1, (1 - bucket.left) / rate).rounded(.up))
    }
  }

  /// Doubles the room where nothing can be forgotten, so that a crowd does not cost a search at each call.
  private func tidy(_ book: inout Book, _ now: NIODeadline) {
    book.buckets = book.buckets.filter { level($0.value, now) < burst }
    if book.buckets.count > CallBudget.utmost { book.buckets = [:] }
    book.roomFor = min(max(CallBudget.capacity, book.buckets.count * 2), CallBudget.utmost)
  }

  /// Addresses that are remembered.
  var count: Int { book.withLock { $0.buckets.count } }

  private func level(_ bucket: Bucket, _ now: NIODeadline) -> Double {
    min(burst, bucket.left + Double((now - bucket.at).nanoseconds) / 1e9 * rate)
  }
}

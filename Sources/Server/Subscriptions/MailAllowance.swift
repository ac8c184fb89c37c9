import Crypto
import NIOCore
import Synchronization

/// How many mails may leave because somebody entered an address. It knows addresses by a hash whose key ends with the
/// process, and forgets one as soon as it may be written to as often as any other.
final class MailAllowance: Sendable {
  /// To one address: so many at once, and then one in so many seconds.
  private static let burst = 3.0
  private static let interval = 8.0 * 3600
  /// That are handed over at once: a crowd must not make a crowd of processes.
  private static let places = 8

  private struct State {
    var underWay = 0
    /// How the newest hand-over went: one that is left out because of the limit ends in the same way.
    var last = (isSent: true, took: Duration.zero)
  }

  private let budget = CallBudget(burst: burst, rate: 1 / interval)
  private let key = SymmetricKey(size: .bits256)
  private let state = Mutex(State())

  /// Waits for a place, some seconds at most; false where none became free.
  func begin() async -> Bool {
    for _ in 0..<100 {
      let isFree = state.withLock { state in
        guard state.underWay < MailAllowance.places else { return false }
        state.underWay += 1
        return true
      }
      if isFree { return true }
      do { try await Task.sleep(for: .milliseconds(50)) } catch { return false }
    }
    return false
  }

  func end() { state.withLock { $0.underWay -= 1 } }

  /// Whether `address` may be sent one more; takes it out.
  func spend(_ address: String, service: String, now: NIODeadline = .now()) -> Bool {
    let parts = address.lowercased().split(separator: "@")
    // What stands behind a plus sign is the reader's own business at most providers: one mailbox.
    let mailbox = (parts.first?.prefix { $0 != "+" } ?? "") + "@" + (parts.last ?? "")
    let code = HMAC<SHA256>.authenticationCode(for: Array("\(service)\n\(mailbox)".utf8), using: key)
    return budget.spend(code.map { String($0, radix: 16) }.joined(separator: "."), now: now)?.wait == nil
  }

  var last: (isSent: Bool, took: Duration) { state.withLock { $0.last } }
  func note(isSent: Bool, took: Duration) { state.withLock { $0.last = (isSent, took) } }
}

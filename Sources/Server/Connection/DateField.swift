import CivilTime
import NIOCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The `Date` field, written anew once a second. Source: RFC 9110, section 6.6.1.
final class DateField: Sendable {
  private let cached = Mutex<(second: Instant, text: String, line: ByteBuffer)>(
    (Instant(secondsSinceEpoch: 0), "", ByteBuffer()))

  /// The machine's clock, to the second.
  static var now: Instant { Instant(secondsSinceEpoch: Int64(time(nil))) }

  var text: String { current.text }

  /// Adds the whole line.
  func write(to buffer: inout ByteBuffer) { buffer.writeImmutableBuffer(current.line) }

  private var current: (second: Instant, text: String, line: ByteBuffer) {
    let now = DateField.now
    return cached.withLock { cached in
      if cached.second != now {
        let text = InternetDate.http(now)
        cached = (now, text, ByteBuffer(string: "date: \(text)\r\n"))
      }
      return cached
    }
  }
}

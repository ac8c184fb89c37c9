import CivilTime
import NIOCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The `Date` field, written anew once a second. Source: RFC 9110, section 6.6.1.
final class DateField: Sendable {
  private let cached = Mutex<(second: Int, text: String, line: ByteBuffer)>((0, "", ByteBuffer()))

  var text: String { current.text }

  /// Adds the whole line.
  func write(to buffer: inout ByteBuffer) { buffer.writeImmutableBuffer(current.line) }

  private var current: (second: Int, text: String, line: ByteBuffer) {
    let second = time(nil)
    return cached.withLock { cached in
      if cached.second != second {
        let text = HTTPDate.text(Instant(secondsSinceEpoch: Int64(second)))
        cached = (second, text, ByteBuffer(string: "date: \(text)\r\n"))
      }
      return cached
    }
  }
}

package import NIOCore
import Synchronization

/// What one client may take of the server. Source: docs/server.md, "Limits".
package struct ConnectionLimits: Sendable {
  /// Without a whole request head, between requests too. With what the clocks and a full machine add, a client that
  /// sends nothing is gone within 15 seconds.
  package var idle: TimeAmount = .seconds(12)
  /// From the head to the end of the body.
  package var request: TimeAmount = .seconds(10)
  /// Without 64 KB of an answer, or its rest, being taken.
  package var stall: TimeAmount = .seconds(10)
  /// From the signal to stop until connections are closed whatever is under way on them.
  package var farewell: TimeAmount = .seconds(7)
  /// Of all header fields, in octets.
  package var headers = 16 << 10
  /// Of what stands between method and version, in octets.
  package var target = 4096
  package var body = 256 << 10
  /// Of an import.
  package var importBody = 1 << 20
  /// At once, of all clients.
  package var connections = 5000
  /// Calls of the API by one address: so many at once, and so many a second in the long run.
  package var burst = 200.0
  package var rate = 50.0
  /// Forms of one address from which mails follow: so many at once, and so many a second in the long run.
  package var formBurst = 20.0
  package var formRate = 1.0 / 60

  /// Addresses of reverse proxies whose `X-Forwarded-For` is believed; `unix` is whoever comes through a Unix socket.
  package var trustedProxies: Set<String> = []

  package init() {}

  /// Octets that the body of a request to `target` may have.
  func body(for target: String) -> Int {
    let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
    return path.elementsEqual("/api/v1/imports".utf8) ? importBody : body
  }
}

/// What is left to an address after a call, and when there is more.
struct CallAllowance {
  /// Calls that it may make at once.
  let left: Int
  /// Seconds until all are there again.
  let reset: Int
  /// Seconds until this call may be made; nil where it was.
  let wait: Int?

  /// Source: draft-ietf-httpapi-ratelimit-headers-10, section 4.
  var field: String { "\"calls\";r=\(left);t=\(reset)" }
}

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

  /// Source: draft-ietf-httpapi-ratelimit-headers-10, section 3.
  var policy: String { "\"calls\";q=\(Int(burst));w=\(Int((burst / rate).rounded(.up)))" }

  /// `rate` 0 is no limit.
  init(burst: Double, rate: Double) {
    self.burst = burst
    self.rate = rate
  }

  /// Takes one call out. Where none is left, there is a time to wait: 1 second at least. Nil where there is no limit.
  func spend(_ address: String, now: NIODeadline = .now()) -> CallAllowance? {
    guard rate > 0 else { return nil }
    return book.withLock { book in
      var bucket = book.buckets[address] ?? Bucket(left: burst, at: now)
      bucket.left = level(bucket, now)
      bucket.at = now
      let isAllowed = bucket.left >= 1
      if isAllowed { bucket.left -= 1 }
      book.buckets[address] = bucket
      if book.buckets.count > book.roomFor { tidy(&book, now) }
      return CallAllowance(
        left: Int(bucket.left), reset: Int(((burst - bucket.left) / rate).rounded(.up)),
        wait: isAllowed ? nil : Int(max(1, (1 - bucket.left) / rate).rounded(.up)))
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

/// Counts what comes before it is parsed, for the front door behind the parser.
final class OctetMeter: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  /// More than a body of the largest size could need.
  struct Overflow: Error {}

  /// Blanks that may hide where the target ends. Source: RFC 9112, section 3: one blank between the three parts.
  struct Blanks: Error {}

  private let door: FrontDoor
  private var line = RequestLine()
  private var isFull = false
  /// Octets that were thrown away since.
  private var dropped = 0
  private static let patience = 256 << 10

  init(_ door: FrontDoor) { self.door = door }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let count = unwrapInboundIn(data).readableBytes
    guard !isFull else {
      dropped += count
      if dropped > OctetMeter.patience { context.close(promise: nil) }
      return
    }
    guard door.mayParse(count) else {
      isFull = true
      return context.fireErrorCaught(Overflow())
    }
    if door.isAtStart, line.isOver, !line.hasMore { line = RequestLine() }
    guard line.isOver || line.take(unwrapInboundIn(data).readableBytesView) else {
      isFull = true
      return context.fireErrorCaught(Blanks())
    }
    context.fireChannelRead(data)
  }
}

/// Follows the octets of a request up to the end of its head. The parser takes any number of blanks in its first line, and
/// programs before or behind us may not read such a line in the same way. Where something follows the head in its packet,
/// a body or a request that is sent ahead, the next beginning cannot be told from here, and no later line is looked at.
struct RequestLine {
  private enum Place {
    case start, word, blank, fields
    /// At the beginning of a field.
    case fieldStart
    case over
  }

  private var place = Place.start
  private var blanks = 0

  var isOver: Bool { place == .over }
  private(set) var hasMore = false

  /// Whether the line may be read on.
  mutating func take(_ octets: some Sequence<UInt8>) -> Bool {
    for octet in octets {
      let isEnd = octet == UInt8(ascii: "\n")
      switch place {
      case .start where isEnd || octet == UInt8(ascii: "\r"): break
      case .start, .word, .blank:
        if octet == UInt8(ascii: " ") || octet == UInt8(ascii: "\t") {
          guard place == .word, octet == UInt8(ascii: " "), blanks < 2 else { return false }
          blanks += 1
          place = .blank
        } else {
          place = isEnd ? .fieldStart : .word
        }
      case .fields: if isEnd { place = .fieldStart }
      case .fieldStart:
        if isEnd {
          place = .over
          continue
        }
        if octet != UInt8(ascii: "\r") { place = .fields }
      case .over:
        hasMore = true
        return true
      }
    }
    return true
  }
}

#if canImport(Glibc)
  import Glibc
#endif

/// What the system holds of an answer that the client has not taken: megabytes a connection, unless it is told.
enum KernelBuffer {
  /// Octets that wait beside those that are on their way.
  private static let waiting = 128 << 10

  /// Whether a client takes something shows within this many octets. Sockets that are not TCP have small buffers anyway.
  static func limit(of channel: any Channel) {
    // TCP_NOTSENT_LOWAT of Linux, which Glibc's module does not name. Source: tcp(7).
    let option = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: 25))
    try? channel.syncOptions?.setOption(option, value: waiting)
  }

  /// A client that takes nothing would leave its answer with the system for minutes after the connection is closed.
  static func discard(of channel: any Channel) {
    _ = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
  }
}

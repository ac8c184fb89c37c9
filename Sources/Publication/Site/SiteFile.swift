import Synchronization

/// One file of the published site: a path below its root, and what writes it.
package struct SiteFile: Sendable {
  /// What a file's content depends on besides the program: how long a copy of it stays right.
  package enum Source: Sendable {
    /// The contract's files and the month.
    case contract
    /// The contract and the register; changes that ended long ago leave it one day.
    case register
    /// Also what is over, under way and to come at the moment of rendering.
    case clock
  }

  package typealias Sink = ([UInt8]) throws -> Void

  package let path: String
  package let source: Source
  /// Stays for ever, as a change does; other files may be gone one day.
  package let isKept: Bool
  package enum Content: Sendable {
    case whole([UInt8])
    /// Of any length.
    case blocks(BlockText)
  }
  package let content: @Sendable () throws -> Content
  /// Whether it comes in blocks, and may take long the first time.
  package let isLong: Bool

  private init(
    _ path: String, _ source: Source, isKept: Bool, isLong: Bool, content: @escaping @Sendable () throws -> Content
  ) {
    self.path = path
    self.source = source
    self.isKept = isKept
    self.isLong = isLong
    self.content = content
  }

  init(_ path: String, _ source: Source = .clock, blocks: @escaping @Sendable () throws -> BlockText) {
    self.init(path, source, isKept: false, isLong: true) { .blocks(try blocks()) }
  }

  init(
    _ path: String, _ source: Source = .clock, isKept: Bool = false, bytes: @escaping @Sendable () throws -> [UInt8]
  ) {
    self.init(path, source, isKept: isKept, isLong: false) { .whole(try bytes()) }
  }

  package func write(to sink: Sink) throws {
    switch try content() {
    case .whole(let bytes): try sink(bytes)
    case .blocks(let text): try text.write(to: sink)
    }
  }

  /// All of it at once.
  package func bytes() throws -> [UInt8] {
    var all: [UInt8] = []
    try write { all += $0 }
    return all
  }
}

extension SiteFile {
  /// What a web server says that the file is, told by its name. Calendars and pages are UTF-8.
  package var mediaType: String {
    let name = path.split(separator: "/").last ?? ""
    switch name.split(separator: ".").last {
    case "html": return "text/html; charset=utf-8"
    case "css": return "text/css; charset=utf-8"
    case "svg": return "image/svg+xml"
    case "ics": return "text/calendar; charset=utf-8"
    case "xml", "atom": return "application/atom+xml; charset=utf-8"
    case "rss": return "application/rss+xml; charset=utf-8"
    case "json": return name.hasPrefix("feed.") ? "application/feed+json" : "application/json"
    default: return "text/plain; charset=utf-8"
    }
  }
}

/// A value that several files share, made when the first of them asks.
final class Lazily<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let make: @Sendable () throws -> Value

  init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

  var value: Value {
    get throws {
      try made.withLock { made in
        if let made { return made }
        let value = try make()
        made = value
        return value
      }
    }
  }
}

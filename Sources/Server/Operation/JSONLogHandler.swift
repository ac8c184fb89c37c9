import CivilTime
import Foundation
import JSONText
package import Logging
import Synchronization

/// Logs one JSON object a line to standard error: what collectors read. Values are data, so that nothing in a request can
/// forge a line.
package struct JSONLogHandler: LogHandler {
  package var logLevel = Logger.Level.info
  package var metadata: Logger.Metadata = [:]
  private let label: String

  private let sink: @Sendable (String) -> Void

  /// `sink` takes whole lines.
  package init(label: String, sink: @escaping @Sendable (String) -> Void = JSONLogHandler.standardError) {
    self.label = label
    self.sink = sink
  }

  private static let turn = Mutex(())

  /// A log that nobody takes any more stops nothing.
  package static let standardError: @Sendable (String) -> Void = { line in
    turn.withLock { _ in try? FileHandle.standardError.write(contentsOf: Data(line.utf8)) }
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let now = Date().timeIntervalSince1970
    let instant = Instant(secondsSinceEpoch: Int64(now.rounded(.down)))
    var members = [
      JSON.Member("time", .string(TimeText.utc(instant))), JSON.Member("level", .string(event.level.rawValue)),
      JSON.Member("logger", .string(label)), JSON.Member("message", .string("\(event.message)")),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      if case .stringConvertible(let number as Int) = value {
        members.append(JSON.Member(key, .integer(Int64(number))))
      } else {
        members.append(JSON.Member(key, .string("\(value)")))
      }
    }
    sink(JSON.object(members).text + "\n")
  }
}

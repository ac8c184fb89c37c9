import CivilTime
import Foundation
import JSONText
package import Logging

/// Logs one JSON object a line to standard error: what collectors read. Values are data, so that nothing in a request can
/// forge a line.
package struct JSONLogHandler: LogHandler {
  package var logLevel = Logger.Level.info
  package var metadata: Logger.Metadata = [:]
  private let label: String

  package init(label: String) { self.label = label }

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
      let text = "\(value)"
      members.append(JSON.Member(key, Int64(text).map { .integer($0) } ?? .string(text)))
    }
    FileHandle.standardError.write(Data((JSON.object(members).text + "\n").utf8))
  }
}

import Foundation
import JSONText

/// Where answers go: standard output, or a file that appears whole or not at all.
struct Output {
  let file: String?
  /// Columns of the terminal; 80 where there is none.
  let width: Int
  let hasColour: Bool

  init(file: String?, environment: [String: String]) {
    self.file = file
    let isTerminal = file == nil && isatty(STDOUT_FILENO) == 1
    width = environment["COLUMNS"].flatMap(Int.init).map { min(max($0, 40), 200) } ?? 80
    hasColour = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }

  func write(_ text: String) throws { try write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8)) }

  func write(_ json: JSON) throws { try write(json.prettyText) }

  func write(_ bytes: [UInt8]) throws {
    guard let file, file != "-" else {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
      return
    }
    // A link is followed, so that what it points to is replaced and not the link.
    let target = URL(fileURLWithPath: file).resolvingSymlinksInPath()
    let type = (try? FileManager.default.attributesOfItem(atPath: target.path))?[.type] as? FileAttributeType
    guard type == nil || type == .typeRegular else {
      throw Failure.usage("--output \(file): not a regular file; redirect standard output with > instead.")
    }
    if let handle = try? FileHandle(forReadingFrom: target) {
      defer { try? handle.close() }
      let start = try handle.read(upToCount: 16) ?? Data()
      guard !start.starts(with: Data("SQLite format 3".utf8)) else {
        throw Failure.usage("--output \(file): that is a database, perhaps the register; it was left as it is.")
      }
    }
    // Foundation writes a temporary file beside it and renames.
    try Data(bytes).write(to: target, options: .atomic)
  }

  /// Messages for people; never mixed with an answer.
  static func note(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  func bold(_ text: String) -> String { paint(text, "1") }
  func green(_ text: String) -> String { paint(text, "32") }
  func red(_ text: String) -> String { paint(text, "31") }
  func dim(_ text: String) -> String { paint(text, "2") }
  func paint(_ text: String, _ code: String) -> String { hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

import CivilTime
import FeedDoctor
import Files
import Foundation
import ICalendar
import JSONText
import Planning
import Publication
import Register
import TestSupport

/// Whatever reads what a stranger may have written, each with what has to hold of any octets whatever. No crash, no sum
/// out of range and no endless loop is the least; most also read again what they write.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// The screen, and libical behind it.
  case calendar
  /// The answer of the process that reads calendars.
  case cage
  case json
  case csv
  /// Rows as JSON, one a line.
  case lines
  /// A file of contracts.
  case yaml
  case templates
  /// Secrets and identifiers.
  case tokens
  case checkpoints
  /// A page of a log, into an empty register.
  case logPages = "log-pages"
  /// Times and durations.
  case times
  /// A feed of others.
  case doctor
}

/// What was to hold and does not.
package struct Broken: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

extension FuzzTarget {
  package func run(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    switch self {
    case .calendar: calendar(bytes)
    case .cage: try cage(bytes)
    case .json: try json(bytes)
    case .csv: _ = CSVRows.read(bytes)
    case .lines: _ = JSONLinesRows.read(bytes)
    case .yaml: try Folder.contracts.read(bytes, as: "services/x.yaml") { _ = try? ContractFolder($0).loadAll() }
    case .templates:
      try Folder.templates.read(bytes, as: "notices/fr/announcement.mustache") { _ = NoticeTemplates.check(folder: $0) }
    case .tokens: try tokens(text)
    case .checkpoints:
      guard let checkpoint = Checkpoint(text) else { return }
      try expect(Checkpoint(checkpoint.description) == checkpoint, "a checkpoint is not read again")
    case .logPages: try logPage(bytes)
    case .times: try times(text)
    case .doctor: _ = FeedDoctor.examine(bytes)
    }
  }

  private func expect(_ holds: Bool, _ what: String) throws { if !holds { throw Broken(what) } }

  /// What passes the screen is what libical may see.
  private func calendar(_ bytes: [UInt8]) {
    _ = try? CalendarRows.read(bytes, zone: .utc, note: \.text)
  }

  private func cage(_ bytes: [UInt8]) throws {
    guard case .rows(let file)? = ReaderAnswer.read(bytes) else { return }
    guard case .rows(let again)? = ReaderAnswer.read(ReaderAnswer.bytes(file)) else {
      throw Broken("an answer is not read again")
    }
    try expect(again.rows.count == file.rows.count && again.skipped.count == file.skipped.count, "rows are lost")
  }

  private func json(_ bytes: [UInt8]) throws {
    guard let value = try? JSON(parsing: bytes) else { return }
    try expect(try JSON(parsing: value.bytes) == value, "what is written is not what was read")
    try expect(try JSON(parsing: value.prettyText) == value, "what is written with blanks is not what was read")
  }

  private func tokens(_ text: String) throws {
    if let secret = try? TokenSecret(text) { try expect(secret.text == text, "a token is another text") }
    if let secret = FeedSecret(text) {
      try expect(FeedSecret(secret.text) == secret, "a feed's secret is not read again")
    }
    if let id = ChangeID(text) { try expect(ChangeID(id.description) == id, "\(id) is not read again") }
    if let id = OutageID(text) { try expect(OutageID(id.description) == id, "\(id) is not read again") }
    if let id = TokenID(text) { try expect(TokenID(id.description) == id, "\(id) is not read again") }
    _ = WebhookAddress(text)
    _ = WebhookSecret(text)
  }

  private func logPage(_ bytes: [UInt8]) throws {
    guard let page = try? LogPage(bytes: bytes) else { return }
    try expect(try LogPage(bytes: page.bytes).bytes == page.bytes, "a page is not read again")
    let store = MemoryStore()
    guard let taken = try? page.take(into: store) else { return }
    try expect(taken == page.events.last.map { Checkpoint(size: $0.sequence, root: $0.hash) }, "a page ends elsewhere")
    // No page of a stranger makes a register that contradicts itself.
    _ = try Register.verify(store, isCopy: true)
  }

  private func times(_ text: String) throws {
    // A start with a duration, as it is read at every door.
    if let length = Elapsed(text) { _ = Interval(start: Instant(secondsSinceEpoch: 1_800_000_000), length: length) }
    switch WrittenTime(text) {
    case .instant(let instant):
      try expect(WrittenTime(TimeText.utc(instant)) == .instant(instant), "\(text) is not read again")
    case .civil(let civil): _ = ZoneRules.utc.resolve(civil)
    case nil: break
    }
  }
}

/// A folder in memory with one file that is another each time.
private struct Folder {
  let path: URL

  static let contracts = Folder(copying: "calendars", without: "services/profession-liberale.yaml")
  static let templates = Folder(copying: "templates", without: nil)

  private init(copying name: String, without file: String?) {
    let files = FileManager.default
    let memory = files.fileExists(atPath: "/dev/shm") ? URL(filePath: "/dev/shm") : files.temporaryDirectory
    path = memory.appending(path: "preavis-fuzz-\(name)-\(ProcessInfo.processInfo.processIdentifier)")
    try? files.removeItem(at: path)
    try? files.copyItem(at: Project.root.appending(path: name), to: path)
    if let file { try? files.removeItem(at: path.appending(path: file)) }
  }

  func read(_ bytes: [UInt8], as name: String, _ body: (String) -> Void) throws {
    try Data(bytes).write(to: path.appending(path: name))
    body(path.path)
  }
}

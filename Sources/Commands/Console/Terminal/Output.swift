import Answers
import Foundation
import JSONText
import Wording

/// Where answers go: standard output, or a file that appears whole or not at all.
struct Output {
  let file: String?
  /// Columns that lines are broken at: COLUMNS, or else those of the terminal, of which prose takes 120 at the most; 80
  /// where there is neither.
  let width: Int
  let hasColour: Bool
  /// Whether the locale can show more than ASCII; what is drawn has another form for those that cannot.
  let showsUnicode: Bool
  private let language: Language

  init(file: String?, language: Language, environment: [String: String]) {
    self.file = file
    self.language = language
    let isTerminal = file == nil && isatty(STDOUT_FILENO) == 1
    width =
      environment["COLUMNS"].flatMap(Int.init).map { min(max($0, 40), 200) }
      ?? (isTerminal ? TerminalText.columns(of: STDOUT_FILENO) : nil).map { min(max($0, 40), 120) } ?? 80
    hasColour = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    showsUnicode = Output.isUnicode(environment)
  }

  /// Source: POSIX.1-2024, Base Definitions, 8.2 (the first of the three that is set and not empty counts).
  static func isUnicode(_ environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let name = locale.lowercased().replacing("-", with: "")
    return name.contains(".utf8")
  }

  func write(_ text: String) throws { try write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8)) }

  func write(_ json: JSON) throws { try write(json.prettyText) }

  /// An array as `write` writes it, of which one element at a time is in memory.
  func writeArray(_ each: @escaping (_ add: (JSON) throws -> Void) throws -> Void) throws {
    try stream { sink in
      var isEmpty = true
      try each { element in
        var bytes = Array((isEmpty ? "[\n  " : ",\n  ").utf8)
        element.write(to: &bytes, indent: 2)
        try sink(bytes)
        isEmpty = false
      }
      try sink(Array((isEmpty ? "[]\n" : "\n]\n").utf8))
    }
  }

  func write(_ bytes: [UInt8]) throws { try stream { try $0(bytes) } }

  /// Hands `body` a sink for an answer in pieces. A file gets all of them or stays as it was; `isSecret` makes one that
  /// only its owner reads.
  func stream(isSecret: Bool = false, _ body: (_ sink: ([UInt8]) throws -> Void) throws -> Void) throws {
    guard let file, file != "-" else { return try buffered(FileHandle.standardOutput, body) }
    // A link is followed, so that what it points to is replaced and not the link.
    let target = URL(fileURLWithPath: file).resolvingSymlinksInPath()
    try check(target, file)
    let temporary = target.deletingLastPathComponent()
      .appendingPathComponent(".\(target.lastPathComponent).\(UInt32.random(in: 0...UInt32.max))")
    guard
      FileManager.default.createFile(
        atPath: temporary.path, contents: nil, attributes: isSecret ? [.posixPermissions: 0o600] : nil)
    else {
      throw Failure(
        status: .failure,
        message: language(
          "--output \(file): the folder is missing or cannot be written; make it, or choose another file.",
          "--output \(file) : le dossier manque ou n’est pas accessible en écriture ; créez-le ou changez de fichier."))
    }
    do {
      let handle = try FileHandle(forWritingTo: temporary)
      defer { try? handle.close() }
      try buffered(handle, body)
      try handle.synchronize()
      guard unsafe rename(temporary.path, target.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw error
    }
  }

  private func buffered(_ handle: FileHandle, _ body: (_ sink: ([UInt8]) throws -> Void) throws -> Void) throws {
    var buffer: [UInt8] = []
    try body { bytes in
      buffer += bytes
      guard buffer.count >= 65_536 else { return }
      try handle.write(contentsOf: buffer)
      buffer.removeAll(keepingCapacity: true)
    }
    if !buffer.isEmpty { try handle.write(contentsOf: buffer) }
  }

  /// Only a plain file is replaced, and never a database.
  private func check(_ target: URL, _ file: String) throws {
    let type = (try? FileManager.default.attributesOfItem(atPath: target.path))?[.type] as? FileAttributeType
    guard type == nil || type == .typeRegular else {
      throw Failure.usage(
        language(
          "--output \(file): not a regular file; redirect standard output with > instead.",
          "--output \(file) : pas un fichier ordinaire ; redirigez plutôt la sortie avec >."))
    }
    guard let handle = try? FileHandle(forReadingFrom: target) else { return }
    defer { try? handle.close() }
    let start = try handle.read(upToCount: 16) ?? Data()
    guard !start.starts(with: Data("SQLite format 3".utf8)) else {
      throw Failure.usage(
        language(
          "--output \(file): that is a database, perhaps the register; it was left as it is.",
          "--output \(file) : c’est une base de données, peut-être le registre ; elle est restée telle quelle."))
    }
  }

  /// Messages for people, who may have typed what they quote; never mixed with an answer. Words stay whole on a terminal;
  /// elsewhere a message is one line.
  static func note(_ text: String) {
    var shown = TerminalText.shown(text)
    if let columns = TerminalText.columns(of: STDERR_FILENO) { shown = TerminalText.wrapped(shown, to: columns) }
    try? FileHandle.standardError.write(contentsOf: Data((shown + "\n").utf8))
  }

  func bold(_ text: String) -> String { paint(text, "1") }
  func green(_ text: String) -> String { paint(text, "32") }
  func red(_ text: String) -> String { paint(text, "31") }
  func dim(_ text: String) -> String { paint(text, "2") }
  func paint(_ text: String, _ code: String) -> String { hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

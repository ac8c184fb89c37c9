import Answers
import CivilTime
import Foundation
import JSONText
import Planning
import Publication
import Register
import Wording

/// A folder of notices: what was written is noted beside it, so that exactly that is recorded as published, and that a
/// later writing takes the place of nothing else.
struct NoticeFolder {
  private static let note = "notices.json"
  private static let indexName = "index.html"

  private let path: String
  private let root: URL
  private let language: Language

  init(_ path: String, _ language: Language) {
    self.path = path
    root = URL(fileURLWithPath: path, isDirectory: true)
    self.language = language
  }

  /// Takes the place of an earlier writing. How many of its files are no more.
  ///
  /// The note comes last; a run that is cut off leaves its own behind, by which the next one knows what it may replace.
  func write(_ content: Content, index: [UInt8]) throws -> Int {
    let folder = try OutFolder(path, language)
    var files = content.files
    files.append(OutFolder.File(name: NoticeFolder.indexName, bytes: index))
    let before = ([root] + folder.leftovers.map { root.appendingPathComponent($0, isDirectory: true) })
      .compactMap { Manifest(at: $0.appendingPathComponent(NoticeFolder.note)) }
    func isOurs(_ name: String) -> Bool {
      guard let digest = digest(name) else { return false }
      return before.contains { $0.files[name] == digest }
    }
    for file in files where folder.holds(file.name) {
      guard isOurs(file.name) || digest(file.name) == Digest.sha256(file.bytes) else { throw taken(file.name) }
    }
    guard !folder.holds(NoticeFolder.note) || !before.isEmpty else { throw taken(NoticeFolder.note) }
    let note = content.note(files.map { ($0.name, Digest.sha256($0.bytes)) })
    files.append(OutFolder.File(name: NoticeFolder.note, bytes: Array((note.prettyText + "\n").utf8)))
    let old = Set(before.flatMap(\.files.keys)).subtracting(files.map(\.name)).filter(isOurs)
    try folder.put(files, removing: old.sorted())
    return old.count
  }

  /// Of a plain file; a link is none.
  private func digest(_ name: String) -> String? {
    let file = root.appendingPathComponent(name)
    let type = (try? FileManager.default.attributesOfItem(atPath: file.path))?[.type] as? FileAttributeType
    guard type == .typeRegular, let data = try? Data(contentsOf: file) else { return nil }
    return Digest.sha256(data)
  }

  private func taken(_ name: String) -> Failure {
    Failure.usage(
      language(
        "--out \(path): \(name) is there already, and was not written by this verb or was edited since. Nothing was written: move it, or choose another folder.",
        "--out \(path) : \(name) y est déjà, et n’a pas été écrit par ce verbe ou a été modifié depuis. Rien n’a été écrit : déplacez-le, ou choisissez un autre dossier."
      ))
  }

  /// A fragment as a browser opens it from a disk, to be copied from there: it says its code and nothing of its looks.
  static func opened(_ fragment: [UInt8], _ document: NoticeDocument) -> [UInt8] {
    let head = """
      <!DOCTYPE html>
      <html lang="\(document.language.rawValue)">
      <head><meta charset="utf-8"><title>\(HTMLText.escaped(document.subject))</title></head>
      <body>

      """
    return Array(head.utf8) + fragment + Array("</body>\n</html>\n".utf8)
  }

  // MARK: What is written

  /// A notice that is asked for.
  struct Wanted {
    let notice: NoticeIdentity
    /// Of one that is owed.
    var due: Instant?
  }

  struct Content {
    struct Notice {
      let wanted: NoticeIdentity
      let due: Instant?
      let contract: Contract
      let title: String
      var subjects: [(language: Language, subject: String)] = []
      var files: [String] = []

      var json: JSON {
        .members([
          "change": .string(wanted.change.description), "kind": .string(wanted.kind.rawValue),
          "lead_seconds": wanted.lead.map { .integer($0.seconds) }, "revision": .integer(Int64(wanted.revision ?? 0)),
          "title": .string(title), "due": due.map { .string(TimeText.utc($0)) },
          "subjects": .object(subjects.map { JSON.Member($0.language.rawValue, .string($0.subject)) }),
          "files": .array(files.map { .string($0) }),
        ])
      }
    }

    let register: String
    private(set) var notices: [Notice] = []
    private(set) var files: [OutFolder.File] = []

    init(register: String) { self.register = register }

    /// - Parameters:
    ///   - history: the change after each of its events; never empty.
    ///   - writings: one for each language.
    mutating func add(
      _ wanted: Wanted, _ history: [Change], _ contract: Contract, as forms: [NoticeForm], by writings: [NoticeWriting]
    ) throws {
      let newest = history[history.count - 1]
      let asked = wanted.notice
      let identity = NoticeIdentity(
        change: asked.change, kind: asked.kind, revision: newest.revision ?? 0, lead: asked.lead)
      var notice = Notice(wanted: identity, due: wanted.due, contract: contract, title: newest.content.title)
      let start = newest.content.interval.start
      let day = TimeText.date(contract.timeZone(at: start).civil(start).date)
      for writing in writings {
        let draft = try writing.draft(asked.kind, of: history, contract: contract)
        notice.subjects.append((writing.language, draft.document.subject))
        for form in forms {
          let name = "\(day)-\(asked.change)-\(asked.name).\(writing.language.rawValue).\(form.ending)"
          let bytes = try writing.write(draft, as: form)
          let whole = form.isFragment ? NoticeFolder.opened(bytes, draft.document) : bytes
          files.append(OutFolder.File(name: name, bytes: whole))
          notice.files.append(name)
        }
      }
      notices.append(notice)
    }

    /// - Parameter files: their names and digests.
    func note(_ files: [(name: String, digest: String)]) -> JSON {
      let name = (0..<2).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined()
      return [
        "written_by": "preavis notices write", "name": .string("written-\(name)"), "register": .string(register),
        "notices": .array(notices.map(\.json)),
        "files": .object(files.map { JSON.Member($0.name, .string($0.digest)) }),
      ]
    }
  }

  // MARK: What was written

  /// The note beside notices that were written. It lies in a folder that others may write to, so it is read as a
  /// stranger's.
  struct Manifest {
    let name: String
    let register: String
    let notices: [NoticeIdentity]
    /// Digests by name.
    let files: [String: String]

    /// Nil where there is none, or it is not ours.
    init?(at file: URL) {
      guard let data = try? Data(contentsOf: file), let json = try? JSON(parsing: Array(data)),
        json["written_by"] == "preavis notices write", let name = json["name"]?.string,
        (try? IdempotencyKey.checked(name, .english)) != nil, let register = json["register"]?.string,
        let listed = json["notices"]?.array
      else { return nil }
      var notices: [NoticeIdentity] = []
      for line in listed {
        guard let change = line["change"]?.string.flatMap(ChangeID.init),
          let kind = line["kind"]?.string.flatMap(NoticeKind.init(rawValue:)),
          let revision = line["revision"]?.integer.flatMap(Int.init(exactly:))
        else { return nil }
        notices.append(
          NoticeIdentity(
            change: change, kind: kind, revision: revision,
            lead: line["lead_seconds"]?.integer.map { Elapsed(seconds: $0) }))
      }
      (self.name, self.register, self.notices) = (name, register, notices)
      var files: [String: String] = [:]
      for member in json["files"]?.members ?? []
      where !member.key.contains("/") && !member.key.hasPrefix(".") && !member.key.isEmpty {
        files[member.key] = member.value.string
      }
      self.files = files
    }
  }

  static func read(_ path: String, _ session: Session) throws -> Manifest {
    let root = URL(fileURLWithPath: path, isDirectory: true)
    if let manifest = Manifest(at: root.appendingPathComponent(note)) { return manifest }
    throw Failure(
      status: .badData,
      message: session.language(
        "--written \(path): there is no \(note) in it; first: preavis notices write --due --out …",
        "--written \(path) : il n’y a pas de \(note) dans ce dossier ; d’abord : preavis notices write --due --out …"))
  }
}

extension NoticeForm {
  /// Of the name of a file.
  fileprivate var ending: String {
    switch format {
    case .markdown: "md"
    case .html: isFragment ? "html" : "page.html"
    case .text: "txt"
    case .eml: "eml"
    case .ics: "ics"
    case .letter: "letter.html"
    case .json: "json"
    }
  }
}

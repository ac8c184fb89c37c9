import Answers
import Files
import Foundation
import Wording

/// The file of an import and its bytes.
struct ImportSource {
  enum Format: String, CaseIterable {
    case ics, csv, jsonl

    /// In octets. Calendars pass through a process with little memory; the rest is read where the register lies.
    var limit: Int { self == .ics ? CalendarRows.limit : 64 << 20 }
  }

  /// As it was named; `-` is standard input.
  let name: String
  let format: Format
  let bytes: [UInt8]

  init(_ name: String, format: String?, language: Language) throws {
    self.name = name
    self.format = try ImportSource.format(name, format, language)
    let handle = name == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: name)
    guard let handle else {
      throw Failure(
        status: .failure,
        message: language(
          "\(name): cannot be read. Check the path and the permissions.",
          "\(name)\u{A0}: illisible. Vérifiez le chemin et les droits."))
    }
    let limit = self.format.limit
    do {
      // One octet more tells whether there is more.
      bytes = [UInt8](try handle.read(upToCount: limit + 1) ?? Data())
    } catch {
      throw Failure(status: .failure, message: "\(name): \(error.localizedDescription)")
    }
    guard bytes.count <= limit else {
      throw Failure(
        status: .badData,
        message: language(
          "\(name): larger than \(limit >> 20) MiB; split the file.",
          "\(name)\u{A0}: plus de \(limit >> 20) Mio\u{202F}; découpez le fichier."))
    }
  }

  private static func format(_ name: String, _ given: String?, _ language: Language) throws -> Format {
    let word = given?.lowercased() ?? (name as NSString).pathExtension.lowercased()
    if let format = Format(rawValue: word == "ndjson" ? "jsonl" : word) { return format }
    if let given {
      throw Failure.usage(
        language(
          "--format \(given): unknown; use ics, csv or jsonl.",
          "--format \(given)\u{A0}: inconnu\u{202F}; ics, csv ou jsonl."))
    }
    throw Failure.usage(
      language(
        "\(name): say what it holds with --format ics, csv or jsonl.",
        "\(name)\u{A0}: dites ce qu’il contient avec --format ics, csv ou jsonl."))
  }
}

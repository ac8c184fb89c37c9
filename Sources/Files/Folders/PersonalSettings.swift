import Foundation
import Yams

/// What one person works with where nothing else is said: `~/.config/preavis/config.yaml`. Flags and `PREAVIS_…` go before
/// it; only the language of the system's locale stands behind it, since that is set on every machine.
package struct PersonalSettings: Hashable, Sendable {
  /// As the file is found; nil where there is none.
  package private(set) var file: String?
  /// A path, or the address of a server.
  package private(set) var register: String?
  package private(set) var service: String?
  package private(set) var language: String?
  package private(set) var calendars: String?
  package private(set) var templates: String?

  package static let none = PersonalSettings()

  private init() {}

  private static let keys = ["register", "service", "language", "calendars", "templates"]

  /// Where the file lies: `PREAVIS_CONFIG` names another, and none where it is empty. Without a home folder in the environment
  /// there is none.
  ///
  /// Source: XDG Base Directory Specification 0.8 (a relative path is to be ignored).
  package static func place(_ environment: [String: String]) -> String? {
    if let named = environment["PREAVIS_CONFIG"] { return named.isEmpty ? nil : named }
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return "\(folder)/preavis/config.yaml" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.config/preavis/config.yaml"
  }

  /// What the file says; nothing where there is none, unless `PREAVIS_CONFIG` names it.
  package init(_ environment: [String: String]) throws(FileProblems) {
    guard let path = PersonalSettings.place(environment) else { return }
    let problems = ProblemList(file: path)
    do {
      try read(DataFile.bytes(path, limit: YAMLText.limit), problems, home: environment["HOME"])
    } catch {
      if error == .missing, environment["PREAVIS_CONFIG"] == nil { return }
      problems.add(nil, error.text)
    }
    if !problems.problems.isEmpty { throw FileProblems(problems.sorted) }
    file = path
  }

  private mutating func read(_ bytes: [UInt8], _ problems: ProblemList, home: String?) {
    // What says nothing changes nothing.
    if bytes.split(separator: 0x0A).allSatisfy({ $0.first { $0 != 0x20 && $0 != 0x0D }.map { $0 == 0x23 } ?? true }) {
      return
    }
    guard let node = YAMLText.document(in: bytes, problems),
      let section = Section(node, name: "", keys: PersonalSettings.keys, problems)
    else { return }
    func path(_ key: String) -> String? {
      section.valueIfPresent(key, form: "a whole path, or one from ~/") { text in
        if text.hasPrefix("~/"), let home { return "\(home)/\(text.dropFirst(2))" }
        return text.hasPrefix("/") ? text : nil
      }
    }
    register = section.valueIfPresent("register", form: "a whole path, one from ~/, or https://… of a server") { text in
      if text.contains("://") { return text }
      if text.hasPrefix("~/"), let home { return "\(home)/\(text.dropFirst(2))" }
      return text.hasPrefix("/") ? text : nil
    }
    service = section.has("service") ? section.text("service") : nil
    language = section.valueIfPresent("language", form: "fr or en") { ["fr", "en"].contains($0) ? $0 : nil }
    calendars = path("calendars")
    templates = path("templates")
  }
}

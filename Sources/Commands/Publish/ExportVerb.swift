import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import JSONText
import Planning
import Publication
import Register
import RegisterSQLite
import Wording

struct ExportVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the portal and all feeds as files for any web server.",
    discussion: """
      Each file appears whole or not at all, with a compressed copy beside it; what has not changed is not touched, so \
      that web servers and calendars are not asked to fetch it again. Run it after each change, or every few minutes.

      Examples:
        preavis export --out /var/www/maintenance
        preavis export --out public --service profession-liberale --json
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("The folder that the web server shows.", valueName: "folder")) var out: String
  @Option(help: "Only this service; without it, all of them.") var service: String?
  @Flag(help: "Also each client's own calendars, below clients/: see to it that only they can read them.")
  var clients = false

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let contracts = try session.contracts(of: service)
    let writer = try FolderWriter(out, language: session.language)
    let fragment = EventFragment(identity: open.identity, isSimulation: open.isSimulation)
    let site = try PublishedSite(contracts, register: open.register, fragment: fragment)
    // What a contract that cannot be read tells of stays as it was exported last: its pages, the list of services, and
    // the calendars of clients, from which its changes would vanish.
    let isWhole = session.unread.problems == nil
    var bar = ProgressBar(session.language("Export", "Export"), total: site.count)
    defer { bar.finish() }
    try site.each { file in
      guard isWhole || file.path != PortalPaths.services.description else { return }
      try writer.write(file.path, isKept: file.isKept, file.write(to:))
      bar.step()
    }
    let writesClients = clients && isWhole
    if writesClients { try writeClients(contracts, open, fragment, writer) }
    // One service leaves the others' files alone; private calendars go only where they are written.
    let services = Set(contracts.map(\.service))
    try writer.finish { path in
      let first = String(path.prefix { $0 != "/" })
      if first == "clients" { return writesClients && service == nil }
      return services.contains(first) || (service == nil && isWhole)
    }
    try report(writer.tally, session)
  }

  private func writeClients(
    _ contracts: [Contract], _ open: OpenRegister, _ fragment: EventFragment, _ writer: FolderWriter
  ) throws {
    for name in Set(contracts.flatMap(\.clients).map(\.name)).sorted() {
      guard let scope = FeedScope(client: name, of: contracts) else { continue }
      let folder = "clients/\(ClientFolder.name(name))"
      for language in Language.allCases {
        try writer.write("\(folder)/maintenance.\(language.rawValue).ics") { sink in
          try StandardFeed(scope, fragment: fragment, language: language)
            .write(from: open.register, to: sink)
        }
      }
      try writer.write("\(folder)/maintnote.ics") { sink in
        try MaintnoteFeed(scope, fragment: fragment, language: .english).write(from: open.register, to: sink)
      }
    }
  }

  private func report(_ tally: FolderWriter.Tally, _ session: Session) throws {
    try answer(tally, session)
    if tally.left > 0 {
      Output.note(
        session.language(
          "Files of earlier exports that lie outside this one, left as they are: \(tally.left).",
          "Fichiers d’exports précédents, non concernés et laissés tels quels : \(tally.left)."))
    }
    guard tally.stuck.isEmpty else {
      throw Failure(
        status: .failure,
        message: session.language(
          "No longer published, and could not be removed: \(tally.stuck.sorted().joined(separator: ", ")).",
          "N’est plus publié et n’a pu être retiré : \(tally.stuck.sorted().joined(separator: ", "))."))
    }
  }

  private func answer(_ tally: FolderWriter.Tally, _ session: Session) throws {
    if session.options.json {
      return try session.output.write([
        "out": .string(out), "files": .integer(Int64(tally.files)), "written": .integer(Int64(tally.written)),
        "removed": .integer(Int64(tally.removed)), "left": .integer(Int64(tally.left)),
        "stuck": .array(tally.stuck.sorted().map { .string($0) }),
      ])
    }
    func files(_ word: String, _ count: Int) -> String { Language.french.counted(count, word) }
    try session.output.write(
      session.language(
        "\(out): \(Language.english.counted(tally.files, "file")), \(tally.written) written, \(tally.removed) removed.",
        "\(out) : \(files("fichier", tally.files)), \(files("écrit", tally.written)), \(files("retiré", tally.removed))."
      ))
  }
}

/// The folder of a client, safe in every file system and address.
enum ClientFolder {
  /// Small letters and digits of ASCII, parted by hyphens; a hash of the name keeps two clients apart.
  static func name(_ client: String) -> String {
    var words = ""
    for scalar in client.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": words.unicodeScalars.append(scalar)
      case "\u{300}"..."\u{36F}": continue
      default: if !words.hasSuffix("-"), !words.isEmpty { words += "-" }
      }
    }
    while words.hasSuffix("-") { words.removeLast() }
    return "\(words.isEmpty ? "client" : String(words.prefix(40)))-\(Digest.sha256(client.utf8).prefix(8))"
  }
}

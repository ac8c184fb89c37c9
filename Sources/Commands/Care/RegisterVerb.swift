import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Publication
import Register
import RegisterSQLite
import Remote
import Wording

struct RegisterVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Look after the register.",
    subcommands: [Verify.self, Info.self, Backup.self, Restore.self, AcceptHistoryVerb.self])

  struct Verify: Verb {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Recompute every hash and rebuild every change; say what does not agree.",
      discussion: """
        A checkpoint is what register info prints; whoever keeps one can tell whether history was cut or rewritten.

        Examples:
          preavis register verify
          preavis register verify --against 128:9f86d081…
        """)

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("A checkpoint kept elsewhere.", valueName: "size:hash")) var against: String?

    func run(_ session: Session) throws {
      let checkpoint = try CheckpointArgument(language: session.language).read(against)
      // What a server keeps is fetched anew: the replica was checked when it was taken.
      let result =
        try session.server?.fetchingAnew { try Register.verify($0.replica.store, against: checkpoint, isCopy: true) }
        ?? file(session.registerPath, against: checkpoint)
      if session.options.json {
        try session.output.write([
          "events": .integer(Int64(result.events)), "changes": .integer(Int64(result.changes)),
          "outages": .integer(Int64(result.outages)), "tokens": .integer(Int64(result.tokens)),
          "private_feeds": .integer(Int64(result.privateFeeds)), "root": .string(result.root),
          "problems": .array(
            result.problems.map { problem in
              let (code, members) = problem.told
              return .object(
                [.init("code", .string(code))] + members
                  + [.init("message", .string(DamageText(language: session.language).line(problem)))])
            }),
        ])
      } else {
        let count = result.outages
        let outages: (english: String, french: String) =
          count == 0
          ? ("", "")
          : (", \(count) outage\(count == 1 ? "" : "s")", ", \(count) panne\(count == 1 ? "" : "s")")
        let sum = session.language(
          "\(result.events) events, \(result.changes) change\(result.changes == 1 ? "" : "s")\(outages.english), root \(result.root)",
          "\(result.events) événements, \(result.changes) changement\(result.changes < 2 ? "" : "s")\(outages.french), racine \(result.root)"
        )
        try session.output.write(sum)
        for problem in result.problems { Output.note(DamageText(language: session.language).line(problem)) }
        if result.problems.isEmpty {
          try session.output.write(
            session.output.green("✓ ") + session.language("The register is whole.", "Le registre est intact."))
        }
      }
      if !result.problems.isEmpty { throw ExitCode(ExitStatus.failure.rawValue) }
    }

    /// What is damaged so that it cannot be opened, or read on, has that problem at least.
    private func file(_ path: String, against checkpoint: Checkpoint?) throws -> Verification {
      do {
        return try Register.verify(try SQLiteStore.open(at: path, readOnly: true), against: checkpoint)
      } catch RegisterError.damaged(let damage) { return Verification(problems: [damage]) }
    }
  }

  struct Info: Verb {
    static let configuration = CommandConfiguration(
      commandName: "info", abstract: "Where the register is, how it is kept, and its checkpoint.",
      discussion: "Example:\n  preavis register info --json")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
      let open = try session.register(readOnly: true)
      guard let store = try open.file ?? session.server?.register().replica.store else {
        throw RegisterError.notFound(session.registerPath)
      }
      let newest = try store.read { try $0.newestEvent() }
      let checkpoint = newest.map { Checkpoint(size: $0.sequence, root: $0.hash).description } ?? "-"
      let rows: [(String, String)] = [
        ("register", session.server == nil ? store.path : session.registerPath),
        (session.server == nil ? "" : "replica", store.path), ("identity", open.identity),
        ("simulation", open.isSimulation ? "true" : "false"),
        ("sqlite", store.sqliteVersion), ("journal", "\(store.journal.rawValue) + synchronous FULL"),
        ("journal_reason", store.journal.reason), ("events", String(newest?.sequence ?? 0)),
        ("checkpoint", checkpoint),
        ("register_by", Session.place(session.options, session.environment, session.settings).foundBy),
        ("settings", session.settings.file ?? "-"),
        ("language", "\(session.language.rawValue) (\(languageBy(session)))"),
        ("service", session.settings.service.map { "\($0) (settings)" } ?? "-"),
        ("calendars", calendars(session)),
        ("templates", (try? session.templatesFolder()).map { "\($0.path) (\($0.foundBy))" } ?? "-"),
      ].filter { !$0.0.isEmpty }
      if session.options.json {
        return try session.output.write(JSON.object(rows.map { JSON.Member($0.0, .string($0.1)) }))
      }
      try session.output.write(
        rows.map { $0.0 + String(repeating: " ", count: 16 - $0.0.count) + $0.1 }.joined(separator: "\n"))
    }

    private func languageBy(_ session: Session) -> String {
      if session.options.lang != nil { return "flag" }
      return session.settings.language == nil ? "environment" : "settings"
    }

    private func calendars(_ session: Session) -> String {
      if session.server != nil, session.options.calendars == nil {
        return (try? session.contracts()).map { "\($0.path) (server)" } ?? "-"
      }
      return (try? session.calendarsFolder()).map { "\($0.path) (\($0.foundBy))" } ?? "-"
    }
  }

  struct Backup: Verb {
    static let configuration = CommandConfiguration(
      commandName: "backup",
      abstract: "Copy the register while it is in use; the copy is verified before it gets its name.",
      discussion: "Example:\n  preavis register backup -o backup.sqlite")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
      guard let target = session.options.output else {
        throw Failure.usage(session.language("Say where the copy goes: -o FILE.", "Dites où va la copie : -o FICHIER."))
      }
      let store =
        try session.server?.register().replica.store
        ?? SQLiteStore.open(at: session.registerPath, readOnly: true)
      let result: Verification
      do { result = try store.backUp(to: target) } catch RegisterError.exists(let path) {
        throw Failure(
          status: ErrorCode(RegisterError.exists(path))?.exit ?? .failure,
          message: session.language(
            "There is a file at \(path) already; it was left as it is. Choose another with -o.",
            "Il y a déjà un fichier à \(path)\u{A0}; il est resté tel quel. Choisissez-en un autre avec -o."))
      }
      Output.note(
        session.language(
          "Copied and verified: \(result.events) events in \(target).",
          "Copié et vérifié : \(result.events) événements dans \(target)."))
    }
  }

  struct Restore: Verb {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Put a verified backup in the place of a register that is gone.",
      discussion: """
        A register that is still there is never overwritten: move it away first. With --against, a backup that is \
        shorter than the checkpoint is refused.

        Example:
          preavis register restore backup.sqlite --register preavis.sqlite \\
            --against 128:9f86d081…
        """)

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("The backup.", valueName: "file")) var backup: String
    @Option(help: ArgumentHelp("The newest checkpoint that is known.", valueName: "size:hash")) var against: String?

    func run(_ session: Session) throws {
      let file = try session.registerFile(for: "register restore")
      let checkpoint = try CheckpointArgument(language: session.language).read(against)
      let source = try SQLiteStore.open(at: backup, readOnly: true)
      let found = try Register.verify(source, against: checkpoint, isCopy: true).problems
      guard found.isEmpty else {
        for problem in found { Output.note(DamageText(language: session.language).line(problem)) }
        throw Failure(
          status: .failure,
          message: session.language(
            "\(backup) is not whole; nothing was restored.", "\(backup) n’est pas intact ; rien n’a été restauré."))
      }
      let result = try source.backUp(to: file)
      Output.note(
        session.language(
          "Restored and verified: \(result.events) events in \(file).",
          "Restauré et vérifié : \(result.events) événements dans \(file)."))
    }
  }
}

/// Reads a checkpoint that someone kept.
struct CheckpointArgument {
  let language: Language

  func read(_ text: String?) throws -> Checkpoint? {
    guard let text else { return nil }
    if let checkpoint = Checkpoint(text) { return checkpoint }
    throw Failure.usage(
      language(
        "--against \(text): not a checkpoint; it looks like 128:9f86…",
        "--against \(text) : pas un point de contrôle ; il ressemble à 128:9f86…"))
  }
}

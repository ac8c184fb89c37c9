import Answers
import ArgumentParser
import Files
import JSONText
import Planning
import Publication
import Register
import Remote
import Wording

/// Writes a notice and records it in one.
struct PublishVerb: OperationVerb {
  static let operation = Operation.recordNotice
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Write the notice of a change, and record that it was published.",
    discussion: """
      It is recorded before it is written out, so that what is refused goes nowhere. Written are the forms of preavis \
      notice.

      Examples:
        preavis notices publish CHG-2026-0042 --channel portal --fragment |
          xclip -sel clip -t text/html
        preavis notices publish CHG-2026-0042 --channel mail --format eml \\
          --bcc clients@example.org | sendmail -t
        preavis notices publish CHG-2026-0042 --channel letter --format letter \\
          -o letter.html
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String
  @Option(help: "The kind of notice, as preavis notice takes it; without it, the one that is owed first.")
  var kind: String?
  @OptionGroup var channels: ChannelOptions
  @OptionGroup var form: NoticeFormOptions

  func run(_ session: Session) throws {
    let words = session.words
    let id = try words.change(change)
    let form = try form.form(session)
    guard !form.isSubject else {
      throw Failure.usage(
        session.language(
          "--subject: a subject alone is no notice; preavis notice \(id) --subject prints it.",
          "--subject : un objet seul n’est pas un avis ; preavis notice \(id) --subject l’affiche."))
    }
    let channels = try channels.channels(session)
    let key = try recording.key(session)
    let open = try session.register(readOnly: true, asking: form.format == .eml ? .published(id) : .about(id))
    let history = try open.register.history(id).map(\.after)
    let newest = history[history.count - 1]
    let contract = try session.contract(newest.content.service).contract
    let named: NoticeKind? = try kind.map { try words.read($0, field: .kind) }
    let writing = try NoticeWriting(open, session)
    func text(_ kind: NoticeKind, of history: [Change]) throws -> [UInt8] {
      try writing.write(writing.draft(kind, of: history, contract: contract), as: form)
    }
    // What cannot be written is not recorded.
    let owed = named ?? NoticesOwed(contract, open.register).firstKind(of: newest)
    var bytes = try owed.map { try text($0, of: history) } ?? []
    let batch = PublishedBatch(session: session, channels: channels, at: nil, key: key)
    if let named, newest.revision(toldBy: named, at: open.register.now) != newest.revision {
      try refuseOld(named, newest, contract, batch, open, session)
    }
    let recorded = try batch.recorded([PublishedBatch.Notice(id, named, revision: newest.revision)], open)
    guard let line = recorded.first?.line else { return }
    let kind = line.kind
    if recorded.contains(where: \.isReplay) || kind != owed {
      // What was answered then: of the change as it stood.
      let before = try open.register.history(id).filter { $0.line.sequence < line.line.sequence }
      bytes = try text(kind, of: before.map(\.after))
    }
    do { try session.output.write(bytes, as: form) } catch {
      Output.note(
        session.language(
          "Recorded as published, and not written: preavis notice \(id) --kind \(kind.rawValue)",
          "Enregistré comme publié, et non écrit : preavis notice \(id) --kind \(kind.rawValue)"))
      throw error
    }
    let wording = session.wording(contract)
    let ways = session.language.list(channels.map(wording.channel))
    Output.note(
      session.language(
        "Recorded as published: \(id), \(wording.notice(kind)) (\(ways)).",
        "Enregistré comme publié : \(id), \(wording.notice(kind)) (\(ways))."))
    session.noteLanguage()
  }

  /// What tells of a state that is no more would be read as news, unless it is owed all the same or was recorded then.
  private func refuseOld(
    _ kind: NoticeKind, _ change: Change, _ contract: Contract, _ batch: PublishedBatch, _ open: OpenRegister,
    _ session: Session
  ) throws {
    let owed = NoticeObligations.owed(for: change, at: open.register.now, by: contract.notices)
    guard !owed.contains(where: { $0.kind == kind && $0.isReady }), try batch.told(open, of: change.id).isEmpty else {
      return
    }
    let published = "preavis notices published \(change.id) --kind \(kind.rawValue) --channel \(channels.channel[0])"
    throw Failure.usage(
      session.language(
        "--kind \(kind.rawValue): what it tells of \(change.id) stands no more, and clients would read it as news. Nothing was recorded. What stands: preavis notice \(change.id). If it went out then: \(published) --at …",
        "--kind \(kind.rawValue) : ce qu’il dit de \(change.id) ne tient plus, et les clients le liraient comme une nouvelle. Rien n’a été enregistré. Ce qui tient : preavis notice \(change.id). S’il est parti à l’époque : \(published) --at …"
      ))
  }
}

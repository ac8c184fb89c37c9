import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

/// Writes notices into a folder, and what was written, so that exactly that is recorded as published.
struct WriteVerb: VerbOfLanguages {
  static let configuration = CommandConfiguration(
    commandName: "write", abstract: "Write all notices that are owed, or those of some changes, into a folder.",
    discussion: """
      One file a notice, language and format; index.html lists them with their subjects and deadlines. Without --format, \
      what an editor takes (preavis notice --fragment); without --lang, both languages, unless config.yaml says one. Files that this verb wrote before, and nobody edited, give way; \
      nothing else does.

      Examples:
        preavis notices write --due --out monday
        preavis notices write --due --lang fr,en --fragment --format eml --draft \\
          --bcc clients@example.org --out monday
        preavis notices write CHG-2026-0042 --kind reminder --format letter --out paper
        preavis notices published --written monday --channel portal
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The changes.", valueName: "CHG-…")) var changes: [String] = []
  @Flag(help: "All notices that are owed now.") var due = false
  @Option(help: "Only this service, with --due.") var service: String?
  @Option(help: "The kind of notice, as preavis notice takes it; without it, those that are owed now.")
  var kind: String?
  @Option(help: ArgumentHelp("As preavis notice takes it; repeatable.", valueName: "format")) var format: [String] = []
  @Flag(help: "HTML to paste into an editor, beside what --format names.") var fragment = false
  @Flag(help: "Mails (eml) are opened for writing by mail programs.") var draft = false
  @Option(help: ArgumentHelp("Whom mails go to; they see each other. Repeatable.", valueName: "address"))
  var to: [String] = []
  @Option(help: ArgumentHelp("Whom mails go to unseen by others; repeatable.", valueName: "address"))
  var bcc: [String] = []
  @Option(help: ArgumentHelp("The folder to write into.", valueName: "folder")) var out: String?

  func run(_ session: Session) throws {
    let (out, session) = try session.folder(out)
    guard changes.isEmpty == due else {
      throw Failure.usage(
        session.language(
          "Say which notices: CHG-… or --due; one of the two.", "Dites quels avis : CHG-… ou --due ; l’un des deux."))
    }
    try session.refuse("--service", service != nil && !due, without: "--due")
    try session.refuse("--kind", kind != nil && due, without: "CHG-…")
    try OutFolder.checkName(out, session.language)
    let forms = try forms(session)
    let open = try session.register(readOnly: true)
    let wanted = try wanted(open, session)
    let writings = try (session.clientLanguages ?? Language.allCases).map { try NoticeWriting(open, session, in: $0) }
    var content = NoticeFolder.Content(register: open.identity)
    for notice in wanted {
      let history = try open.register.history(notice.notice.change).map(\.after)
      let contract = try session.contract(history[history.count - 1].content.service).contract
      try content.add(notice, history, contract, as: forms, by: writings)
    }
    // What stands there of an earlier day is no less true.
    let removed =
      content.notices.isEmpty
      ? 0 : try NoticeFolder(out, session.language).write(content, index: index(content, out, session))
    try report(content, in: out, removed: removed, session)
  }

  private func forms(_ session: Session) throws -> [NoticeForm] {
    let words = session.words
    let named: [NoticeFormat] = try format.map { try words.read($0, field: .format) }
    try session.refuseTwice(named.map(\.rawValue), of: "--format")
    let hasMail = named.contains(.eml)
    for (option, isGiven) in [("--draft", draft), ("--to", !to.isEmpty), ("--bcc", !bcc.isEmpty)] {
      try session.refuse(option, isGiven && !hasMail, without: "--format eml")
    }
    var forms: [NoticeForm] = []
    if fragment || named.isEmpty {
      var form = NoticeForm(.html)
      form.isFragment = true
      forms.append(form)
    }
    for format in named {
      var form = NoticeForm(format)
      if format == .eml { (form.isDraft, form.recipients, form.hiddenRecipients) = (draft, to, bcc) }
      forms.append(form)
    }
    return forms
  }

  /// Which notices, in the order of their deadlines.
  private func wanted(_ open: OpenRegister, _ session: Session) throws -> [NoticeFolder.Wanted] {
    if due {
      return try NoticesOwed.now(session.contracts(of: service), register: open.register).map(NoticeFolder.Wanted.init)
    }
    let words = session.words
    let named = try changes.map { try words.change($0) }
    try session.refuseTwice(named.map(\.description), of: nil)
    let kind: NoticeKind? = try kind.map { try words.read($0, field: .kind) }
    return try named.flatMap { id -> [NoticeFolder.Wanted] in
      if let kind { return [NoticeFolder.Wanted(notice: NoticeIdentity(change: id, kind: kind))] }
      let change = try open.register.change(id)
      let contract = try session.contract(change.content.service).contract
      let owed = try NoticesOwed.now([contract], register: open.register).filter { $0.obligation.change == id }
      guard owed.isEmpty else { return owed.map(NoticeFolder.Wanted.init) }
      throw Failure.usage(
        session.language(
          "Nothing is owed for \(id) now: name the notice to write with --kind.",
          "Rien n’est dû pour \(id) en ce moment : nommez l’avis à écrire avec --kind."))
    }
  }

  private func index(_ content: NoticeFolder.Content, _ out: String, _ session: Session) -> [UInt8] {
    let entries = content.notices.map { notice in
      let wording = session.wording(notice.contract)
      return NoticeIndex.Entry(
        change: notice.wanted.change.description, title: notice.title,
        kind: wording.notice(notice.wanted.kind, lead: notice.wanted.lead),
        due: notice.due.map(wording.dateTime), subjects: notice.subjects.map { ($0.language, $0.subject) },
        files: notice.files)
    }
    return NoticeIndex(
      entries: entries, language: session.language,
      command: "preavis notices published --written \(TerminalText.quoted(out)) --channel portal"
    ).render()
  }

  private func report(_ content: NoticeFolder.Content, in out: String, removed: Int, _ session: Session) throws {
    if session.options.json {
      return try session.output.writeArray { add in for notice in content.notices { try add(notice.json) } }
    }
    let language = session.language
    guard !content.notices.isEmpty else {
      return try session.output.write(
        language("Nothing is owed now; nothing was written.", "Rien n’est dû en ce moment ; rien n’a été écrit."))
    }
    let count = content.notices.count
    let files = content.notices.flatMap(\.files)
    var lines = [
      session.output.bold(
        language(
          "\(language.counted(count, "notice")) written into \(out)",
          "\(count) avis \(count < 2 ? "écrit" : "écrits") dans \(out)"))
    ]
    lines += (["index.html"] + files).map { "  \(TerminalText.shown($0))" }
    if removed > 0 {
      lines.append(
        language(
          "\(language.counted(removed, "file")) of an earlier run removed",
          "\(removed < 2 ? "\(removed) fichier d’avant retiré" : "\(removed) fichiers d’avant retirés")"))
    }
    lines += [
      "", language("Once they are published:", "Une fois publiés :"),
      "  preavis notices published --written \(TerminalText.quoted(out)) --channel portal",
    ]
    try session.output.write(lines.joined(separator: "\n"))
  }
}

extension NoticeFolder.Wanted {
  init(_ line: NoticesOwed.Line) {
    self.init(notice: line.identity, due: line.obligation.due)
  }
}

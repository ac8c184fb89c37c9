import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import JSONText
import Planning
import Publication
import Register
import Remote
import Wording

/// What clients were told, and proof of it.
struct EvidenceVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "evidence", abstract: "What clients were told, to how many, by which way, when, and how long ahead.",
    discussion: """
      Each line has its place in the log; of what the program mailed, the SHA-256 of the text too. --check says whether \
      a text, or a mail that was saved, is one of those.

      Examples:
        preavis notices evidence CHG-2026-0042
        preavis notices evidence CHG-2026-0042 --check mail.eml
        preavis notices evidence --month 2026-11 --csv -o told.csv
      """)

  static let apart = [GivenTwice.Pair("--check", "--csv"), .init("--csv", "--json")]

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String?
  @Option(help: ArgumentHelp("All that was published in a month.", valueName: "YYYY-MM")) var month: String?
  @Option(help: "Only this service, with --month.") var service: String?
  @Flag(help: "One row a notice, for spreadsheets.") var csv = false
  @Option(help: ArgumentHelp("A text or a mail: is it one that was sent?", valueName: "file")) var check: String?

  func run(_ session: Session) throws {
    guard (change == nil) != (month == nil), service == nil || month != nil else {
      throw Failure.usage(
        session.language(
          "Name a change, or a month: preavis notices evidence CHG-…, or --month 2026-11 (and --service)",
          "Nommez un changement, ou un mois : preavis notices evidence CHG-…, ou --month 2026-11 (et --service)"))
    }
    let (lines, wording, isSimulation) = try found(session)
    let text = ChangeText(wording: wording, output: session.output, isSimulation: isSimulation)
    if let check { return try compare(check, lines, text, session) }
    if csv { return try session.output.write(Array(NoticesTold.csv(lines, wording: wording).utf8)) }
    if session.options.json {
      return try session.output.writeArray { add in
        for line in lines { try add(NoticesTold.form.json(line, .local(wording.zone))) }
      }
    }
    let rows =
      lines.isEmpty
      ? [session.language("Nothing is on record as published.", "Aucune publication n’est enregistrée.")]
      : [
        session.output.bold(
          session.language("Told to clients (\(wording.zoneName))", "Dit aux clients (\(wording.zoneName))"))
      ] + lines.flatMap { EvidenceVerb.rows($0, text) }
    try session.output.write((text.simulationMark + rows).joined(separator: "\n"))
  }

  private func found(_ session: Session) throws -> (lines: [NoticesTold.Line], wording: Wording, isSimulation: Bool) {
    if let change {
      let id = try session.words.change(change)
      let open = try session.register(readOnly: true, asking: .about(id))
      let contract = try session.contract(open.register.change(id).content.service).contract
      return (try NoticesTold.lines(of: id, in: open.register), session.wording(contract), open.isSimulation)
    }
    let asked = try MonthArgument(language: session.language).month(month ?? "", field: .month)
    let open = try session.register(readOnly: true)
    let contracts = try session.contracts(of: service)
    return (
      try contracts.flatMap { try NoticesTold.lines(asked, of: $0, in: open.register) }, session.wording(contracts[0]),
      open.isSimulation
    )
  }

  /// Two or three lines of a notice.
  private static func rows(_ line: NoticesTold.Line, _ text: ChangeText) -> [String] {
    let wording = text.wording
    let language = wording.language
    let what = "\(wording.notice(line.kind, lead: line.evidence?.lead)), \(wording.channel(line.channel))"
    var facts = [wording.dateAndTime(line.publishedAt.stated)]
    if line.ahead > .zero {
      let ahead = wording.duration(line.ahead)
      facts.append(language("\(ahead) ahead", "\(ahead) avant le début"))
    }
    if let told = line.evidence {
      facts.append(
        told.addresses == 1
          ? language("1 mailing", "1 envoi") : language("\(told.addresses) mailings", "\(told.addresses) envois"))
      if line.notReached > 0 {
        facts.append(language("\(line.notReached) not reached", "non atteints : \(line.notReached)"))
      }
    }
    if line.publishedAt.recorded != line.publishedAt.stated {
      let recorded = wording.dateAndTime(line.publishedAt.recorded)
      facts.append(language("recorded \(recorded)", "enregistré le \(recorded)"))
    }
    let place = language("event \(line.line.sequence)", "événement \(line.line.sequence)")
    let proofs =
      ["\(place)  \(line.line.hash.prefix(16))"]
      + line.texts.map { "\($0.language) \($0.digest.prefix(16))" }
    return ["\(text.output.bold(line.change.description)) r\(line.revision)  \(what)"]
      + text.wrap(facts.joined(separator: ", "), indent: 4, first: "  ")
      + text.wrap(proofs.joined(separator: "  "), indent: 4, first: "  ").map(text.output.dim)
  }

  /// Octets; no notice comes near.
  private static let longestText = 4 << 20

  /// Whether a text is what the program writes of a notice that a person recorded: nobody noted which words went out.
  private static func isText(_ digest: String, of line: NoticesTold.Line, _ session: Session) throws -> Bool {
    guard line.evidence == nil else { return false }
    let open = try session.register(readOnly: true, asking: .about(line.change))
    let history = try open.register.history(line.change).filter { $0.line.sequence < line.line.sequence }.map(\.after)
    let contract = try session.contract(history[history.count - 1].content.service).contract
    return try Language.allCases.contains { language in
      let writing = try NoticeWriting(open, session, in: language)
      guard let draft = try? writing.draft(line.kind, of: history, contract: contract) else { return false }
      var fragment = NoticeForm(.html)
      fragment.isFragment = true
      let forms = [NoticeForm(.markdown), NoticeForm(.html), NoticeForm(.text), fragment]
      var texts = try forms.map { try writing.write(draft, as: $0) }
      texts.append(NoticeFolder.opened(texts[3], draft.document))
      return texts.contains { NoticeText.digest(String(decoding: $0, as: UTF8.self)) == digest }
    }
  }

  /// Exit 1 where the text is none of those.
  private func compare(
    _ path: String, _ lines: [NoticesTold.Line], _ text: ChangeText, _ session: Session
  ) throws {
    let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let data = try? handle?.read(upToCount: EvidenceVerb.longestText + 1),
      data.count <= EvidenceVerb.longestText, let said = NoticeText.text(of: [UInt8](data))
    else {
      throw Failure(
        status: .badData,
        message: session.language(
          "\(path): no text in UTF-8 that could be compared.", "\(path) : aucun texte en UTF-8 à comparer."))
    }
    let digests = NoticeText.told(said).map(NoticeText.digest)
    let sent = lines.filter { $0.texts.contains { digests.contains($0.digest) } }
    let same = try sent.isEmpty ? lines.filter { try EvidenceVerb.isText(digests[0], of: $0, session) } : sent
    let digest = digests.last { digest in same.contains { $0.texts.contains { $0.digest == digest } } } ?? digests[0]
    if session.options.json {
      try session.output.write([
        "digest": .string(digest), "sent": .bool(!sent.isEmpty),
        "notices": .array(same.map { NoticesTold.form.json($0, .local(text.wording.zone)) }),
      ])
    } else if !same.isEmpty {
      let head =
        sent.isEmpty
        ? session.language(
          "Recorded as published, and written in these words:", "Enregistré comme publié, et écrit en ces mots :")
        : session.language("This text was sent:", "Ce texte a été envoyé\u{A0}:")
      try session.output.write(
        (text.simulationMark + [head] + same.flatMap { EvidenceVerb.rows($0, text) }).joined(separator: "\n"))
    }
    guard same.isEmpty else { return }
    throw Failure(
      status: .failure,
      message: session.language(
        "\(path): none of the texts that the program sent (SHA-256 \(digest)).",
        "\(path) : aucun des textes envoyés par le programme (SHA-256 \(digest))."))
  }
}

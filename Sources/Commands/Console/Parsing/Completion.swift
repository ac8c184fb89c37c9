import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import Planning
import Publication
import Register
import Remote
import Wording

/// What can stand where the cursor is, for the shells' scripts: verbs, options, words, and what the register and the contracts
/// hold. It answers at once or not at all, and never with an error: whoever types is not to be disturbed.
struct Completion {
  /// One word and what is said of it.
  struct Word: Hashable {
    let text: String
    var note = ""
  }

  /// What the shell is to offer.
  enum Answer: Hashable {
    case words([Word])
    case files, folders
  }

  /// Seconds after which a register, or a server, is waited for no longer.
  static let patience = 1.0

  let tree: VerbTree
  private let typed: [String]
  private let current: String
  private let path: [VerbTree]
  private let rest: [String]
  private let language: Language

  /// - Parameter words: without the program's name, up to the one at the cursor, which may be empty.
  init(_ words: [String], tree: VerbTree, language: Language) {
    self.tree = tree
    self.language = language
    current = words.last ?? ""
    typed = words.dropLast()
    let (path, used) = tree.descend(typed)
    self.path = path
    rest = Array(typed.dropFirst(used))
  }

  private var verb: VerbTree { path[path.count - 1] }
  private var name: String { path.dropFirst().map(\.name).joined(separator: " ") }

  func answer() -> Answer {
    if let (option, head, value) = openOption {
      guard case .words(let words) = values(of: option, named: option.names.last ?? "") else {
        return values(of: option, named: option.names.last ?? "")
      }
      return .words(words.filter { $0.text.hasPrefix(value) }.map { Word(text: head + $0.text, note: $0.note) })
    }
    if current.hasPrefix("-") { return .words(options.filter { $0.text.hasPrefix(current) }) }
    var words: [Word] = []
    if rest.isEmpty {
      words = verb.children.map { Word(text: $0.name, note: HelpText(language).text($0.abstract)) }
    }
    if let argument = place {
      switch values(of: argument, named: "") {
      case .words(let more): words += more
      case let other where words.isEmpty: return other
      default: break
      }
    }
    return .words(words.filter { $0.text.lowercased().hasPrefix(current.lowercased()) })
  }

  /// The option whose value is being typed: behind its name, or behind `=`, which bash makes a word of its own.
  private var openOption: (option: VerbTree.Argument, head: String, value: String)? {
    func option(_ name: String) -> VerbTree.Argument? {
      verb.ownArguments.first { $0.names.contains(name) && !$0.isFlag }
    }
    if current == "=", let last = rest.last, let option = option(last) { return (option, "", "") }
    if rest.last == "=", let before = rest.dropLast().last, let option = option(before) { return (option, "", current) }
    if current.hasPrefix("--"), let sign = current.firstIndex(of: "=") {
      let name = String(current[..<sign])
      return option(name).map { ($0, name + "=", String(current[current.index(after: sign)...])) }
    }
    return rest.last.flatMap(option).map { ($0, "", current) }
  }

  /// Long names that were not given yet.
  private var options: [Word] {
    let given = Set(rest.map { String($0.prefix { $0 != "=" }) })
    return verb.ownArguments.filter { $0.isRepeating || given.isDisjoint(with: $0.names) }.flatMap { argument in
      argument.names.filter { $0.hasPrefix("--") }
        .map { Word(text: $0, note: HelpText(language).text(argument.abstract)) }
    } + [Word(text: "--help", note: HelpText(language).text("Show help information."))]
  }

  /// The argument whose place the cursor is at.
  private var place: VerbTree.Argument? {
    var count = 0
    var skips = false
    for word in rest {
      if skips {
        skips = false
      } else if word.hasPrefix("-") {
        skips = !word.contains("=") && verb.ownArguments.contains { $0.names.contains(word) && !$0.isFlag }
      } else {
        count += 1
      }
    }
    let places = verb.ownArguments.filter(\.isPositional)
    return count < places.count ? places[count] : places.last.flatMap { $0.isRepeating ? $0 : nil }
  }

  // MARK: Values

  private func values(of argument: VerbTree.Argument, named option: String) -> Answer {
    switch argument.valueName {
    case "file", "old", "new": return .files
    case "folder": return .folders
    case "place": return .files
    case "fr|en": return .words(["fr", "en"].map { Word(text: $0) })
    case "YYYY-MM": return .words(asked(months))
    case "CHG-…": return .words(asked(changes))
    case "OUT-…": return .words(asked(outages))
    case "TOK-…": return .words(asked { try grants(TokenContent.self, $0) })
    case "PFD-…": return .words(asked { try grants(PrivateFeedContent.self, $0) })
    case "HOOK-…": return .words(asked { try grants(WebhookContent.self, $0) })
    case "MAIL-…": return .words(asked { try grants(MailingContent.self, $0) })
    default: break
    }
    switch option {
    case "--service": return .words(asked { try $0.contracts().services().map { Word(text: $0) } })
    case "--environment": return .words(asked { try contracts($0).flatMap(\.environments).map { Word(text: $0) } })
    case "--component": return .words(asked { try contracts($0).flatMap(\.components).map { Word(text: $0) } })
    default: break
    }
    let known = Completion.known["\(name) \(option)"] ?? Completion.known[option] ?? []
    return .words(known.map { Word(text: $0, note: language == .french ? SpokenValue.french($0) ?? "" : "") })
  }

  private static func words<Value: RawRepresentable & CaseIterable>(_: Value.Type) -> [String]
  where Value.RawValue == String { Value.allCases.map(\.rawValue) }

  /// What options take one of, by the verb and the option where it is not the same for all.
  private static let known: [String: [String]] = [
    "--impact": words(Impact.self), "--category": words(UpdateDetails.Category.self),
    "--channel": words(NoticeChannel.self), "--cause": words(OutageCause.self), "--role": words(Role.self),
    "--kind": words(NoticeKind.self), "notice --kind": words(NoticeKind.self) + [NoticeTemplates.availabilityKind],
    "--state": words(ChangeState.self), "outage list --state": ["ongoing", "ended", "voided"],
    "token list --state": ["active", "expired", "revoked"], "private-feed list --state": ["active", "revoked"],
    "webhook list --state": ["active", "revoked"],
    "--event": words(ClientEvent.self), "--profile": words(WriteFeedVerb.Profile.self),
    "notice --format": words(NoticeFormat.self), "report --format": words(ReportVerb.Format.self),
    "availability --format": words(AvailabilityVerb.Format.self), "webhook create --format": words(WebhookFormat.self),
    "import --format": ["csv", "jsonl", "ics"], "outage import --format": ["csv", "jsonl"],
  ]

  // MARK: The register

  /// Nothing where the register or the contracts cannot be read.
  private func asked(_ words: (Session) throws -> [Word]) -> [Word] {
    // What does not come in time is no help any more.
    DispatchQueue.global().asyncAfter(deadline: .now() + Completion.patience) { _exit(0) }
    do {
      var seen: Set<String> = []
      return try words(Session(GlobalOptions.parse(global))).filter { seen.insert($0.text).inserted }
    } catch {
      return []
    }
  }

  /// The common options among what was typed, since they say which register is meant.
  private var global: [String] {
    let names: Set = ["--register", "--calendars", "--ca-file"]
    return rest.indices.flatMap { index -> [String] in
      let word = rest[index]
      if names.contains(where: { word.hasPrefix($0 + "=") }) { return [word] }
      return names.contains(word) && rest.indices.contains(index + 1) ? [word, rest[index + 1]] : []
    }
  }

  private func contracts(_ session: Session) throws -> [Contract] {
    let named = rest.indices.dropLast().first { rest[$0] == "--service" }.map { rest[$0 + 1] }
    return try session.contracts(of: named)
  }

  /// The last twelve, the newest first.
  private func months(_ session: Session) throws -> [Word] {
    let today = (session.firstContract?.currentTimeZone ?? .utc).civil(try session.now()).date
    return (0..<12).map { back in
      let month = today.year * 12 + today.month - 1 - back
      return Word(text: "\(month / 12)-\((month % 12 + 1).padded(2))")
    }
  }

  /// How many identifiers are offered.
  private static let most = 50

  /// Those in a state that the verb can move, what is to come first.
  private func changes(_ session: Session) throws -> [Word] {
    let open = try session.register(readOnly: true, asking: Question(.listChanges))
    var filter = ChangeFilter()
    filter.states = Completion.states[verb.name] ?? []
    let now = open.register.now
    let rows = try open.register.store.read { try $0.rows(filter) }
    let ahead = rows.filter { $0.interval.end > now }
    let chosen = ahead + rows.filter { $0.interval.end <= now }.reversed()
    let fitting = chosen.filter { begins($0.id) }.prefix(Completion.most)
    return try open.register.listed(fitting.map(\.id)).map { Word(text: asTyped($0.id), note: $0.content.title) }
  }

  private func begins(_ id: some CustomStringConvertible) -> Bool {
    asTyped(id).lowercased().hasPrefix(current.lowercased())
  }

  /// An identifier in the form in which it is being typed: `42`, `2026-0042`, or whole.
  private func asTyped(_ id: some CustomStringConvertible) -> String {
    let parts = id.description.split(separator: "-")
    guard let first = current.first, first.isNumber, let number = parts.last else { return id.description }
    if current.contains("-") { return parts.dropFirst().joined(separator: "-") }
    return first == "0" ? String(number) : String(number.drop { $0 == "0" })
  }

  private static let states: [String: Set<ChangeState>] = [
    "start": [.planned], "extend": [.inProgress], "complete": [.inProgress, .planned],
    "cancel": [.planned, .requested, .refused], "reschedule": [.planned, .requested, .refused],
    "amend": [.planned, .requested, .refused, .inProgress], "approve": [.requested, .planned],
    "decline": [.requested, .planned],
  ]

  private func outages(_ session: Session) throws -> [Word] {
    try session.register(readOnly: true, asking: Question(.listOutages)).register.outages(OutageFilter()).reversed()
      .filter { begins($0.id) }.prefix(Completion.most).map { Word(text: asTyped($0.id), note: $0.content.title) }
  }

  private func grants<Content: GrantNoun>(_: Content.Type, _ session: Session) throws -> [Word] {
    let keeper = try session.register(readOnly: true, asking: .grants(Content.self)).keeper
    return try keeper.grants(Grant<Content>.self).filter { !$0.isRevoked }
      .map { Word(text: $0.id.description, note: Content.headline($0).joined(separator: ", ")) }
  }
}

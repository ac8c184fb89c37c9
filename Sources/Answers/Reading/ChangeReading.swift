import CivilTime
package import Files
package import Planning
package import Wording

/// Makes of the texts of a request what it asks for: the one reading for the command line, the API and files. Messages
/// use the names of the door that the wording has.
package struct ChangeReading {
  let wording: Wording
  /// Whether texts of others are cleaned; without, what no text may hold is left in, and refused by the rules.
  private let cleans: Bool
  /// What was taken out of texts.
  package private(set) var warnings: [String] = []

  /// - Parameters:
  ///   - wording: in the zone that times without an offset are of.
  ///   - words: nil where identifiers are written out.
  package init(wording: Wording, words: WordArgument? = nil, cleans: Bool = false) {
    self.wording = wording
    self.words = words ?? WordArgument(language: wording.language, door: wording.door)
    self.cleans = cleans
  }

  private var language: Language { wording.language }
  private let words: WordArgument
  private var times: TimeArgument { TimeArgument(wording: wording) }
  private func name(_ field: ChangeField) -> String { wording.door.name(Field(field)) }

  // MARK: New changes

  /// - Parameter environment: where the row names none.
  package mutating func content(
    _ row: RequestRow, service: String, environment: String = Contract.production
  ) throws -> ChangeContent {
    let update = try update(row)
    guard let start = row[.start] else {
      throw BadValue(language("\(name(.start)): missing.", "\(name(.start)) : manquant."))
    }
    let kind: ChangeKind =
      try row[.kind].map { try words.read($0, field: .kind) } ?? (update == nil ? .maintenance : .update)
    // Of urgent work without an end nobody knows it yet; the register says until when it is estimated.
    let isOpen = kind == .emergency && row[.end] == nil && row[.duration] == nil
    let interval = try times.interval(start: start, end: row[.end], duration: isOpen ? "1m" : row[.duration])
    var content = ChangeContent(
      kind: kind,
      service: service, environment: row[.environment] ?? environment, interval: interval, title: "", description: "",
      impact: update?.interruption == false ? .none : .outage, update: update)
    content.isEndKnown = !isOpen
    for field in ChangeField.ofContent {
      if let value = try value(row, field) { _ = content.set(field, to: value) }
    }
    return content
  }

  private mutating func update(_ row: RequestRow) throws -> UpdateDetails? {
    guard let version = try value(row, .update)?.text else {
      let said = ChangeField.ofUpdate.contains { row[value: $0] != nil }
      if said { throw wording.door == .commandLine ? versionMissing : CommandError.updateDetailsMissing }
      return nil
    }
    guard let text = row[.category] else {
      throw wording.door == .commandLine ? categoryMissing : CommandError.updateDetailsMissing
    }
    var update = UpdateDetails(version: version, category: try words.read(text, field: .category))
    for field in ChangeField.ofUpdate where !field.isRequired {
      if let value = try value(row, field) { _ = update.set(field, to: value) }
    }
    return update
  }

  private var versionMissing: any Error {
    let list = wording.list(ChangeField.ofUpdate.filter { $0 != .update })
    return BadValue(
      language("\(list) go with \(name(.update)) VERSION.", "\(list) vont avec \(name(.update)) VERSION."))
  }

  private var categoryMissing: any Error {
    BadValue(
      language(
        "\(name(.update)) needs \(name(.category)) evolution, ergonomics or correction.",
        "\(name(.update)) demande \(name(.category)) evolution, ergonomics ou correction."))
  }

  /// What the row says in a field that is read for itself.
  private mutating func value(_ row: RequestRow, _ field: ChangeField) throws -> FieldValue? {
    switch field.kind {
    case .text(let rule): row[field].map { .text(cleaned($0, field, rule)) }
    case .flag, .names: row[value: field]
    case .word(let known): try row[field].map { .text(try words.word($0, field: Field(field), of: known)) }
    case .changes: try changes(row, field).map { .list($0.map(\.description)) }
    case .other: nil
    }
  }

  private func changes(_ row: RequestRow, _ field: ChangeField = .alongside) throws -> [ChangeID]? {
    try row[value: field]?.list?.map { try words.change($0, field: Field(field)) }
  }

  /// What others wrote is cleaned and told; what is typed is refused.
  private mutating func cleaned(_ written: String, _ field: ChangeField, _ rule: TextField) -> String {
    guard cleans else { return written }
    let (text, count) = TextCleaning.clean(written, as: rule)
    let plural = count == 1 ? "" : "s"
    if count > 0 {
      warnings.append(
        language(
          "\(field.rawValue): \(count) control or direction character\(plural) taken out.",
          "\(field.rawValue) : \(count) caractère\(plural) de commande ou de sens d’écriture retiré\(plural)."))
    }
    return text
  }

  // MARK: Moves

  /// - Parameter operation: one that moves a change.
  package mutating func command(_ operation: Operation, of change: Change, _ row: RequestRow) throws -> ChangeCommand {
    let reason = Reason(row[.reason], clients: row[.clientReason])
    switch operation {
    case .reschedule:
      let asked = change.awaiting ?? change.content
      let interval = try interval(row, from: asked.interval)
      return .reschedule(
        interval: interval,
        isEndKnown: asked.isEndKnown || row[.end] != nil || row[.duration] != nil, reason: reason,
        alongside: try changes(row) ?? [])
    case .amend:
      var amendment = ChangeCommand.Amendment()
      for field in ChangeField.amendable { amendment[field] = try value(row, field) }
      return .amend(amendment, reason: reason)
    case .cancel: return .cancel(reason: reason)
    case .approve, .decline:
      guard row[.clientReason] == nil else {
        let name = name(.clientReason)
        throw BadValue(
          language(
            "\(name): clients are told nothing of this decision; give \(self.name(.reason)).",
            "\(name) : cette décision n’est pas dite aux clients ; donnez \(self.name(.reason))."))
      }
      return operation == .approve ? .approve(reason: row[.reason]) : .decline(reason: row[.reason])
    case .start:
      return .start(
        at: try row[.at].map { try times.actualStart($0, of: change.content.interval, field: .at) }, reason: reason)
    case .complete:
      let started = try row[.started].map {
        try times.actualStart($0, of: change.content.interval, field: .started)
      }
      let ended = try ended(row, of: change, from: started ?? change.actualStart?.stated)
      return .complete(at: ended, reason: reason, started: started)
    case .extend:
      let end = try row[.end].map { try times.instant($0, field: .end) }
      let length = try row[.by].map { try times.duration($0, field: .by) }
      guard end == nil || length == nil else {
        let (end, by) = (name(.end), name(.by))
        throw BadValue(language("Give \(end) or \(by), not both.", "Donnez \(end) ou \(by), pas les deux."))
      }
      return .extend(end: end, by: length, reason: reason, alongside: try changes(row) ?? [])
    // Holds: its callers go by the table of operations.
    default: preconditionFailure("\(operation) moves no change")
    }
  }

  /// The length stays as it was where neither end nor duration is given, and so does the start; nil where nothing is.
  private func interval(_ row: RequestRow, from current: Interval) throws -> Interval? {
    let (start, end, duration) = (row[.start], row[.end], row[.duration])
    guard start != nil || end != nil || duration != nil else { return nil }
    let length = end == nil && duration == nil ? "\(current.length.seconds)s" : duration
    // An hour alone is one of the day that stands.
    let day = wording.zone.startOfDay(wording.zone.civil(current.start).date) - Elapsed(seconds: 1)
    return try times.interval(
      start: start ?? TimeText.utc(current.start), after: start.map(times.isTimeAlone) ?? false ? day : nil, end: end,
      duration: length)
  }

  /// Overruns that nobody believes unless the day is said.
  private static let longOverrun = Elapsed.hours(12)

  /// When work ended: an hour alone is the first after its start. Where that is a night or more after the announced end, its
  /// day has to be said: who answers for the night before last seldom means this morning.
  private func ended(_ row: RequestRow, of change: Change, from start: Instant?) throws -> Instant? {
    let field: Field = wording.door == .commandLine ? .ended : .at
    let isDayLeftOut = row[.at].map(times.isTimeAlone) ?? (change.state != .completed)
    let after = isDayLeftOut ? start : nil
    let ended = try row[.at].map { try times.instant($0, field: field, after: after, backwards: after == nil) }
    let (plan, isKnown) = (change.content.interval, change.content.isEndKnown)
    if wording.door == .commandLine, isDayLeftOut, isKnown, start != nil, let end = ended ?? wording.clock?(),
      end - plan.end > max(ChangeReading.longOverrun, plan.length)
    {
      let (late, usual) = (wording.days(end - plan.end), TimeText.local(plan.end, in: wording.zone).prefix(16))
      let name = wording.door.name(field)
      throw BadValue(
        language(
          "The work would have ended \(late) after its announced end. Say when it ended, with the day, such as \(name) \(usual); or \(name) now.",
          "Le travail aurait fini \(late) après la fin annoncée. Dites quand il a fini, avec le jour, par exemple \(name) \(usual) ; ou \(name) maintenant."
        ))
    }
    return ended
  }
}

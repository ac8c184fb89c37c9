package import CivilTime
import Planning
package import Wording

/// The facts of a change, stated once: what each is called in both languages, what it is, and where it is told. A row
/// more is a fact more in every place that it names, and in what differs between two revisions.
package enum ChangeFacts {
  /// Where facts are told.
  package enum Place: CaseIterable, Sendable {
    /// The table of a notice, and the variables of its templates.
    case notice, template
    /// The portal's page of the change.
    case page
    /// The description in the calendar feeds.
    case feed
    /// Atom and JSON Feed, and the updates of Statuspage.
    case entry, status
    case terminal
    /// What differs in the plan, wherever a revision is told; and why it was made and how the work went on, where no table
    /// of facts stands beside it.
    case plan, progress
    /// What differs in the plan for those who decide on it, beside all of that.
    case decision
  }

  /// What a fact says, and what a page has to know to show it. Nothing is left out where the text is empty or nil.
  package enum Value: Sendable {
    /// Ours: a page begins them with a capital.
    case words(String?)
    /// As it was entered: in a line, with a direction of writing of its own, or over many lines. What people write for
    /// people is in French, unless it is said to be in another language.
    case plain(String?)
    case name(String?)
    case entered(String?, in: Language = .french)
    case prose(String?, in: Language = .french)
    case link(String?, to: String?)
    case moment(String?, Instant?)

    package var text: String {
      switch self {
      case .words(let text), .plain(let text), .name(let text), .entered(let text, _), .prose(let text, _),
        .link(let text, _), .moment(let text, _):
        text ?? ""
      }
    }

    /// Of what people wrote; nil for what is ours, or of no language.
    var language: Language? {
      switch self {
      case .entered(_, let language), .prose(_, let language): language
      case .words, .plain, .name, .link, .moment: nil
      }
    }
  }

  /// A fact of one change in one language.
  package struct Fact: Sendable {
    /// Stable name for programs, for instance `impact`.
    package let key: String
    /// Name for people, without colon.
    package let name: String
    package let value: Value
    package var text: String { value.text }
  }

  /// A fact that two revisions tell otherwise; empty where one of them has none.
  struct Difference: Hashable {
    let key: String
    let name: String
    let before: String
    let after: String
    /// Of what people wrote.
    let beforeLanguage: Language?
    let afterLanguage: Language?
    /// Whether the texts may have many lines.
    let isLong: Bool
  }

  struct Row: Sendable {
    let key: String
    let places: Set<Place>
    let name: @Sendable (ChangeTelling) -> String
    let value: @Sendable (ChangeTelling) -> Value

    init(
      _ key: String, _ english: String, _ french: FrenchText, _ places: Set<Place>,
      _ value: @escaping @Sendable (ChangeTelling) -> Value
    ) {
      self.key = key
      self.places = places
      name = { $0.language(english, french) }
      self.value = value
    }

    init(
      _ key: String, _ name: any KeyPath<ChangeTelling, String> & Sendable, _ places: Set<Place>,
      _ value: @escaping @Sendable (ChangeTelling) -> Value
    ) {
      self.key = key
      self.places = places
      self.name = { $0[keyPath: name] }
      self.value = value
    }
  }

  /// For a fact of the plan that every client may know.
  static let everywhere: Set<Place> = [.notice, .template, .page, .feed, .entry, .status, .terminal, .plan]

  /// What is left to say in the table of a notice that work does not take place, by key.
  static let ofCancelled: Set = ["title", "environment", "move_reason", "contact", "email", "portal"]

  static let table: [Row] = [
    Row("title", "Work", "Intervention", [.notice, .plan]) { .entered($0.content.title, in: $0.titleLanguage) },
    Row("service", "Service", "Service", [.notice]) { .words($0.service) },
    Row("service_key", "Service", "Service", [.terminal]) { telling in
      .plain(telling.content.service + (telling.otherEnvironment.map { " (\($0))" } ?? ""))
    },
    Row("release", "Release", "Livraison", [.terminal]) { .plain($0.change.release?.description) },
    Row("environment", "Environment", "Environnement", [.notice, .template, .feed, .entry]) {
      .plain($0.otherEnvironment)
    },
    Row("any_environment", "Environment", "Environnement", [.page]) { .plain($0.environment) },
    Row("components", \.componentsName, [.notice, .page, .entry, .plan]) { .words($0.components) },
    Row("named_components", \.componentsName, [.feed, .terminal]) { telling in
      .plain(
        telling.content.components.map { telling.contract.component($0, telling.language) }.joined(separator: ", "))
    },
    Row("kind", "Kind", "Nature", [.notice, .entry, .terminal]) { .words($0.kind) },
    Row("state", "State", "État", [.feed, .entry, .terminal, .progress]) {
      .words($0.wording.state(of: $0.change))
    },
    Row("range", \.rangeName, [.notice]) { .words($0.announcedRange) },
    Row("time", "Time", "Horaire", [.plan]) { .words($0.range) },
    // What differs where work takes longer.
    Row("end", "Expected end", "Fin prévue", [.plan]) { telling in
      let content = telling.content
      return .words(
        content.isEndKnown
          ? telling.wording.hour(content.interval.end, besides: content.interval.start)
          : telling.language("not known", "non connue"))
    },
    Row("next_word", "Next update", "Prochaine information", [.plan]) { telling in
      let wording = telling.wording
      return .words(
        telling.change.nextWord.map { wording.hour(wording.promised($0), besides: telling.content.interval.start) })
    },
    Row("when", "When", "Quand", [.entry]) { .words($0.range) },
    // With the zone, which no sentence beside it says.
    Row("zoned_when", "When", "Quand", [.feed, .terminal]) { .words($0.range + $0.zone) },
    Row("planned_end", \.firstEndName, [.page, .terminal]) {
      .words($0.change.plannedEnd.map($0.wording.dateTime))
    },
    Row("extended_end", \.extendedEndName, [.notice]) { .words($0.extendedEnd) },
    Row("duration", \.durationName, [.notice, .page, .feed, .entry, .status, .terminal, .plan]) {
      .words($0.announcedDuration)
    },
    Row("impact", \.impactName, [.notice, .entry, .status, .terminal, .plan]) { .words($0.impact) },
    Row("planned_at", "Planned", "Planifié", [.terminal]) { .words($0.change.plannedAt.map($0.wording.dateTime)) },
    Row("revision", "Revision", "Révision", [.terminal]) { .plain($0.change.revision.map(String.init)) },
    Row("actual_start", "Actual start", "Début réel", [.notice, .page, .terminal, .progress]) {
      .moment($0.change.actualStart.map($0.wording.stated), $0.change.actualStart?.stated)
    },
    Row("actual_end", "Actual end", "Fin réelle", [.notice, .page, .terminal, .progress]) {
      .moment($0.change.actualEnd.map($0.wording.stated), $0.change.actualEnd?.stated)
    },
    // Without the moment of recording.
    Row("began", "Actual start", "Début réel", [.feed, .entry]) { telling in
      .words(telling.change.actualStart.map { telling.wording.dateTime($0.stated) })
    },
    Row("ended", "Actual end", "Fin réelle", [.feed, .entry]) { telling in
      .words(telling.change.actualEnd.map { telling.wording.dateTime($0.stated) })
    },
    Row("actual_duration", "Actual duration", "Durée réelle", [.notice, .template, .page]) { telling in
      .words(telling.change.actual.map(telling.wording.length))
    },
    Row(
      "overrun", "Overrun", "Dépassement", [.notice, .template, .page, .feed, .entry, .terminal, .progress]
    ) { .words($0.overrun) },
    Row("notice", \.noticeName, [.notice, .page, .feed]) { .words($0.wording.announced($0.change)) },
    Row("reason", \.reasonName, [.notice, .template, .page, .feed, .entry, .terminal, .progress]) {
      .entered($0.content.reason?.text)
    },
    Row("move_reason", \.moveReasonName, [.notice, .page, .feed, .entry, .terminal, .progress]) {
      .entered($0.content.moveReason?.text)
    },
    Row("newest_reason", "Reason", "Motif", [.status]) {
      .entered(($0.content.moveReason ?? $0.content.reason)?.text)
    },
    Row("client_reason", "Clients read", "Pour les clients", [.terminal]) {
      .entered(($0.content.moveReason ?? $0.content.reason)?.clients)
    },
    Row("description", "Description", "Description", [.plan]) {
      .prose($0.content.description, in: $0.descriptionLanguage)
    },
    // What the readers of the other language are told, so that every revision names what it moved.
    Row("other_title", "French title", "Titre anglais", [.plan, .terminal]) {
      .entered($0.otherTitle, in: $0.otherLanguage)
    },
    Row("other_description", "French description", "Description anglaise", [.plan]) {
      .prose($0.otherDescription, in: $0.otherLanguage)
    },
    Row("version", "Version", "Version", [.notice, .template, .page, .entry, .plan]) {
      .name($0.content.update?.version)
    },
    Row("version_and_category", "Version", "Version", [.feed, .terminal]) { telling in
      .plain(telling.content.update.map { "\($0.version) (\(telling.wording.category($0.category)))" })
    },
    Row("category", "Category", "Catégorie", [.notice, .template, .page, .entry, .plan]) {
      .words(($0.content.update?.category).map($0.wording.category))
    },
    Row("needs", "What to plan for", "À prévoir", [.notice, .page, .feed, .entry, .plan]) {
      .words($0.content.update.map($0.wording.needs))
    },
    Row("training", "Training", "Formation", [.terminal]) { $0.yes($0.content.update?.training) },
    Row("configuration", "Configuration", "Paramétrage", [.terminal]) { $0.yes($0.content.update?.configuration) },
    Row("is_interrupted", "Interruption", "Interruption", [.terminal]) { $0.yes($0.content.update?.interruption) },
    Row("interruption", "Planned interruption", "Interruption prévue", [.page, .plan]) {
      $0.yes($0.content.update?.interruption)
    },
    Row(
      "documentation", "Documentation", "Documentation",
      [.notice, .template, .page, .feed, .entry, .terminal, .plan]
    ) { .link($0.content.update?.documentation, to: $0.content.update?.documentation) },
    Row("alongside", "Alongside", "En même temps que", [.decision]) { telling in
      .plain(telling.content.alongside.map(\.description).joined(separator: ", "))
    },
    Row("clause", "Contract clause", "Clause du contrat", [.notice, .page, .feed]) { .words($0.clause) },
    Row("contact", "Contact", "Contact", [.notice]) {
      .link($0.contract.contact.name, to: $0.contract.contact.url)
    },
    Row("contact_line", "Contact", "Contact", [.feed]) {
      .plain(([$0.contract.contact.name] + [$0.contract.contact.url].compactMap(\.self)).joined(separator: ", "))
    },
    Row("email", "Email", "Courriel", [.notice]) { telling in
      .link(telling.contract.contact.email, to: telling.contract.contact.email.map { "mailto:\($0)" })
    },
    Row("portal", "Portal", "Portail", [.notice]) { .link($0.contract.portal, to: $0.contract.portal) },
  ]

  /// What a place puts first, in an order of its own; the rest follows in the order of the table.
  static func first(_ place: Place) -> [String] {
    switch place {
    case .notice, .template, .decision: []
    case .status: ["impact", "duration"]
    case .page: ["duration", "components", "any_environment"]
    case .feed:
      [
        "zoned_when", "duration", "named_components", "environment", "state", "began", "ended", "reason",
        "move_reason", "overrun", "version_and_category", "needs", "documentation",
      ]
    case .entry: ["when", "duration", "impact", "components", "environment"]
    case .terminal:
      [
        "kind", "state", "service_key", "named_components", "zoned_when", "planned_end", "duration", "impact", "reason",
        "move_reason", "version_and_category", "training", "configuration", "is_interrupted", "documentation",
      ]
    case .plan, .progress:
      [
        "state", "time", "duration", "actual_start", "actual_end", "overrun", "impact", "components", "title", "reason",
        "move_reason",
      ]
    }
  }

  private static func ordered(_ rows: [Row], _ place: Place) -> [Row] {
    let first = first(place)
    return first.compactMap { key in rows.first { $0.key == key } } + rows.filter { !first.contains($0.key) }
  }

  /// The rows of each place, in its order.
  static let rows: [Place: [Row]] = Dictionary(
    // Holds: the cases differ.
    uniqueKeysWithValues: Place.allCases.map { place in
      (place, ordered(table.filter { $0.places.contains(place) }, place))
    })

  private static let compared = ordered(
    table.filter { !$0.places.isDisjoint(with: [.plan, .progress, .decision]) }, .progress)

  /// What `place` tells of a change; a line without a value is left out, and so is what clients felt of work that is over,
  /// since they would read it as what they feel.
  package static func told(_ place: Place, of telling: ChangeTelling) -> [Fact] {
    let isFelt = telling.change.state != .completed || telling.wording.audience == .staff
    return rows[place, default: []].compactMap { row in
      guard isFelt || row.key != "impact" else { return nil }
      let value = row.value(telling)
      return value.text.isEmpty ? nil : Fact(key: row.key, name: row.name(telling), value: value)
    }
  }

  /// What differs in the plan between two revisions of a change; with `.progress`, also why it was made and how the work
  /// went on, which notices and feeds tell among their facts. The only place that decides what is named as changed.
  static func differences(
    from before: ChangeTelling, to after: ChangeTelling, in places: Set<Place> = [.plan]
  ) -> [Difference] {
    var left: Set = ["end", "next_word"]
    if case .extended = after.change.lastRevision, after.wording.audience == .clients { left = ["time", "duration"] }
    return compared.compactMap { row in
      guard !row.places.isDisjoint(with: places), !left.contains(row.key) else { return nil }
      let value = row.value(after)
      // The reason of the revision before was one for something else.
      let former = row.value(before)
      let old = row.key == "move_reason" ? "" : former.text
      // A promise of news ends with the news.
      guard old != value.text, row.key != "next_word" || !value.text.isEmpty else { return nil }
      // As long as it stood alone, an English reader was told the French text as that of their own language.
      if after.language == .english, row.key.hasPrefix("other_"), old.isEmpty || value.text.isEmpty { return nil }
      var isLong = false
      if case .prose = value { isLong = true }
      return Difference(
        key: row.key, name: row.name(after), before: old, after: value.text, beforeLanguage: former.language,
        afterLanguage: value.language, isLong: isLong)
    }
  }
}

extension ChangeTelling {
  /// Of a text that is in both languages, the one that is not told.
  fileprivate var otherTitle: String? {
    content.titleEnglish.map { language.choice(change.content.title, $0) }
  }
  fileprivate var otherLanguage: Language { language == .french ? .english : .french }
  var otherDescription: String? {
    content.descriptionEnglish.map { language.choice(change.content.description, $0) }
  }

  /// Named for how the time differs from what clients knew.
  fileprivate var moveReasonName: String {
    guard case .rescheduled = change.lastRevision, let before else { return wording.moveReasonName(change) }
    var known = change
    known.lastRevision = .rescheduled(before: before)
    return wording.moveReasonName(known)
  }

  private var isExtended: Bool { change.plannedEnd != nil && wording.audience == .clients }

  /// What was announced before the work was extended.
  private var announcedInterval: Interval? {
    change.plannedEnd.flatMap { isExtended ? Interval(start: content.interval.start, end: $0) : nil }
  }

  fileprivate var announcedRange: String { announcedInterval.map { wording.range($0) } ?? shortRange }

  fileprivate var announcedDuration: String? {
    announcedInterval.map { wording.duration($0.length) } ?? duration
  }

  fileprivate var extendedEndName: String {
    change.state == .inProgress
      ? language("Now expected to end", "Fin désormais prévue")
      : language("Expected end after extension", "Fin prévue après prolongation")
  }

  /// `15 h 15`; of work that is over, with when that was recorded. Nil where nothing was extended.
  fileprivate var extendedEnd: String? {
    guard isExtended, let mark = change.marks.last(where: { $0.notice == .extended }) else { return nil }
    let (end, moment) = (wording.hour(content.interval.end, besides: content.interval.start), wording.dateTime(mark.at))
    return change.state == .inProgress
      ? end : language("\(end) (extension recorded on \(moment))", "\(end) (prolongation enregistrée le \(moment))")
  }

  /// `35 min au-delà de la fin annoncée initialement (14 h 45), 5 min au-delà de la fin prolongée (15 h 15)`.
  fileprivate var overrun: String? {
    guard let overrun = change.overrun.map(wording.duration), let end = change.actualEnd?.stated else { return nil }
    guard isExtended, let planned = change.plannedEnd else { return overrun }
    func hour(_ instant: Instant) -> String { wording.hour(instant, besides: end) }
    let first = language(
      "\(overrun) past the \(wording.firstEnd(change)) (\(hour(planned)))",
      "\(overrun) au-delà de la \(wording.firstEnd(change)) (\(hour(planned)))")
    let extended = content.interval.end
    guard end - extended >= .minutes(1) else { return first }
    let length = wording.duration(end - extended)
    return "\(first), \(length) "
      + language(
        "past the extended end (\(hour(extended)))", "au-delà de la fin prolongée (\(hour(extended)))")
  }

  /// What is before `components`.
  var componentsName: String {
    switch content.components.count {
    case 0 where wording.audience == .clients: language("Scope", "Périmètre")
    case 1: language("Component", "Composant")
    default: language("Components", "Composants")
    }
  }

  fileprivate var impactName: String {
    wording.audience == .clients && change.state != .inProgress
      ? language("Expected impact", "Impact prévu") : language("Impact", "Impact")
  }

  fileprivate var firstEndName: String { wording.firstEnd(change).capitalizedFirst }

  /// What nobody is known to have been told was recorded, and no more.
  fileprivate var noticeName: String {
    guard wording.audience == .clients else { return language("Announced", "Annoncée") }
    guard let told = change.toldAt else { return language("Recorded", "Enregistrée") }
    return told < content.interval.start
      ? language("Announced", "Annoncée") : language("First notice given", "Première information")
  }

  fileprivate var reasonName: String {
    content.kind == .emergency && wording.audience == .clients
      ? language("Reason for the emergency", "Motif de l’urgence") : language("Reason", "Motif")
  }

  /// Beside the actual one, or one that was extended, what was announced.
  fileprivate var durationName: String {
    guard wording.audience == .clients else { return language("Duration", "Durée") }
    if isExtended {
      return content.kind == .emergency
        ? language("First expected duration", "Première durée prévue")
        : language("Originally announced duration", "Durée annoncée initialement")
    }
    return isTimeTold
      ? language("Announced duration", "Durée annoncée") : language("Expected duration", "Durée prévue")
  }

  /// What was told ahead was announced; else it is what is expected.
  fileprivate var rangeName: String {
    isTimeTold ? language("Announced time", "Horaire annoncé") : language("Expected time", "Horaire prévu")
  }

  /// Whether clients were told of this time ahead; an amendment of it is told by the text that says so.
  private var isTimeTold: Bool {
    if case .amended(let before) = change.lastRevision, before.interval != content.interval { return false }
    return toldAhead != nil
  }

  fileprivate func yes(_ value: Bool?) -> ChangeFacts.Value {
    .words(value.map { $0 ? language("yes", "oui") : language("no", "non") })
  }
}

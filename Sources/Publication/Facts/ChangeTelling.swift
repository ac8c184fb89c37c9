import CivilTime
package import Planning
package import Wording

/// A change as it is told in one language: what every publication writes from. Each has an extension with the sentences
/// that are its own; what several say alike stands here and in ``ChangeFacts``.
package struct ChangeTelling: Sendable {
  package let change: Change
  package let contract: Contract
  /// Times are those of the zone that is in force when the work starts, but in a terminal.
  package let wording: Wording
  /// What clients were told last, where that is not the revision before the newest.
  var told: ChangeContent?
  /// When the text is written, where that is known.
  var now: Instant?
  /// Whether an outage of the service goes on, so that nobody says that it is there again.
  var isDown = false
  /// As the reader is told it: in their language, and clients with the reason that is for them.
  let content: ChangeContent

  package init(_ change: Change, contract: Contract, wording: Wording) {
    self.change = change
    self.contract = contract
    self.wording = wording
    var content = wording.audience == .clients ? change.content.forClients : change.content
    (content.title, content.description) = (content.title(wording.language), content.description(wording.language))
    self.content = content
  }

  init(
    _ change: Change, contract: Contract, language: Language, told: ChangeContent? = nil,
    for audience: Audience = .clients
  ) {
    let zone = contract.timeZone(at: change.content.interval.start)
    self.init(change, contract: contract, wording: Wording(language, zone: zone, audience: audience))
    self.told = told
  }

  var language: Language { wording.language }
  var service: String { language.choice(contract.name) }
  var kind: String { wording.kind(content.kind) }
  var clause: String { contract.cited(contract.clause(for: content)) }

  /// What clients knew of the plan before the newest revision; nil where that moved none.
  var before: ChangeContent? { change.before.map { told ?? $0 } }

  /// Where the work is done, told only where it is not what clients work with.
  var otherEnvironment: String? { content.environment == Contract.production ? nil : environment }
  var environment: String { contract.environment(content.environment, language) }
  /// What the work touches; all of the service where no component is named.
  var components: String { wording.components(content.components, of: contract) }

  /// In which language the title and the description are told.
  var titleLanguage: Language { content.titleEnglish == nil ? .french : language }
  var descriptionLanguage: Language { content.descriptionEnglish == nil ? .french : language }

  /// The change as clients knew it before; nil where the newest revision moved no plan.
  var earlier: ChangeTelling? {
    before.map { before in
      var old = change
      old.content = before
      // What was said then is told as it was, whatever has passed since.
      old.revisedAt = nil
      return ChangeTelling(old, contract: contract, language: language, for: wording.audience)
    }
  }

  /// `maintenance`, `maintenance urgente`, `mise à jour`: what stands beside other words.
  var shortKind: String { content.kind == .maintenance ? work : kind }

  /// `mise à jour 8.2`, `maintenance planifiée`, `maintenance urgente`: for sentences.
  var namedKind: String { content.kind == .update ? work : kind }

  /// `la mise à jour 8.2`, `la maintenance planifiée`; `update 8.2`, `the planned maintenance`.
  var theWork: String {
    language(namedKind == kind ? "the \(kind)" : namedKind, "la \(namedKind)")
  }

  /// `mise à jour 8.2`, `maintenance`, `maintenance urgente`: for subjects, which have little room.
  var work: String {
    switch content.kind {
    case .maintenance: language("maintenance", "maintenance")
    case .emergency: kind
    case .update: [kind, content.update?.version ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  /// The identifier and, of what was published, which version of it this is, and when that was recorded.
  var reference: String {
    published.map { "\(change.id) – \($0)" } ?? change.id.description
  }

  /// The same of a reminder, which is no publication of its own.
  var reminderReference: String {
    guard let revision = change.revision else { return change.id.description }
    let version = wording.version(revision)
    return "\(change.id) – "
      + language("reminder of \(version)", "rappel de la \(version)")
      + (change.toldAt.map { language(", announced on ", ", annoncée le ") + wording.dateTime($0) } ?? "")
  }

  private var published: String? {
    guard let revision = change.revision, let at = change.revisedAt else { return nil }
    return wording.version(revision) + language(", recorded on ", ", enregistrée le ") + wording.dateTime(at)
  }

  /// A promise of news is told until its moment.
  private var promising: Change {
    guard let now, let word = change.nextWord, word <= now else { return change }
    var late = change
    late.revisedAt = now
    return late
  }

  var range: String { wording.range(of: promising) }
  /// Without a promise of news.
  var shortRange: String {
    guard !content.isEndKnown else { return range }
    return wording.from(content.interval.start) + language(", end not known", ", fin non connue")
  }
  var when: String { wording.when(of: promising) }
  /// ` (heure de Paris)`, which clients read once a text; for staff every time has its zone.
  var zone: String { wording.audience == .clients ? " (\(wording.zoneName))" : "" }
  /// When the work is announced to end; that nobody knows, and by when clients hear more, where that is so.
  var end: String { openEnd ?? wording.dateTime(content.interval.end) }
  var openEnd: String? { wording.openEnd(of: promising) }
  /// Nil where it is not known.
  var duration: String? { content.isEndKnown ? wording.duration(content.interval.length) : nil }

  /// What differs from what clients knew of the plan before, and nothing else.
  var differences: [ContentDifference] {
    earlier.map { earlier in
      // Clients read of those in sentences.
      let told: Set =
        wording.audience == .clients ? ["title", "description", "other_description", "next_word"] : []
      return ChangeFacts.differences(from: earlier, to: self).filter { !told.contains($0.key) }.map {
        ContentDifference($0, language)
      }
    } ?? []
  }

  /// That the title or the description differs from what clients knew before, in a sentence each; nil where neither does.
  var revisedTexts: String? {
    guard let earlier, wording.audience == .clients else { return nil }
    let before = earlier.content
    var sentences: [String] = []
    if before.title != content.title {
      let title = language.quoted(CleanText.line(content.title))
      sentences.append(language("The work is now: \(title).", "L’intervention a désormais pour objet : \(title)."))
    }
    switch (before.description.isEmpty, content.description.isEmpty) {
    case (false, true): sentences.append(language("The description was removed.", "La description a été retirée."))
    case (true, false):
      sentences.append(language("A description was added (below).", "Une description a été ajoutée (ci-dessous)."))
    case (false, false) where before.description != content.description:
      sentences.append(language("The description was revised (below).", "La description a été revue (ci-dessous)."))
    default: break
    }
    if let (old, new) = earlier.otherDescription.flatMap({ old in otherDescription.map { (old, $0) } }), old != new {
      sentences.append(language("The French description was revised.", "La description anglaise a été revue."))
    } else if language == .french, (earlier.otherDescription == nil) != (otherDescription == nil) {
      sentences.append(
        otherDescription == nil ? "La description anglaise a été retirée." : "Une description anglaise a été ajoutée.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}

extension ChangeTelling {
  /// What the plan in force becomes once what waits beside it is approved; nil where nothing does.
  var proposed: ChangeTelling? {
    change.proposal.map { proposal in
      var next = change
      next.content = proposal
      next.lastRevision = .rescheduled(before: change.content)
      return ChangeTelling(next, contract: contract, wording: wording)
    }
  }

  /// What approving what waits beside a plan changes, a line each, in full; empty where nothing does.
  package var proposedDifferences: [String] {
    proposed.map { proposed in
      ChangeFacts.differences(from: self, to: proposed, in: [.plan, .progress, .decision]).map { difference in
        let after = difference.after.isEmpty ? "–" : difference.after
        // A reason is one of this move alone.
        let before = difference.key == "move_reason" ? "" : "\(difference.before.isEmpty ? "–" : difference.before) → "
        return "\(difference.name)\(language.colon) \(before)\(after)"
      }
    } ?? []
  }
}

/// Something that differs from what clients were told before.
package struct ContentDifference: Hashable, Sendable {
  package var name: String
  package var before: String
  package var after: String
  /// Of what was entered by people.
  package var beforeLanguage: Language?
  package var afterLanguage: Language?
}

extension ContentDifference {
  fileprivate init(_ difference: ChangeFacts.Difference, _ language: Language) {
    func shown(_ text: String) -> String { text.isEmpty ? language("not given", "non indiqué") : text }
    self.init(
      name: difference.name, before: shown(difference.before), after: shown(difference.after),
      beforeLanguage: difference.before.isEmpty ? nil : difference.beforeLanguage,
      afterLanguage: difference.after.isEmpty ? nil : difference.afterLanguage)
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

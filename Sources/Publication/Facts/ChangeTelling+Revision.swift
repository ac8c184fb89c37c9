import CivilTime
import Planning
import Wording

/// What one published revision of a change told clients: the only place where pages, feeds and status pages get its name
/// and their sentences from.
extension ChangeTelling {
  /// The title on one line, the identifier where nothing is left of it; with the environment unless it is production.
  var subject: String {
    let title = CleanText.line(content.title)
    let text = title.isEmpty ? change.id.description : title
    return otherEnvironment.map { "\(text) (\(CleanText.line($0)))" } ?? text
  }

  /// `Rescheduled: Upgrade – Sunday 6 December 2026, 01:00 to 03:00 (Paris time, UTC+1)`.
  var headline: String { "\(happened)\(language.colon) \(subject) – \(range)" }

  /// What happened, in a word or two, with the kind where it is not planned maintenance.
  var happened: String {
    let participle = self.participle
    guard content.kind != .maintenance else { return participle.capitalizedFirst }
    // An emergency is told for the first time when it happens: its name says enough.
    if content.kind == .emergency, case .announced = change.lastRevision, change.state == .planned {
      return kind.capitalizedFirst
    }
    return "\(kind) \(participle)".capitalizedFirst
  }

  private var participle: String {
    switch change.lastRevision {
    case .announced, nil:
      switch change.state {
      case .inProgress: language("in progress", "en cours")
      case .completed: language("completed", "terminée")
      default: language("announced", "annoncée")
      }
    case .rescheduled(let before): rescheduled(before)
    case .amended: language("amended", "modifiée")
    case .cancelled: language("cancelled", "annulée")
    case .started: language("started", "commencée")
    case .extended: language("extended", "prolongée")
    case .completed: language("completed", "terminée")
    }
  }

  /// What the newest revision did, as the history of a change names it.
  var revisionName: String {
    switch change.lastRevision {
    // Urgent work that was over when clients first heard of it.
    case .announced? where change.state == .completed: wording.notice(.regularisation)
    case .announced?, nil: language("announcement", "annonce")
    case .rescheduled(let before)? where before.interval == content.interval:
      language("new announcement", "nouvelle annonce")
    case .rescheduled?: language("new time", "nouvel horaire")
    case .amended?: language("amendment", "modification")
    case .cancelled?: language("cancellation", "annulation")
    case .started?: language("start", "début")
    case .extended?: language("extension", "prolongation")
    case .completed?: language("end", "fin")
    }
  }

  /// `reportée` is said of what comes later only.
  private func rescheduled(_ before: ChangeContent) -> String {
    let (old, new) = (before.interval.start, content.interval.start)
    if new > old { return language("rescheduled", "reportée") }
    return new < old ? language("brought forward", "avancée") : language("replanned", "replanifiée")
  }

  /// One or two sentences.
  var lead: String {
    let (kind, id, service) = (self.kind, change.id, contract.displayName(language))
    let named = language("The \(kind) \(id) of \(service)", "La \(kind) \(id) du service \(service)")
    switch change.lastRevision {
    case .announced, nil: return announcement
    case .rescheduled(let before):
      if before.interval == content.interval {
        return language(
          "\(named) has been planned anew. It will take place \(when).",
          "\(named) a été planifiée de nouveau. Elle aura lieu \(when).")
      }
      let old = earlier?.when ?? ""
      return language(
        "\(named) has been moved. It will take place \(when), and not \(old).",
        "\(named) est déplacée. Elle aura lieu \(when), et non \(old).")
    case .amended:
      return language(
        "The announcement of the \(kind) \(id) of \(service) has been amended.",
        "L’annonce de la \(kind) \(id) du service \(service) est modifiée.")
    case .cancelled:
      return language(
        "\(named), which was to take place \(when), has been cancelled.",
        "\(named), qui devait avoir lieu \(when), est annulée.")
    case .started:
      let start = wording.dateTime(change.actualStart?.stated ?? content.interval.start)
      return language(
        "\(named) started on \(start)\(expected)", "\(named) a commencé le \(start)\(expected)")
    case .extended(let before):
      if let openEnd {
        return language("\(named) goes on; \(openEnd).", "\(named) se poursuit\(Typography.narrow); \(openEnd).")
      }
      guard before.isEndKnown else {
        return language(
          "\(named) is expected to end on \(end).", "Fin de la \(kind) \(id) du service \(service) prévue le \(end).")
      }
      let old = wording.dateTime(before.interval.end)
      return language(
        "\(named) takes longer. It is now expected to end on \(end), and not on \(old).",
        "\(named) se prolonge. Fin désormais prévue le \(end), et non le \(old).")
    case .completed: return "\(named) \(over)."
    }
  }

  /// How a sentence on work that has begun ends: `. Expected end: …`, or that the end is not known.
  private var expected: String {
    openEnd.map { language.choice("", Typography.narrow) + "; \($0)." }
      ?? language(". Expected end: \(end).", ". Fin prévue\(language.colon) \(end).")
  }

  private var announcement: String {
    let service = contract.displayName(language)
    let what = language("\(kind) of \(service)".capitalizedFirst, "Une \(kind) du service \(service)")
    switch change.state {
    case .inProgress:
      let start = wording.dateTime(change.actualStart?.stated ?? content.interval.start)
      return language(
        "\(what) has been under way since \(start)\(expected)", "\(what) est en cours depuis le \(start)\(expected)")
    case .completed: return "\(what) \(over)."
    default:
      return language(
        "\(what) will take place \(when).", "\(what) aura lieu \(when).")
    }
  }

  /// `ended on …`, with the overrun where there is one.
  private var over: String {
    let end = wording.dateTime(change.actualEnd?.stated ?? content.interval.end)
    let text = language("ended on \(end)", "s’est terminée le \(end)")
    guard let overrun = change.overrun else { return text }
    let length = wording.duration(overrun)
    return text + language(", \(length) later than announced", ", \(length) plus tard qu’annoncé")
  }
}

extension ChangeTelling {
  /// What stands in every entry, or in an update of a status page, each on one line.
  func lines(_ place: ChangeFacts.Place, without left: Set<String> = []) -> [SyndicationEntry.Fact] {
    ChangeFacts.told(place, of: self).compactMap { fact in
      let value = CleanText.line(fact.text)
      return value.isEmpty || left.contains(fact.key) ? nil : .init(name: fact.name, value: value)
    }
  }

  /// What differs from what clients were told before, each on one line.
  var lineDifferences: [ContentDifference] {
    differences.map {
      .init(name: $0.name, before: CleanText.line($0.before), after: CleanText.line($0.after))
    }
  }
}

extension Contract {
  /// The name of the service on one line.
  func displayName(_ language: Language) -> String {
    let text = CleanText.line(language.choice(name))
    return text.isEmpty ? service : text
  }
}

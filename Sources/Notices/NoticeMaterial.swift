import CivilTime
import Planning
import Wording

/// What a change says of itself in one language; templates and tables are filled from here only.
struct NoticeMaterial {
  let change: Change
  let contract: Contract
  let language: Language
  let wording: Wording

  init(change: Change, contract: Contract, language: Language) {
    self.change = change
    self.contract = contract
    self.language = language
    wording = Wording(language, zone: contract.timeZone(at: change.content.interval.start))
  }

  var content: ChangeContent { change.content }
  var terms: ContractTerms { contract.terms(at: content.interval.start) }

  var clause: String {
    switch content.kind {
    case .maintenance: terms.planned.clause
    case .emergency: terms.emergency.clause
    case .update: terms.updates.clause
    }
  }

  var service: String { language(contract.name.english, contract.name.french) }

  /// What clients were told before; nil where nothing was moved.
  var before: ChangeContent? {
    switch change.lastRevision {
    case .rescheduled(let before), .amended(let before), .extended(let before): before
    default: nil
    }
  }

  /// Elapsed time from the announcement to the start; nil for what was not announced ahead.
  var notice: Elapsed? { change.noticeGiven.flatMap { $0 > .zero ? $0 : nil } }

  /// Start to end as they were; nil until both are known, and for work without length.
  var actual: Interval? {
    guard let start = change.actualStart?.stated, let end = change.actualEnd?.stated else { return nil }
    return Interval(start: start, end: end)
  }

  /// `instant` as stated, with the moment of recording where the two differ by more than 60 s.
  func stated(_ instant: Change.StatedInstant) -> String {
    let text = wording.dateTime(instant.stated)
    guard abs((instant.recorded - instant.stated).seconds) > 60 else { return text }
    let recorded = wording.dateTime(instant.recorded)
    return text + language("; recorded on \(recorded)", "\(Typography.narrow); enregistré le \(recorded)")
  }

  func components(_ names: [String]) -> String {
    names.isEmpty ? language("the whole service", "tout le service") : language.list(names)
  }

  func needs(_ update: UpdateDetails) -> String {
    var needs: [String] = []
    if update.training { needs.append(language("training of users", "formation des utilisateurs")) }
    if update.configuration {
      needs.append(language("configuration of the application", "paramétrage de l’application"))
    }
    return needs.isEmpty
      ? language("neither training nor configuration", "ni formation ni paramétrage") : language.list(needs)
  }

  func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  var impactSentence: String {
    switch content.impact {
    case .none: language("You should notice nothing.", "Aucun effet n’est attendu pour les utilisateurs.")
    case .reducedRedundancy:
      language(
        "The service stays available, with reduced redundancy.",
        "Le service reste disponible, avec une redondance réduite.")
    case .degraded:
      language(
        "The service may be slow or partly unavailable during the work.",
        "Le service pourra être ralenti ou en partie indisponible pendant l’intervention.")
    case .outage:
      change.state == .inProgress
        ? language(
          "The service is unavailable during the work.", "Le service est indisponible pendant l’intervention.")
        : language(
          "The service will be unavailable during the work.", "Le service sera indisponible pendant l’intervention.")
    }
  }
}

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

  /// `Rescheduled: Upgrade – night of Saturday 5 to Sunday 6 December 2026, 01:00 to 03:00`.
  var headline: String {
    "\(happened)\(language.colon) \(subject) – \(change.actual.map(wording.range) ?? range)"
  }

  /// What happened to what, in a word or two.
  var happened: String {
    if isAccount { return language("Report: \(kind)", "Compte rendu\(language.colon) \(kind)") }
    // An emergency is told for the first time when it happens: its name says enough.
    if content.kind == .emergency, case .announced = change.lastRevision, change.state == .planned {
      return kind.capitalizedFirst
    }
    return "\(shortKind) \(participle)".capitalizedFirst
  }

  /// Urgent work that was over when clients first heard of it.
  private var isAccount: Bool {
    if case .announced = change.lastRevision { change.state == .completed } else { false }
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
    case .announced? where isAccount: language("report", "compte rendu")
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
    switch shift(from: before) {
    case .later: language("rescheduled", "reportée")
    case .earlier: language("brought forward", "avancée")
    case .none: language("replanned", "replanifiée")
    }
  }

  /// How a day moves; a plan that stays in its day or night is neither put off nor brought forward.
  enum Shift { case later, earlier, none }
  func shift(from before: ChangeContent) -> Shift {
    let (old, new) = (before.interval, content.interval)
    guard old.start != new.start, !wording.areSameDay(old, new) else { return .none }
    return new.start > old.start ? .later : .earlier
  }

  /// A few sentences, the newest first; the zone is said once.
  var lead: String {
    let service = contract.displayName(language) + place
    let named = language("\(theWork) of \(service)", "\(theWork) du service \(service)").capitalizedFirst
    switch change.lastRevision {
    case .announced, nil: return announcement
    case .rescheduled(let before):
      let open = openSentence
      if before.interval == content.interval {
        return language(
          "\(named) is being announced again: \(renewedBecause). It will take place \(plannedWhen)\(zone).",
          "\(named) fait l’objet d’une nouvelle annonce : \(renewedBecause). "
            + "Elle aura lieu \(plannedWhen)\(zone).")
          + open + revisedSentence
      }
      let (move, old) = (move ?? "", instead ?? "")
      return language(
        "\(named) \(move): it will now take place \(plannedWhen)\(zone), instead of \(old).",
        "\(named) \(move) : elle aura lieu \(plannedWhen)\(zone), et non plus \(old).") + open + revisedSentence
    case .amended:
      let what = language(
        "The announcement of the \(kind) of \(service) has been amended",
        "L’annonce de la \(kind) du service \(service) a été modifiée")
      guard let start = change.actualStart?.stated else {
        return language(
          "\(what): the work will take place \(plannedWhen)\(zone).",
          "\(what) : l’intervention aura lieu \(plannedWhen)\(zone).") + openSentence + revisedSentence
      }
      let since = wording.dateTime(start)
      return language(
        "\(what): the work has been under way since \(since)\(zone).",
        "\(what) : l’intervention est en cours depuis le \(since)\(zone).") + expected + revisedSentence
    case .cancelled:
      return language(
        "\(named), which was to take place \(plannedWhen)\(zone), is cancelled. \(nothingToDo)",
        "\(named), prévue \(plannedWhen)\(zone), est annulée. \(nothingToDo)")
    case .started:
      let start = wording.dateTime(change.actualStart?.stated ?? content.interval.start)
      let clause = startClause.map { ", \($0)" } ?? ""
      return language(
        "\(named) started on \(start)\(zone)\(clause).", "\(named) a commencé le \(start)\(zone)\(clause).")
        + expected
    case .extended(let before):
      let since = wording.dateTime(change.actualStart?.stated ?? content.interval.start)
      let begun = language(
        "\(named), which started on \(since)\(zone),", "\(named), commencée le \(since)\(zone),")
      if openEnd != nil { return language("\(begun) is still in progress.", "\(begun) se poursuit.") + openSentence }
      let until = wording.until(content.interval)
      guard before.isEndKnown else {
        return language("\(begun) is expected to last \(until).", "\(begun) devrait durer \(until).")
      }
      let old = wording.hour(before.interval.end, besides: content.interval.end)
      return language(
        "\(begun) is expected to last \(until) instead of \(old).",
        "\(begun) devrait se prolonger \(until), au lieu de \(old).")
    case .completed:
      guard let version = content.update?.version, !version.isEmpty else { return "\(named) \(over)" }
      return language("Version \(version) of \(service)", "La version \(version) du service \(service)") + " \(over)"
    }
  }

  /// What somebody reads who is told that work does not take place.
  var nothingToDo: String {
    language(
      "The work will not take place; no action is needed on your part.",
      "L’intervention n’aura pas lieu ; vous n’avez rien à faire.")
  }

  var plannedWhen: String { wording.plannedWhen(of: change) }

  /// How its time has moved; nil where it has not.
  var move: String? {
    guard let before, before.interval != content.interval else { return nil }
    return switch shift(from: before) {
    case .later: language("has been postponed", "est reportée")
    case .earlier: language("has been brought forward", "est avancée")
    case .none: language("has a new time", "change d’horaire")
    }
  }

  /// ` (environnement Préproduction)`; empty for production.
  private var place: String {
    otherEnvironment.map { language(" (\($0) environment)", " (environnement \($0))") } ?? ""
  }

  /// Why a plan whose time stays is announced anew: what an update asks of clients from now on, or what it touches.
  var renewedBecause: String {
    if let now = content.update, let before = before?.update {
      let training = now.training && !before.training
      let configuration = now.configuration && !before.configuration
      let needs = language.list(
        (training ? [language("user training", "une formation des utilisateurs")] : [])
          + (configuration
            ? [language("configuration of the application", "un paramétrage de l’application")] : []))
      if !needs.isEmpty {
        return language("it will now also need \(needs)", "elle nécessitera désormais \(needs)")
      }
    }
    guard let before, Set(before.components) == Set(content.components) else {
      return language("its scope has changed", "son périmètre a changé")
    }
    return before.impact < content.impact
      ? language("its impact will be greater than announced", "son impact sera plus important qu’annoncé")
      : language("it has been revised", "elle a été revue")
  }

  /// What its time was before, behind `instead of`, `et non plus`.
  var instead: String? {
    guard let earlier else { return nil }
    guard earlier.content.isEndKnown, content.isEndKnown else { return language.choice(earlier.range, earlier.when) }
    return wording.instead(of: earlier.content.interval, now: content.interval)
  }

  private var revisedSentence: String { revisedTexts.map { " \($0)" } ?? "" }

  /// ` The end is not known yet; …`; empty where it is known.
  private var openSentence: String { openEnd.map { " \($0.capitalizedFirst)." } ?? "" }

  /// When work that has begun is to end, as a sentence after another, or that it is not known.
  private var expected: String {
    guard openEnd == nil else { return openSentence }
    let end = expectedEnd ?? ""
    return language(" It is expected to end \(end).", " Elle devrait se terminer \(end).")
  }

  /// `à 3 h`, `at 03:00`, with the day where it is not that of the start; nil where the end is not known.
  var expectedEnd: String? {
    content.isEndKnown
      ? wording.at(content.interval.end, besides: change.actualStart?.stated ?? content.interval.start) : nil
  }

  private var announcement: String {
    let service = contract.displayName(language) + place
    let what = language("\(namedKind) of \(service)".capitalizedFirst, "Une \(namedKind) du service \(service)")
    switch change.state {
    case .inProgress:
      let start = wording.dateTime(change.actualStart?.stated ?? content.interval.start)
      return language(
        "\(what) has been under way since \(start)\(zone).", "\(what) est en cours depuis le \(start)\(zone).")
        + expected
    case .completed: return "\(what) \(over)" + (unannounced.map { " \($0)" } ?? "")
    default:
      return language("\(what) will take place \(plannedWhen)\(zone).", "\(what) aura lieu \(plannedWhen)\(zone).")
        + openSentence
    }
  }

  /// `ended on ….`, and how much later than announced. An entry of a feed stays as it is, so that it does not say that the
  /// service is there again.
  private var over: String {
    let end = wording.dateTime(change.actualEnd?.stated ?? content.interval.end)
    let isInstalled = change.lastRevision == .completed && content.update.map { !$0.version.isEmpty } ?? false
    if let actual = change.actual, let unlike = unlikeAnnounced {
      let when = wording.when(actual) + zone
      let what = isInstalled ? language("was installed", "a été installée") : language("took place", "a eu lieu")
      return language(
        "\(what) \(when), not \(unlike) as announced.", "\(what) \(when), et non \(unlike) comme annoncé.")
    }
    let early = isEarly ? language(", earlier than announced", ", plus tôt que prévu") : ""
    let late = overrunClause.map { ", \($0)" } ?? ""
    let what = isInstalled ? language("was installed", "a été installée") : language("ended", "s’est terminée")
    return language("\(what) on \(end)\(zone)\(early)\(late).", "\(what) le \(end)\(zone)\(early)\(late).")
  }

  /// Whether the work was over clearly before its announced end.
  var isEarly: Bool { lateness == nil && isBefore(content.interval.end) }

  private func isBefore(_ announced: Instant) -> Bool {
    change.actualEnd.map { content.isEndKnown && $0.stated + .minutes(5) <= announced } ?? false
  }

  /// `35 minutes après la fin annoncée initialement (14 h 45)`; nil where it ended in time, to the minute.
  private var lateness: String? {
    guard let overrun = change.overrun, overrun >= .minutes(1), let end = change.actualEnd?.stated else { return nil }
    let length = wording.spelled(overrun)
    let announced = wording.hour(change.plannedEnd ?? content.interval.end, besides: end)
    guard change.plannedEnd != nil else {
      return content.kind == .emergency
        ? language(
          "\(length) after the expected end (\(announced))", "\(length) après la fin prévue (\(announced))")
        : language(
          "\(length) after the announced end (\(announced))", "\(length) après la fin annoncée (\(announced))")
    }
    let first = language(
      "\(length) after the \(wording.firstEnd(change)) (\(announced))",
      "\(length) après la \(wording.firstEnd(change)) (\(announced))")
    guard isBefore(content.interval.end) else { return first }
    let extended = wording.hour(content.interval.end, besides: end)
    return first
      + language(
        " and before the extended end (\(extended))", " et avant la fin prolongée (\(extended))")
  }

  /// How much before or clearly after the announced time the work began: `soit 2 heures avant l’horaire annoncé (5 h)`.
  var startClause: String? {
    guard let start = change.actualStart?.stated, content.kind != .emergency else { return nil }
    let announced = content.interval.start
    guard change.startedEarly || change.startedLate else { return nil }
    let time =
      toldAhead == nil
      ? language("expected time", "horaire prévu") : language("announced time", "horaire annoncé")
    let (length, hour) = (
      wording.spelled(start < announced ? announced - start : start - announced),
      wording.hour(announced, besides: start)
    )
    return start < announced
      ? language("\(length) before the \(time) (\(hour))", "soit \(length) avant l’\(time) (\(hour))")
      : language("\(length) after the \(time) (\(hour))", "soit \(length) après l’\(time) (\(hour))")
  }

  /// Of work that began before its announced time, when it was to be: `de 5 h à 6 h`.
  var unlikeAnnounced: String? {
    guard let actual = change.actual, change.startedEarly, content.kind != .emergency, content.isEndKnown else {
      return nil
    }
    let announced = Interval(start: content.interval.start, end: change.plannedEnd ?? content.interval.end)
    return wording.instead(of: announced ?? content.interval, now: actual)
  }

  /// `et non à 3 h 30`: what a correction of the end corrects; nil where it is the same minute.
  var formerEnd: String? {
    guard let end = change.actualEnd?.stated, let former = change.corrected?.end,
      wording.hour(former, besides: end) != wording.hour(end, besides: end)
    else { return nil }
    return wording.at(former, besides: end)
  }

  /// That clients were not told before urgent work began, and when they were; nil where they were.
  var unannounced: String? {
    let start = change.actualStart?.stated ?? content.interval.start
    guard content.kind == .emergency else { return nil }
    guard let told = change.toldAt else {
      return change.plannedAt.map { $0 >= start } ?? false
        ? language(
          "This work was not announced before it started; this notice is the first.",
          "Cette intervention n’a pas été annoncée avant son début ; le présent avis est le premier.") : nil
    }
    guard told >= start else { return nil }
    let (at, after) = (wording.at(told, besides: start), wording.spelled(told - start))
    return language(
      "This work was not announced before it started; you were told \(at), \(after) later.",
      "Cette intervention n’a pas été annoncée avant son début ; vous en avez été informés \(at), soit \(after) plus tard."
    )
  }

  var overrunClause: String? { lateness.map { language("\($0)", "soit \($0)") } }
  var overrunSentence: String? {
    lateness.map { language("The work ended \($0).", "L’intervention s’est terminée \($0).") }
  }

  /// That clients can work again after work that they felt; nil where they felt none, and while an outage goes on.
  var restored: String? {
    guard change.state == .completed, content.impact == .outage || content.impact == .degraded, !isDown else {
      return nil
    }
    let (what, isMany) = affected(content.components)
    guard content.impact == .outage else {
      return isMany
        ? language("\(what) are working normally again.", "\(what) fonctionnent de nouveau normalement.")
        : language("\(what) is working normally again.", "\(what) fonctionne de nouveau normalement.")
    }
    guard content.components.isEmpty else {
      return isMany
        ? language("\(what) are available again.", "\(what) sont de nouveau disponibles.")
        : language("\(what) is available again.", "\(what) est de nouveau disponible.")
    }
    return language("\(what) is fully available again.", "\(what) est de nouveau pleinement disponible.")
  }
}

extension ChangeTelling {
  /// What stands in every entry, or in an update of a status page, each on one line.
  func lines(_ place: ChangeFacts.Place, without left: Set<String> = []) -> [SyndicationEntry.Fact] {
    ChangeFacts.told(place, of: self).compactMap { fact in
      let value = CleanText.line(fact.text)
      return value.isEmpty || left.contains(fact.key)
        ? nil : .init(name: fact.name, value: value, language: fact.value.language)
    }
  }

  /// What differs from what clients were told before, each on one line.
  var lineDifferences: [ContentDifference] {
    differences.map {
      .init(
        name: $0.name, before: CleanText.line($0.before), after: CleanText.line($0.after),
        beforeLanguage: $0.beforeLanguage, afterLanguage: $0.afterLanguage)
    }
  }
}

extension Contract.Contact {
  /// `l’équipe Support`; `l’Équipe Paie` says itself what it is.
  func named(_ language: Language) -> String {
    language(name, name.lowercased().hasPrefix("équipe") ? "l’\(name)" : "l’équipe \(name)")
  }
}

extension Contract {
  /// A clause with the document that it stands in.
  func cited(_ clause: String) -> String { "\(clause) (\(source))" }

  /// The name of the service on one line.
  func displayName(_ language: Language) -> String {
    let text = CleanText.line(language.choice(name))
    return text.isEmpty ? service : text
  }
}

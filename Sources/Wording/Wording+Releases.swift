package import CivilTime
package import Planning

/// What is said of the plan of a release.
extension Wording {
  /// The night that begins on `evening`, or the day that is meant where nothing lies in the night:
  /// `Nuit du samedi 5 au dimanche 6 décembre 2026`, `Dimanche 6 décembre 2026`.
  package func night(of evening: CivilDate, _ works: [Interval]) -> String {
    let morning = evening.advanced(byDays: 1)
    let isDay = works.allSatisfy { work in
      let (start, end) = (zone.civil(work.start), zone.civil(work.end))
      return start.date == evening && start.time.hour < 18 && end.date == evening
    }
    let text = isDay ? date(evening) : pick("night of ", "nuit du ") + pair(evening, morning)
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// What was done with a release, and with which of its changes.
  package func event(_ event: ReleaseEvent) -> String {
    let changes = language.list(event.changes.map(\.description))
    guard case .moved(let move, _, let reason, _) = event else {
      return pick("submitted with \(changes)", "demandée avec \(changes)")
    }
    let word =
      switch move {
      case .rescheduled: pick("rescheduled", "reportée")
      case .cancelled: pick("cancelled", "annulée")
      case .approved: pick("approved", "approuvée")
      case .declined: pick("declined", "rejetée")
      case .left: pick("goes on without", "continue sans")
      }
    let why = reason.map { " (\($0.text))" } ?? ""
    return "\(word)\(move == .left ? " " : language.colon + " ")\(changes)\(why)"
  }

  /// `Sun 6 Dec – Tue 8 Dec 2026`; one day where it is one.
  package func days(_ span: Interval) -> String {
    let (first, last) = (zone.civil(span.start).date, zone.civil(span.end).date)
    if first == last { return shortDate(first, year: true) }
    let isOneYear = first.components.year == last.components.year
    return "\(shortDate(first, year: !isOneYear)) – \(shortDate(last, year: true))"
  }

  /// Times within a night: `01:00–03:00`, with offsets where the clock changes in between, or shows an hour twice.
  package func hours(_ interval: Interval) -> String {
    func text(_ instant: Instant) -> String {
      let civil = zone.civil(instant)
      guard case .fold = zone.resolve(civil) else { return time(civil.time) }
      return "\(time(civil.time)) \(offset(zone.offset(at: instant)))"
    }
    let changes = zone.offset(at: interval.start) != zone.offset(at: interval.end)
    return text(interval.start) + "–" + text(interval.end) + (changes ? " (\(duration(interval.length)))" : "")
  }

  /// In what a plan differs from taking the first free time for each change: `4 interruptions fewer for clients`; empty where
  /// in nothing.
  package func gains(
    _ plan: PlanScore, over other: PlanScore, works: Int, end: (plan: Instant?, other: Instant?)
  ) -> [String] {
    var gains: [String] = []
    /// `3 changes more placed`: of what, and what is said behind it where there is more, and where there is less.
    func add(_ difference: Int, _ noun: String, more: String, fewer: String) {
      guard difference != 0 else { return }
      gains.append(language.counted(Int(difference.magnitude), noun) + " " + (difference > 0 ? more : fewer))
    }
    add(
      works, pick("change", "changement"), more: pick("more placed", "de plus"),
      fewer: pick("fewer, of less weight", "de moins, de moindre poids"))
    if works == 0, plan.placed != other.placed {
      gains.append(pick("more important changes placed", "des changements plus importants placés"))
    }
    add(
      plan.interruptions - other.interruptions, "interruption",
      more: pick("more for clients", "de plus pour les clients"),
      fewer: pick("fewer for clients", "de moins pour les clients"))
    let disturbance = plan.disturbance - other.disturbance
    if other.disturbance > 0, case let percent = abs(disturbance) * 100 / other.disturbance, percent > 0 {
      gains.append(
        "\(percent)\(percentSign) "
          + (disturbance > 0
            ? pick("more use disturbed", "d’usage perturbé en plus")
            : pick("less use disturbed", "d’usage perturbé en moins")))
    }
    if let ended = end.plan, let before = end.other, ended != before {
      let length = ahead(Elapsed(seconds: abs((ended - before).seconds)))
      gains.append(
        ended > before
          ? pick("done \(length) later", "terminé \(length) plus tard")
          : pick("done \(length) earlier", "terminé \(length) plus tôt"))
    }
    return gains
  }

  /// Whether a plan is the best, or how much better one might be.
  package func proof(_ plan: ReleasePlan) -> String {
    if plan.isProven { return pick("Proven: no plan is better.", "Prouvé : aucun plan n’est meilleur.") }
    let (score, bound) = (plan.score, plan.bound)
    if bound.placed > score.placed {
      let percent = max(1, (bound.placed - score.placed) * 100 / max(1, bound.placed))
      return pick(
        "Not proven: a plan might place up to \(percent)\u{A0}% more weight. Search longer with --budget.",
        "Non prouvé : un plan pourrait placer jusqu’à \(percent)\u{A0}% de poids en plus. Cherchez plus longtemps avec --budget."
      )
    }
    guard score.interruptions > bound.interruptions else {
      return pick(
        "No plan places more or interrupts less; one that disturbs less or ends earlier is not ruled out.",
        "Aucun plan ne place plus ni n’interrompt moins ; un plan qui gêne moins ou finit plus tôt n’est pas exclu.")
    }
    let count = score.interruptions - bound.interruptions
    return pick(
      "Not proven: a plan might have up to \(language.counted(count, "interruption")) fewer. Search longer with --budget.",
      "Non prouvé : un plan pourrait compter jusqu’à \(language.counted(count, "interruption")) de moins. Cherchez plus longtemps avec --budget."
    )
  }

  /// Why a change has no place where no rule says it alone; nil where ways out say it.
  package func unplaced(_ explanation: WorkExplanation?, horizon: Instant) -> String? {
    switch explanation?.reason {
    case nil: pick("Not examined: the search was too short.", "Non examiné : la recherche a été trop courte.")
    case "outweighed":
      pick(
        "It would push out work that weighs more together.", "Il écarterait des travaux qui pèsent davantage ensemble.")
    case "impossible":
      pick(
        "It is longer than all the time until \(dateTime(horizon)).",
        "Il dure plus que tout le temps jusqu’au \(dateTime(horizon)).")
    default: nil
    }
  }

  /// What would give a change its place: `with 3 h less notice`, `if it were 30 min shorter`.
  package func way(_ way: WayOut, for work: Release.Work, in release: Release) -> String {
    let length = way.length.map(duration) ?? ""
    guard !way.rules.isEmpty else { return pick("if it were \(length) shorter", "s’il durait \(length) de moins") }
    let start = way.starts.first { $0.work == work.id }?.start ?? release.now
    let own = Interval(start: start, length: .minutes(Int64(work.duration)))
    let starts = Dictionary(way.starts.map { ($0.work, $0.start) }, uniquingKeysWith: { first, _ in first })
    /// Works that lie at the same time.
    let beside = release.works.filter { other in
      guard other.id != work.id, let own, let start = starts[other.id] ?? nil else { return false }
      return Interval(start: start, length: .minutes(Int64(other.duration)))?.overlaps(own) ?? false
    }
    return language.list(
      way.rules.map { rule in
        switch rule {
        case .fixed: pick("at another time than its own", "à un autre horaire que le sien")
        case .notice:
          way.length == nil
            ? pick("without the notice", "sans le préavis")
            : pick("with \(length) less notice", "avec \(length) de préavis en moins")
        case .notBefore:
          way.length == nil
            ? pick("earlier than not-before allows", "plus tôt que not-before ne le permet")
            : pick("if it might start \(length) earlier", "s’il pouvait commencer \(length) plus tôt")
        case .deadline:
          way.length == nil
            ? pick("later than its deadline", "au-delà de son échéance")
            : pick("with a deadline \(length) later", "avec une échéance \(length) plus tard")
        case .rollback:
          way.length == nil
            ? pick("with no time kept for undoing it", "sans temps gardé pour revenir en arrière")
            : pick("with \(length) less kept for undoing it", "avec \(length) de moins pour revenir en arrière")
        case .window: pick("outside the maintenance window", "hors de la fenêtre de maintenance")
        case .freeze: pick("during a freeze", "pendant un gel")
        case .booking: pick("beside work that is planned already", "en même temps que des travaux déjà planifiés")
        case .overlap:
          pick("at the same time as ", "en même temps que ")
            + language.list(beside.filter { !Set($0.services).isDisjoint(with: work.services) }.map(\.id))
        case .dependency:
          pick("without waiting for ", "sans attendre ") + language.list(work.after.map(\.work))
        case .together:
          pick("in another window than ", "dans une autre fenêtre que ") + language.list(work.together)
        case .crew: crew(work, own, beside, release)
        case .rest:
          pick("with less rest for ", "avec moins de repos pour ") + language.list(work.crew)
        case .interruptions:
          pick("with an interruption more than is allowed", "avec une interruption de plus que permis")
        }
      })
  }

  private func crew(_ work: Release.Work, _ own: Interval?, _ beside: [Release.Work], _ release: Release) -> String {
    let missing = work.crew.filter { name in
      let away = release.people.first { $0.name == name }?.away ?? []
      return beside.contains { $0.crew.contains(name) } || away.contains { own?.overlaps($0) ?? false }
    }
    guard let own, !missing.isEmpty else {
      return pick("with somebody else than ", "avec quelqu’un d’autre que ") + language.list(work.crew)
    }
    let day = briefDate(zone.civil(own.start).date)
    let names = language.list(missing)
    return missing.count == 1
      ? pick("if \(names) were free on \(day)", "si \(names) était libre le \(day)")
      : pick("if \(names) were free on \(day)", "si \(names) étaient libres le \(day)")
  }

  /// When the change would be then, and what that costs the others.
  package func cost(of way: WayOut, for work: Release.Work, beside plan: ReleasePlan) -> String {
    guard let start = way.starts.first(where: { $0.work == work.id })?.start else { return "" }
    let shorter = way.rules.isEmpty ? way.length ?? .zero : .zero
    let own = Interval(start: start, length: .minutes(Int64(work.duration)) - shorter)
    var parts = own.map { [shortRange($0)] } ?? []
    guard let score = way.score else { return parts.joined() }
    let more = score.interruptions - plan.score.interruptions
    if more != 0 {
      let count = language.counted(Int(more.magnitude), "interruption")
      parts.append(more > 0 ? pick("\(count) more", "\(count) de plus") : pick("\(count) fewer", "\(count) de moins"))
    }
    let lost = plan.starts.filter { row in
      row.start != nil && way.starts.contains { $0.work == row.work && $0.start == nil }
    }.map(\.work)
    if !lost.isEmpty { parts.append(pick("without ", "sans ") + language.list(lost)) }
    if more == 0, lost.isEmpty { parts.append(pick("at no other cost", "sans autre coût")) }
    return parts.joined(separator: ", ")
  }
}

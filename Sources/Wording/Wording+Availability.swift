package import CivilTime
package import Planning

extension Wording {
  /// `novembre 2026`, `November 2026`.
  package func month(_ month: CivilMonth) -> String { "\(self.month(month.month)) \(month.year)" }

  /// `of October 2026`, `d’octobre 2026`.
  package func ofMonth(_ month: CivilMonth) -> String {
    let name = self.month(month)
    return pick("of \(name)", "\(name.first.map("ao".contains) ?? false ? "d’" : "de ")\(name)")
  }

  /// `99.560440 %`, with a comma in French; never rounded to another verdict. A dash where there is no figure.
  package func percent(_ figure: String?) -> String {
    guard let figure else { return "–" }
    return figure.replacing(".", with: pick(".", ",")) + percentSign
  }

  package func verdict(_ figures: AvailabilityFigures) -> String {
    figures.isMet
      ? pick("met", "respecté") : pick(audience == .clients ? "not met" : "breached", "non respecté")
  }

  /// TD as clients read it: `99.50 %`, `100 %`, two decimals rounded down. A dash where there is no figure.
  package func clientsPercent(_ figures: AvailabilityFigures) -> String {
    figures.wholeBasisPoints.map { $0 % 100 == 0 ? percent(basisPoints: $0) : percent($0) } ?? "–"
  }

  /// How long the service was down as clients read it: whole minutes, begun ones counted.
  package static func downtime(_ length: Elapsed) -> Elapsed { .minutes((length.seconds + 59) / 60) }

  /// The same of when that was: its end agrees with its length.
  package static func downtime(_ interval: Interval) -> Interval {
    let start = interval.start - Elapsed(seconds: interval.start.secondsSinceEpoch % 60)
    return Interval(start: start, length: downtime(interval.length)) ?? interval
  }

  /// What is left of the time that the target allows; what is missing where it is breached.
  package func budgetLeft(_ figures: AvailabilityFigures) -> String {
    let left = figures.budgetLeft
    if left < .zero {
      let over = duration(.zero - left)
      return pick("\(over) over", "dépassé de \(over)")
    }
    return pick("\(duration(left)) left", "reste \(duration(left))")
  }

  /// Why part of a stop goes into no TI.
  package func leftOut(_ reason: StopAccount.LeftOut.Reason, _ stop: Stop, _ period: ReferencePeriod) -> String {
    switch reason {
    case .otherEnvironment:
      pick("only production counts (\(stop.environment))", "seule la production compte (\(stop.environment))")
    case .anotherMonth: pick("in another month", "dans un autre mois")
    case .window: pick("in the maintenance window", "dans la fenêtre de maintenance") + cite(period.windowClause)
    case .outsideReferencePeriod:
      pick("outside the reference period", "hors période de référence") + cite(period.clause)
    case .excludedCause: pick("excluded cause", "cause exclue") + colon + cause(stop.cause) + cite(period.clause)
    case .excused: pick("during an excluded cause", "pendant une cause exclue") + cite(period.clause)
    case .countedOnce: pick("counted with another stop", "décompte déjà fait avec un autre arrêt")
    }
  }

  /// What it was, what counts of it and why the rest does not, as clients read it beside `downtime` of when that was:
  /// the minutes that are told make up the whole.
  package func accountForClients(_ account: StopAccount, _ period: ReferencePeriod) -> String {
    let stop = account.stop
    let counted = Wording.downtime(account.counted.length)
    var rest = Wording.downtime(stop.interval.length) - counted
    let leftOut = account.leftOut.enumerated().map { index, part in
      let isLast = index == account.leftOut.count - 1
      let length = isLast ? rest : min(rest, .minutes(part.parts.length.seconds / 60))
      rest = rest - length
      // One pair of brackets: the clause stands behind a comma.
      let reason = self.leftOut(part.reason, stop, period).replacing(" (", with: ", ").replacing(")", with: "")
      return "\(duration(length)) (\(reason))"
    }
    var parts: [String] = []
    if counted > .zero {
      let s = counted < .minutes(2) ? "" : "s"
      parts.append(pick("\(duration(counted)) counted", "\(duration(counted)) retenue\(s)"))
    }
    if !leftOut.isEmpty {
      parts.append(pick("not counted", "non retenu") + colon + leftOut.joined(separator: ", "))
    }
    let cause = stop.isUpdate ? kind(.update) : cause(stop.cause)
    let source = source(stop.source)
    let what = stop.title.isEmpty ? "\(cause) (\(source))" : "\(stop.title) (\(cause), \(source))"
    return "\(what) – \(language.series(parts))"
  }

  /// A stop in one sentence: what it was, when, what counts of it and why the rest does not.
  package func account(_ account: StopAccount, _ period: ReferencePeriod) -> String {
    let stop = account.stop
    var parts = account.leftOut.map { "\(duration($0.parts.length)) \(leftOut($0.reason, stop, period))" }
    if !account.counted.isEmpty {
      parts.insert("\(duration(account.counted.length)) \(pick("counted", "d’indisponibilité"))", at: 0)
    }
    let cause = stop.isUpdate ? kind(.update) : cause(stop.cause)
    let what = stop.title.isEmpty ? cause : "\(cause), \(stop.title(language))"
    return "\(what), \(range(stop.interval)) – \(parts.joined(separator: ", "))"
  }

  /// `TD 98.999903 %, target 99.00 % (article 6): breached`.
  package func availability(_ month: MonthAvailability) -> String {
    let figures = month.figures
    return "TD \(percent(figures.percent)), \(pick("target", "objectif")) "
      + "\(percent(basisPoints: figures.targetBasisPoints))\(cite(month.period.clause))\(language.colon) "
      + verdict(figures)
  }

  /// Why figures are not final, in one line each.
  package func provisional(_ reason: MonthAvailability.Provisional) -> String {
    switch (audience, reason) {
    case (.clients, .monthNotOver): pick("the month is not over", "le mois n’est pas terminé")
    case (.clients, .ongoing):
      pick(
        "an interruption is still going on, and is counted up to this time",
        "une interruption est encore en cours, et comptée jusqu’à cette heure")
    case (.clients, .unrecordedStart):
      pick(
        "the course of some work is still to be confirmed", "le déroulement d’une intervention reste à confirmer")
    case (.staff, .monthNotOver):
      pick(
        "the month is not over: TD as if nothing more happened",
        "le mois n’est pas fini\(colon)TD comme si rien ne se passait d’ici là")
    case (.staff, .ongoing(let source)):
      pick(
        "\(self.source(source)) goes on: counted up to now",
        "\(self.source(source)) est en cours\(colon)compté jusqu’à maintenant")
    case (.staff, .unrecordedStart(let id)):
      pick(
        "\(id) was due and nobody said that it began: counted as if it had not",
        "\(id) était prévue et nul n’a dit qu’elle a commencé\(colon)comptée comme si elle n’avait pas eu lieu")
    }
  }

  /// Several reasons in one line, each once; nil where there is none.
  package func provisional(_ all: [MonthAvailability.Provisional]) -> String? {
    var reasons: [String] = []
    for reason in all.map(provisional) where !reasons.contains(reason) { reasons.append(reason) }
    return reasons.isEmpty ? nil : language.list(reasons)
  }

  package func source(_ source: Stop.Source) -> String {
    switch source {
    case .outage(let id): id.description
    case .change(let id): id.description
    case .supposed: pick("supposed", "supposé")
    }
  }

  /// Until when work that is under way can be undone in time, and what each further minute costs; one line each.
  /// `budget` is that of the month in which the cost would arise, as it stands now.
  package func cost(_ cost: StopCost, _ budget: AvailabilityFigures?, now: Instant) -> [String] {
    var lines: [String] = []
    if let point = cost.pointOfNoReturn, let rollback = cost.rollback, let window = cost.window {
      let moment = dateTime(point)
      let assumed =
        cost.isRollbackAssumed
        ? pick(" (assumed: as long as the work until then)", " (supposé\(colon)autant que le travail jusque-là)") : ""
      let undo = pick(
        "undoing takes \(duration(rollback))\(assumed) and the window ends on \(dateTime(window.end))",
        "le retour arrière prend \(duration(rollback))\(assumed) et la fenêtre se ferme le \(dateTime(window.end))")
      lines.append(
        now <= point
          ? pick(
            "Point of no return: \(moment); \(undo)",
            "Point de non-retour\(colon)\(moment)\(Typography.narrow); \(undo)")
          : pick(
            "Past the point of no return, \(moment): \(undo)", "Point de non-retour dépassé, \(moment)\(colon)\(undo)"))
    } else if let window = cost.window {
      lines.append(
        pick(
          "No point of no return: undoing would take longer than the window, which ends on \(dateTime(window.end))",
          "Pas de point de non-retour : le retour arrière serait plus long que la fenêtre, qui se ferme le "
            + "\(dateTime(window.end))"))
    } else {
      lines.append(
        pick(
          "No point of no return: the work began outside the maintenance window",
          "Pas de point de non-retour\(colon)le travail a commencé hors de la fenêtre de maintenance"))
    }
    guard let from = cost.costsFrom, let budget, let month = cost.month,
      let minute = AvailabilityFigures.percent(of: .minutes(1), in: budget.reference)
    else {
      return lines + [
        pick("Further minutes cost no availability", "Les minutes de plus ne coûtent pas de disponibilité")
      ]
    }
    let points = minute.replacing(".", with: pick(".", ","))
    lines.append(
      (from == now
        ? pick("Each further minute costs", "Chaque minute de plus coûte")
        : pick(
          "From \(dateTime(from)) on, each further minute costs", "À partir du \(dateTime(from)), chaque minute coûte"))
        + pick(
          " \(points) points \(ofMonth(month)); budget: \(budgetLeft(budget))",
          " \(points) point \(ofMonth(month))\(Typography.narrow); budget\(colon)\(budgetLeft(budget))"))
    return lines
  }
}

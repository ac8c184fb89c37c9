import CivilTime
import Planning
import Wording

/// Availability as people read it in a terminal, in lines of 80 columns.
struct AvailabilityText {
  let text: ChangeText
  private var wording: Wording { text.wording }
  private var language: Language { wording.language }

  init(_ text: ChangeText) { self.text = text }

  private func mark(_ figures: AvailabilityFigures) -> String {
    let word = wording.verdict(figures)
    return figures.isMet ? text.output.green("✓ \(word)") : text.output.red("✗ \(word)")
  }

  private func isProvisional(_ month: MonthAvailability) -> String {
    month.provisional.isEmpty ? "" : " " + language("(provisional)", "(provisoire)")
  }

  private func heading(_ month: MonthAvailability) -> String {
    text.output.bold("\(month.service)\(language.colon) \(wording.month(month.period.month))") + isProvisional(month)
  }

  /// One row a month, where there are several.
  func table(_ months: [MonthAvailability]) -> [String] {
    let names = months.map(\.service)
    let several = Set(names).count > 1
    let width = several ? min(24, names.map(\.count).max() ?? 0) + 2 : 0
    return months.map { month in
      let figures = month.figures
      let name = several ? text.pad(String(month.service.prefix(24)), width) : ""
      let cells = [
        text.pad(month.period.month.description, 9), text.pad(wording.percent(figures.percent), 14),
        text.pad(wording.duration(figures.unavailable), 19),
      ]
      return name + cells.joined() + mark(figures) + (month.provisional.isEmpty ? "" : " *")
    }
  }

  func tableHead(_ months: [MonthAvailability]) -> [String] {
    let several = Set(months.map(\.service)).count > 1
    let width = several ? min(24, months.map(\.service.count).max() ?? 0) + 2 : 0
    let head =
      (several ? text.pad("Service", width) : "") + text.pad(language("Month", "Mois"), 9) + text.pad("TD", 14)
      + text.pad("TI", 19) + language("Target", "Objectif")
    return [text.output.dim(head)]
  }

  func tableFoot(_ months: [MonthAvailability]) -> [String] {
    months.contains { !$0.provisional.isEmpty } ? ["  " + language("* provisional", "* provisoire")] : []
  }

  /// A month with every stop accounted for; the picture stands below its figures.
  func details(_ month: MonthAvailability, picture: [String] = []) -> [String] {
    let figures = month.figures
    let days = month.period.days
    var lines = [heading(month)]
    lines += row(
      "PRT",
      wording.duration(figures.reference) + " ("
        + language("\(days) day\(days == 1 ? "" : "s")", "\(days) jour\(days < 2 ? "" : "s")") + ")")
    lines += row("TI", wording.duration(figures.unavailable))
    lines += row(
      "TD",
      "\(wording.percent(figures.percent)), \(language("target", "objectif")) "
        + "\(wording.percent(basisPoints: figures.targetBasisPoints)) (\(month.period.clause)) \(mark(figures))")
    lines += row("Budget", "\(wording.duration(figures.budget)), \(wording.budgetLeft(figures))")
    for reason in month.provisional { lines += row(language("Provisional", "Provisoire"), wording.provisional(reason)) }
    if !month.lateUrgency.isEmpty {
      let ids = language.list(month.lateUrgency.map { wording.source($0.stop.source) })
      let late = month.withoutLateUrgency
      lines += row(
        language("Afterwards", "Après coup"),
        language(
          "urgent work recorded when it was over: \(ids); without its exclusion TD would be "
            + "\(wording.percent(late.percent)), \(wording.verdict(late))",
          "urgences enregistrées une fois finies\(language.colon) \(ids)\(Typography.narrow); sans leur exclusion "
            + "TD serait \(wording.percent(late.percent)), \(wording.verdict(late))"))
    }
    lines += picture
    for account in month.accounts { lines += self.account(account, month.period) }
    return lines
  }

  private func row(_ name: String, _ value: String) -> [String] {
    text.wrap(value, indent: 15, first: "  \(text.output.dim(text.pad(name, 11)))  ")
  }

  private func account(_ account: StopAccount, _ period: ReferencePeriod) -> [String] {
    let stop = account.stop
    let goesOn = stop.isOngoing ? language(", still going on", ", toujours en cours") : ""
    let what =
      stop.title.isEmpty ? wording.cause(stop.cause) : "\(wording.cause(stop.cause)), \(stop.title(wording.language))"
    var lines = [""]
    lines += text.wrap(
      "\(text.output.bold(wording.source(stop.source))) \(what)", indent: 4, first: "  ")
    lines += text.wrap(wording.range(stop.interval) + goesOn, indent: 4, first: "    ")
    if !account.counted.isEmpty {
      lines += part(account.counted.length, language("counted", "compté"), account.counted, stop.interval)
    }
    for left in account.leftOut {
      lines += part(left.parts.length, wording.leftOut(left.reason, stop, period), left.parts, stop.interval)
    }
    if !stop.cause.isCounted, stop.isInProduction, stop.evidence.isEmpty {
      lines += text.wrap(
        language("no evidence is on record for this cause", "aucune justification enregistrée pour cette cause"),
        indent: 4, first: "    ")
    }
    return lines
  }

  /// A length and why; which part of the stop it is, where it is not all of it.
  private func part(_ length: Elapsed, _ why: String, _ parts: IntervalSet, _ whole: Interval) -> [String] {
    let shown = parts.intervals.prefix(3).map { wording.shortRange($0) }.joined(separator: ", ")
    let more = parts.intervals.count > 3 ? ", …" : ""
    let place = parts.intervals == [whole] ? "" : "\(language.colon) \(shown)\(more)"
    return text.wrap("\(wording.duration(length)) \(why)\(place)", indent: 6, first: "    – ")
  }

  /// What a supposed stop would cost each month that it meets.
  func simulation(
    _ supposed: Interval, _ pairs: [(before: MonthAvailability, after: MonthAvailability)]
  ) -> [String] {
    var lines = text.wrap(
      language("An unplanned stop ", "Un arrêt imprévu ") + wording.when(supposed)
        + language(" would cost:", " coûterait\(language.colon)"),
      indent: 2, first: "")
    for (before, after) in pairs {
      let cost = after.figures.unavailable - before.figures.unavailable
      lines += ["", heading(after)]
      lines += row(language("Cost", "Coût"), wording.duration(cost))
      lines += row(
        "TD",
        "\(wording.percent(before.figures.percent)) → \(wording.percent(after.figures.percent)) \(mark(after.figures))")
      lines += row(
        "Budget", "\(wording.budgetLeft(before.figures)) → \(wording.budgetLeft(after.figures))")
      if let account = after.accounts.first(where: { $0.stop.source == .supposed }) {
        for left in account.leftOut {
          lines += part(
            left.parts.length, wording.leftOut(left.reason, account.stop, after.period), left.parts, supposed)
        }
      }
    }
    return lines
  }
}

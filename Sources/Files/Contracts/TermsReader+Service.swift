import CivilTime
import Planning
import Yams

/// Terms on how well the service works and how it is supported.
extension TermsReader {
  /// Article 6 of the model contract.
  func availability() -> ContractTerms.Availability? {
    let keys = ["clause", "target", "hours", "weekdays", "except-holidays", "overlapping-causes"]
    guard let availability = section.section("availability", keys: keys) else { return nil }
    let clause = availability.text("clause")
    let target = availability.value("target", form: ValueText.percentForm, ValueText.basisPoints)
    let hours = availability.value("hours", form: ValueText.rangeForm, ValueText.range)
    let weekdays = availability.weekdays("weekdays", required: true)
    if weekdays?.isEmpty == true { availability.add("weekdays", "there must be one at least") }
    let exceptHolidays = availability.flag("except-holidays", default: true)
    let excludedWins = availability.choice("overlapping-causes", "excluded-wins", or: "counted-wins", default: true)
    guard let clause, let target, let hours, let weekdays, let exceptHolidays, let excludedWins else { return nil }
    return ContractTerms.Availability(
      clause: clause, targetBasisPoints: target, hours: hours, weekdays: weekdays, exceptHolidays: exceptHolidays,
      excludedCauseWins: excludedWins)
  }

  /// Article 12 of the model contract.
  func support() -> ContractTerms.Support? {
    let keys = ["clause", "start", "hours", "take-in-charge", "criticality-1", "criticality-2"]
    guard let support = section.section("support", keys: keys) else { return nil }
    let clause = support.text("clause")
    let start = support.value("start", form: "a date such as 2021-10-18") { CivilDate($0) }
    let hours = supportHours(support)
    let charge = support.section("take-in-charge", keys: ["within", "share"])
    let within = charge?.value("within", form: ValueText.elapsedForm, ValueText.elapsed)
    let share = charge?.value("share", form: ValueText.percentForm, ValueText.basisPoints)
    let plan = support.section("criticality-1", keys: ["plan-within"])?
      .value("plan-within", form: ValueText.elapsedForm, ValueText.elapsed)
    let correction = support.section("criticality-2", keys: ["correction-within"])?
      .value("correction-within", form: "business days such as 14 business days") {
        ValueText.count($0, of: "business days", in: 1...366)
      }
    guard let clause, let start, let hours, let within, let share, let plan, let correction else { return nil }
    return ContractTerms.Support(
      clause: clause, start: start, hours: hours, takeInChargeWithin: within, takeInChargeShareBasisPoints: share,
      criticality1PlanWithin: plan, criticality2CorrectionBusinessDays: correction)
  }

  /// Days or ranges of days, each with a range of times or a list of them, in order and apart.
  private func supportHours(_ support: Section) -> [Weekday: [TimeOfDayRange]]? {
    guard let pairs = support.pairs("hours") else { return nil }
    var hours: [Weekday: [TimeOfDayRange]] = [:]
    for (key, line, value) in pairs {
      guard let days = ValueText.weekdays(key) else {
        support.problems.add(line, "`hours` cannot be of `\(key.prefix(60))`; write \(ValueText.weekdayForm)")
        continue
      }
      let nodes = value.sequence.map { Array($0) } ?? [value]
      let ranges = nodes.compactMap { support.value(of: $0, "hours", form: ValueText.rangeForm, ValueText.range) }
      for (earlier, later) in zip(ranges, ranges.dropFirst()) where later.start < earlier.end {
        support.problems.add(value.line, "the hours of \(key) overlap or are out of order")
      }
      for day in days where hours.updateValue(ranges, forKey: day) != nil {
        support.problems.add(line, "\(ValueText.name(day)) stands twice in `hours`")
      }
    }
    if hours.values.allSatisfy(\.isEmpty), !pairs.isEmpty || support.has("hours") {
      support.add("hours", "support is never open")
    }
    return hours.filter { !$0.value.isEmpty }
  }
}

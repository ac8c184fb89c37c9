import CivilTime
import Planning
import Yams

/// Reads one version of a contract.
struct TermsReader {
  let contract: ContractReader
  let section: Section
  /// Those of the service.
  let environments: [String]

  static let keys = [
    "effective-from", "time-zone", "holidays", "maintenance-window", "planned-maintenance", "emergency", "updates",
    "availability", "support", "freezes", "publication", "gate",
    "approval",
  ]

  /// One version, and what it says about publication.
  struct Version {
    let terms: ContractTerms
    let publication: Publication
  }

  /// How long changes stay in the feeds, how clients are told of them, and what of outages.
  struct Publication {
    var keepPastDays = 90
    var notices = NoticeTerms()
    var outages = OutagePublication.status
    var showsAvailability = false
  }

  /// Nil after reporting what is wrong. `date` is nil where it could not be read; the rest is looked at all the same.
  func read(from date: CivilDate?, _ dependencies: inout ContractReader.Dependencies) -> Version? {
    let zone = timeZone()
    let holidays = holidays(&dependencies)
    let window = window()
    let planned = planned()
    let emergency = emergency()
    let updates = updates()
    let availability = section.has("availability") ? availability() : nil
    let support = section.has("support") ? support() : nil
    let freezes = freezes(zone: zone, from: date, &dependencies)
    let publication = publication()
    let gate = gate()
    let approval = section.has("approval") ? approval() : nil
    guard section.problems.problems.isEmpty, let date, let zone, let holidays, let window, let planned, let emergency,
      let updates, let publication, let gate
    else { return nil }
    let terms = ContractTerms(
      effectiveFrom: date, timeZone: zone, holidays: holidays, window: window, planned: planned, emergency: emergency,
      updates: updates, availability: availability, support: support, freezes: freezes,
      gate: gate, approval: approval)
    return Version(terms: terms, publication: publication)
  }

  private func timeZone() -> ZoneRules? {
    guard let name = section.text("time-zone") else { return nil }
    do {
      return try contract.loadZone(name)
    } catch {
      section.add("time-zone", error.description)
      return nil
    }
  }

  private func holidays(_ dependencies: inout ContractReader.Dependencies) -> HolidayCalendar? {
    guard
      let (country, zone) = section.value(
        "holidays", form: "country and zone such as fr/metropole",
        { text -> (String, String)? in
          let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
          return parts.count == 2 && parts.allSatisfy(ContractNames.isName) ? (parts[0], parts[1]) : nil
        })
    else { return nil }
    do {
      let file = try contract.files.holidays(country)
      dependencies.holidays.append(SourceFiles.holidayFile(country))
      if let calendar = file.calendar(zone: zone, country: country) { return calendar }
      let known = file.zones.map(\.name)
      section.add(
        "holidays",
        "\(SourceFiles.holidayFile(country)) has no zone `\(zone)`\(NearestName.hint(zone, among: known))"
          + " (known: \(known.joined(separator: ", ")))")
    } catch {
      section.add("holidays", "\(SourceFiles.holidayFile(country)) cannot be used")
      section.problems.add(error.problems)
    }
    return nil
  }

  private func window() -> ContractTerms.MaintenanceWindow? {
    let keys = ["clause", "nights", "weekdays", "holidays", "any-time-environments"]
    guard let window = section.section("maintenance-window", keys: keys) else { return nil }
    let clause = window.text("clause")
    let nights = nights(window)
    let weekdays = window.weekdays("weekdays", required: false)
    let holidays = window.flag("holidays")
    let anyTime = window.names("any-time-environments", among: environments, called: "environment")
    guard let clause, let nights, let weekdays, let holidays, let anyTime else { return nil }
    if nights.isEmpty, weekdays.isEmpty, !holidays {
      window.problems.add(
        window.line, "the maintenance window is never open; give it `nights`, `weekdays` or `holidays`")
    }
    if coversWeek(nights, weekdays) {
      window.problems.add(
        window.line,
        "the maintenance window never closes; leave a gap in the week, or use `any-time-environments` for environments"
          + " in which work is always allowed")
    }
    return ContractTerms.MaintenanceWindow(
      clause: clause, nights: nights, weekdays: weekdays, holidays: holidays, anyTimeEnvironments: Set(anyTime))
  }

  /// Each a range of times, of every day, or `{ hours: …, days: … }`: a night belongs to the day on which it begins.
  private func nights(_ window: Section) -> [ContractTerms.NightRange]? {
    guard window.has("nights") else { return [] }
    return window.items("nights", orSingle: true)?.compactMap { node in
      let form = ValueText.nightForm
      guard node.mapping != nil else { return window.value(of: node, "nights", form: form, ValueText.night) }
      guard let night = Section(node, name: "nights", keys: ["hours", "days"], window.problems) else { return nil }
      let hours = night.value("hours", form: form, ValueText.night)
      let days = night.weekdays("days", required: true)
      if days?.isEmpty == true { night.add("days", "there must be one at least") }
      guard let hours, let days else { return nil }
      return ContractTerms.NightRange(start: hours.start, end: hours.end, days: days)
    }
  }

  /// Whether these pieces leave no gap in a week: then no window would ever end.
  private func coversWeek(_ nights: [ContractTerms.NightRange], _ weekdays: Set<Weekday>) -> Bool {
    let day: Int32 = 86_400
    func midnight(_ weekday: Weekday) -> Int32 { Int32(weekday.rawValue - 1) * day }
    var pieces = weekdays.map { midnight($0)..<midnight($0) + day }
    for night in nights {
      for begins in night.days ?? Set(Weekday.allCases) {
        pieces.append(midnight(begins) + night.start.secondsAfterMidnight..<midnight(begins) + night.endSeconds)
      }
    }
    // What begins on Sunday and goes on over midnight ends on Monday.
    pieces += pieces.filter { $0.upperBound > 7 * day }.map { 0..<$0.upperBound - 7 * day }
    var covered: Int32 = 0
    for piece in pieces.sorted(by: { $0.lowerBound < $1.lowerBound }) where piece.lowerBound <= covered {
      covered = max(covered, piece.upperBound)
    }
    return covered >= 7 * day
  }

  private func planned() -> ContractTerms.PlannedMaintenance? {
    let keys = ["clause", "notice", "inside-announced-interval"]
    guard let planned = section.section("planned-maintenance", keys: keys) else { return nil }
    let clause = planned.text("clause")
    let notice = planned.value("notice", form: ValueText.elapsedForm) { Elapsed($0) }
    let keeps = planned.choice("inside-announced-interval", "keeps-notice", or: "plans-anew", default: true)
    guard let clause, let notice, let keeps else { return nil }
    return ContractTerms.PlannedMaintenance(clause: clause, notice: notice, insideAnnouncedKeepsNotice: keeps)
  }

  private func emergency() -> ContractTerms.Emergency? {
    guard let emergency = section.section("emergency", keys: ["clause", "refuse-when-plannable", "first-estimate"])
    else { return nil }
    let clause = emergency.text("clause")
    let refuse = emergency.flag("refuse-when-plannable", default: true)
    let estimate =
      emergency.has("first-estimate")
      ? emergency.value("first-estimate", form: ValueText.elapsedForm, ValueText.elapsed) : .hours(1)
    guard let clause, let refuse, let estimate else { return nil }
    return ContractTerms.Emergency(clause: clause, refuseWhenPlannable: refuse, firstEstimate: estimate)
  }

  private func updates() -> ContractTerms.Updates? {
    guard let updates = section.section("updates", keys: ["clause", "announce", "except"]) else { return nil }
    let clause = updates.text("clause")
    let announce = updates.choice("announce", "before-start", or: "not-required", default: true)
    let except = updates.choice("except", "corrections-without-training", or: "nothing", default: true)
    guard let clause, let announce, let except else { return nil }
    return ContractTerms.Updates(clause: clause, announceBeforeStart: announce, exceptSimpleCorrections: except)
  }

  /// The operator's choice: what somebody else approves before it is published.
  private func approval() -> ContractTerms.Approval? {
    guard let approval = section.section("approval", keys: ["clause", "for", "by", "four-eyes"]) else { return nil }
    let clause = approval.text("clause")
    let known = ChangeKind.allCases.filter { $0 != .emergency }
    let kinds = approval.names("for", among: known.map(\.rawValue), called: "kind of change that can be approved")
    if approval.has("for"), kinds?.isEmpty ?? false {
      approval.problems.add(
        approval.line(of: "for"), "`for` names nothing to approve; take `approval` out where nothing is approved")
    }
    let approvers = ContractTerms.Approval.Approver.self
    let by = approval.value(
      "by", default: .releaseManager, form: approvers.allCases.map(\.rawValue).joined(separator: " or "),
      approvers.init(rawValue:))
    let fourEyes = approval.flag("four-eyes", default: true)
    guard let clause, let kinds, let by, let fourEyes else { return nil }
    let chosen = approval.has("for") ? kinds.compactMap(ChangeKind.init(rawValue:)) : known
    return ContractTerms.Approval(clause: clause, kinds: Set(chosen), by: by, fourEyes: fourEyes)
  }

  /// The operator's choice, of no article: what opens the gate that pipelines ask.
  private func gate() -> GateOpening? {
    guard section.has("gate") else { return .changes }
    guard let gate = section.section("gate", keys: ["opens"]) else { return nil }
    return gate.value("opens", form: "changes or window") { GateOpening(rawValue: $0) }
  }

  private func freezes(
    zone: ZoneRules?, from date: CivilDate?, _ dependencies: inout ContractReader.Dependencies
  ) -> [Freeze] {
    guard let nodes = section.items("freezes", required: false) else { return [] }
    var freezes: [Freeze] = []
    for node in nodes {
      let form = "the path of an .ics file inside the calendars folder, such as freezes/declaration-2035.ics"
      guard
        let name = section.value(of: node, "freezes", form: form, { FreezeFile.isInside($0) ? $0 : nil })
      else { continue }
      dependencies.freezes.append(name)
      do {
        let bytes = try contract.files.bytes(name, limit: FreezeFile.limit)
        guard let zone, let date else { continue }
        let problems = ProblemList(file: contract.files.shown(name))
        freezes += FreezeFile.read(bytes, file: name, zone: zone, from: date, problems) ?? []
        section.problems.add(problems.problems)
      } catch {
        section.problems.add(node.line, "\(name): \(error.text)")
      }
    }
    return freezes
  }

  private func publication() -> Publication? {
    var publication = Publication()
    guard section.has("publication") else { return publication }
    let known = ["keep-past", "reminders", "portal", "outages", "availability", "send"]
    guard let keys = section.section("publication", keys: known) else { return nil }
    if keys.has("keep-past") {
      let days = keys.value("keep-past", form: "a number of days such as 90 days, up to 3650 days") {
        ValueText.count($0, of: "days", in: 0...3650)
      }
      publication.keepPastDays = days ?? publication.keepPastDays
    }
    if keys.has("reminders"), let nodes = keys.items("reminders") {
      let leads = nodes.compactMap {
        keys.value(of: $0, "reminders", form: ValueText.elapsedForm, ValueText.elapsed)
      }
      let order = zip(leads, leads.dropFirst())
      if !order.allSatisfy({ $0 > $1 }) { keys.add("reminders", "reminders stand from the earliest to the latest") }
      publication.notices.reminders = leads
    }
    if keys.has("send") {
      let isReviewed = keys.value("send", form: "automatic or reviewed") {
        ["automatic": false, NoticeTerms.reviewed: true][$0]
      }
      publication.notices.isReviewed = isReviewed ?? false
    }
    if keys.has("portal") {
      let isServed = keys.value("portal", form: "served or elsewhere") {
        [NoticeTerms.served: true, "elsewhere": false][$0]
      }
      publication.notices.servesPortal = isServed ?? false
    }
    if keys.has("outages") {
      publication.outages =
        keys.value("outages", form: "none, status or full") { OutagePublication(rawValue: $0) } ?? publication.outages
    }
    publication.showsAvailability = keys.flag("availability", default: false) ?? false
    if publication.showsAvailability, !section.has("availability") {
      keys.add("availability", "this version promises no `availability` that could be shown")
    }
    return publication
  }
}

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
    let keys = ["clause", "start", "hours", "take-in-charge", "criticality-1", "criticality-2", "qualification"]
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
    let names = ContractTerms.Support.Qualification.allCases.map(\.rawValue)
    let qualification = support.value(
      "qualification", default: .afterTakeInCharge, form: names.joined(separator: " or "),
      ContractTerms.Support.Qualification.init(rawValue:))
    guard let clause, let start, let hours, let within, let share, let plan, let correction, let qualification else {
      return nil
    }
    return ContractTerms.Support(
      clause: clause, start: start, hours: hours, takeInChargeWithin: within, takeInChargeShareBasisPoints: share,
      criticality1PlanWithin: plan, criticality2CorrectionBusinessDays: correction, qualification: qualification)
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

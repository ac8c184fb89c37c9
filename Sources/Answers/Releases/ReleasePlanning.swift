package import CivilTime
package import Planning
package import Publication
package import Register
package import Wording

/// Plans a release among the contracts, freezes and bookings as they are; nothing is recorded.
package struct ReleasePlanning {
  private let file: ReleaseFile
  private let choices: Choices
  private let register: Register?
  private let now: Instant
  private let wording: Wording

  /// What is asked for beside the file.
  package struct Choices {
    /// When approval is expected: notice counts from then.
    package var approvedBy: Instant?
    /// Changes that start exactly then, in place of what the file says.
    package var pins: [(id: String, start: Instant)] = []
    /// Changes of the file that are left out, and of the register whose time counts as free.
    package var except: [String] = []
    /// Whether notice, freezes and bookings are left to the register to judge.
    var isUnbooked = false

    package init() {}
  }

  /// - Parameter register: nil where there is none: then nothing else is planned.
  package init(_ file: ReleaseFile, _ choices: Choices, register: Register?, now: Instant, wording: Wording) {
    (self.file, self.choices, self.register, self.now, self.wording) = (file, choices, register, now, wording)
  }

  /// A start is looked for so long after the last time that the file names, or after now.
  private static let reach = Elapsed.hours(31 * 24)

  /// - Parameter isCancelled: asked now and then; once it is true the best plan so far is the answer.
  package func plan(
    _ budget: PlanningBudget, isSimulation: Bool, isCancelled: @escaping () -> Bool, wasStopped: @escaping () -> Bool
  ) throws -> PlannedRelease {
    let release = try release()
    let planner = ReleasePlanner(release)
    let plan = planner.plan(budget, isCancelled: isCancelled)
    var ways: [String: [WayOut]] = [:]
    // A quarter of the search at most goes to what might have been.
    let explained = plan.explanations ?? []
    for explanation in explained {
      let share = PlanningBudget(
        steps: max(10_000, min(budget.steps / 4 / explained.count, 2_000_000)), seed: budget.seed)
      ways[explanation.work] = planner.ways(for: explanation, beside: plan, share, isCancelled: wasStopped)
    }
    let known = Set(file.changes.map(\.work.id))
    return PlannedRelease(
      file: file, release: release, plan: plan, slotBySlot: planner.slotBySlot(), ways: ways,
      approvedBy: choices.approvedBy, isInterrupted: wasStopped(), isSimulation: isSimulation,
      excepted: choices.except.filter(known.contains))
  }

  package func release() throws -> Release {
    let works = try self.works()
    let named = works.flatMap { [$0.notBefore, $0.deadline, $0.fixed] }.compactMap { $0 } + [now]
    let last = (named.max() ?? now) + ReleasePlanning.reach
    let horizon = Instant(secondsSinceEpoch: last.secondsSinceEpoch - last.secondsSinceEpoch % 60)
    guard horizon - now <= .minutes(Int64(Release.longest)) else {
      throw BadValue(
        wording.language(
          "The release names times that are more than ten years ahead.",
          "La livraison cite des dates à plus de dix ans."))
    }
    var lanes: [String: (contract: Contract, environment: String)] = [:]
    for content in file.changes.flatMap(\.contents) {
      guard let contract = file.contracts[content.service] else { continue }
      lanes[ReleaseFile.lane(content.service, content.environment)] = (contract, content.environment)
    }
    let services = try lanes.sorted { $0.key < $1.key }.map { name, lane in
      try service(name, lane.contract, lane.environment, until: horizon)
    }
    let release = Release(
      now: now, horizon: horizon, grid: 15, zone: wording.zone, services: services, works: works, people: file.people)
    try release.check()
    return release
  }

  /// The works to be placed, pinned and without those that are left out.
  private func works() throws -> [Release.Work] {
    let language = wording.language
    let except = Set(choices.except)
    var works = file.changes.map(\.work).filter { !except.contains($0.id) }
    let ids = Set(works.map(\.id))
    for name in choices.except where ChangeID(name) == nil && !file.changes.contains(where: { $0.work.id == name }) {
      throw BadValue(noSuch("--except", name))
    }
    for work in works {
      guard let missing = (work.after.map(\.work) + work.together).first(where: { !ids.contains($0) }) else { continue }
      throw BadValue(
        language(
          "--except \(missing): \(work.id) depends on it; leave \(work.id) out too.",
          "--except \(missing) : \(work.id) en dépend ; laissez aussi \(work.id) de côté."))
    }
    for (id, start) in choices.pins {
      guard let index = works.firstIndex(where: { $0.id == id }) else { throw BadValue(noSuch("--pin", id)) }
      works[index].fixed = start
    }
    // Whoever needs no notice is told before it starts all the same.
    if let approved = choices.approvedBy {
      for index in works.indices where works[index].exempt.contains(.notice) {
        works[index].notBefore = max(works[index].notBefore ?? approved, approved + .minutes(1))
      }
    }
    return works
  }

  private func noSuch(_ option: String, _ name: String) -> String {
    let known = file.changes.map(\.work.id).joined(separator: ", ")
    return wording.language(
      "\(option) \(name): no change of the file; there are: \(known).",
      "\(option) \(name) : pas un changement du fichier ; il y a : \(known).")
  }

  private func service(
    _ name: String, _ contract: Contract, _ environment: String, until horizon: Instant
  ) throws -> Release.Service {
    // Holds: the horizon lies weeks after now.
    let range = Interval(start: now, end: horizon)!
    let windows = WindowTable(
      contract: contract, environment: environment,
      covering: Interval(start: now - ReleasePlanning.margin, end: horizon + ReleasePlanning.margin) ?? range)
    // The longest of those in force until then: what is planned is never too short.
    let notice = contract.versions.filter { version in
      contract.terms(at: now).effectiveFrom <= version.effectiveFrom
        && version.timeZone.startOfDay(version.effectiveFrom) < horizon
    }.map(\.planned.notice).max()
    if choices.isUnbooked {
      return Release.Service(
        name: name, windows: windows.windows, notice: .zero, freezes: [], bookings: [], maxInterruptions: nil,
        usage: file.usage)
    }
    let waits = max((choices.approvedBy ?? now) - now, .zero)
    return Release.Service(
      name: name, windows: windows.windows,
      notice: (notice ?? contract.terms(at: now).planned.notice) + waits,
      freezes: freezes(contract), bookings: try bookings(contract, environment, range), maxInterruptions: nil,
      usage: file.usage)
  }

  /// Windows are whole around what is planned; none is longer (`WindowTable`).
  private static let margin = Elapsed.hours(14 * 24)

  /// Each as far as the version that names it is in force.
  private func freezes(_ contract: Contract) -> [Interval] {
    contract.versions.enumerated().flatMap { index, terms -> [Interval] in
      let next = contract.versions.dropFirst(index + 1).first
      let from = index == 0 ? Instant.earliest : terms.timeZone.startOfDay(terms.effectiveFrom)
      let until = next.map { $0.timeZone.startOfDay($0.effectiveFrom) } ?? .latest
      return terms.freezes.map(\.interval).filter { $0.start < until && from < $0.end }
    }
  }

  private func bookings(_ contract: Contract, _ environment: String, _ range: Interval) throws -> [Release.Booking] {
    guard let register else { return [] }
    let taken = try register.store.read {
      try $0.obstacles(service: contract.service, environment: environment, in: range, by: contract, at: now)
    }.filter { !choices.except.contains($0.change.description) }
    let impacts = Dictionary(
      try register.listed(Set(taken.map(\.change)).sorted()).map { ($0.id, $0.content.impact) },
      uniquingKeysWith: { first, _ in first })
    return taken.map { booking in
      Release.Booking(interval: booking.interval, isVisible: (impacts[booking.change] ?? .outage) >= .degraded)
    }
  }
}

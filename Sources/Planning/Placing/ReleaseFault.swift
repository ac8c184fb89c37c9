public import CivilTime

/// What a release must not hold.
public enum ReleaseFault: Error, Hashable, Sendable {
  /// Two of one name.
  case twice(Kind, String)
  /// A work names something that is not there.
  case unknown(Kind, String, work: String)
  /// A figure out of its bounds, both inclusive; `of` is what has it.
  case figure(Figure, Int, bounds: ClosedRange<Int>, of: String)
  case most(less: Int, than: Int, work: String)
  case noService(work: String)
  case horizon
  case usage(count: Int, service: String)
  case grid(Int)

  public enum Kind: String, Hashable, Sendable { case service, work, person }
  public enum Figure: String, Hashable, Sendable {
    case duration, rollback, priority, least, most, notice, rest, usage, interruptions
  }
}

extension Release {
  /// Longest length that is planned with, in minutes: ten years.
  public static let longest = 10 * 366 * 1440
  /// More works than this are no release.
  public static let mostWorks = 1000

  /// Throws the first fault. Intervals are never empty, and instants have been read with their offset.
  public func check() throws(ReleaseFault) {
    try Release.check(from: now, until: horizon)
    guard grid > 0, 60 % grid == 0 else { throw .grid(grid) }
    try unique(.service, services.map(\.name))
    try unique(.work, works.map(\.id))
    try unique(.person, people.map(\.name))
    for service in services {
      try bounded(.notice, Int(clamping: service.notice.seconds / 60), 0...Release.longest, service.name)
      if let most = service.maxInterruptions { try bounded(.interruptions, most, 0...Release.longest, service.name) }
      guard service.usage.count == 168 else { throw .usage(count: service.usage.count, service: service.name) }
      for weight in service.usage { try bounded(.usage, weight, 0...100_000, service.name) }
    }
    for person in people { try bounded(.rest, person.rest, 0...Release.longest, person.name) }
    let names = (services: Set(services.map(\.name)), works: Set(works.map(\.id)))
    for work in works { try check(work, names.services, names.works) }
  }

  /// What is planned over is neither empty nor too long.
  public static func check(from now: Instant, until horizon: Instant) throws(ReleaseFault) {
    guard horizon > now, horizon - now <= .minutes(Int64(longest)) else { throw .horizon }
  }

  private func check(_ work: Work, _ services: Set<String>, _ works: Set<String>) throws(ReleaseFault) {
    try bounded(.duration, work.duration, 1...Release.longest, work.id)
    try bounded(.rollback, work.rollback, 0...Release.longest, work.id)
    try bounded(.priority, work.priority, 1...5, work.id)
    if work.services.isEmpty { throw .noService(work: work.id) }
    for name in work.services where !services.contains(name) { throw .unknown(.service, name, work: work.id) }
    for name in work.together + work.after.map(\.work) where !works.contains(name) {
      throw .unknown(.work, name, work: work.id)
    }
    for row in work.after {
      try bounded(.least, row.least, 0...Release.longest, work.id)
      guard let most = row.most else { continue }
      try bounded(.most, most, 0...Release.longest, work.id)
      if most < row.least { throw .most(less: most, than: row.least, work: work.id) }
    }
  }

  private func unique(_ kind: ReleaseFault.Kind, _ names: [String]) throws(ReleaseFault) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted { throw .twice(kind, name) }
  }

  private func bounded(
    _ figure: ReleaseFault.Figure, _ value: Int, _ bounds: ClosedRange<Int>, _ owner: String
  ) throws(ReleaseFault) {
    if !bounds.contains(value) { throw .figure(figure, value, bounds: bounds, of: owner) }
  }
}

import CivilTime

extension PlacingModel {
  /// - Parameter lifted: rules that do not hold for one work, by its id.
  init(_ release: Release, lifting lifted: (work: String, rules: Set<ReleaseRule>)? = nil) {
    let now = release.now.secondsSinceEpoch
    let base = now.quotientAndRemainderFloored(by: 60).quotient
    self.base = base
    let clock = MinuteClock(base: base)
    horizon = clock.floor(release.horizon)
    let names = Dictionary(release.services.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let (hours, firstHour) = PlacingModel.hours(release.zone, base: base, until: horizon)
    services = release.services.map { PlacingModel.service($0, clock, hours, firstHour) }
    var people = release.people.map { Person(rest: $0.rest, away: $0.away.map(clock.range)) }
    var persons = Dictionary(release.people.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let works = release.works.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    for name in works.flatMap(\.crew) where persons[name] == nil {
      persons[name] = people.count
      people.append(Person(rest: Release.Person.lawfulRest, away: []))
    }
    self.people = people
    let ids = Dictionary(works.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.works = []
    for work in works {
      let rules = work.exempt.union(lifted.flatMap { $0.work == work.id ? $0.rules : nil } ?? [])
      var row = Work(
        id: work.id, services: Set(work.services.compactMap { names[$0] }).sorted(), duration: work.duration,
        weight: 1 << work.priority, priority: work.priority, isVisible: work.isVisible,
        crew: rules.contains(.crew) ? [] : Set(work.crew.compactMap { persons[$0] }).sorted(),
        after: rules.contains(.dependency)
          ? []
          : work.after.compactMap { row in
            ids[row.work].map { Dependency(work: $0, least: row.least, most: row.most) }
          },
        together: [], starts: [], windows: [], disturbance: [], lifted: rules)
      row.starts = starts(release, work, row, clock)
      row.windows = row.services.map { service in
        windowIndices(row.starts, length: row.duration, in: services[service].windows)
      }
      row.disturbance = row.starts.map { start in
        guard row.isVisible else { return 0 }
        return row.services.reduce(Int64(0)) {
          $0 + services[$1].usage.weight(from: Int(start), to: Int(start) + row.duration)
        }
      }
      self.works.append(row)
    }
    for (number, work) in works.enumerated() where !self.works[number].lifted.contains(.together) {
      for name in Set(work.together).sorted() {
        guard let other = ids[name] else { continue }
        let pieces = common(self.works[number].services + self.works[other].services)
        self.works[number].together.append(
          Companion(
            work: other, own: windowIndices(self.works[number].starts, length: work.duration, in: pieces),
            other: windowIndices(self.works[other].starts, length: self.works[other].duration, in: pieces)))
      }
    }
    dropCycles()
    connect()
  }

  /// Hour of the week of each civil hour from the base to the horizon, and the minutes to the end of the first one.
  private static func hours(_ zone: ZoneRules, base: Int64, until horizon: Int) -> ([Int], Int) {
    let first = Int(base.quotientAndRemainderFloored(by: 60).remainder)
    let start = base - Int64(first)
    let hours = (0...max(0, (horizon + first) / 60 + 1)).map { hour -> Int in
      let civil = zone.civil(Instant(secondsSinceEpoch: (start + Int64(hour) * 60) * 60))
      return (civil.date.weekday.rawValue - 1) * 24 + civil.time.hour
    }
    return (hours, 60 - first)
  }

  private static func service(
    _ service: Release.Service, _ clock: MinuteClock, _ hours: [Int], _ firstHour: Int
  ) -> Service {
    let windows = service.windows.intervals.map(clock.range)
    let booked = Set(
      service.bookings.filter(\.isVisible).compactMap { booking -> Int32? in
        let range = clock.range(booking.interval)
        let index = windows.partitioningIndex { $0.upperBound >= range.upperBound }
        guard index < windows.count, windows[index].lowerBound <= range.lowerBound else { return nil }
        return Int32(index)
      })
    return Service(
      windows: windows, booked: booked, room: service.maxInterruptions.map { max($0 - booked.count, 0) },
      usage: UsageCurve(usage: service.usage, hours: hours, first: firstHour))
  }

  /// Windows that several services have in common.
  private func common(_ services: [Int]) -> [Range<Int>] {
    var pieces: [Range<Int>]?
    for service in Set(services).sorted() {
      let windows = self.services[service].windows
      pieces = pieces.map { $0.intersections(windows) } ?? windows
    }
    return pieces ?? []
  }

  private func windowIndices(_ starts: [Int32], length: Int, in windows: [Range<Int>]) -> [Int32] {
    var window = 0
    return starts.map { start in
      while window < windows.count, windows[window].upperBound <= Int(start) { window += 1 }
      guard window < windows.count, windows[window].lowerBound <= Int(start),
        Int(start) + length <= windows[window].upperBound
      else { return -1 }
      return Int32(window)
    }
  }

  /// Every start that the rules on the work alone allow.
  func starts(_ release: Release, _ work: Release.Work, _ row: Work, _ clock: MinuteClock) -> [Int32] {
    func holds(_ rule: ReleaseRule) -> Bool { !row.lifted.contains(rule) }
    if let longest = row.crew.compactMap({ people[$0].longestRun }).min(), holds(.rest), row.duration > longest {
      return []
    }
    var first = clock.ceiling(release.now)
    var last = horizon - row.duration
    let named = row.services.map { release.services[$0] }
    if holds(.notice) { for service in named { first = max(first, clock.ceiling(release.now + service.notice)) } }
    if holds(.notBefore), let notBefore = work.notBefore { first = max(first, clock.ceiling(notBefore)) }
    if holds(.deadline), let deadline = work.deadline { last = min(last, clock.floor(deadline) - row.duration) }
    var blocks: [Range<Int>] = row.crew.flatMap { people[$0].away }
    if holds(.freeze) { blocks += named.flatMap { $0.freezes.map(clock.range) } }
    if holds(.booking) { blocks += named.flatMap { $0.bookings.map { clock.range($0.interval) } } }
    blocks.sort { $0.lowerBound < $1.lowerBound }
    let pieces = holds(.window) ? common(row.services) : first < horizon ? [first..<horizon] : []
    let rollback = holds(.window) && holds(.rollback) ? work.rollback : 0

    var starts: [Int32] = []
    var block = 0
    // Blocks in order of their starts may end in any order: what counts is the furthest end so far.
    var blockedUntil = Int.min
    func isFree(_ start: Int) -> Bool {
      while block < blocks.count, blocks[block].lowerBound < start + row.duration {
        blockedUntil = max(blockedUntil, blocks[block].upperBound)
        block += 1
      }
      return blockedUntil <= start
    }
    let fixed = holds(.fixed) ? work.fixed.map(clock.floor) : nil
    for piece in pieces {
      let from = max(piece.lowerBound, first)
      let to = min(piece.upperBound - row.duration - rollback, last)
      if let fixed {
        if from <= fixed, fixed <= to, isFree(fixed) { return [Int32(fixed)] }
        continue
      }
      guard from <= to else { continue }
      for start in stride(from: clock.tick(from, grid: release.grid), through: to, by: release.grid) where isFree(start)
      {
        starts.append(Int32(start))
      }
    }
    return starts
  }

  /// A cycle of dependencies places nobody, nor does it whoever waits for one.
  private mutating func dropCycles() {
    var waiting = works.map { Set($0.after.map(\.work)) }
    var ready = waiting.indices.filter { waiting[$0].isEmpty }
    var done = Set(ready)
    while let work = ready.popLast() {
      for other in waiting.indices where waiting[other].remove(work) != nil && waiting[other].isEmpty {
        ready.append(other)
        done.insert(other)
      }
    }
    for work in works.indices where !done.contains(work) { clear(work) }
  }

  private mutating func clear(_ work: Int) {
    works[work].starts = []
    works[work].windows = works[work].services.map { _ in [] }
    works[work].disturbance = []
    for index in works[work].together.indices { works[work].together[index].own = [] }
    for other in works.indices {
      for index in works[other].together.indices where works[other].together[index].work == work {
        works[other].together[index].other = []
      }
    }
  }

  private mutating func connect() {
    followers = works.map { _ in [] }
    members = services.map { _ in [] }
    crews = people.map { _ in [] }
    for (number, work) in works.enumerated() {
      for other in Set(work.after.map(\.work) + work.together.map(\.work)) { followers[other].append(number) }
      for service in work.services { members[service].append(number) }
      for person in work.crew { crews[person].append(number) }
    }
    let sharing = works.indices.map { number -> [Int] in
      let near = works[number].services.flatMap { members[$0] } + works[number].crew.flatMap { crews[$0] }
      return Set(near).subtracting([number]).sorted()
    }
    neighbours = works.indices.map { number in
      sharing[number].compactMap { other in
        let (a, b) = (works[number], works[other])
        let persons = a.crew.filter(b.crew.contains)
        let overlaps = a.lifted.contains(.overlap) || b.lifted.contains(.overlap)
        let excludes = !persons.isEmpty || !overlaps && a.services.contains(where: b.services.contains)
        let rests =
          a.lifted.contains(.rest) || b.lifted.contains(.rest)
          ? [] : Set(persons.map { people[$0].rest }.filter { $0 > 0 }).sorted()
        return excludes ? Neighbour(work: other, excludes: true, rests: rests) : nil
      }
    }
  }
}

/// Instants as minutes from the base.
struct MinuteClock {
  let base: Int64

  func floor(_ instant: Instant) -> Int {
    Int(instant.secondsSinceEpoch.quotientAndRemainderFloored(by: 60).quotient - base)
  }
  func ceiling(_ instant: Instant) -> Int {
    let (minute, second) = instant.secondsSinceEpoch.quotientAndRemainderFloored(by: 60)
    return Int(minute - base) + (second > 0 ? 1 : 0)
  }
  func range(_ interval: Interval) -> Range<Int> {
    let start = floor(interval.start)
    return start..<max(start, floor(interval.end))
  }
  /// The first tick at or after `minute`.
  func tick(_ minute: Int, grid: Int) -> Int {
    let past = Int((base + Int64(minute)).quotientAndRemainderFloored(by: Int64(grid)).remainder)
    return past == 0 ? minute : minute + grid - past
  }
  func instant(_ minute: Int32) -> Instant { Instant(secondsSinceEpoch: (base + Int64(minute)) * 60) }
}

extension [Range<Int>] {
  func intersections(_ other: [Range<Int>]) -> [Range<Int>] {
    var (result, i, j) = ([Range<Int>](), 0, 0)
    while i < count, j < other.count {
      let low = Swift.max(self[i].lowerBound, other[j].lowerBound)
      let high = Swift.min(self[i].upperBound, other[j].upperBound)
      if low < high { result.append(low..<high) }
      if self[i].upperBound <= other[j].upperBound { i += 1 } else { j += 1 }
    }
    return result
  }
}

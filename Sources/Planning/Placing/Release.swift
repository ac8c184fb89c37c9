public import CivilTime

/// A set of planned works without fixed times, and all that decides where they may go. Instants are whole minutes, except
/// `now`, which is whole seconds. `ReleaseFault` names what a release must not hold.
public struct Release: Sendable {
  public var now: Instant
  /// Every work ends by then.
  public var horizon: Instant
  /// Works start at civil minutes that are a multiple of it; a divisor of 60. Offsets of `zone` are whole hours.
  public var grid: Int
  public var zone: ZoneRules
  public var services: [Service]
  public var works: [Work]
  public var people: [Person]

  public init(
    now: Instant, horizon: Instant, grid: Int, zone: ZoneRules, services: [Service], works: [Work], people: [Person]
  ) {
    self.now = now
    self.horizon = horizon
    self.grid = grid
    self.zone = zone
    self.services = services
    self.works = works
    self.people = people
  }

  /// A service in one environment.
  public struct Service: Sendable {
    public var name: String
    /// Merged and uncut, also around now and the horizon.
    public var windows: IntervalSet
    /// Elapsed time from now to the earliest start; exactly as much is enough.
    public var notice: Elapsed
    public var freezes: [Interval]
    public var bookings: [Booking]
    public var maxInterruptions: Int?
    /// What a minute of each civil hour of the week weighs; 168 figures, Monday 00:00 first.
    public var usage: [Int]

    public init(
      name: String, windows: IntervalSet, notice: Elapsed, freezes: [Interval], bookings: [Booking],
      maxInterruptions: Int?, usage: [Int]
    ) {
      self.name = name
      self.windows = windows
      self.notice = notice
      self.freezes = freezes
      self.bookings = bookings
      self.maxInterruptions = maxInterruptions
      self.usage = usage
    }
  }

  /// Work that is planned already.
  public struct Booking: Sendable {
    public var interval: Interval
    /// Whether clients see it.
    public var isVisible: Bool

    public init(interval: Interval, isVisible: Bool) {
      self.interval = interval
      self.isVisible = isVisible
    }
  }

  /// One change of the release. Lengths are elapsed minutes.
  public struct Work: Sendable {
    public var id: String
    public var services: [String]
    public var duration: Int
    /// What has to remain of the window after the end.
    public var rollback: Int
    public var notBefore: Instant?
    public var deadline: Instant?
    public var fixed: Instant?
    public var after: [Dependency]
    /// Works that lie in the same window.
    public var together: [String]
    public var crew: [String]
    /// Whether clients see it.
    public var isVisible: Bool
    /// 1 to 5, 5 the most important.
    public var priority: Int
    /// Rules that do not bind it, such as window and notice an update that interrupts nothing.
    public var exempt: Set<ReleaseRule>

    public init(
      id: String, services: [String], duration: Int, rollback: Int, notBefore: Instant?, deadline: Instant?,
      fixed: Instant?, after: [Dependency], together: [String], crew: [String], isVisible: Bool, priority: Int,
      exempt: Set<ReleaseRule> = []
    ) {
      self.id = id
      self.services = services
      self.duration = duration
      self.rollback = rollback
      self.notBefore = notBefore
      self.deadline = deadline
      self.fixed = fixed
      self.after = after
      self.together = together
      self.crew = crew
      self.isVisible = isVisible
      self.priority = priority
      self.exempt = exempt
    }
  }

  /// A work starts from `least` to `most` minutes after the end of another.
  public struct Dependency: Sendable {
    public var work: String
    public var least: Int
    public var most: Int?

    public init(work: String, least: Int, most: Int?) {
      self.work = work
      self.least = least
      self.most = most
    }
  }

  public struct Person: Sendable {
    public var name: String
    /// Least minutes between two runs of work; 0 is no rule.
    public var rest: Int
    public var away: [Interval]

    /// Source: Code du travail, art. L3131-1, 11 consecutive hours.
    public static let lawfulRest = 660

    public init(name: String, rest: Int = lawfulRest, away: [Interval] = []) {
      self.name = name
      self.rest = rest
      self.away = away
    }
  }
}

extension Release {
  /// What a minute of each hour of the week weighs where nobody has measured it: business hours most, a Saturday a quarter
  /// and a Sunday an eighth of a weekday.
  public static let usualUsage: [Int] = {
    let hours: [(count: Int, weight: Int)] = [(5, 8), (2, 24), (2, 160), (9, 480), (4, 200), (2, 48)]
    let day = hours.flatMap { Array(repeating: $0.weight, count: $0.count) }
    return [1, 1, 1, 1, 1, 4, 8].flatMap { share in day.map { $0 / share } }
  }()
}

/// How good a plan is, compared part by part in this order.
public struct PlanScore: Hashable, Comparable, Sendable {
  /// Sum of 2^priority of the works that are placed: the more the better. Of the other parts less is better.
  public var placed: Int
  /// Pairs of service and window that clients see interrupted, by bookings too.
  public var interruptions: Int
  /// Usage of each service over the minutes of visible work.
  public var disturbance: Int
  /// Sum of priority × minutes from now to the end.
  public var earliness: Int

  public init(placed: Int, interruptions: Int, disturbance: Int, earliness: Int) {
    self.placed = placed
    self.interruptions = interruptions
    self.disturbance = disturbance
    self.earliness = earliness
  }

  /// Better plans are less.
  public static func < (a: PlanScore, b: PlanScore) -> Bool {
    (-a.placed, a.interruptions, a.disturbance, a.earliness) < (-b.placed, b.interruptions, b.disturbance, b.earliness)
  }
}

/// A rule that can be lifted for one work, in the order in which answers name them.
public enum ReleaseRule: String, CaseIterable, Hashable, Comparable, Sendable {
  case fixed, notice
  case notBefore = "not_before"
  case deadline, window, rollback, freeze, booking, overlap, dependency, together, crew, rest, interruptions

  private var place: Int { ReleaseRule.allCases.firstIndex(of: self) ?? 0 }
  public static func < (a: ReleaseRule, b: ReleaseRule) -> Bool { a.place < b.place }
}

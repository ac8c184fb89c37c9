import CivilTime
import TestSupport
import Testing

/// The laws of intervals and their sets, against a plain set of whole numbers.
struct IntervalSetTests {
  private static let span = 0..<60

  private static func at(_ value: Int) -> Instant { Instant(secondsSinceEpoch: Int64(value)) }

  private static func randomInterval(_ random: inout SeededGenerator) -> Interval {
    let start = Int.random(in: span.lowerBound..<span.upperBound, using: &random)
    let end = Int.random(in: start + 1...min(start + 12, span.upperBound), using: &random)
    return Interval(start: at(start), end: at(end))!
  }

  private static func randomPieces(_ random: inout SeededGenerator) -> [Interval] {
    (0..<Int.random(in: 0...8, using: &random)).map { _ in randomInterval(&random) }
  }

  private static func numbers(_ intervals: some Sequence<Interval>) -> Set<Int> {
    var result: Set<Int> = []
    for interval in intervals {
      result.formUnion(Int(interval.start.secondsSinceEpoch)..<Int(interval.end.secondsSinceEpoch))
    }
    return result
  }

  private static func numbers(_ set: IntervalSet) -> Set<Int> { numbers(set.intervals) }

  private static func isNormal(_ set: IntervalSet) -> Bool {
    zip(set.intervals, set.intervals.dropFirst()).allSatisfy { $0.end < $1.start }
  }

  @Test func `Union, intersection, subtraction, clipping and gaps agree with sets of numbers`() {
    var random = SeededGenerator(seed: 20_261_206)
    var wrong = Mismatches()
    for _ in 0..<3000 {
      let (p, q) = (Self.randomPieces(&random), Self.randomPieces(&random))
      let (a, b) = (IntervalSet(p), IntervalSet(q))
      let (na, nb) = (Self.numbers(p), Self.numbers(q))
      let range = Self.randomInterval(&random)
      let nr = Self.numbers([range])
      let results: [(String, IntervalSet, Set<Int>)] = [
        ("init", a, na), ("union", a.union(b), na.union(nb)), ("intersection", a.intersection(b), na.intersection(nb)),
        ("subtracting", a.subtracting(b), na.subtracting(nb)), ("clipped", a.clipped(to: range), na.intersection(nr)),
        ("gaps", a.gaps(in: range), nr.subtracting(na)),
      ]
      for (name, set, expected) in results {
        wrong.check(Self.numbers(set), expected, "\(name) of \(a) and \(b), \(range)")
        wrong.check(set.length.seconds, Int64(expected.count), "length of \(name)")
        wrong.check(set.isEmpty, expected.isEmpty, "emptiness of \(name)")
        if !Self.isNormal(set) { wrong.add("\(name) is not sorted, disjoint and apart: \(set)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `Finding intervals agrees with looking through all of them`() {
    var random = SeededGenerator(seed: 48)
    var wrong = Mismatches()
    for _ in 0..<3000 {
      let set = IntervalSet(Self.randomPieces(&random))
      let range = Self.randomInterval(&random)
      let instant = range.start
      wrong.check(set.first(endingAfter: instant), set.intervals.first { $0.end > instant }, "first after \(instant)")
      wrong.check(
        set.firstIndex(endingAfter: instant),
        set.intervals.firstIndex { $0.end > instant } ?? set.intervals.count, "index after \(instant)")
      wrong.check(set.meeting(range), set.intervals.filter { $0.overlaps(range) }, "meeting \(range)")
      wrong.check(
        set.interval(containing: range), set.intervals.first { $0.contains(range) }, "containing \(range)")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `Laws of sets hold`() {
    var random = SeededGenerator(seed: 7)
    var wrong = Mismatches()
    for _ in 0..<2000 {
      let a = IntervalSet(Self.randomPieces(&random))
      let b = IntervalSet(Self.randomPieces(&random))
      wrong.check(a.union(b), b.union(a), "union commutes")
      wrong.check(a.intersection(b), b.intersection(a), "intersection commutes")
      wrong.check(a.union(a), a, "union with itself")
      wrong.check(a.intersection(a), a, "intersection with itself")
      wrong.check(a.subtracting(a), .empty, "difference with itself")
      wrong.check(a.subtracting(b).union(a.intersection(b)), a, "the parts make the whole")
      wrong.check(IntervalSet(a.intervals.shuffled(using: &random)), a, "order does not matter")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `Two intervals relate as their numbers do`() {
    var random = SeededGenerator(seed: 3)
    var wrong = Mismatches()
    for _ in 0..<3000 {
      let (a, b) = (Self.randomInterval(&random), Self.randomInterval(&random))
      let (na, nb) = (Self.numbers([a]), Self.numbers([b]))
      wrong.check(a.overlaps(b), !na.isDisjoint(with: nb), "\(a) overlaps \(b)")
      wrong.check(a.contains(b), na.isSuperset(of: nb), "\(a) contains \(b)")
      wrong.check(a.contains(b.start), na.contains(Int(b.start.secondsSinceEpoch)), "\(a) contains start of \(b)")
      wrong.check(a.contains(b.end), na.contains(Int(b.end.secondsSinceEpoch)), "\(a) contains end of \(b)")
      wrong.check(
        a.intersection(b).map { Self.numbers([$0]) } ?? [], na.intersection(nb), "\(a) intersected with \(b)")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `An interval is never empty or reversed`() {
    let instant = utc("2026-12-06T00:00:00Z")
    #expect(Interval(start: instant, end: instant) == nil)
    #expect(Interval(start: instant, end: instant - Elapsed(seconds: 1)) == nil)
    #expect(Interval(start: instant, length: .zero) == nil)
    #expect(Interval(start: instant, length: Elapsed(seconds: 1))?.length == Elapsed(seconds: 1))
  }

  @Test func `Intervals that touch are one, and do not overlap`() throws {
    let a = try #require(Interval(start: Self.at(0), end: Self.at(5)))
    let b = try #require(Interval(start: Self.at(5), end: Self.at(9)))
    #expect(!a.overlaps(b))
    #expect(IntervalSet([b, a]).intervals == [Interval(start: Self.at(0), end: Self.at(9))])
  }
}

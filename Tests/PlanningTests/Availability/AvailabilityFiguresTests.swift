import CivilTime
import Planning
import Testing

/// TD is judged on whole seconds, and what is shown never says otherwise.
struct AvailabilityFiguresTests {
  /// March 2026: 22 days of 13 hours (case availability-s-0001).
  static let reference = Elapsed(seconds: 1_029_600)

  func figures(_ unavailable: Int64, target: Int = 9900) -> AvailabilityFigures {
    AvailabilityFigures(
      reference: Self.reference, unavailable: Elapsed(seconds: unavailable), targetBasisPoints: target)
  }

  @Test func `Exactly the target is met, one second less is breached`() {
    #expect(figures(10_296).isMet)
    #expect(figures(10_296).percent == "99.000000")
    #expect(figures(10_296).budgetLeft == .zero)
    #expect(!figures(10_297).isMet)
    #expect(figures(10_297).percent == "98.999903")
    #expect(figures(10_297).budgetLeft == Elapsed(seconds: -1))
  }

  @Test func `A breach by one second never shows as the target, whatever the month`() {
    for days in 1...31 {
      let reference = Elapsed.hours(24) * days
      for target in [9900, 9950, 9990, 9995, 9999, 10_000] {
        let budget = AvailabilityFigures(reference: reference, unavailable: .zero, targetBasisPoints: target).budget
        let over = AvailabilityFigures(
          reference: reference, unavailable: budget + Elapsed(seconds: 1), targetBasisPoints: target)
        #expect(!over.isMet)
        let shown = over.percent!.replacing(".", with: "")
        #expect(Int(shown)! < target * 10_000, "\(days) days, \(target)")
      }
    }
  }

  @Test(arguments: [
    (1, 3, "33.333333"), (2, 3, "66.666667"), (1, 1, "100.000000"), (0, 7, "0.000000"),
    // 1/64,000,000 of 100 % is 0.0000015625; a half is rounded up: 1/200,000,000 is 0.0000005.
    (1, 64_000_000, "0.000002"), (1, 200_000_000, "0.000001"), (1, 200_000_001, "0.000000"),
  ])
  func `Percentages have six decimals, a half rounded up`(part: Int64, whole: Int64, text: String) {
    #expect(AvailabilityFigures.percent(of: Elapsed(seconds: part), in: Elapsed(seconds: whole)) == text)
  }

  @Test func `A target that no whole second hits leaves the seconds below it as budget`() {
    // 0.05 % of 1,029,600 s is 514.8 s.
    #expect(figures(514, target: 9995).isMet)
    #expect(figures(515, target: 9995).isMet == false)
    #expect(figures(0, target: 9995).budget == Elapsed(seconds: 514))
  }

  @Test func `A month without reference period promises nothing`() {
    let empty = AvailabilityFigures(reference: .zero, unavailable: .zero, targetBasisPoints: 9900)
    #expect(empty.isMet)
    #expect(empty.percent == nil)
  }
}

extension Elapsed {
  fileprivate static func * (length: Elapsed, count: Int) -> Elapsed { Elapsed(seconds: length.seconds * Int64(count)) }
}

import CivilTime
import Planning
import Register
import TestSupport
import Testing

/// What is known of published changes from earlier looks, and what was committed since, is what a first look finds.
struct PublishedRowsTests {
  private func expectSame(_ known: PublishedChanges, _ workshop: Workshop, _ comment: Comment) throws {
    let contract = workshop.contract.contract
    let (now, afresh) = (
      try known.service(contract, in: workshop.register), try workshop.register.published(of: contract)
    )
    #expect(now.rows.byStart == afresh.rows.byStart && now.rows.byID == afresh.rows.byID, comment)
    let end = workshop.clock.now
    #expect(
      try now.latest(activeAfter: end, limit: 3).map(\.newest)
        == afresh.latest(activeAfter: end, limit: 3).map(\.newest),
      comment)
    #expect(
      try now.announced(at: end, limit: 3).map(\.newest) == afresh.announced(at: end, limit: 3).map(\.newest), comment)
  }

  @Test(arguments: StoreKind.allCases)
  func `After every kind of event the rows are those of a first look`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let known = PublishedChanges()
    try expectSame(known, workshop, "empty")
    var ids: [ChangeID] = []
    for number in 0..<40 {
      workshop.clock.now = workshop.clock.now + .minutes(20)
      switch number % 5 {
      case 0, 1: ids.append(try #require(workshop.submit("2026-12-\(10 + (number * 7) % 20)T01:00:00Z").change?.id))
      // By day: a draft, which is no published change; then it becomes one.
      case 2: ids.append(try #require(workshop.submit("2026-12-\(10 + number % 5)T11:00:00Z").change?.id))
      case 3:
        let interval = Interval(start: utc("2026-12-\(11 + number / 2)T23:30:00Z"), length: .hours(1))!
        _ = try workshop.execute(.reschedule(interval: interval, reason: "Later", alongside: []), on: ids.last)
      default: _ = try? workshop.execute(.cancel(reason: "Not needed"), on: ids[number * 3 % ids.count])
      }
      try expectSame(known, workshop, "event \(number)")
    }
    let living = try Workshop(kind)
    try expectSame(known, living, "another")
    try living.live()
    try expectSame(known, living, "started, extended, completed, urgent")
  }

  @Test func `Of another history nothing is known`() throws {
    let (one, other) = (try Workshop(.memory), try Workshop(.memory))
    try one.submit("2026-12-10T01:00:00Z", title: "One")
    try other.submit("2026-12-11T01:00:00Z", title: "Other")
    try other.submit("2026-12-12T01:00:00Z", title: "Another")
    let known = PublishedChanges()
    for workshop in [one, other, one] { try expectSame(known, workshop, "\(workshop.contract.digest)") }
  }
}

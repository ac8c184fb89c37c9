import CivilTime
import Foundation
import Planning
import Register
import TestSupport
import Testing

@testable import Remote

@Suite struct ReleaseWritingTests {
  private static func item(_ name: String, _ start: String) -> ReleaseSubmission.Item {
    let interval = Interval(start: utc(start), length: .hours(1))
    return .init(
      name: name,
      content: ChangeContent(
        kind: .maintenance, service: "profession-liberale", environment: "production",
        interval: interval ?? Interval(start: utc(start), length: .minutes(1))!, title: "Step \(name)", description: "",
        impact: .outage))
  }

  private static let file =
    #"{"release":"R","changes":[{"id":"a","title":"Step a","services":["profession-liberale"],"duration":"1h"},"#
    + #"{"id":"b","title":"Step b","services":["profession-liberale"],"duration":"1h","after":["a"]}]}"#

  /// Each command of a release's life, given to a file and to a server at the same moments.
  @Test(arguments: Bench.Reading.allCases)
  func `A server keeps a release as a file does`(reading: Bench.Reading) throws {
    let local = try ServerAPI()
    let bench = try Bench()
    let remote = try bench.remote(reading)
    for api in [local, bench.api] { api.clock.now = utc("2026-11-20T09:00:00Z") }
    let id = ReleaseID(year: 2026, number: 1)
    let submission = ReleaseSubmission(
      name: "R", reason: nil, items: [Self.item("a", "2026-12-06T00:00:00Z"), Self.item("b", "2026-12-06T01:00:00Z")],
      file: Self.file, isFound: false)
    let commands: [(ReleaseCommand, ReleaseID?)] = [
      (.submit(submission), nil), (.reschedule(by: .days(7), reason: "Late"), id),
      (.place([ChangeID(year: 2026, number: 2): utc("2026-12-20T03:00:00Z")], isFound: true, reason: "Later"), id),
      (.reschedule(by: .days(-25), reason: "Too soon"), id),
      (.leave([ChangeID(year: 2026, number: 1)], reason: nil), id), (.cancel(from: nil, reason: "Withdrawn"), id),
    ]
    for (number, (command, release)) in commands.enumerated() {
      func request(_ key: String) -> Register.ReleaseRequest {
        Register.ReleaseRequest(command, on: release, actor: "ada", idempotencyKey: key)
      }
      let expected = try local.register.execute(request("ada/\(number)"), contract: local.bound)
      let found = try remote.execute(request("\(number)"), contract: bench.api.bound)
      #expect(found.release == expected.release, "\(command)")
      #expect(
        found.rows.filter { $0.verdict.status == .refused }.map(\.name)
          == expected.rows.filter { $0.verdict.status == .refused }.map(\.name))
      #expect(found.isAllowed == expected.isAllowed && !found.isReplay)
      guard expected.isAllowed else { continue }
      #expect(try remote.execute(request("\(number)"), contract: bench.api.bound).isReplay)
    }
    #expect(try bench.api.events() == local.events())
    #expect(try Register.verify(remote.replica.store).problems == [])
    #expect(try Register.verify(bench.api.register.store).problems == [])
  }
}

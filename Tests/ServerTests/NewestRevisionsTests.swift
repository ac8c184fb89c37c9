import CivilTime
import Planning
import Register
import Testing

/// What feed readers are given is found without reading all that was ever published.
struct NewestRevisionsTests {
  private struct Revision: Hashable {
    let moment: Instant
    let id: ChangeID
    let number: Int
  }

  /// Newest first, as feeds sort them; `limit` of them.
  private func first(_ limit: Int, of histories: [PublishedHistory]) -> [Revision] {
    let all = histories.flatMap(\.revisions).compactMap { change in
      change.revisedAt.map { Revision(moment: $0, id: change.id, number: change.revision ?? 0) }
    }
    return Array(all.sorted { ($0.moment, $0.id, $0.number) > ($1.moment, $1.id, $1.number) }.prefix(limit))
  }

  /// Rounds of commits: in most of them several changes at one moment, in an order that is not that of their names.
  @Test func `The newest ones are the same as among all, also where many are of one moment`() throws {
    let publication = try Published()
    var ids: [ChangeID] = []
    for round in 0..<12 {
      if round % 3 != 2 { publication.now = publication.now + .minutes(5) }
      for number in 0..<3 {
        ids.append(try publication.submit("2027-0\(1 + number)-\(10 + round)T01:00:00Z"))
      }
      if round > 2 { try publication.cancel(ids[round * 5 % (ids.count - 3)]) }
      let all = try ids.compactMap { try publication.register.published($0) }
      for limit in [1, 2, 3, 5, 8, 13, 100] {
        let found = try publication.register.published(of: publication.contract.contract).newestRevisions(
          activeAfter: publication.now - .hours(1000), limit: limit)
        #expect(first(limit, of: found) == first(limit, of: all), "round \(round), \(limit)")
      }
    }
  }

  @Test func `Of an import only as many are read as a feed shows`() throws {
    let publication = try Published()
    for number in 0..<60 {
      try publication.submit("2027-0\(1 + number / 20)-\(10 + number % 20)T01:00:00Z")
    }
    let found = try publication.register.published(of: publication.contract.contract).newestRevisions(
      activeAfter: publication.now, limit: 10)
    #expect(found.count == 10)
  }
}

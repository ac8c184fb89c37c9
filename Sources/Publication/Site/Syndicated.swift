import CivilTime
package import Planning
package import Register
package import Wording

/// What feed readers and status tools are given of one service.
package struct Syndicated: Sendable {
  let contract: Contract
  let register: Register
  let isSimulation: Bool

  package init(_ contract: Contract, register: Register, isSimulation: Bool) {
    self.contract = contract
    self.register = register
    self.isSimulation = isSimulation
  }

  private var oldest: Instant { StandardFeed.oldest(contract, now: register.now) }

  package func feed(_ language: Language) throws -> SyndicationFeed {
    let histories = try register.newestRevisions(
      service: contract.service, activeAfter: oldest, limit: SyndicationFeed.limit)
    return SyndicationFeed(histories, contract: contract, language: language, isSimulation: isSimulation)
  }

  package func statuspage(_ language: Language) throws -> Statuspage {
    let now = register.now
    let announced = try register.announced(service: contract.service, at: now, limit: Statuspage.limit)
    let latest = try register.latest(service: contract.service, activeAfter: oldest, limit: Statuspage.limit)
    let known = Set(announced.map(\.newest.id))
    return Statuspage(
      announced + latest.filter { !known.contains($0.newest.id) }, contract: contract, language: language, now: now,
      isSimulation: isSimulation)
  }
}

import CivilTime
import Feeds
import Planning
import Register
import Syndication
import Wording

/// What feed readers and status tools are given of one service.
struct Syndicated {
  let contract: Contract
  let register: Register
  let isSimulation: Bool

  init(_ contract: Contract, open: OpenRegister) {
    self.contract = contract
    register = open.register
    isSimulation = open.isSimulation
  }

  private var oldest: Instant { StandardFeed.oldest(contract, now: register.now) }

  func feed(_ language: Language) throws -> SyndicationFeed {
    let histories = try register.newestRevisions(
      service: contract.service, endingAfter: oldest, limit: SyndicationFeed.limit)
    return SyndicationFeed(histories, contract: contract, language: language, isSimulation: isSimulation)
  }

  func statuspage(_ language: Language) throws -> Statuspage {
    let now = register.now
    let announced = try register.announced(service: contract.service, at: now, limit: Statuspage.limit)
    let latest = try register.latest(service: contract.service, endingAfter: oldest, limit: Statuspage.limit)
    let known = Set(announced.map(\.newest.id))
    return Statuspage(
      announced + latest.filter { !known.contains($0.newest.id) }, contract: contract, language: language, now: now,
      isSimulation: isSimulation)
  }
}

/// Where the feeds of a service are served, below its portal.
struct FeedAddresses {
  let base: String

  init(_ contract: Contract) { base = StandardFeed.base(contract) + "/feeds" }

  func atom(_ language: Language) -> String { "\(base)/atom.\(language.rawValue).xml" }
  func json(_ language: Language) -> String { "\(base)/feed.\(language.rawValue).json" }
}

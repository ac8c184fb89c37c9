/// One row of the table.
struct Row {
  var work: String
  var target: String
  var ours: String
  var peer: String
  var ratio: String
  var isMet: Bool
  /// Cost of one item of ours at three sizes a decade apart.
  var growth: String

  /// A row of rates: `items` a round, ratios from pairs of rounds.
  init(
    _ work: String, atLeast target: Double, rounds: Rounds, items: Int, peerItems: Int? = nil, peer: String,
    growth: Growth
  ) {
    let ratios = rounds.ratios(oursItems: items, peerItems: peerItems ?? items)
    self.work = work
    self.target = "≥ \(Figures.ratio(target))"
    ours = Figures.rate(Double(items) / rounds.ours.median)
    self.peer = "\(peer) \(Figures.rate(Double(peerItems ?? items) / rounds.peer.median))"
    ratio =
      "\(Figures.ratio(ratios.median)) [\(Figures.ratio(ratios.quantile(0.25))) … \(Figures.ratio(ratios.quantile(0.75)))]"
    isMet = ratios.median >= target
    self.growth = growth.text
  }

  init(work: String, target: String, ours: String, peer: String, ratio: String, isMet: Bool, growth: String) {
    self.work = work
    self.target = target
    self.ours = ours
    self.peer = peer
    self.ratio = ratio
    self.isMet = isMet
    self.growth = growth
  }

  static let titles = [
    "work", "target", "ours", "peer", "ratio: median [quartiles]", "", "cost of one, and its growth",
  ]
  var cells: [String] { [work, target, ours, peer, ratio, isMet ? "met" : "short", growth] }

  private static let widths = [30, 10, 9, 38, 27, 5, 0]

  /// One line of the table, columns padded, so that each row can be shown when it is there.
  static func line(_ cells: [String]) -> String {
    zip(cells, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }.joined(separator: "  ")
  }
}

/// Cost of one item at sizes a decade apart; flat where the last differs little from the first.
struct Growth {
  var costs: [(size: Int, seconds: Double)]

  /// The median cost of one item over `rounds` rounds, the sizes in turns. In a round a small size runs up to 20 times,
  /// so that no size is measured cold; the first round does not count.
  init(_ sizes: [Int], rounds: Int, cost: (Int) throws -> Double) rethrows {
    var all = [[Double]](repeating: [], count: sizes.count)
    for round in -1..<rounds {
      for (index, size) in sizes.enumerated() {
        let runs = try (0..<min(20, max(1, (sizes.last ?? size) / size))).map { _ in try cost(size) }
        if round >= 0 { all[index].append(runs.median) }
      }
    }
    costs = zip(sizes, all).map { ($0, $1.median) }
  }

  /// The same for work that cannot be repeated at will: `rounds` runs at each size.
  init(once sizes: [Int], rounds: Int, cost: (Int) throws -> Double) rethrows {
    var all = [[Double]](repeating: [], count: sizes.count)
    for _ in 0..<rounds {
      for (index, size) in sizes.enumerated() { all[index].append(try cost(size)) }
    }
    costs = zip(sizes, all).map { ($0, $1.median) }
  }

  var text: String {
    let parts = costs.map { "\(Figures.count($0.size)): \(Figures.time($0.seconds))" }
    guard let first = costs.first, let last = costs.last, first.seconds > 0 else { return "" }
    return parts.joined(separator: ", ") + " (×\(Figures.plain(last.seconds / first.seconds)))"
  }
}

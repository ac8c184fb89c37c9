/// Costs are whole numbers whose digits are the parts of the score, so that less is better. What cannot be costs this.
let never: Int64 = 1 << 61

/// How much one of each part of a score weighs, so that nothing of a later part outweighs one of an earlier part.
struct CostScale {
  var weight: Int64 = 0
  var interruption: Int64 = 0
  var disturbance: Int64 = 0
  var earliness: Int64 = 0
  /// Whether the parts fit in a number: otherwise great sums of a later part may outweigh an earlier one.
  var isExact = true

  init() {}

  /// Costs of chance below weight and interruptions, at most `chance` for each work.
  init(works: [PlacingModel.Work], chance: Int64) {
    interruption = chance * Int64(works.count + 1)
    weight = interruption * (1 + works.reduce(0) { $0 + ($1.isVisible ? Int64($1.services.count) : 0) })
    isExact = false
  }

  /// - Parameter leavesOut: whether the last part is left out where not all fit; else they fit badly.
  init(_ puzzle: Puzzle, leavesOut: Bool) {
    var (disturbances, earlinesses, windows, weights) = (Int64(1), Int64(1), Int64(1), Int64(1))
    for (index, work) in puzzle.works.enumerated() {
      let greatest = puzzle.greatest(index)
      disturbances += greatest.disturbance
      earlinesses += greatest.earliness
      let row = puzzle.model.works[work]
      if row.isVisible { windows += Int64(row.services.count) }
      weights += Int64(row.weight)
    }
    let room = Double(Int64(1) << 59)
    let others = Double(weights) * Double(windows)
    isExact = others * Double(disturbances) * Double(earlinesses) <= room
    earliness = 1
    if !isExact, leavesOut || Double(disturbances) * Double(earlinesses) > room / 16 {
      earliness = 0
      earlinesses = 1
    }
    disturbance = earlinesses
    interruption = disturbance * min(disturbances, Int64(max(1, room / (others * Double(earlinesses)))))
    weight = interruption * windows
  }
}

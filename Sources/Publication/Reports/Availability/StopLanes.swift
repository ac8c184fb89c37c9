import CivilTime
import Planning

/// The stops of one day laid side by side, so that none hides another; there are few lanes, and what finds none shares
/// the last.
struct StopLanes {
  static let most = 4
  private(set) var lanes: [[StopAccount]] = []

  /// - Parameter accounts: by start.
  init(_ accounts: [StopAccount]) {
    for account in accounts {
      let free = lanes.firstIndex { lane in
        lane.last.map { $0.stop.interval.end <= account.stop.interval.start } ?? true
      }
      if let free {
        lanes[free].append(account)
      } else if lanes.count < StopLanes.most {
        lanes.append([account])
      } else {
        lanes[lanes.count - 1].append(account)
      }
    }
  }
}

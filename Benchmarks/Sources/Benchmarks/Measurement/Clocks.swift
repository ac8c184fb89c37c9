import Peers

/// Runs `work` and gives the processor time of this thread in seconds: what other work on the machine disturbs least.
func processorTime(_ work: () throws -> Void) rethrows -> Double {
  let begin = peer_processor_seconds()
  try work()
  return peer_processor_seconds() - begin
}

/// Runs `work` and gives the elapsed time in seconds: for work that waits for the disk.
func elapsedTime(_ work: () throws -> Void) rethrows -> Double {
  let begin = peer_elapsed_seconds()
  try work()
  return peer_elapsed_seconds() - begin
}

extension [Double] {
  var median: Double { quantile(0.5) }

  /// By linear interpolation; 0 of nothing.
  func quantile(_ share: Double) -> Double {
    guard !isEmpty else { return 0 }
    let sorted = sorted()
    let place = share * Double(count - 1)
    let low = Int(place)
    let high = Swift.min(low + 1, count - 1)
    return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
  }
}

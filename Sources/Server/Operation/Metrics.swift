import NIOCore
import Synchronization

/// Figures of the running server, in the text format of Prometheus (version 0.0.4).
package final class Metrics: Sendable {
  /// Who answered a request that memory could not.
  enum Handler: String, CaseIterable { case portal, feed, api, operation }

  private struct Slow {
    var requests: [String: Int] = [:]
    var refusals: [Int: Int] = [:]
    var durations: [Handler: Durations] = [:]
  }

  private struct Durations {
    /// Upper bounds in seconds.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    var buckets = [Int](repeating: 0, count: bounds.count)
    var sum = 0.0
    var count = 0
  }

  private let memoryFull = Atomic<Int>(0)
  private let memoryUnchanged = Atomic<Int>(0)
  private let memoryOctets = Atomic<Int>(0)
  private let connections = Atomic<Int>(0)
  private let turnedAway = Atomic<Int>(0)
  private let timeouts = Atomic<Int>(0)
  private let slow = Mutex(Slow())

  package init() {}

  func sentFromMemory(_ variant: SnapshotEntry.Variant, octets: Int) {
    switch variant {
    case .notModified: memoryUnchanged.add(1, ordering: .relaxed)
    case .identity, .gzip: memoryFull.add(1, ordering: .relaxed)
    }
    if octets > 0 { memoryOctets.add(octets, ordering: .relaxed) }
  }

  /// Whether there is room for one more connection.
  func connectionOpened(limit: Int) -> Bool {
    let count = connections.add(1, ordering: .relaxed).newValue
    if count > limit { turnedAway.add(1, ordering: .relaxed) }
    return count <= limit
  }

  func connectionClosed() { connections.subtract(1, ordering: .relaxed) }

  func timedOut() { timeouts.add(1, ordering: .relaxed) }

  func refused(_ status: Int) { slow.withLock { $0.refusals[status, default: 0] += 1 } }

  func answered(_ handler: Handler, status: Int, seconds: Double) {
    slow.withLock { slow in
      slow.requests["handler=\"\(handler.rawValue)\",status=\"\(status)\"", default: 0] += 1
      var durations = slow.durations[handler] ?? Durations()
      for (index, bound) in Durations.bounds.enumerated() where seconds <= bound { durations.buckets[index] += 1 }
      durations.sum += seconds
      durations.count += 1
      slow.durations[handler] = durations
    }
  }

  /// Everything, with `more` after it: name, help, type and samples of whoever else has figures.
  package func text(more: [Sample] = []) -> String {
    let (requests, refusals, durations) = slow.withLock { ($0.requests, $0.refusals, $0.durations) }
    var families = [
      Sample(
        "preavis_http_requests_total", "Requests that were answered.", "counter",
        [
          ("{handler=\"memory\",status=\"200\"}", Double(memoryFull.load(ordering: .relaxed))),
          ("{handler=\"memory\",status=\"304\"}", Double(memoryUnchanged.load(ordering: .relaxed))),
        ] + requests.sorted { $0.key < $1.key }.map { ("{\($0.key)}", Double($0.value)) }),
      Sample(
        "preavis_http_refused_total", "Requests that were refused before they were read.", "counter",
        refusals.sorted { $0.key < $1.key }.map { ("{status=\"\($0.key)\"}", Double($0.value)) }),
      Sample(
        "preavis_http_timeouts_total", "Connections that were closed since the client was slow or idle.", "counter",
        [("", Double(timeouts.load(ordering: .relaxed)))]),
      Sample(
        "preavis_http_memory_octets_total", "Octets of bodies sent from memory.", "counter",
        [("", Double(memoryOctets.load(ordering: .relaxed)))]),
      Sample(
        "preavis_http_connections", "Open connections.", "gauge", [("", Double(connections.load(ordering: .relaxed)))]),
      Sample(
        "preavis_http_connections_refused_total", "Connections beyond the limit.", "counter",
        [("", Double(turnedAway.load(ordering: .relaxed)))]),
    ]
    var samples: [(String, Double)] = []
    for (handler, durations) in durations.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let label = "handler=\"\(handler.rawValue)\""
      for (bound, count) in zip(Durations.bounds, durations.buckets) {
        samples.append(("_bucket{\(label),le=\"\(bound)\"}", Double(count)))
      }
      samples.append(("_bucket{\(label),le=\"+Inf\"}", Double(durations.count)))
      samples.append(("_sum{\(label)}", durations.sum))
      samples.append(("_count{\(label)}", Double(durations.count)))
    }
    families.append(
      Sample(
        "preavis_http_request_duration_seconds", "Time from a whole request to its answer, where memory had none.",
        "histogram", samples))
    return (families + more).map(\.text).joined()
  }
}

extension Metrics {
  /// A family of the text format.
  package struct Sample: Sendable {
    package var name: String
    package var help: String
    package var type: String
    /// What follows the name, and the value.
    package var values: [(suffix: String, value: Double)]

    package init(_ name: String, _ help: String, _ type: String, _ values: [(String, Double)]) {
      self.name = name
      self.help = help
      self.type = type
      self.values = values.map { (suffix: $0.0, value: $0.1) }
    }

    /// Empty without a value.
    var text: String {
      guard !values.isEmpty else { return "" }
      let lines = values.map { "\(name)\($0.suffix) \(Sample.number($0.value))\n" }
      return "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n" + lines.joined()
    }

    private static func number(_ value: Double) -> String {
      value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
  }
}

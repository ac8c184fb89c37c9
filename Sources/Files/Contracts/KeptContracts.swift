import Foundation
package import Planning
import Synchronization

/// The contracts of a folder, read once and again when a file in it has another length or time of change: for who asks
/// often. May be asked from many threads.
package final class KeptContracts: ContractSource {
  private let folder: ContractFolder
  private let state = Mutex(State())

  private struct State: Sendable {
    var stamp: [String] = []
    var kept: [String: any Sendable] = [:]
  }

  package init(_ folder: ContractFolder) { self.folder = folder }

  package func services() throws(FileProblems) -> [String] {
    try kept("services") { () throws(FileProblems) in try folder.services() }
  }

  package func load(service: String) throws(FileProblems) -> LoadedContract {
    try kept("service \(service)") { () throws(FileProblems) in try folder.load(service: service) }
  }

  package func loadAll() throws(FileProblems) -> [LoadedContract] {
    try kept("all") { () throws(FileProblems) in try folder.loadAll() }
  }

  package func holidayCalendar(zone: String, country: String) throws(FileProblems) -> HolidayCalendar? {
    // Anyone may ask for any zone: only those that there are stay in memory.
    guard try holidayZones(country: country).contains(zone) else { return nil }
    return try kept("holidays \(country)/\(zone)") { () throws(FileProblems) in
      try folder.holidayCalendar(zone: zone, country: country)
    }
  }

  package func holidayZones(country: String) throws(FileProblems) -> [String] {
    try kept("zones \(country)") { () throws(FileProblems) in try folder.holidayZones(country: country) }
  }

  /// What was read last time, or `read` now; a failure is not kept.
  private func kept<Value: Sendable>(
    _ key: String, _ read: () throws(FileProblems) -> Value
  ) throws(FileProblems) -> Value {
    // Taken before the files are read: what changes meanwhile is seen by the next question.
    let stamp = stamp()
    let known = state.withLock { state -> Value? in
      if state.stamp != stamp { state = State(stamp: stamp) }
      // Not in one step: nothing at all would be cast to an optional value that is there and empty.
      guard let found = state.kept[key] else { return nil }
      return found as? Value
    }
    if let known { return known }
    let value = try read()
    state.withLock { state in
      if state.stamp == stamp { state.kept[key] = value }
    }
    return value
  }

  /// Every file below the folder with its length and time of change.
  private func stamp() -> [String] {
    let manager = FileManager.default
    let names = (try? manager.subpathsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { name in
      let facts = try? manager.attributesOfItem(atPath: folder.path + "/" + name)
      let time = (facts?[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
      return "\(name) \(facts?[.size] as? UInt64 ?? 0) \(time)"
    }
  }
}

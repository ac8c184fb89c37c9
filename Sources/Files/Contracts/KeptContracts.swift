import CivilTime
import Foundation
package import Planning
import Synchronization

/// The contracts of a folder, read once and again when a file in it has another length or time of change, or the rules of
/// a zone that one of them names do: for who asks often. May be asked from many threads.
package final class KeptContracts: ContractSource {
  private let folder: ContractFolder
  private let state = Mutex(State())

  /// The zones that contracts were found to name.
  private let zones = Mutex<Set<String>>([])
  private let places: [String]

  private struct State: Sendable {
    var stamp: [String] = []
    var kept: [String: any Sendable] = [:]
  }

  /// - Parameter places: where the tz database lies, for tests.
  package init(_ folder: ContractFolder, zonesIn places: [String] = SystemZones.places) {
    self.folder = folder
    self.places = places
  }

  package func services() throws(FileProblems) -> [String] {
    try kept("services") { () throws(FileProblems) in try folder.services() }
  }

  package func load(service: String) throws(FileProblems) -> LoadedContract {
    try kept("service \(service)") { () throws(FileProblems) in
      let loaded = try folder.load(service: service)
      note([loaded])
      return loaded
    }
  }

  package func loadAll() throws(FileProblems) -> [LoadedContract] {
    try kept("all") { () throws(FileProblems) in
      let loaded = try folder.loadAll()
      note(loaded)
      return loaded
    }
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

  private func note(_ loaded: [LoadedContract]) {
    let names = loaded.flatMap { $0.contract.versions.map(\.timeZone.name) }
    zones.withLock { $0.formUnion(names) }
  }

  /// Every file below the folder, and those of the zones in use, with length and time of change.
  package func stamp() -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { KeptContracts.stamp(folder.path + "/" + $0) } + zoneStamp()
  }

  /// What the contracts mean beside what their files say.
  package func zoneStamp() -> [String] {
    zones.withLock { $0.sorted() }.flatMap { zone in
      places.map { KeptContracts.stamp(URL(filePath: "\($0)/\(zone)").resolvingSymlinksInPath().path) }
    }
  }

  private static func stamp(_ path: String) -> String {
    let facts = try? FileManager.default.attributesOfItem(atPath: path)
    let time = (facts?[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
    return "\(path) \(facts?[.size] as? UInt64 ?? 0) \(time) \(facts?[.systemFileNumber] as? UInt64 ?? 0)"
  }
}

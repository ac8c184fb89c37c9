import CivilTime
import Files
import Foundation
import ICalendar
import Planning
import Publication
import Register
import RegisterSQLite
import Wording

/// What the rows work on: the shipped contract, and changes that look like real ones.
struct Workload {
  let contract: Contract
  let files: [(name: String, bytes: [UInt8])]
  let fragment = EventFragment(identity: "5eed", isSimulation: false)
  /// A folder of its own on the disk of the package.
  let scratch: URL
  let python: String
  let scripts: URL
  let isQuick: Bool

  static let now = Instant(secondsSinceEpoch: 1_790_000_000)

  /// - Parameter package: the folder of this package.
  init(package: URL, isQuick: Bool) throws {
    let root = package.deletingLastPathComponent()
    let loaded = try ContractFolder(root.appending(path: "calendars").path).load(service: "profession-liberale")
    contract = loaded.contract
    files = loaded.sources
    scratch = package.appending(path: ".build/scratch")
    python = root.appending(path: ".build/oracles-venv/bin/python").path
    scripts = package.appending(path: "Python")
    self.isQuick = isQuick
    try? FileManager.default.removeItem(at: scratch)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
  }

  var rounds: Int { isQuick ? 3 : 9 }
  var bound: BoundContract { BoundContract(contract: contract, files: files) }

  func path(_ name: String) -> String { scratch.appending(path: name).path }

  /// Night after night, some with more to say than others.
  func content(_ number: Int, at start: Instant) -> ChangeContent {
    let titles = [
      "Migration de la base de données", "Mise à niveau du réseau, étape \(number % 7)", "Database engine upgrade",
      "Remplacement des certificats; redémarrage", "Storage maintenance in the second data centre",
    ]
    let descriptions = [
      "", "L’application est indisponible pendant les travaux.\nLes flux reprennent d’eux-mêmes.",
      "The application is not available while the work goes on; imports that were sent meanwhile are taken afterwards.",
    ]
    return ChangeContent(
      kind: .maintenance, service: contract.service, environment: "production",
      components: number % 3 == 0 ? [] : Array(contract.components.prefix(number % 3)),
      interval: Interval(start: start, length: .minutes(Int64(30 + number % 4 * 30)))!, title: titles[number % 5],
      description: descriptions[number % 3], impact: Impact.allCases[number % 4], reason: nil, update: nil,
      alongside: [])
  }

  /// The `number`th planned change, from 1; starts ascend with the number.
  func change(_ number: Int) -> Change {
    let start = Workload.now + .hours(72) + .minutes(Int64(number) * 7)
    let finding = Finding(.notice(given: .hours(72), required: .hours(48)), clause: "article 5")
    let planned = ChangeEvent.planned(content(number, at: start), Verdict(findings: [finding]))
    guard let change = planned.apply(to: nil, id: ChangeID(year: 2026, number: number), at: Workload.now) else {
      preconditionFailure("the first event of a change is a plan")
    }
    return change
  }

  func changes(_ count: Int) -> [Change] { (1...count).map(change) }

  /// A register that holds these changes and their fragments, filled in one transaction.
  func register(_ name: String, changes: [Change], languages: [Language] = Language.allCases) throws -> Register {
    let store = try SQLiteStore.create(at: path(name))
    try Register.initialise(store, isSimulation: false, identity: "5eed", now: Workload.now)
    try store.write { store in
      for change in changes {
        try store.put(ChangeRow(change, newest: 1))
        for language in languages {
          let body = try fragment.event(of: change, contract: contract, language: language).render()
          try store.put(Fragment(change: change.id, language: language.rawValue, revision: 0, body: body))
        }
      }
    }
    return Register(store: store, publisher: fragment, clock: { Workload.now })
  }
}

/// Numbers that are the same in every run.
struct SeededNumbers {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  /// 0 to below `bound`. Source: Knuth, MMIX linear congruential generator.
  mutating func next(below bound: Int64) -> Int64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int64((state >> 33) % UInt64(bound))
  }
}

/// A running sum over answers in order, as every peer makes it.
struct Checksum: Equatable {
  private(set) var value: UInt64 = 0
  mutating func add(_ number: Int64) { value = value &* 31 &+ UInt64(bitPattern: number) }
}

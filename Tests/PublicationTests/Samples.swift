import CivilTime
import Foundation
import Planning
import Publication
import TestSupport
import Wording

/// Changes and a contract to publish, built as the register builds them: by events.
enum Samples {
  static let zone = Fixtures.paris

  static func at(_ text: String) -> Instant { utc(text) }

  static func interval(_ start: String, _ end: String) -> Interval { Interval(start: at(start), end: at(end))! }

  static let contract = Contract(
    service: "profession-liberale",
    name: .init(french: "Cegid Profession Libérale", english: "Cegid Profession Libérale"),
    source: "Livret de Services, 18 octobre 2021", components: ["application", "administration", "flux"],
    environments: ["production", "preproduction"],
    contact: .init(name: "Support", url: "https://portal.example/support", email: "support@portal.example"),
    organizer: "maintenance@portal.example", portal: "https://portal.example/maintenance", versions: [.sample],
    keepPastDays: 90, clients: [])

  static let details = UpdateDetails(
    version: "8.2", category: .evolution, training: true, configuration: true, interruption: true,
    documentation: "https://portal.example/docs/8_2(fr)")

  static func content(
    _ kind: ChangeKind = .maintenance, title: String = "Mise à niveau de la base de données",
    description: String = "Changement de version du moteur.\n\nLes sauvegardes sont vérifiées avant."
  ) -> ChangeContent {
    ChangeContent(
      kind: kind, service: "profession-liberale", environment: "production", components: ["application", "flux"],
      interval: interval("2026-12-06T01:00+01:00", "2026-12-06T03:00+01:00"), title: title, description: description,
      impact: .outage, reason: kind == .emergency ? "Correctif de sécurité" : nil,
      update: kind == .update ? details : nil, alongside: [])
  }

  /// A change through `events`, the first at 2026-12-02 09:30 in Paris, each next one an hour later.
  static func change(_ events: [ChangeEvent], from moment: String = "2026-12-02T09:30+01:00") -> Change {
    var change: Change?
    var now = at(moment)
    for event in events {
      change = event.apply(to: change, id: ChangeID(year: 2026, number: 42), at: now)
      now = now + .hours(1)
    }
    return change!
  }

  static let verdict = Verdict(findings: [])

  /// A change of `content` for which `kind` is due.
  static func change(for kind: NoticeKind, _ content: ChangeContent) -> Change {
    var moved = content
    moved.interval = interval("2026-12-13T02:00+01:00", "2026-12-14T05:00+01:00")
    moved.impact = .degraded
    let planned = ChangeEvent.planned(content, verdict)
    let start = at("2026-12-06T01:02+01:00")
    switch kind {
    case .announcement, .reminder, .emergency, .update: return change([planned])
    case .rescheduled: return change([planned, .rescheduled(moved, verdict)])
    case .amended: return change([planned, .amended(moved, verdict)])
    case .cancelled: return change([planned, .cancelled(reason: "Travaux inutiles")])
    case .started: return change([planned, .started(at: start, reason: nil)])
    case .extended:
      return change([
        planned, .started(at: start, reason: nil),
        .extended(end: at("2026-12-06T04:30+01:00"), reason: "Contrôle plus long"),
      ])
    case .regularisation:
      return change([.emergencyRecorded(content, verdict, start: start, end: at("2026-12-06T03:10+01:00"))])
    case .completed:
      return change([
        planned, .started(at: start, reason: nil), .completed(at: at("2026-12-06T03:10+01:00"), reason: nil),
      ])
    }
  }

  /// Every kind of notice for every kind of change that it can speak of.
  static let all: [(notice: NoticeKind, change: Change)] = NoticeKind.allCases.flatMap { notice in
    ChangeKind.allCases.compactMap { kind in
      let change = change(for: notice, content(kind))
      return notice.isApplicable(to: change) && !(notice == .announcement && kind != .maintenance)
        && !(notice == .completed && kind == .emergency)
        ? (notice, change) : nil
    }
  }

  static let root = Project.root
  static let templateFolder = root.appending(path: "templates").path

  /// The templates of the project, by path, for tests that spoil one of them.
  static func files() throws -> [String: String] {
    var files: [String: String] = [:]
    let names = try FileManager.default.subpathsOfDirectory(atPath: templateFolder)
    for name in names where name.hasSuffix(".mustache") {
      files[name] = try String(contentsOfFile: templateFolder + "/" + name, encoding: .utf8)
    }
    return files
  }

  static func render(
    _ kind: NoticeKind, _ change: Change, _ language: Language, _ format: NoticeLayout, isSimulation: Bool = false
  ) throws -> String {
    try NoticeTemplates(folder: templateFolder).render(
      kind, of: change, contract: contract, language: language, format: format, isSimulation: isSimulation)
  }
}

import CivilTime
import Planning
import TestSupport
import Testing

@testable import Publication

extension MonthOfNoticesTests {
  struct Situation: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: NoticeKind
    /// When each event was recorded, in the order of the events.
    let events: [(at: String, event: ChangeEvent)]
    var number = 42
    /// Whether the portal showed its first revision when that was recorded.
    var isServed = false
    var testDescription: String { name }
  }

  private static func content(
    _ start: String, _ end: String, _ title: String, kind: ChangeKind = .maintenance, impact: Impact = .outage,
    components: [String] = ["application"], description: String = "", reason: Reason? = nil,
    environment: String = "production", update: UpdateDetails? = nil
  ) -> ChangeContent {
    ChangeContent(
      kind: kind, service: "profession-liberale", environment: environment, components: components,
      interval: Samples.interval(start, end), title: title, description: description, impact: impact, reason: reason,
      update: update, alongside: [])
  }

  private static func edited(_ content: ChangeContent, _ edit: (inout ChangeContent) -> Void) -> ChangeContent {
    var content = content
    edit(&content)
    return content
  }

  private static func planned(_ content: ChangeContent) -> ChangeEvent { .planned(content, Samples.verdict) }
  private static func at(_ text: String) -> Instant { Samples.at(text) }

  private static let night = content(
    "2026-11-08T01:00+01:00", "2026-11-08T03:00+01:00", "Migration de la base de données",
    description: "Le moteur passe à une version maintenue par son éditeur.\n\nUne sauvegarde complète est faite avant.")
  private static let sunday = content(
    "2026-11-15T14:00+01:00", "2026-11-15T14:45+01:00", "Remplacement d’un équipement réseau", impact: .degraded,
    components: ["application", "flux"])
  private static let patch = content(
    "2026-11-12T14:10+01:00", "2026-11-12T16:00+01:00", "Correctif de sécurité", kind: .emergency,
    reason: "Faille de sécurité signalée par l’éditeur du système")
  private static let openPatch = edited(patch) {
    $0.interval = Samples.interval("2026-11-12T14:10+01:00", "2026-11-12T15:10+01:00")
    $0.isEndKnown = false
  }
  private static func update(
    _ category: UpdateDetails.Category, training: Bool, configuration: Bool, interruption: Bool
  ) -> ChangeContent {
    content(
      "2026-11-10T01:00+01:00", "2026-11-10T02:00+01:00",
      category == .correction ? "Corrections de la liasse fiscale" : "Nouvel écran de déclaration", kind: .update,
      impact: interruption ? .outage : .none, components: [],
      update: UpdateDetails(
        version: "8.2", category: category, training: training, configuration: configuration,
        interruption: interruption, documentation: training ? "https://portal.example/docs/8.2" : nil))
  }
  private static let first = "2026-10-26T09:12:38+01:00"
  /// That the announcement was published.
  private static let told = (
    "2026-10-26T09:20+01:00",
    ChangeEvent.noticePublished(.announcement, .portal, revision: 0, at: at("2026-10-26T09:15+01:00"))
  )
  private static let began = (
    "2026-11-08T01:02:10+01:00", ChangeEvent.started(at: at("2026-11-08T01:02:10+01:00"), reason: nil)
  )
  private static let beganEarly = (
    "2026-11-07T23:50+01:00", ChangeEvent.started(at: at("2026-11-07T23:45+01:00"), reason: "Équipe prête plus tôt")
  )
  private static let sundayBegan = (
    "2026-11-15T14:03+01:00", ChangeEvent.started(at: at("2026-11-15T14:01+01:00"), reason: nil)
  )
  private static let sundayExtended = (
    "2026-11-15T14:40+01:00",
    ChangeEvent.extended(end: at("2026-11-15T15:15+01:00"), reason: "Le contrôle final prend plus de temps que prévu")
  )

  static let situations: [Situation] = [
    .init(name: "01-announcement-night", kind: .announcement, events: [(first, planned(night))]),
    .init(name: "02-announcement-sunday-day", kind: .announcement, events: [(first, planned(sunday))]),
    .init(
      name: "03-announcement-over-midnight", kind: .announcement,
      events: [
        (
          first,
          planned(
            edited(night) { $0.interval = Samples.interval("2026-11-08T22:00+01:00", "2026-11-09T02:30+01:00") })
        )
      ]),
    .init(
      name: "04-announcement-whole-holiday", kind: .announcement,
      events: [
        (
          first,
          planned(
            edited(night) {
              $0.interval = Samples.interval("2026-11-11T00:00+01:00", "2026-11-12T00:00+01:00")
              $0.components = []
            })
        )
      ]),
    .init(
      name: "05-announcement-clock-change", kind: .announcement,
      events: [
        (
          "2026-10-12T10:00+02:00",
          planned(
            edited(night) { $0.interval = Samples.interval("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00") })
        )
      ]),
    .init(
      name: "06-announcement-several-days", kind: .announcement,
      events: [
        (
          first,
          planned(
            edited(night) {
              $0.interval = Samples.interval("2026-11-08T13:00+01:00", "2026-11-09T02:00+01:00")
              $0.impact = .reducedRedundancy
            })
        )
      ]),
    .init(
      name: "07-announcement-preproduction", kind: .announcement,
      events: [(first, planned(edited(night) { $0.environment = "preproduction" }))]),
    .init(
      name: "08-announcement-no-impact", kind: .announcement,
      events: [(first, planned(edited(night) { $0.impact = .none }))]),
    .init(name: "09-reminder-48h", kind: .reminder, events: [(first, planned(night)), told]),
    .init(
      name: "10-reminder-24h", kind: .reminder, events: [(first, planned(edited(sunday) { $0.components = [] }))]),
    .init(
      name: "11-postponed", kind: .rescheduled,
      events: [
        (first, planned(night)), told,
        (
          "2026-11-04T11:20+01:00",
          .rescheduled(
            edited(night) {
              $0.interval = Samples.interval("2026-11-15T01:00+01:00", "2026-11-15T03:00+01:00")
              $0.moveReason = "Le fournisseur a livré en retard"
            }, Samples.verdict)
        ),
      ]),
    .init(
      name: "12-brought-forward", kind: .rescheduled,
      events: [
        (first, planned(sunday)), told,
        (
          "2026-11-02T11:20+01:00",
          .rescheduled(
            edited(sunday) {
              $0.interval = Samples.interval("2026-11-11T10:00+01:00", "2026-11-11T10:45+01:00")
              $0.moveReason = "À la demande de plusieurs clients"
            }, Samples.verdict)
        ),
      ]),
    .init(
      name: "13-announced-anew-for-scope", kind: .rescheduled,
      events: [
        (first, planned(sunday)), told,
        (
          "2026-11-04T11:20+01:00",
          .rescheduled(
            edited(sunday) {
              $0.components = []
              $0.impact = .outage
              $0.moveReason = "L’équipement alimente tout le service"
            }, Samples.verdict)
        ),
      ]),
    .init(
      name: "14-amended-text", kind: .amended,
      events: [
        (first, planned(night)), told,
        (
          "2026-11-03T09:00+01:00",
          .amended(
            edited(night) {
              $0.description = "Le moteur passe à une version maintenue par son éditeur, après deux sauvegardes."
              $0.moveReason = "Précision demandée"
            }, Samples.verdict)
        ),
      ]),
    .init(
      name: "15-amended-text-added", kind: .amended,
      events: [
        (first, planned(sunday)), told,
        (
          "2026-11-03T09:00+01:00",
          .amended(
            edited(sunday) {
              $0.description = "Les connexions ouvertes seront coupées au début de l’intervention."
              $0.moveReason = "Précision demandée"
            }, Samples.verdict)
        ),
      ]),
    .init(
      name: "16-amended-narrower", kind: .amended,
      events: [
        (first, planned(night)), told,
        (
          "2026-11-05T09:00+01:00",
          .amended(
            edited(night) {
              $0.interval = Samples.interval("2026-11-08T01:30+01:00", "2026-11-08T02:30+01:00")
              $0.impact = .degraded
              $0.moveReason = "Les essais ont été plus rapides que prévu"
            }, Samples.verdict)
        ),
      ]),
    .init(
      name: "17-cancelled", kind: .cancelled,
      events: [
        (
          first,
          planned(
            edited(sunday) { $0.interval = Samples.interval("2026-11-20T03:00+01:00", "2026-11-20T04:00+01:00") })
        ),
        ("2026-11-16T15:00+01:00", .cancelled(reason: "L’équipement n’est plus à remplacer")),
      ]),
    .init(name: "18-started", kind: .started, events: [(first, planned(night)), told, began]),
    .init(
      name: "19-extended", kind: .extended, events: [(first, planned(sunday)), told, sundayBegan, sundayExtended]),
    .init(
      name: "20-completed-early", kind: .completed,
      events: [
        (first, planned(night)), told, began,
        ("2026-11-08T02:12+01:00", .completed(at: at("2026-11-08T02:10:42+01:00"), reason: nil)),
      ]),
    .init(
      name: "21-completed-on-time", kind: .completed,
      events: [
        (first, planned(night)), told, began,
        ("2026-11-08T03:00+01:00", .completed(at: at("2026-11-08T02:58+01:00"), reason: nil)),
      ]),
    .init(
      name: "22-completed-late", kind: .completed,
      events: [
        (first, planned(night)), told, began,
        (
          "2026-11-08T03:25+01:00",
          .completed(at: at("2026-11-08T03:20+01:00"), reason: "Le contrôle final a pris plus de temps que prévu")
        ),
      ]),
    .init(
      name: "23-completed-after-extension", kind: .completed,
      events: [
        (first, planned(sunday)), told, sundayBegan, sundayExtended,
        (
          "2026-11-15T15:21+01:00",
          .completed(at: at("2026-11-15T15:20+01:00"), reason: "Le contrôle final a pris plus de temps que prévu")
        ),
      ]),
    .init(name: "24-emergency-announced", kind: .emergency, events: [("2026-11-12T13:40+01:00", planned(patch))]),
    .init(
      name: "25-emergency-in-progress", kind: .emergency,
      events: [
        (
          "2026-11-12T14:12:09+01:00",
          .emergencyRecorded(patch, Samples.verdict, start: at("2026-11-12T14:10+01:00"), end: nil)
        )
      ]),
    .init(
      name: "26-emergency-end-unknown", kind: .emergency,
      events: [
        (
          "2026-11-12T14:12:09+01:00",
          .emergencyRecorded(openPatch, Samples.verdict, start: at("2026-11-12T14:10+01:00"), end: nil)
        )
      ]),
    .init(
      name: "27-emergency-word-goes-on", kind: .extended,
      events: [
        (
          "2026-11-12T14:12:09+01:00",
          .emergencyRecorded(openPatch, Samples.verdict, start: at("2026-11-12T14:10+01:00"), end: nil)
        ),
        (
          "2026-11-12T15:05+01:00",
          .extended(end: at("2026-11-12T16:30+01:00"), isEndKnown: false, reason: "Le correctif est en cours d’essai")
        ),
      ]),
    .init(
      name: "28-emergency-end-found", kind: .extended,
      events: [
        (
          "2026-11-12T14:12:09+01:00",
          .emergencyRecorded(openPatch, Samples.verdict, start: at("2026-11-12T14:10+01:00"), end: nil)
        ),
        (
          "2026-11-12T15:05+01:00",
          .extended(end: at("2026-11-12T15:45+01:00"), reason: "Le correctif est en cours d’installation")
        ),
      ]),
    .init(
      name: "29-emergency-after-the-fact", kind: .regularisation,
      events: [
        (
          "2026-11-12T18:00+01:00",
          .emergencyRecorded(
            edited(patch) { $0.interval = Samples.interval("2026-11-12T14:10+01:00", "2026-11-12T15:40+01:00") },
            Samples.verdict, start: at("2026-11-12T14:10+01:00"), end: at("2026-11-12T15:40+01:00"))
        )
      ]),
    .init(
      name: "30-update-training-configuration", kind: .update,
      events: [(first, planned(update(.evolution, training: true, configuration: true, interruption: true)))]),
    .init(
      name: "31-update-correction", kind: .update,
      events: [(first, planned(update(.correction, training: false, configuration: false, interruption: false)))]),
    .init(
      name: "32-update-completed", kind: .completed,
      events: [
        (first, planned(update(.correction, training: false, configuration: false, interruption: false))),
        ("2026-11-10T01:00+01:00", .started(at: at("2026-11-10T01:00+01:00"), reason: nil)),
        ("2026-11-10T01:56+01:00", .completed(at: at("2026-11-10T01:56+01:00"), reason: nil)),
      ]),
    .init(
      name: "33-amended-after-a-move-that-was-told", kind: .amended,
      events: [
        (first, planned(night)), told,
        (
          "2026-11-04T11:20+01:00",
          .rescheduled(
            edited(night) {
              $0.interval = Samples.interval("2026-11-08T02:00+01:00", "2026-11-08T04:00+01:00")
              $0.moveReason = "Le fournisseur a livré en retard"
            }, Samples.verdict)
        ),
        (
          "2026-11-04T11:30+01:00",
          .noticePublished(.rescheduled, .mail, revision: 1, at: at("2026-11-04T11:25+01:00"))
        ),
        (
          "2026-11-05T09:00+01:00",
          .amended(
            edited(night) {
              $0.interval = Samples.interval("2026-11-08T02:00+01:00", "2026-11-08T04:00+01:00")
              $0.title = "Migration de la base de données, première partie"
              $0.description = ""
            }, Samples.verdict)
        ),
      ]),
    .init(
      name: "34-moved-within-its-night", kind: .rescheduled,
      events: [
        (first, planned(night)), told,
        (
          "2026-11-04T11:20+01:00",
          .rescheduled(
            edited(night) { $0.interval = Samples.interval("2026-11-08T02:00+01:00", "2026-11-08T04:00+01:00") },
            Samples.verdict)
        ),
      ]),
    .init(
      name: "35-emergency-told-after-its-end", kind: .regularisation,
      events: [
        (
          "2026-11-12T18:00+01:00",
          .emergencyRecorded(
            edited(patch) {
              $0.interval = Samples.interval("2026-11-12T14:10+01:00", "2026-11-12T15:40+01:00")
              $0.components = []
            }, Samples.verdict, start: at("2026-11-12T14:10+01:00"), end: at("2026-11-12T15:40+01:00"))
        )
      ], isServed: true),
    .init(
      name: "36-started-before-its-time", kind: .started,
      events: [(first, planned(night)), told, beganEarly]),
    .init(
      name: "37-completed-before-its-time", kind: .completed,
      events: [
        (first, planned(night)), told, beganEarly,
        ("2026-11-08T00:50+01:00", .completed(at: at("2026-11-08T00:48+01:00"), reason: nil)),
      ]),
    .init(
      name: "38-completed-corrected", kind: .completed,
      events: [
        (first, planned(night)), told, began,
        ("2026-11-08T03:35+01:00", .completed(at: at("2026-11-08T03:30+01:00"), reason: "Contrôle final plus long")),
        (
          "2026-11-08T09:00+01:00",
          .completed(at: at("2026-11-08T03:10+01:00"), reason: "L’heure de fin avait été mal relevée")
        ),
      ]),
    .init(
      name: "39-completed-between-both-ends", kind: .completed,
      events: [
        (first, planned(sunday)), told, sundayBegan, sundayExtended,
        (
          "2026-11-15T15:00+01:00",
          .completed(at: at("2026-11-15T14:58+01:00"), reason: "Le contrôle final a pris plus de temps que prévu")
        ),
      ]),
    .init(
      name: "50-reminder-of-a-late-announcement", kind: .reminder,
      events: [
        (first, planned(edited(night) { $0.environment = "preproduction" })),
        (
          "2026-11-07T05:05+01:00",
          .noticePublished(.announcement, .portal, revision: 0, at: at("2026-11-07T05:00+01:00"))
        ),
      ]),
    .init(
      name: "51-update-needs-more", kind: .rescheduled,
      events: [
        (first, planned(update(.evolution, training: true, configuration: false, interruption: true))),
        (
          "2026-11-05T09:00+01:00",
          .rescheduled(update(.evolution, training: true, configuration: true, interruption: true), Samples.verdict)
        ),
      ]),
    .init(
      name: "52-update-reminder", kind: .reminder,
      events: [(first, planned(update(.evolution, training: true, configuration: true, interruption: false)))]),
    .init(
      name: "53-emergency-told-while-it-went-on", kind: .regularisation,
      events: [
        (
          "2026-11-12T14:12:09+01:00",
          .emergencyRecorded(openPatch, Samples.verdict, start: at("2026-11-12T14:10+01:00"), end: nil)
        ),
        (
          "2026-11-12T14:14+01:00",
          .noticePublished(.emergency, .portal, revision: 0, at: at("2026-11-12T14:14+01:00"))
        ),
        ("2026-11-12T15:05+01:00", .extended(end: at("2026-11-12T16:30+01:00"), reason: "Essai en cours")),
        ("2026-11-12T17:31+01:00", .completed(at: at("2026-11-12T17:30+01:00"), reason: "Second essai nécessaire")),
      ]),
    .init(
      name: "54-extended-over-midnight", kind: .extended,
      events: [
        (
          first,
          planned(
            edited(sunday) { $0.interval = Samples.interval("2026-11-15T22:00+01:00", "2026-11-16T00:00+01:00") })
        ), told,
        ("2026-11-15T22:01+01:00", .started(at: at("2026-11-15T22:00+01:00"), reason: nil)),
        ("2026-11-15T23:40+01:00", .extended(end: at("2026-11-16T01:00+01:00"), reason: "Contrôle plus long")),
      ]),
  ]
}

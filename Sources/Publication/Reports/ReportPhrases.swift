import CivilTime
import Planning
import Wording

/// The account of a month in the words of one language: sections of rows, the same for text and page.
struct ReportPhrases {
  struct Row {
    let name: String
    let values: [String]
    /// What a page shows as the table of the section instead.
    let lines: [String]

    init(_ name: String, _ values: String...) { self.init(name, values) }
    init(_ name: String, _ values: [String], lines: [String] = []) {
      self.name = name
      self.values = values
      self.lines = lines
    }
  }

  struct Section {
    let title: String
    let rows: [Row]
    /// One line each, where there may be many.
    var table: Table?
  }

  struct Table {
    let heads: [String]
    let rows: [[String]]
  }

  let report: MonthReport
  let wording: Wording
  let isSimulation: Bool
  var language: Language { wording.language }

  var title: String {
    let text = language("Account", "Compte rendu") + " " + wording.ofMonth(report.month)
    return isSimulation ? "[SIMULATION] \(text)" : text
  }
  var service: String { language.choice(report.name) }
  var scope: String { "\(service), \(language.choice(report.environmentName)), \(wording.zoneName)" }

  /// Until when the account reaches; nil for a month that is over.
  var provisional: String? {
    guard report.isProvisional else { return nil }
    let moment = wording.dateTime(report.until)
    return language("Provisional, as of \(moment)", "Provisoire, au \(moment)")
  }

  var sections: [Section] { [plans, work, notice, notices] + (availability.map { [$0] } ?? []) }

  /// `3: planned maintenance 2, update 1`.
  func kinds(_ counts: KindCounts) -> String {
    let parts = ChangeKind.allCases.filter { counts[$0] > 0 }.map { "\(wording.kind($0)) \(counts[$0])" }
    return parts.isEmpty ? "0" : "\(counts.total)\(language.colon) \(parts.joined(separator: ", "))"
  }

  func count(_ number: Int, _ one: (String, String), _ many: (String, String)) -> String {
    let isOne = language == .french ? number < 2 : number == 1
    return "\(number) " + (isOne ? language.choice(one.0, one.1) : language.choice(many.0, many.1))
  }

  private var plans: Section {
    let refusals = report.refusals
    var refused = [String(refusals.requests)]
    if refusals.requests > 0 {
      refused = [
        count(refusals.requests, ("request", "demande"), ("requests", "demandes"))
          + language(" for ", " pour ") + count(refusals.changes, ("change", "changement"), ("changes", "changements"))
      ]
      refused += refusals.byRule.map { "\(rule($0.code))\(language.colon) \($0.count)" }
    }
    return Section(
      title: language("Plans", "Plans"),
      rows: [
        Row(language("Announced first", "Annoncés"), kinds(report.planned)),
        Row(language("Refused, by rule", "Refusés, par règle"), refused),
        Row(language("Rescheduled", "Replanifiés"), String(report.moves.rescheduled)),
        Row(language("Amended", "Modifiés"), String(report.moves.amended)),
        Row(language("Extended", "Prolongés"), String(report.moves.extended)),
        Row(language("Cancelled", "Annulés"), String(report.moves.cancelled)),
      ])
  }

  private var work: Section {
    let urgency = report.urgency
    var emergency = [
      language("\(urgency.count) of \(urgency.work)", "\(urgency.count) sur \(urgency.work)")
        + (urgency.shareInTenths.map { " (\(tenths($0)))" } ?? "")
    ]
    if !urgency.recordedAfterwards.isEmpty {
      let ids = language.list(urgency.recordedAfterwards.map(\.description))
      emergency.append(
        language(
          "recorded after the work began: \(urgency.recordedAfterwards.count) (\(ids))",
          "enregistrées après le début du travail\(language.colon) \(urgency.recordedAfterwards.count) (\(ids))"))
    }
    return Section(
      title: language("Work", "Travaux"),
      rows: [
        Row(language("Begun", "Commencés"), kinds(report.begun)),
        Row(language("Completed", "Terminés"), kinds(report.done)),
        Row(language("Emergencies", "Urgences"), emergency),
        Row(language("Overruns", "Dépassements"), overruns),
      ] + gate)
  }

  /// Nothing where nobody overrode the gate.
  private var gate: [Row] {
    guard !report.overrides.isEmpty else { return [] }
    let total = Elapsed(seconds: report.overrides.compactMap(\.interval).reduce(0) { $0 + $1.length.seconds })
    return [
      Row(
        language("Gate overridden", "Ouverture forcée"),
        language(
          "\(report.overrides.count), in all \(wording.duration(total))",
          "\(report.overrides.count), en tout \(wording.duration(total))"))
    ]
  }

  private var overruns: String {
    guard let longest = report.overruns.first else { return "0" }
    let total = Elapsed(seconds: report.overruns.reduce(0) { $0 + $1.length.seconds })
    return language(
      "\(report.overruns.count), in all \(wording.duration(total)); longest \(wording.duration(longest.length))",
      "\(report.overruns.count), en tout \(wording.duration(total)) ; le plus long \(wording.duration(longest.length))"
    ) + " (\(longest.change))"
  }

  private var notice: Section {
    let notice = report.notice
    let required = wording.duration(notice.required)
    return Section(
      title: language("Notice given", "Préavis donnés"),
      rows: [
        Row(language("Plans", "Plans"), String(notice.given.count)),
        Row(language("Shortest", "Le plus court"), notice.shortest.map(wording.duration) ?? "–"),
        Row(language("Median", "Médian"), notice.median.map(wording.duration) ?? "–"),
        Row(
          language("Too short", "Trop courts"),
          "\(notice.short) (\(language("required", "exigé"))\(language.colon) \(required))"),
      ])
  }

  private var notices: Section {
    let late = report.notices.late.map { owed in
      [owed.change.description, wording.notice(owed.kind, lead: owed.lead), wording.dateTime(owed.due)]
    }
    return Section(
      title: language("Notices", "Avis"),
      rows: [
        Row(language("Published", "Publiés"), String(report.notices.published)),
        Row(
          language("Owed, late", "Dus, en retard"), [String(late.count)],
          lines: late.map { "\($0[0]) \($0[1]), " + language("due ", "dû le ") + $0[2] }),
      ],
      table: late.isEmpty
        ? nil
        : Table(
          heads: [language("Change", "Changement"), language("Notice", "Avis"), language("Due", "Dû le")], rows: late))
  }

  private var availability: Section? {
    guard let availability = report.availability else { return nil }
    let (figures, late) = (availability.figures, availability.withoutLateUrgency)
    let target = wording.percent(basisPoints: figures.targetBasisPoints)
    var afterwards = ["\(wording.percent(late.percent)), \(wording.verdict(late))"]
    if !availability.lateUrgency.isEmpty {
      afterwards.append(
        language("counts: ", "compte\(language.colon) ")
          + language.list(availability.lateUrgency.map { wording.source($0.stop.source) }))
    }
    let provisional = availability.provisional.map(wording.provisional)
    return Section(
      title: language("Availability", "Disponibilité"),
      rows: [
        Row(
          "TD",
          "\(wording.percent(figures.percent)), \(wording.verdict(figures)) (\(language("target", "objectif")) \(target))"
        ),
        Row(
          language(
            "TD if urgent work recorded when over were counted",
            "TD si les urgences enregistrées une fois finies comptaient"),
          afterwards),
      ] + (provisional.isEmpty ? [] : [Row(language("Provisional", "Provisoire"), provisional)]))
  }

  /// `33.3 %`.
  private func tenths(_ number: Int) -> String { wording.percent("\(number / 10).\(number % 10)") }

  func rule(_ code: FindingCode) -> String {
    switch code {
    case .outsideWindow: language("outside the window", "hors de la fenêtre")
    case .insufficientNotice: language("notice too short", "préavis trop court")
    case .overlap: language("overlap", "chevauchement")
    case .freeze: language("freeze", "gel")
    case .plannableEmergency: language("emergency that could be planned", "urgence planifiable")
    case .missingReason: language("no reason given", "motif absent")
    case .notAnnounced: language("not announced before the start", "non annoncé avant le début")
    case .startedAlready: language("started already", "déjà commencé")
    case .wrongState: language("wrong state", "état inadapté")
    case .startedEarly: language("started early", "commencé en avance")
    case .startedLate: language("started late", "commencé en retard")
    case .endedLate: language("ended late", "terminé en retard")
    case .extendedOutside: language("extended outside the window", "prolongé hors de la fenêtre")
    case .unknownComponent: language("component not in the contract", "composant hors contrat")
    case .unknownEnvironment: language("environment not in the contract", "environnement hors contrat")
    }
  }

  /// `Mon 2 – Sun 8 Nov`.
  func week(_ week: MonthReport.Week) -> String {
    week.first == week.last
      ? wording.shortDate(week.first) : "\(wording.shortDate(week.first)) – \(wording.shortDate(week.last))"
  }

  var weeksTitle: String { language("Work begun, week by week", "Travaux commencés, semaine par semaine") }
  var noticeTitle: String {
    let required = wording.duration(report.notice.required)
    return language(
      "Notice given of each plan, against \(required)", "Préavis donné de chaque plan, face à \(required)")
  }
}

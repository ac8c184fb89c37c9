package import CivilTime
import Planning
package import Wording

/// What is said of a planned release, in one language, whatever shows it.
package struct ReleasePhrases {
  package let planned: PlannedRelease
  package let wording: Wording
  private var language: Language { wording.language }

  package init(_ planned: PlannedRelease, _ wording: Wording) {
    self.planned = planned
    self.wording = wording
  }

  package var title: String {
    let mark = planned.isSimulation ? "[SIMULATION] " : ""
    return mark + language("Plan of the release: ", "Plan de la livraison : ") + planned.file.name
  }

  /// How much is placed, and what clients see of it.
  package var summary: String {
    let (placed, all) = (planned.placed.count, planned.plan.starts.count)
    let nights = planned.nights.count
    let count = language.counted(planned.plan.score.interruptions, "interruption")
    return language(
      "\(placed) of \(language.counted(all, "change")) placed, on \(language.counted(nights, "date")); \(count) for clients, planned work included.",
      "\(placed) changement\(placed > 1 ? "s" : "") placé\(placed > 1 ? "s" : "") sur \(all), à \(language.counted(nights, "date")) ; \(count) pour les clients, travaux déjà planifiés compris."
    )
  }

  /// What is said below the summary, a sentence each.
  package var notes: [String] {
    var notes: [String] = []
    if planned.isInterrupted {
      notes.append(
        language(
          "Stopped before the end: this is the best plan so far.",
          "Arrêté avant la fin : voici le meilleur plan trouvé jusque-là."))
    }
    let gains = wording.gains(
      planned.plan.score, over: planned.slotBySlot.score,
      works: planned.placed.count - planned.slotBySlot.starts.count { $0.start != nil },
      end: (planned.end(of: planned.plan), planned.end(of: planned.slotBySlot)))
    notes.append(
      gains.isEmpty
        ? language(
          "Each change at its first free time, in turn, would be as good.",
          "Chaque changement à son premier créneau libre, tour à tour, ferait aussi bien.")
        : language("Compared with slot by slot: ", "Par rapport à un placement créneau par créneau : ")
          + gains.joined(separator: ", ") + ".")
    notes.append(wording.proof(planned.plan))
    if let approved = planned.approvedBy {
      let when = wording.dateTime(approved)
      notes.append(
        language(
          "Notice counts from approval, expected by \(when).",
          "Le préavis court de l’approbation, attendue pour le \(when)."))
    }
    if !planned.excepted.isEmpty {
      notes.append(language("Left aside: ", "Laissés de côté : ") + planned.excepted.joined(separator: ", ") + ".")
    }
    if let moment = planned.submitBy, planned.approvedBy == nil {
      let when = wording.dateTime(moment)
      notes.append(
        language(
          "Nothing is recorded. Submit it by \(when).", "Rien n’est enregistré. À soumettre au plus tard le \(when)."))
    } else {
      notes.append(language("Nothing is recorded.", "Rien n’est enregistré."))
    }
    return notes
  }

  // MARK: What is placed

  package var heads: [String] {
    [
      language("When", "Quand"), language("Change", "Changement"), language("Title", "Titre"),
      language("Service", "Service"), language("Who", "Qui"),
    ]
  }

  package func night(_ night: (evening: CivilDate, works: [PlannedRelease.Placed])) -> String {
    wording.night(of: night.evening, night.works.map(\.interval))
  }

  /// When, id, title, services and who.
  package func cells(_ row: PlannedRelease.Placed) -> [String] {
    let work = row.change.work
    let invisible = work.isVisible ? "" : language(" (unseen by clients)", " (invisible des clients)")
    return [
      wording.hours(row.interval), work.id, row.change.title + invisible, work.services.joined(separator: ", "),
      work.crew.joined(separator: ", "),
    ]
  }

  // MARK: What is left

  package var leftTitle: String { language("Without a place", "Sans place") }

  /// What would give a change its place, and what that would cost.
  package func reasons(_ change: ReleaseFile.Change) -> [String] {
    let explanation = planned.explanation(of: change.work.id)
    if let alone = wording.unplaced(explanation, horizon: planned.release.horizon) { return [alone] }
    let ways = planned.ways[change.work.id] ?? []
    guard !ways.isEmpty else {
      return [language("No way was found in this time.", "Aucune issue trouvée dans ce temps.")]
    }
    return ways.map { way in
      let text = wording.way(way, for: change.work, in: planned.release)
      return text.prefix(1).uppercased() + text.dropFirst() + language.colon + " "
        + wording.cost(of: way, for: change.work, beside: planned.plan)
    }
  }

  /// The weight that is lost with it.
  package func weight(_ change: ReleaseFile.Change) -> String {
    language("priority \(change.work.priority)", "priorité \(change.work.priority)")
  }
}

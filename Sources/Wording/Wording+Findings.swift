import CivilTime
package import Planning

extension Wording {
  /// One sentence that says what a rule found, with its figures and its clause, and what to do where it refuses.
  ///
  /// - Parameter id: the change that it is about, where there is one.
  package func finding(_ finding: Finding, of id: ChangeID? = nil) -> String {
    let clause = cite(finding.clause)
    switch finding.figures {
    case .window(let window?, _):
      return pick(
        "Inside the maintenance window \(plainRange(window))\(clause).",
        "Dans la fenêtre de maintenance\(colon)\(plainRange(window))\(clause).")
    case .window(nil, let outside):
      let total = duration(IntervalSet(outside).length)
      let pieces = outside.map(plainRange).joined(separator: "\(language.choice("", Typography.narrow)); ")
      return pick(
        "Outside the maintenance window by \(total): \(pieces)\(clause).",
        "En dehors de la fenêtre de maintenance pendant \(total)\(colon)\(pieces)\(clause).")
    case .notice(let given, let required):
      return notice(given: given, required: required) + "\(clause)."
    case .overlap(let bookings):
      return overlap(bookings) + "\(clause)."
    case .freeze(let freezes):
      return freeze(freezes) + "\(clause)."
    case .plannableEmergency(let ahead, let required):
      return plannableEmergency(ahead: ahead, required: required, isRefused: !finding.isSatisfied) + "\(clause)."
    case .missingReason(let given):
      return given
        ? pick("The reason is given\(clause).", "Le motif est donné\(clause).")
        : missingReason(isUrgent: finding.clause != nil, clause)
    case .announced(let ahead):
      return announced(ahead: ahead) + "\(clause)."
    case .started(let start?):
      return pick(
        "The work began on \(plainRangeless(start))\(clause); complete or extend it.",
        "Le travail a commencé le \(plainRangeless(start))\(clause)\u{202F}; terminez-le ou prolongez-le.")
    case .started(nil):
      return pick("The announced start lies ahead\(clause).", "Le début annoncé est à venir\(clause).")
    case .state(.planned, allowed: false):
      // Only what happens during work is refused of work that is still ahead.
      return pick(
        "Nobody has said that the work began\(clause). If it begins: \(name(.start(id))). If it is over: \(name(.carriedOut(id))).",
        "Personne n’a dit que le travail a commencé\(clause). S’il commence\(colon)\(name(.start(id))). S’il est fini\(colon)\(name(.carriedOut(id)))."
      )
    case .state(.requested, allowed: false):
      return pick(
        "The change is requested, and nobody is told of it\(clause): first it has to be approved: \(name(.approve(id))).",
        "Le changement est demandé et personne n’en est prévenu\(clause)\(colon)il faut d’abord l’approuver\(colon)\(name(.approve(id)))."
      )
    case .state(let state, let isAllowed):
      return self.state(state, isAllowed: isAllowed) + "\(clause)."
    case .extendedOutside(let outside):
      let total = duration(IntervalSet(outside).length)
      let pieces = outside.map(plainRange).joined(separator: "\(language.choice("", Typography.narrow)); ")
      return pick(
        "The extension leaves the maintenance window by \(total): \(pieces)\(clause). It is announced, and excuses nothing.",
        "La prolongation sort de la fenêtre de maintenance pendant \(total)\(colon)\(pieces)\(clause). "
          + "Elle est annoncée et n’excuse rien.")
    case .components(let unknown):
      return unknown.isEmpty
        ? pick("Each component is in the contract\(clause).", "Chaque composant est au contrat\(clause).")
        : pick(
          "Not in the contract any more: component \(unknown.joined(separator: ", "))\(clause).",
          "Absent du contrat désormais\(colon)composant \(unknown.joined(separator: ", "))\(clause).")
    case .environment(let name, let isKnown):
      return isKnown
        ? pick("The environment is in the contract\(clause).", "L’environnement est au contrat\(clause).")
        : pick(
          "Not in the contract any more: environment \(name)\(clause).",
          "Absent du contrat désormais\(colon)environnement \(name)\(clause).")
    case .startedEarly(let ahead, let isInWindow):
      return pick(
        "That start is \(days(ahead)) before the announced one\(place(isInWindow)): clients were not told of that "
          + "time\(clause). Work that cannot wait is recorded with: \(name(.emergency)).",
        "Ce début est \(days(ahead)) avant celui qui est annoncé\(place(isInWindow))\(colon)les clients ignorent "
          + "cet horaire\(clause). Une intervention qui ne peut attendre s’enregistre avec \(name(.emergency)).")
    case .startedLate(let behind, let isInWindow):
      return pick(
        "That start is \(days(behind)) after the announced one, when the work was to be over\(place(isInWindow)): "
          + "clients were not told of that time\(clause). If the work was done at its time: \(name(.carriedOut(id))).",
        "Ce début est \(days(behind)) après celui qui est annoncé, alors que le travail devait être fini"
          + "\(place(isInWindow))\(colon)les clients ignorent cet horaire\(clause). Si le travail a été fait à l’heure\(colon)"
          + "\(name(.carriedOut(id))).")
    case .endedLate(let behind):
      return pick(
        "That end is \(days(behind)) after the announced one\(clause).",
        "Cette fin est \(days(behind)) après celle qui est annoncée\(clause).")
    }
  }

  /// Where a start was that no window holds.
  private func place(_ isInWindow: Bool) -> String {
    isInWindow ? "" : pick(", outside the maintenance window", ", hors de la fenêtre de maintenance")
  }

  /// What today's rules say of a plan.
  package func standing(_ standing: Standing) -> String {
    standing.isRefused
      ? pick("Today’s rules refuse this plan:", "Les règles d’aujourd’hui refusent ce plan :")
      : pick("Today’s rules allow it as well.", "Les règles d’aujourd’hui l’autorisent aussi.")
  }

  package var conflictsTitle: String {
    pick("In conflict with today’s rules", "En conflit avec les règles d’aujourd’hui")
  }

  package var noConflicts: String {
    pick("Today’s rules refuse no plan.", "Les règles d’aujourd’hui ne refusent aucun plan.")
  }

  /// Below a list in which plans are marked.
  package func conflictNote(_ count: Int) -> String {
    count == 1
      ? pick(
        "Refused by today’s rules; why: preavis conflicts",
        "Refusé par les règles d’aujourd’hui ; pourquoi : preavis conflicts")
      : pick(
        "Refused by today’s rules, \(count) of them; why: preavis conflicts",
        "Refusés par les règles d’aujourd’hui, \(count) en tout ; pourquoi : preavis conflicts")
  }

  /// The contract asks a reason of urgent work; the register asks it of every move that clients feel.
  private func missingReason(isUrgent: Bool, _ clause: String) -> String {
    isUrgent
      ? pick(
        "Urgent work needs a reason\(clause): give it with \(name(.reason)).",
        "Une intervention urgente demande un motif\(clause)\(colon)donnez-le avec \(name(.reason)).")
      : pick(
        "Clients were told of this change and are owed a reason: give it with \(name(.reason)).",
        "Ce changement est annoncé aux clients, qui ont droit à un motif\(colon)donnez-le avec \(name(.reason)).")
  }

  /// Date, time and zone between commas.
  private func plainRangeless(_ instant: Instant) -> String {
    "\(dateAndTime(instant)), \(zoneText(zone.offset(at: instant)))"
  }

  private func notice(given: Elapsed, required: Elapsed) -> String {
    if given < .zero {
      return pick(
        "The start passed \(duration(.zero - given)) ago; planned work needs notice of \(duration(required))",
        "Le début est passé depuis \(duration(.zero - given))\(Typography.narrow); "
          + "un préavis de \(duration(required)) est nécessaire")
    }
    if given < required {
      return pick(
        "Notice of \(duration(given)) is \(duration(required - given)) short of \(duration(required))",
        "Le préavis est de \(duration(given))\(Typography.narrow); il manque \(duration(required - given)) "
          + "pour les \(duration(required)) nécessaires")
    }
    return pick(
      "Notice of \(duration(given)) is at least \(duration(required))",
      "Le préavis de \(duration(given)) atteint les \(duration(required)) nécessaires")
  }

  private func overlap(_ bookings: [Booking]) -> String {
    guard !bookings.isEmpty else {
      return pick("No overlap with another change", "Aucun chevauchement avec un autre changement")
    }
    let named = bookings.map { "\($0.change.description), \(plainRange($0.interval))" }
    let words = bookings.map { "\(name(.alongside)) \($0.change.description)" }.joined(separator: " ")
    let separator = "\(language.choice("", Typography.narrow)); "
    return pick(
      "Overlaps \(named.joined(separator: separator)); to allow it, add \(words)",
      "Chevauche \(named.joined(separator: separator))\(separator)pour l’admettre, ajoutez \(words)")
  }

  private func freeze(_ freezes: [Freeze]) -> String {
    guard !freezes.isEmpty else { return pick("No freeze at that time", "Aucun gel à ce moment") }
    let named = freezes.map { "\(language.quoted($0.title)), \(plainRange($0.interval))" }
    let separator = "\(language.choice("", Typography.narrow)); "
    return pick("Frozen by ", "Gel des interventions\(colon)") + named.joined(separator: separator)
  }

  private func plannableEmergency(ahead: Elapsed, required: Elapsed, isRefused: Bool) -> String {
    if isRefused {
      return pick(
        "The start is \(duration(ahead)) away and \(duration(required)) are enough to plan it: "
          + "submit it as planned maintenance",
        "Le début est dans \(duration(ahead)) et \(duration(required)) suffisent pour planifier\(colon)"
          + "soumettez une maintenance planifiée")
    }
    if ahead <= .zero { return pick("The urgent work has already begun", "L’intervention urgente a déjà commencé") }
    return pick(
      "The start is \(duration(ahead)) away, too near to be planned with notice of \(duration(required))",
      "Le début est dans \(duration(ahead)), moins que le préavis de \(duration(required))")
  }

  private func announced(ahead: Elapsed) -> String {
    if ahead > .zero {
      return pick("Announced \(duration(ahead)) before it starts", "Annoncée \(duration(ahead)) avant son début")
    }
    if ahead == .zero {
      return pick(
        "An update has to be announced before it starts, and it starts now",
        "Une mise à jour doit être annoncée avant son début, or elle commence maintenant")
    }
    return pick(
      "An update has to be announced before it starts, and it started \(duration(.zero - ahead)) ago",
      "Une mise à jour doit être annoncée avant son début, passé depuis \(duration(.zero - ahead))")
  }

  private func state(_ state: ChangeState, isAllowed: Bool) -> String {
    if isAllowed {
      return pick("The change is \(self.state(state)), which allows this", "L’état \(quotedState(state)) le permet")
    }
    let refusal = pick(
      "The change is \(self.state(state)), which does not allow this",
      "L’état \(quotedState(state)) du changement ne le permet pas")
    guard state == .cancelled || state == .completed else { return refusal }
    return refusal + pick("; a new one: \(name(.submit))", " ; un nouveau : \(name(.submit))")
  }

  private func quotedState(_ state: ChangeState) -> String { language.quoted(self.state(state)) }
}

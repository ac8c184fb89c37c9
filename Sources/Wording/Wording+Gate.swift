import CivilTime
package import Planning

extension Wording {
  package func state(_ state: GateState) -> String {
    switch state {
    case .open: pick("OPEN", "OUVERT")
    case .closed: pick("CLOSED", "FERMÉ")
    }
  }

  /// What happens next to the gate, in a sentence.
  package func nextTransition(_ answer: GateAnswer) -> String {
    guard let next = answer.nextTransition else {
      return answer.state == .open
        ? pick("No closing is known.", "Aucune fermeture n’est connue.")
        : pick("No opening is known.", "Aucune ouverture n’est connue.")
    }
    return answer.state == .open
      ? pick("Closes \(dateTime(next)).", "Ferme le \(dateTime(next)).")
      : pick("Opens \(dateTime(next)).", "Ouvre le \(dateTime(next)).")
  }

  /// Why the gate is open or closed. `forEveryone` leaves out who overrode it and why, which is nobody’s business outside.
  package func gateReason(_ reason: GateReason, forEveryone: Bool = false) -> String {
    switch reason {
    case .change(let id, let kind, let interval):
      return pick(
        "\(id), \(self.kind(kind)), covers this moment: \(range(interval)).",
        "\(id), \(self.kind(kind)), couvre ce moment\(colon)\(range(interval)).")
    case .window(let window?):
      return pick(
        "The maintenance window is open: \(range(window)).",
        "La fenêtre de maintenance est ouverte\(colon)\(range(window)).")
    case .window(nil):
      return pick(
        "Work is allowed at any time in this environment.",
        "Dans cet environnement, on peut intervenir à tout moment.")
    case .override(let override): return self.override(override, forEveryone: forEveryone)
    case .noChange: return pick("No change covers this moment.", "Aucun changement ne couvre ce moment.")
    case .outsideWindow: return pick("The maintenance window is closed.", "La fenêtre de maintenance est fermée.")
    case .freeze(let freeze):
      return pick(
        "Planned work is frozen, \(language.quoted(freeze.title)): \(range(freeze.interval)).",
        "Gel des interventions planifiées, \(language.quoted(freeze.title))\(colon)\(range(freeze.interval)).")
    case .refused(let id, let finding):
      return pick(
        "\(id) opens nothing, today’s rules refuse it: \(self.finding(finding))",
        "\(id) n’ouvre rien, les règles d’aujourd’hui le refusent\(colon)\(self.finding(finding))")
    case .notNamed(let id):
      return pick(
        "\(id) covers this moment, but only the changes that were asked for may open the gate.",
        "\(id) couvre ce moment, mais seuls les changements demandés peuvent ouvrir le passage.")
    case .notBegun(let id, let start):
      return pick("\(id) begins \(dateTime(start)).", "\(id) commence le \(dateTime(start)).")
    case .ended(let id, let end):
      return pick(
        "\(id) was announced until \(dateTime(end)) and never began.",
        "\(id) était annoncé jusqu’au \(dateTime(end)) et n’a jamais commencé.")
    case .overrun(let id, let end):
      return pick(
        "\(id) goes on beyond its announced end, \(dateTime(end)): extend it, or complete it.",
        "\(id) se poursuit au-delà de sa fin annoncée, le \(dateTime(end))\(colon)prolongez-le ou terminez-le.")
    case .wordDue(let id, let word):
      let since = promised(word)
      return pick(
        "The end of \(id) is not known; clients were to hear more by \(dateTime(since)): start it if it has not begun, move the estimate on (\(name(.extend(id)))), or complete it.",
        "La fin de \(id) n’est pas connue\(Typography.narrow); les clients devaient en savoir plus au plus tard le \(dateTime(since))\(colon)commencez-le si ce n’est fait, reportez l’estimation (\(name(.extend(id)))) ou terminez-le."
      )
    case .startedEarly(let id, let start):
      return pick(
        "\(id) has begun before its announced start, \(dateTime(start)).",
        "\(id) a commencé avant son début annoncé, le \(dateTime(start)).")
    case .completed(let id, let at):
      return pick("\(id) was completed on \(dateTime(at)).", "\(id) s’est terminé le \(dateTime(at)).")
    case .cancelled(let id): return pick("\(id) is cancelled.", "\(id) est annulé.")
    case .draft(let id):
      return pick("\(id) was refused and is not planned.", "\(id) a été refusé et n’est pas planifié.")
    case .requested(let id):
      return pick(
        "\(id) is requested and not approved: \(name(.approve(id)))",
        "\(id) est demandé et pas approuvé\(colon)\(name(.approve(id)))")
    }
  }

  private func override(_ override: GateOverride, forEveryone: Bool) -> String {
    let end = dateTime(override.ended?.at ?? override.until)
    if forEveryone {
      return pick(
        "The operator holds the gate open until \(end).", "L’exploitant tient le passage ouvert jusqu’au \(end).")
    }
    let actor = override.actor.map { pick(" by \($0)", " par \($0)") } ?? ""
    return pick(
      "Held open\(actor) until \(end): \(language.quoted(override.reason)).",
      "Tenu ouvert\(actor) jusqu’au \(end)\(colon)\(language.quoted(override.reason)).")
  }

  /// Why nothing was recorded of the gate: what is wrong, with which value, and what would be right.
  package func gateError(_ error: GateError) -> String {
    switch error {
    case .missingReason:
      return pick(
        "\(name(.reason)): an override needs a reason; it stays on record.",
        "\(name(.reason))\(colon)une ouverture forcée a besoin d’un motif, il reste enregistré.")
    case .length:
      return pick(
        "\(name(.overrideLength)): an override lasts \(duration(GateOverride.longest)) at most, and more than nothing; record longer work as "
          + "a change (\(name(.submit)), \(name(.emergency))).",
        "\(name(.overrideLength))\(colon)une ouverture forcée dure \(duration(GateOverride.longest)) au plus, et plus que rien"
          + "\(Typography.narrow); au-delà, enregistrez un changement (\(name(.submit)), \(name(.emergency))).")
    case .noOverride(let environment):
      return pick(
        "No override is in force in \(environment); there is nothing to end, and nothing was recorded.",
        "Aucune ouverture forcée n’est en cours dans \(environment)\(Typography.narrow); il n’y a rien à terminer, et rien n’a été enregistré."
      )
    case .unknownEnvironment(let name, let known): return commandError(.unknownEnvironment(name, known: known))
    case .invalidText(let text): return commandError(.invalidText(text))
    case .otherGate(let id, let service, let environment):
      return pick(
        "\(name(.change)): \(id) is of \(service) (\(environment)), and cannot open this gate.",
        "\(name(.change))\(colon)\(id) concerne \(service) (\(environment)) et ne peut pas ouvrir ce passage.")
    }
  }
}

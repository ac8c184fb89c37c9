import CivilTime
package import Planning

extension Wording {
  /// Why the service was down, in the terms of article 6.
  package func cause(_ cause: OutageCause) -> String {
    switch cause {
    case .incident: pick("incident", "incident")
    case .plannedMaintenance: pick("planned maintenance", "maintenance planifiée")
    case .urgentMaintenance: pick("urgent maintenance", "maintenance urgente")
    case .forceMajeure: pick("force majeure", "force majeure")
    case .clientEquipment: pick("client’s equipment", "équipement du client")
    case .outOfPerimeter: pick("outside the perimeter", "hors périmètre")
    }
  }

  package func state(_ state: OutageState) -> String {
    switch state {
    case .ongoing: pick("ongoing", "en cours")
    case .ended: pick("ended", "terminée")
    case .voided: pick("voided", "annulée")
    }
  }

  /// From its start to its end, or that it goes on.
  package func range(_ outage: Outage) -> String {
    let content = outage.content
    guard let interval = content.end.flatMap({ Interval(start: content.start, end: $0) }) else {
      return pick(
        "since \(dateTime(content.start)), still going on", "depuis le \(dateTime(content.start)), toujours en cours")
    }
    return range(interval)
  }

  /// Why nothing was recorded: what is wrong, with which value, and what would be right.
  package func outageError(_ error: OutageError) -> String {
    switch error {
    case .voided(let id):
      return pick(
        "\(id) is voided, and a voided record stays as it is. Record the outage anew: \(name(.recordOutage))",
        "\(id) est annulée et le reste. Enregistrez la panne à nouveau\(colon)\(name(.recordOutage))")
    case .missingReason(let id):
      return pick(
        "\(id): what is on record is corrected or voided only with a reason; add \(name(.reason)).",
        "\(id)\(colon)ce qui est enregistré ne se corrige ou ne s’annule qu’avec un motif, ajoutez \(name(.reason)).")
    case .nothingToAmend:
      return pick(
        "Nothing to amend: say what differs, for instance \(name(.end)), \(name(.cause)) or \(name(.evidence)).",
        "Rien à modifier\(colon)dites ce qui change, par exemple \(name(.end)), \(name(.cause)) ou \(name(.evidence)).")
    case .startInFuture(let start, let now):
      return pick(
        "\(name(.start)): \(dateTime(start)) is yet to come (it is \(dateTime(now))); an outage is a fact.",
        "\(name(.start))\(colon)\(dateTime(start)) est à venir (nous sommes le \(dateTime(now))), une panne est un fait."
      )
    case .endInFuture(let end, let now):
      return pick(
        "\(name(.end)): \(dateTime(end)) is yet to come (it is \(dateTime(now))); leave \(name(.end)) out while the outage goes on.",
        "\(name(.end))\(colon)\(dateTime(end)) est à venir (nous sommes le \(dateTime(now))), "
          + "n’indiquez pas \(name(.end)) tant que la panne dure.")
    case .endNotAfterStart(let start, let end):
      return pick(
        "\(name(.end)): \(dateTime(end)) is not after the start, \(dateTime(start)).",
        "\(name(.end))\(colon)\(dateTime(end)) n’est pas après le début, \(dateTime(start)).")
    case .tooLong(let length):
      return pick(
        "\(name(.end)): the outage would last \(duration(length)); at most "
          + "\(duration(CommandError.Limits.longestInterval)) can be recorded.",
        "\(name(.end))\(colon)la panne durerait \(duration(length)), "
          + "\(duration(CommandError.Limits.longestInterval)) au plus.")
    case .tooLongAgo(let start):
      return pick(
        "\(name(.start)): \(dateTime(start)) is more than ten years ago.",
        "\(name(.start))\(colon)\(dateTime(start)), c’est il y a plus de dix ans.")
    case .unknownEnvironment(let name, let known): return commandError(.unknownEnvironment(name, known: known))
    case .unknownComponent(let name, let known): return commandError(.unknownComponent(name, known: known))
    case .invalidText(let text): return commandError(.invalidText(text))
    }
  }
}

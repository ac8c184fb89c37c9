import Answers
import CivilTime
import JSONText
import Planning
import Wording

/// The deadlines of one Request, for people and for programs.
struct SupportText {
  let contract: Contract
  let wording: Wording
  let output: Output
  let deadlines: SupportDeadlines
  /// Only this criticality; nil for all.
  let only: Criticality?

  private var language: Language { wording.language }
  private var support: ContractTerms.Support? { contract.terms(at: deadlines.registeredAt).support }

  private func shows(_ criticality: Criticality) -> Bool { only == nil || only == criticality }

  // MARK: Text

  var lines: [String] {
    let text = ChangeText(wording: wording, output: output, isSimulation: false)
    let name = language.choice(contract.name)
    let clause = support.map { " (\($0.clause))" } ?? ""
    let rows = self.rows
    let width = rows.map(\.0.count).max() ?? 0
    var lines = [output.bold(language("Support deadlines", "Échéances du support")) + "  \(name)\(clause)"]
    lines += rows.flatMap { row in
      text.wrap(row.1, indent: width + 4, first: "  \(output.dim(text.pad(row.0, width)))  ")
    }
    if deadlines.reading == .earliest, only != .three {
      lines.append("")
      lines += text.wrap(note, indent: 2, first: "  ")
    }
    return lines
  }

  private var rows: [(String, String)] {
    var registered = wording.dateTime(deadlines.registeredAt)
    if !deadlines.isInSupportHours {
      registered += language(", outside support hours", ", hors des heures de support")
    }
    var rows = [(language("Registered", "Enregistrement"), registered)]
    if let qualified = deadlines.qualifiedAt {
      var text = wording.dateTime(qualified)
      if deadlines.delaysFrom != qualified {
        text += language(
          "; the delays run from the end of the time for taking in charge",
          "\u{202F}; les délais courent de la fin du délai de prise en charge")
      }
      rows.append((language("Qualified", "Qualification"), text))
    }
    rows.append((language("Clock starts", "Début du décompte"), wording.dateTime(deadlines.clockStart)))
    var charge = wording.by(deadlines.takeInCharge)
    if let support {
      let (within, share) = (
        wording.duration(support.takeInChargeWithin), wording.percent(basisPoints: support.takeInChargeShareBasisPoints)
      )
      charge += language(
        ": \(within) of support, for \(share) of Requests at least",
        "\(language.colon) \(within) de support, pour \(share) des Demandes au moins")
    }
    rows.append((language("Taken in charge", "Prise en charge"), charge))
    for criticality in Criticality.allCases where shows(criticality) {
      let label = wording.criticality(criticality)
      rows.append((label.prefix(1).uppercased() + label.dropFirst(), row(criticality)))
    }
    return rows
  }

  private func row(_ criticality: Criticality) -> String {
    let (deadline, length): (Instant, String?)
    switch criticality {
    case .one:
      (deadline, length) = (
        deadlines.criticality1Plan, (support?.criticality1PlanWithin).map(wording.duration).map { $0 + ofSupport }
      )
    case .two:
      (deadline, length) = (
        deadlines.criticality2Correction, support.map { wording.businessDays($0.criticality2CorrectionBusinessDays) }
      )
    case .three: return language("no deadline", "aucune échéance")
    }
    var text = "\(wording.owed(criticality) ?? "") \(wording.by(deadline))"
    if let length { text += "\(language.colon) \(length)" }
    if deadlines.reading == .earliest { text += " (\(wording.earliestReading))" }
    return text
  }

  private var ofSupport: String { language(" of support", " de support") }

  private var note: String {
    language(
      "Earliest reading: the delays of criticality 1 and 2 run once the anomaly is qualified and reproduced. That moment is not given: nothing is due before these dates, and it may be due later. The business days of criticality 2 are counted from the day of the registration. Give the moment with --qualified-at.",
      "Lecture \(language.quoted("au plus tôt"))\u{A0}: les délais des criticités 1 et 2 courent une fois l’anomalie qualifiée et reproduite. Ce moment n’est pas donné\u{A0}: rien n’est dû avant ces dates, et l’échéance peut être plus tardive. Les jours ouvrés de la criticité 2 sont comptés depuis le jour de l’enregistrement. Donnez ce moment avec --qualified-at."
    )
  }

  var json: JSON { SupportJSON.json(deadlines, contract: contract, wording: wording, only: only) }
}

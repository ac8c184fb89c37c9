import CivilTime
import Planning
import Wording

/// What a month's availability says of itself in one language; the template and the table are filled from here only.
struct AvailabilityMaterial {
  let month: MonthAvailability
  let contract: Contract
  let language: Language
  let wording: Wording

  init(month: MonthAvailability, contract: Contract, language: Language) {
    self.month = month
    self.contract = contract
    self.language = language
    wording = Wording(language, zone: contract.timeZone(at: month.period.bounds.start))
  }

  private var service: String { language.choice(contract.name.english, contract.name.french) }
  private var figures: AvailabilityFigures { month.figures }

  /// What clients quote.
  var reference: String { "TD \(month.period.month)" }

  private var days: String {
    let days = month.period.days
    return language("\(days) day\(days == 1 ? "" : "s")", "\(days) jour\(days < 2 ? "" : "s")")
  }

  /// The names are those of `TemplateNames.availability`.
  var variables: [String: Any] {
    var result: [String: Any] = [
      "id": reference, "service": service, "month": wording.month(month.period.month),
      "td": wording.percent(figures.percent), "target": wording.percent(basisPoints: figures.targetBasisPoints),
      "prt": wording.duration(figures.reference), "ti": wording.duration(figures.unavailable), "days": days,
      "budget": wording.duration(figures.budget), "budget-left": wording.budgetLeft(figures),
      "clause": month.period.clause, "contact": contract.contact.name, "portal": contract.portal,
      "met": figures.isMet,
    ]
    if !month.provisional.isEmpty {
      let separator = language.choice("", Typography.narrow) + "; "
      result["provisional"] = month.provisional.map(wording.provisional).joined(separator: separator)
    }
    if !month.lateUrgency.isEmpty {
      result["late-td"] = wording.percent(month.withoutLateUrgency.percent)
      result["late-ids"] = language.list(month.lateUrgency.map { wording.source($0.stop.source) })
    }
    result["contact-url"] = contract.contact.url
    result["contact-email"] = contract.contact.email
    return result
  }

  /// The figures, then every stop of production with what it counts and why the rest of it does not.
  var facts: [NoticeDocument.Fact] {
    var facts: [NoticeDocument.Fact] = []
    func add(_ key: String, _ name: String, _ value: String?, url: String? = nil) {
      guard let value, !value.isEmpty else { return }
      facts.append(.init(key: key, name: name, value: value, url: url.flatMap(LinkAddress.encoded)))
    }
    add("service", "Service", service)
    add("month", language("Month", "Mois"), wording.month(month.period.month))
    add("prt", language("Reference period", "Période de référence"), "\(wording.duration(figures.reference)) (\(days))")
    add("ti", language("Unavailable", "Indisponibilité"), wording.duration(figures.unavailable))
    add("td", language("Availability", "Disponibilité"), wording.percent(figures.percent))
    add(
      "target", language("Target", "Engagement"),
      "\(wording.percent(basisPoints: figures.targetBasisPoints)) (\(wording.verdict(figures)))")
    add("budget", "Budget", "\(wording.duration(figures.budget)), \(wording.budgetLeft(figures))")
    for account in month.accounts where account.stop.isInProduction {
      add("stop", wording.source(account.stop.source), wording.account(account, month.period))
    }
    add("clause", language("Contract clause", "Clause du contrat"), month.period.clause)
    add("contact", "Contact", contract.contact.name, url: contract.contact.url)
    add("portal", language("Portal", "Portail"), contract.portal, url: contract.portal)
    return facts
  }
}

package import CivilTime
package import Planning
package import Wording

extension NoticeTemplates {
  /// The name of the template, and of `--kind`.
  package static let availabilityKind = "availability"

  /// The report of a month before it takes a format. Throws `NoticeError`.
  package func document(
    availability month: MonthAvailability, contract: Contract, language: Language, isSimulation: Bool
  ) throws -> NoticeDocument {
    let material = AvailabilityMaterial(month: month, contract: contract, language: language)
    let paragraphs = prose(NoticeTemplates.availabilityKind, material.variables, language)
    guard let subject = paragraphs.first else { throw NoticeError.emptyReport(NoticeTemplates.availabilityKind) }
    return NoticeDocument(
      language: language, subject: (isSimulation ? "SIMULATION – " : "") + subject,
      paragraphs: Array(paragraphs.dropFirst()), differences: [], facts: material.facts, description: [],
      reference: material.reference,
      simulation: isSimulation
        ? language(
          "SIMULATION: this report comes from a register of simulation; it corresponds to nothing that happened.",
          "SIMULATION\(language.colon) ce rapport vient d’un registre de simulation\(Typography.narrow); "
            + "il ne correspond à aucun événement réel.") : nil)
  }
}

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
    wording = Wording(language, zone: contract.timeZone(at: month.period.bounds.start), audience: .clients)
  }

  private var service: String { language.choice(contract.name) }
  private var figures: AvailabilityFigures { month.figures }

  /// What clients quote.
  var id: String { "TD \(month.period.month)" }

  /// The same with the day on which it was so.
  var reference: String {
    let isFinal = month.provisional.isEmpty
    return "\(id) – "
      + (isFinal
        ? language("final, drawn up on", "état définitif établi le")
        : language("provisional, as of", "état provisoire au"))
      + " \(wording.dateTime(month.asOf))"
  }

  /// Urgent work that counts as excluded though it was recorded afterwards, in a sentence; nil where there is none.
  private var lateUrgency: String? {
    let ids = month.lateUrgency.map { wording.source($0.stop.source) }
    guard !ids.isEmpty else { return nil }
    let (isMany, named) = (ids.count > 1, language.list(ids))
    let clause = month.period.clause
    return language(
      "Emergency maintenance \(named), recorded after it took place, is excluded from the calculation (\(clause)).",
      isMany
        ? "Les maintenances urgentes \(named), enregistrées après leur exécution, sont exclues du calcul (\(clause))."
        : "La maintenance urgente \(named), enregistrée après son exécution, est exclue du calcul (\(clause)).")
  }

  /// `20 jours ouvrés, de 7 h à 20 h`: where one version of the terms is in force all month, which hours of which days.
  private var days: String {
    let (days, month) = (month.period.days, month.period.month)
    let terms = contract.terms(on: month.first)
    let isOne = terms.effectiveFrom == contract.terms(on: month.end.advanced(byDays: -1)).effectiveFrom
    let promise = isOne ? terms.availability : nil
    let isWorking =
      promise.map { $0.exceptHolidays && $0.weekdays == [.monday, .tuesday, .wednesday, .thursday, .friday] } ?? false
    let counted = language.counted(days, language(isWorking ? "working day" : "day", "jour"))
    let named = counted + (isWorking ? language("", days < 2 ? " ouvré" : " ouvrés") : "")
    return promise.map { "\(named), \(wording.hoursForClients($0.hours))" } ?? named
  }

  /// Of what is told of each stop, so that the figures of a report add up.
  private var unavailable: Elapsed {
    month.accounts.reduce(.zero) { $0 + Wording.downtime($1.counted.length) }
  }

  /// The names are those of `TemplateNames.availability`.
  var variables: [String: Any] {
    var result: [String: Any] = [
      "id": id, "service": service, "month": wording.month(month.period.month),
      "of-month": wording.ofMonth(month.period.month), "td": wording.clientsPercent(figures),
      "target": wording.percent(basisPoints: figures.targetBasisPoints),
      "prt": wording.spelled(figures.reference), "ti": wording.spelled(unavailable), "days": days,
      "budget": wording.duration(figures.budget), "budget-left": wording.budgetLeft(figures),
      "clause": month.period.clause, "portal": contract.portal,
      "met": figures.isMet, "unavailable": figures.unavailable > .zero, "as-of": wording.dateTime(month.asOf),
      "brief-as-of": wording.briefDate(wording.zone.civil(month.asOf).date),
      "projected": isProjected, "ongoing": isOngoing,
    ]
    // The sentences of a month that is not over say the first, and the second.
    let others = month.provisional.filter { reason in
      if case .ongoing = reason { return !isProjected }
      return reason != .monthNotOver
    }
    result["provisional-because"] = wording.provisional(others)
    result["late-urgency"] = lateUrgency
    result["provisional"] = wording.provisional(month.provisional)
    if !month.lateUrgency.isEmpty {
      result["late-td"] = wording.clientsPercent(month.withoutLateUrgency)
      result["late-ids"] = language.list(month.lateUrgency.map { wording.source($0.stop.source) })
    }
    return result.merging(ContactVariable.all(contract, language)) { $1 }
  }

  private var isProjected: Bool { month.provisional.contains(.monthNotOver) }
  private var isOngoing: Bool {
    month.provisional.contains { if case .ongoing = $0 { true } else { false } }
  }

  /// What the figure of the month is, while that is not over.
  private var figureName: String {
    guard isProjected else { return language("Availability", "Disponibilité") }
    return isOngoing
      ? language("Availability for the month, at most", "Disponibilité du mois, au plus")
      : language(
        "Availability for the month if there is no more downtime",
        "Disponibilité du mois, sans autre indisponibilité")
  }

  private func when(_ stop: Stop) -> String {
    guard month.provisional.contains(.ongoing(stop.source)) else {
      return wording.downtimeRange(Wording.downtime(stop.interval))
    }
    let (start, now) = (wording.dateTime(stop.interval.start), wording.dateTime(month.asOf))
    return language("since \(start), still ongoing on \(now)", "depuis le \(start), toujours en cours le \(now)")
  }

  /// The figures, without those by which staff steers, then every stop of production with what it counts and why the rest
  /// of it does not.
  var facts: [NoticeDocument.Fact] {
    var facts: [NoticeDocument.Fact] = []
    func add(_ key: String, _ name: String, _ value: String?, url: String? = nil) {
      guard let value, !value.isEmpty else { return }
      facts.append(.init(key: key, name: name, value: value, url: url.flatMap(Link.plain)))
    }
    add("service", "Service", service)
    add("month", language("Month", "Mois"), wording.month(month.period.month))
    add("prt", language("Reference period", "Période de référence"), "\(wording.duration(figures.reference)) (\(days))")
    add(
      "ti",
      isProjected
        ? language("Counted downtime so far", "Indisponibilité retenue à ce jour")
        : language("Counted downtime", "Indisponibilité retenue"),
      unavailable == .zero ? language("none", "aucune") : wording.duration(unavailable))
    add("td", figureName, wording.clientsPercent(figures))
    add(
      "target", language("Commitment", "Engagement"),
      wording.percent(basisPoints: figures.targetBasisPoints)
        + (month.provisional.isEmpty ? " (\(wording.verdict(figures)))" : ""))
    for account in month.accounts where account.stop.isInProduction {
      add("stop", when(account.stop).capitalizedFirst, wording.accountForClients(account, month.period))
    }
    add("zone", language("Time zone", "Fuseau horaire"), wording.zoneName)
    add("clause", language("Contract clause", "Clause du contrat"), contract.cited(month.period.clause))
    add("contact", "Contact", contract.contact.name, url: contract.contact.url)
    add("portal", language("Portal", "Portail"), contract.portal, url: contract.portal)
    return facts
  }
}

/// The report of a month as a mail; no event goes with it.
package struct AvailabilityMail {
  let document: NoticeDocument
  let month: MonthAvailability
  let contract: Contract
  let identity: String
  let date: Instant
  let recipients: [String]
  let hiddenRecipients: [String]
  /// Whether a person sends it.
  package var isDraft = false

  /// - Parameters:
  ///   - identity: random name of the register, so that messages of two registers are never taken for one.
  ///   - date: when the mail is written, on the register's clock.
  ///   - hiddenRecipients: nobody else sees their addresses.
  package init(
    _ document: NoticeDocument, month: MonthAvailability, contract: Contract, identity: String, date: Instant,
    recipients: [String], hiddenRecipients: [String]
  ) {
    self.document = document
    self.month = month
    self.contract = contract
    self.identity = identity
    self.date = date
    self.recipients = recipients
    self.hiddenRecipients = hiddenRecipients
  }

  /// The message, ready for `sendmail -t`. Throws `MailError`.
  ///
  /// A report that says the same is the same message; one that was corrected, or is no longer provisional, is another of
  /// the same thread, so that no reader takes it for one already seen.
  package func render(by templates: NoticeTemplates) throws -> [UInt8] {
    let thread = "availability.\(month.period.month).\(month.service)"
    let rest = "\(document.language.rawValue).\(identity)@\(NoticeMail.domain(contract))"
    // A final report says the same whenever it is written.
    var plain = document
    if month.provisional.isEmpty { plain.reference = "" }
    let digest = MailDigest.hex(templates.render(plain, format: .text))
    var message = NoticeMail.message(
      document, contract: contract, date: date, messageID: "\(thread).\(digest).\(rest)", recipients: recipients,
      hiddenRecipients: hiddenRecipients, templates: templates)
    message.references = ["\(thread).\(rest)"]
    message.isDraft = isDraft
    return try message.render()
  }
}

package import CivilTime
package import Planning

/// A term of a contract file: where it stands there, what people call it, and what it says.
package struct ContractTerm<Whole>: Sendable {
  /// Its key in the file, below those that it stands in: `maintenance-window.nights`.
  package let key: String
  private let english: String
  private let french: FrenchText
  /// Nil where the contract says nothing of it.
  package let text: @Sendable (Whole, Wording) -> String?

  init(
    _ key: String, _ english: String, _ french: FrenchText, _ text: @escaping @Sendable (Whole, Wording) -> String?
  ) {
    (self.key, self.english, self.french, self.text) = (key, english, french, text)
  }

  package func name(_ language: Language) -> String { language(english, french) }
}

extension ContractTerm<Contract> {
  /// `flux (Échanges / Interfaces), …`: in both languages, since a name that is wrong in one is wrong.
  private static func list(
    _ ids: [String], _ names: [String: Contract.LocalizedName], _ others: (String) -> [String] = { _ in [] }
  ) -> String {
    let told = ids.map { id in
      let name = names[id].map { [$0.french == $0.english ? $0.french : "\($0.french) / \($0.english)"] } ?? []
      let notes = name + others(id)
      return notes.isEmpty ? id : "\(id) (\(notes.joined(separator: ", ")))"
    }
    return told.joined(separator: ", ")
  }

  /// What no version says anew, in the order of the file.
  package static var ofContract: [ContractTerm<Contract>] {
    [
      .init("name", "name", "nom") { contract, wording in wording.language.choice(contract.name) },
      .init("source", "document", "document") { contract, _ in contract.source },
      .init("components", "components", "composants") { contract, _ in
        list(contract.components, contract.componentNames)
      },
      .init("environments", "environments", "environnements") { contract, wording in
        let hidden = wording.language("nothing published", "rien de publié")
        return list(contract.environments, contract.environmentNames) { contract.isPublic($0) ? [] : [hidden] }
      },
      .init("contact", "contact", "contact") { contract, _ in
        let contact = contract.contact
        return [contact.name, contact.phone, contact.url, contact.email].compactMap(\.self).joined(separator: ", ")
      },
      .init("organizer", "organizer", "organisateur") { contract, _ in contract.organizer },
      .init("portal", "portal", "portail") { contract, _ in contract.portal },
      .init("publication.keep-past", "past changes are shown for", "changements passés visibles") {
        contract, wording in "\(contract.keepPastDays) \(wording.language("days", "jours"))"
      },
      .init("publication.reminders", "reminders before the start", "rappels avant le début") { contract, wording in
        contract.notices.reminders.map(wording.duration).joined(separator: ", ")
      },
      .init("publication.portal", "portal served by this program", "portail servi par ce programme") {
        contract, wording in wording.yes(contract.notices.servesPortal)
      },
      .init("publication.send", "messages wait until somebody sends them", "les messages attendent qu’on les envoie") {
        contract, wording in wording.yes(contract.notices.isReviewed)
      },
      .init("publication.outages", "what clients are told of outages", "ce que les clients savent des pannes") {
        contract, _ in contract.outages.rawValue
      },
      .init("publication.availability", "availability shown on the portal", "disponibilité affichée sur le portail") {
        contract, wording in wording.yes(contract.showsAvailability)
      },
      .init("clients", "clients", "clients") { contract, wording in
        contract.clients.map { client in
          let all = wording.language("all components", "tous les composants")
          return "\(client.name) (\(client.components.isEmpty ? all : client.components.joined(separator: ", ")))"
        }.joined(separator: "; ")
      },
      .init("subscriptions", "clients subscribe to mails themselves", "les clients s’abonnent eux-mêmes aux courriels")
      {
        contract, wording in wording.yes(contract.takesSubscriptions)
      },
    ]
  }
}

extension ContractTerm<ContractTerms> {
  /// What each version says, in the order of the file. What holidays and freezes make of single days is compared by day.
  package static var ofVersion: [ContractTerm<ContractTerms>] {
    window + work
      + availability.map { row in .init(row) { $0.availability } } + support.map { row in .init(row) { $0.support } }
      + [
        .init("approval.clause", "clause of approvals", "article des approbations") { terms, _ in terms.approval?.clause
        },
        .init("approval.for", "published only once approved", "publiés une fois approuvés") { terms, wording in
          (terms.approval?.kinds).map { kinds in
            wording.language.list(ChangeKind.allCases.filter(kinds.contains).map(wording.kind))
          }
        },
        .init("approval.by", "least role that approves", "rôle minimal pour approuver") { terms, _ in
          terms.approval?.by.rawValue
        },
        .init("approval.four-eyes", "nobody approves their own request", "nul n’approuve sa propre demande") {
          terms, wording in (terms.approval?.fourEyes).map(wording.yes)
        },
        .init("gate.opens", "what opens the gate", "ce qui ouvre la barrière") { terms, _ in terms.gate.rawValue },
      ]
  }

  /// A term of a part that a contract may lack.
  private init<Part>(
    _ row: ContractTerm<Part>, _ part: @escaping @Sendable (ContractTerms) -> Part?
  ) {
    self.init(row.key, row.english, row.french) { terms, wording in part(terms).flatMap { row.text($0, wording) } }
  }

  private static var window: [ContractTerm] {
    [
      .init("time-zone", "time zone", "fuseau horaire") { terms, _ in terms.timeZone.name },
      .init("holidays", "public holidays", "jours fériés") { terms, _ in terms.holidays.zone },
      .init("maintenance-window.clause", "clause of the window", "article de la fenêtre") { terms, _ in
        terms.window.clause
      },
      .init("maintenance-window.nights", "nights in the window", "nuits en fenêtre") { terms, wording in
        terms.window.nights.map(wording.night).joined(separator: ", ")
      },
      .init("maintenance-window.weekdays", "whole days in the window", "jours entiers en fenêtre") { terms, wording in
        wording.weekdays(terms.window.weekdays)
      },
      .init("maintenance-window.holidays", "public holidays in the window", "jours fériés en fenêtre") {
        terms, wording in wording.yes(terms.window.holidays)
      },
      .init(
        "maintenance-window.any-time-environments", "environments open at any time",
        "environnements ouverts à tout moment"
      ) { terms, _ in terms.window.anyTimeEnvironments.sorted().joined(separator: ", ") },
    ]
  }

  private static var work: [ContractTerm] {
    [
      .init("planned-maintenance.clause", "clause of planned maintenance", "article de la maintenance planifiée") {
        terms, _ in terms.planned.clause
      },
      .init("planned-maintenance.notice", "notice of planned maintenance", "préavis de la maintenance planifiée") {
        terms, wording in wording.duration(terms.planned.notice)
      },
      .init(
        "planned-maintenance.inside-announced-interval", "moves inside the announced time keep their notice",
        "un report dans l’horaire annoncé garde son préavis"
      ) { terms, wording in wording.yes(terms.planned.insideAnnouncedKeepsNotice) },
      .init("emergency.clause", "clause of urgent maintenance", "article de la maintenance urgente") { terms, _ in
        terms.emergency.clause
      },
      .init(
        "emergency.refuse-when-plannable", "urgent work that could be planned is refused",
        "une urgence planifiable est refusée"
      ) { terms, wording in wording.yes(terms.emergency.refuseWhenPlannable) },
      .init("emergency.first-estimate", "work without a known end is told of within", "fin inconnue : nouvelles sous") {
        terms, wording in wording.duration(terms.emergency.firstEstimate)
      },
      .init("updates.clause", "clause of updates", "article des mises à jour") { terms, _ in terms.updates.clause },
      .init("updates.announce", "updates are announced before they start", "mises à jour annoncées avant leur début") {
        terms, wording in wording.yes(terms.updates.announceBeforeStart)
      },
      .init("updates.except", "simple corrections are excepted", "corrections simples exceptées") { terms, wording in
        wording.yes(terms.updates.exceptSimpleCorrections)
      },
    ]
  }

  private static var availability: [ContractTerm<ContractTerms.Availability>] {
    [
      .init("availability.clause", "clause of availability", "article de la disponibilité") { terms, _ in terms.clause
      },
      .init("availability.target", "availability of each month", "disponibilité de chaque mois") { terms, wording in
        wording.percent(basisPoints: terms.targetBasisPoints)
      },
      .init("availability.hours", "hours of the reference period", "heures de la période de référence") {
        terms, wording in wording.hours(terms.hours)
      },
      .init("availability.weekdays", "days of the reference period", "jours de la période de référence") {
        terms, wording in wording.weekdays(terms.weekdays)
      },
      .init(
        "availability.except-holidays", "reference period without public holidays",
        "période de référence hors jours fériés"
      ) { terms, wording in wording.yes(terms.exceptHolidays) },
      .init(
        "availability.overlapping-causes", "an excluded cause wins over a counted one",
        "une cause exclue l’emporte sur une cause comptée"
      ) { terms, wording in wording.yes(terms.excludedCauseWins) },
    ]
  }

  private static var support: [ContractTerm<ContractTerms.Support>] {
    [
      .init("support.clause", "clause of support", "article du support") { terms, _ in terms.clause },
      .init("support.start", "start of support", "début du support") { terms, wording in wording.date(terms.start) },
      .init("support.hours", "hours of support", "heures de support") { terms, wording in wording.hours(terms.hours) },
      .init("support.take-in-charge.within", "Requests are taken in charge within", "prise en charge des Demandes en") {
        terms, wording in wording.duration(terms.takeInChargeWithin)
      },
      .init("support.take-in-charge.share", "share taken in charge in time", "part prise en charge à temps") {
        terms, wording in wording.percent(basisPoints: terms.takeInChargeShareBasisPoints)
      },
      .init("support.criticality-1.plan-within", "criticality 1: action plan within", "criticité 1 : plan d’action en")
      {
        terms, wording in wording.duration(terms.criticality1PlanWithin)
      },
      .init(
        "support.criticality-2.correction-within", "criticality 2: correction within", "criticité 2 : correction en"
      ) { terms, wording in wording.businessDays(terms.criticality2CorrectionBusinessDays) },
      .init(
        "support.qualification", "the delays of criticality 1 and 2 run from",
        "les délais des criticités 1 et 2 courent depuis"
      ) { terms, wording in
        switch terms.qualification {
        case .asRecorded: wording.language("the qualification", "la qualification")
        case .afterTakeInCharge:
          wording.language(
            "the qualification, after the time for taking in charge",
            "la qualification, passé le délai de prise en charge")
        }
      },
    ]
  }
}

extension Wording {
  func yes(_ flag: Bool) -> String { flag ? pick("yes", "oui") : pick("no", "non") }

  /// `Monday to Friday`, `Saturday and Sunday`.
  package func weekdays(_ days: Set<Weekday>) -> String {
    let sorted = days.sorted { $0.rawValue < $1.rawValue }
    if let first = sorted.first, let last = sorted.last, sorted.count > 2,
      last.rawValue - first.rawValue == sorted.count - 1
    {
      return weekday(first) + pick(" to ", " à ") + weekday(last)
    }
    return language.list(sorted.map(weekday))
  }

  /// `07:00–20:00`; to `24:00` where the day's end is meant.
  package func hours(_ range: TimeOfDayRange) -> String { "\(clock(range.start))–\(clock(range.end))" }

  private func clock(_ seconds: Int32) -> String {
    TimeOfDay(hour: Int(seconds) / 3600, minute: Int(seconds) / 60 % 60).map(time) ?? "24:00"
  }

  /// `Monday to Thursday 09:00–12:30, 14:30–17:30; Friday 09:00–12:30`.
  func hours(_ days: [Weekday: [TimeOfDayRange]]) -> String {
    var groups: [(days: Set<Weekday>, hours: [TimeOfDayRange])] = []
    for (day, hours) in days.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      if let index = groups.firstIndex(where: { $0.hours == hours }) {
        groups[index].days.insert(day)
      } else {
        groups.append(([day], hours))
      }
    }
    let parts = groups.map { "\(weekdays($0.days)) \($0.hours.map(hours).joined(separator: ", "))" }
    return parts.joined(separator: pick("; ", "\(Typography.narrow); "))
  }
}

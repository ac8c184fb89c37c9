import CivilTime
package import Planning
import Wording

extension PortalSite {
  /// What is going on or comes next, what is announced, and what has just ended. Each list is shown in the order given;
  /// `PortalLists` makes the three of them.
  ///
  /// - Parameters:
  ///   - component: what touches it alone, on a page of its own; nil for all, with what is told of the whole service.
  ///   - outages: those that clients are told of; what has ended of them is shown where all of it is told.
  ///   - availability: the months that everyone is shown, the newest first.
  ///   - isWhole: whether the lists hold all there is, so that none means none.
  package func home(
    _ lists: PortalLists, component: String? = nil, outages: [PublishedOutage] = [],
    availability: [MonthAvailability] = [], isWhole: Bool = true
  ) -> [UInt8] {
    let here = component.map(PortalPage.component) ?? .home
    let lists = component.map(lists.touching) ?? lists
    let outages = outages.filter { outage in
      component.map { outage.newest.facts.components.isEmpty || outage.newest.facts.components.contains($0) } ?? true
    }
    let name = language("Maintenance and updates", "Maintenances et mises à jour")
    let heading = component.map { "\(name)\(colon)\(self.name(ofComponent: $0))" } ?? name
    return page(
      here, title: "\(heading) – \(service)",
      description: language(
        "Maintenance and updates of \(service): in progress, upcoming and recently ended.",
        "Maintenances et mises à jour de \(service)\(colon)en cours, à venir et récemment terminées."), isDated: true
    ) {
      element(.h1) { heading }
      first(lists, isWhole, down: outages.filter(\.isGoingOn), from: here)
      if component == nil { element(.p, .style("window-terms")) { windowTerms(at: now) } }
      components(from: here)
      element(.section, .labelled(by: "upcoming")) {
        element(.h2, .id("upcoming")) { language("Upcoming", "À venir") }
        if lists.upcoming.isEmpty {
          element(.p, .style("nothing")) { nothingUpcoming(isWhole) }
        } else {
          cards(lists.upcoming, from: here)
        }
      }
      if component == nil {
        self.availability(availability)
        subscriptionOffer
      }
      element(.section, .labelled(by: "past")) {
        let days = String(SiteExtent.recentDays)
        element(.h2, .id("past")) { language("The last \(days) days", "Ces \(days) derniers jours") }
        if lists.past.isEmpty {
          element(.p, .style("nothing")) {
            language("Nothing has ended recently.", "Aucune intervention ne s’est terminée récemment.")
          }
        } else {
          cards(lists.past, from: here)
        }
        element(.p) {
          element(.a, .href(link(newestPast, from: here))) { language("All past work", "Tout l’historique") }
        }
      }
      pastOutages(outages)
    }
  }

  /// What is going on; where nothing is, what comes next for clients.
  private func first(
    _ lists: PortalLists, _ isWhole: Bool, down: [PublishedOutage], from here: PortalPage
  ) -> Markup {
    if down.isEmpty, lists.current.isEmpty, let next = lists.next {
      let telling = telling(of: next.work)
      return element(.section, .style("now quiet"), .labelled(by: "now")) {
        element(.h2, .id("now")) {
          next.isFirst
            ? language("Next work", "Prochaine intervention")
            : language("Next work with an impact", "Prochaine intervention avec impact")
        }
        element(.p, .style("status")) {
          element(.a, .href(link(.change(next.work.id), from: here))) { telling.heading }
        }
        element(.p, .style("when")) { moment(telling) }
        element(.p) { telling.impactSentence }
        element(.p, .style("fine")) { status([]) }
      }
    }
    return element(
      .section, .labelled(by: "now"),
      !down.isEmpty ? .style("now down") : lists.current.isEmpty ? .style("now quiet") : .style("now")
    ) {
      element(.h2, .id("now")) { language("Now", "En ce moment") }
      if !down.isEmpty { self.outages(down) }
      element(.p, .style("status")) {
        status(lists.current)
        if lists.current.isEmpty, lists.next == nil, isWhole {
          lists.upcoming.contains { $0.state == .planned }
            ? language(" None is planned in production.", " Aucune n’est prévue en production.")
            : language(" None is planned.", " Aucune n’est prévue.")
        }
      }
      if !lists.current.isEmpty { cards(lists.current, from: here) }
    }
  }

  private func nothingUpcoming(_ isWhole: Bool) -> String {
    isWhole
      ? language(
        "Nothing is announced. Subscribe to hear of the next work in your own calendar.",
        "Rien n’est annoncé. Abonnez-vous pour voir les prochaines interventions dans votre agenda.")
      : language(
        "Nothing of what comes first; the calendar shows all that is announced.",
        "Rien parmi les toutes prochaines interventions ; le calendrier montre tout ce qui est annoncé.")
  }

  /// The same lists for one component: pages that work without a script and from a folder, and that can be kept.
  private func components(from here: PortalPage) -> Markup? {
    guard contract.components.count > 1 else { return nil }
    return element(.nav, .style("years"), .label(language("Components", "Composants"))) {
      element(.ul, .role("list")) {
        for target in [PortalPage.home] + contract.components.map(PortalPage.component) {
          element(.li) {
            element(.a, .href(link(target, from: here)), target == here ? .currentPage : nil) {
              if case .component(let name) = target {
                self.name(ofComponent: name)
              } else {
                language("All components", "Tous les composants")
              }
            }
          }
        }
      }
    }
  }

  private func name(ofComponent id: String) -> String { contract.component(id, language) }

  /// How available the service was, as the report of each month says it, beside what is promised.
  private func availability(_ months: [MonthAvailability]) -> Markup? {
    guard !months.isEmpty else { return nil }
    let clauses = language.list(Set(months.map(\.period.clause)).sorted())
    let newest = 3
    return element(.section, .labelled(by: "availability")) {
      element(.h2, .id("availability")) { language("Availability", "Disponibilité") }
      table(
        of: months.prefix(newest),
        caption: language(
          "By month, rounded down (\(clauses))", "Par mois, arrondie au centième inférieur (\(clauses))"))
      if let reasons = wording(at: now).provisional(months.flatMap(\.provisional)) {
        element(.p, .style("fine")) {
          language("These figures are provisional: ", "Ces chiffres sont provisoires : ") + reasons + "."
        }
      }
      if months.count > newest {
        element(.details) {
          element(.summary) { language("Earlier months", "Mois précédents") }
          table(of: months.dropFirst(newest))
        }
      }
    }
  }

  private func table(of months: ArraySlice<MonthAvailability>, caption: String? = nil) -> Markup {
    let words = wording(at: now)
    return dataTable(
      .style("availability"), caption: caption,
      [language("Month", "Mois"), language("Availability", "Disponibilité"), language("Commitment", "Engagement")],
      months.map { month in
        let isFinal = month.provisional.isEmpty
        let verdict = isFinal ? words.verdict(month.figures) : language("provisional", "provisoire")
        return [
          .text(words.month(month.period.month).capitalizedFirst),
          element(.strong) { words.clientsPercent(month.figures) },
          .text("\(words.percent(basisPoints: month.figures.targetBasisPoints)), \(verdict)"),
        ]
      })
  }

  /// What is told of outages that are over, below its heading; `year` nil for all of them.
  func pastOutages(_ outages: [PublishedOutage], year: Int? = nil) -> Markup? {
    let over = outages.filter { outage in
      contract.outages == .full && !outage.isGoingOn && outage.newest.news != .withdrawn
        && year.map { $0 == month(of: outage.newest.facts.start).year } ?? true
    }
    guard !over.isEmpty else { return nil }
    return element(.section, .labelled(by: "outages")) {
      element(.h2, .id("outages")) { language("Past outages", "Pannes passées") }
      self.outages(over.reversed())
    }
  }

  /// What clients are told of outages, one sentence each, below its title where that is told.
  private func outages(_ outages: [PublishedOutage]) -> Markup {
    let telling = OutageTelling(contract: contract, language: language)
    return element(.ul, .style("outages"), .role("list")) {
      for outage in outages {
        element(.li) {
          let facts = outage.newest.facts
          element(.p, .style("outage")) {
            if !facts.title.isEmpty {
              element(.strong) { element(.bdi) { telling.subject(facts) } }
              " – "
            }
            telling.fact(facts)
          }
          element(.p, .style("fine")) { outage.id.description }
        }
      }
    }
  }

  /// One sentence on the present; it speaks of the work only, not of whether the service is up.
  private func status(_ current: [Change]) -> String {
    let running = current.filter { $0.state == .inProgress }.count
    switch (running, current.count) {
    case (0, 0): return language("No work is in progress.", "Aucune intervention n’est en cours.")
    case (0, _): return language("Work is announced for now.", "Une intervention est annoncée pour maintenant.")
    case (1, _): return language("Work is in progress.", "Une intervention est en cours.")
    default: return language("\(running) interventions are in progress.", "\(running) interventions sont en cours.")
    }
  }

  private var subscriptionOffer: Markup {
    element(.section, .style("offer"), .labelled(by: "stay-informed")) {
      element(.h2, .id("stay-informed")) { language("Stay informed", "Rester informé") }
      element(.p) {
        language(
          "One subscription shows every maintenance and every update in your own calendar, with its changes.",
          "Un seul abonnement affiche chaque maintenance et chaque mise à jour dans votre agenda, avec ses changements."
        )
      }
      element(.p, .style("actions")) {
        element(.a, .style("button"), .href(link(.subscribe, from: .home))) {
          language("Subscribe to the calendar", "S’abonner au calendrier")
        }
        " "
        element(.a, .href(link(.calendar, from: .home))) { language("Month calendar", "Calendrier du mois") }
      }
    }
  }
}

extension PortalLists {
  /// What touches a component: what names it, and what names none, since that is all of them.
  func touching(_ component: String) -> PortalLists {
    func touches(_ change: Change) -> Bool {
      change.content.components.isEmpty || change.content.components.contains(component)
    }
    var lists = self
    lists.current.removeAll { !touches($0) }
    lists.upcoming.removeAll { !touches($0) }
    lists.past.removeAll { !touches($0) }
    return lists
  }

  /// The next work in production that clients feel or, where none is announced, the next of all; and whether nothing else
  /// comes before it.
  var next: (work: Change, isFirst: Bool)? {
    let coming = upcoming.filter { $0.state == .planned && $0.content.environment == Contract.production }
    return (coming.first { $0.content.impact >= .degraded } ?? coming.first).map { ($0, $0.id == coming.first?.id) }
  }
}

extension PortalSite {
  /// Changes as a list of cards, each with the day of its start in a block beside it.
  func cards(_ changes: [Change], from page: PortalPage) -> Markup {
    element(.ul, .style("cards"), .role("list")) {
      for change in changes {
        element(.li, change.state == .cancelled ? .style("card off") : .style("card")) {
          card(telling(of: change), from: page)
        }
      }
    }
  }

  private func card(_ telling: ChangeTelling, from page: PortalPage) -> Markup {
    let content = telling.content
    return .joined([
      dateBlock(telling.wording.zone.civil(content.interval.start).date, telling.wording),
      element(.div, .style("card-text")) {
        element(.h3) {
          element(.a, .href(link(.change(telling.change.id), from: page))) { telling.heading }
        }
        telling.badges(at: now)
        element(.p, .style("when")) { moment(telling) }
        if let remark = telling.remark(at: now) { element(.p, .style("remark")) { remark } }
        element(.p, .style("fine")) {
          "\(telling.change.id) · \(telling.componentsName)\(language.colon) \(telling.components)"
        }
      },
    ])
  }

  /// When the work is announced for, also for machines.
  private func moment(_ telling: ChangeTelling) -> Markup {
    element(.time, .datetime(telling.content.interval.start, in: telling.wording.zone)) {
      range(telling).capitalizedFirst
    }
  }

  /// `dim. / 6 / déc. 2026`. Hidden from screen readers: the sentence beside it says the same with the time.
  private func dateBlock(_ date: CivilDate, _ wording: Wording) -> Markup {
    element(.div, .style("date"), .hidden) {
      element(.span, .style("date-weekday")) { wording.shortWeekday(date.weekday) }
      element(.span, .style("date-day")) { String(date.day) }
      element(.span, .style("date-month")) { "\(wording.shortMonth(date.month)) \(date.year)" }
    }
  }
}

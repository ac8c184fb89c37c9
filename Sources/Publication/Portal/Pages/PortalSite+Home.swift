import CivilTime
package import Planning
import Wording

extension PortalSite {
  /// What is going on, what comes, and what has just ended. Each list is shown in the order given; `PortalLists` makes
  /// the three of them.
  ///
  /// `outages`: those that clients are told of; what has ended of them is shown where all of it is told.
  package func home(
    current: [Change], upcoming: [Change], past: [Change], outages: [PublishedOutage] = []
  ) -> [UInt8] {
    let down = outages.filter(\.isGoingOn)
    let over = contract.outages == .full ? outages.filter { !$0.isGoingOn && $0.newest.news != .withdrawn } : []
    return page(
      .home, title: "\(language("Maintenance and updates", "Maintenances et mises à jour")) – \(service)",
      description: language(
        "Maintenance and updates of \(service): in progress, upcoming and recently ended.",
        "Maintenances et mises à jour de \(service)\(colon)en cours, à venir et récemment terminées."), isDated: true
    ) {
      element(.h1) { language("Maintenance and updates", "Maintenances et mises à jour") }
      element(
        .section, .labelled(by: "now"),
        !down.isEmpty ? .style("now down") : current.isEmpty ? .style("now quiet") : .style("now")
      ) {
        element(.h2, .id("now")) { language("Now", "En ce moment") }
        if !down.isEmpty { self.outages(down) }
        element(.p, .style("status")) { status(current) }
        if !current.isEmpty { cards(current, from: .home, at: now) }
      }
      element(.section, .labelled(by: "upcoming")) {
        element(.h2, .id("upcoming")) { language("Upcoming", "À venir") }
        if upcoming.isEmpty {
          element(.p, .style("nothing")) {
            language(
              "Nothing is announced. Subscribe to hear of the next work in your own calendar.",
              "Rien n’est annoncé. Abonnez-vous pour voir les prochaines interventions dans votre agenda.")
          }
        } else {
          cards(upcoming, from: .home, at: now)
        }
      }
      subscriptionOffer
      element(.section, .labelled(by: "past")) {
        element(.h2, .id("past")) { language("Recently ended", "Récemment terminées") }
        if past.isEmpty {
          element(.p, .style("nothing")) {
            language("Nothing has ended recently.", "Aucune intervention ne s’est terminée récemment.")
          }
        } else {
          cards(past, from: .home, at: now)
        }
        element(.p) {
          element(.a, .href(link(newestPast, from: .home))) { language("All past work", "Tout l’historique") }
        }
      }
      if !over.isEmpty {
        element(.section, .labelled(by: "outages")) {
          element(.h2, .id("outages")) { language("Past outages", "Pannes passées") }
          self.outages(over.reversed())
        }
      }
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
    default: return language("\(running) works are in progress.", "\(running) interventions sont en cours.")
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
        " "
        element(.a, .href(link(paths.feed(.atom, language), from: .home))) { language("Atom feed", "Flux Atom") }
        " "
        element(.a, .href(link(paths.feed(.json, language), from: .home))) { language("JSON feed", "Flux JSON") }
      }
    }
  }
}

extension PortalSite {
  /// Changes as a list of cards, each with the day of its start in a block beside it.
  ///
  /// `now` adds what a state alone does not say; nil on pages that do not depend on the moment.
  func cards(_ changes: [Change], from page: PortalPage, at now: Instant?) -> Markup {
    element(.ul, .style("cards"), .role("list")) {
      for change in changes {
        element(.li, change.state == .cancelled ? .style("card off") : .style("card")) {
          card(telling(of: change), from: page, at: now)
        }
      }
    }
  }

  private func card(_ telling: ChangeTelling, from page: PortalPage, at now: Instant?) -> Markup {
    let content = telling.content
    let zone = telling.wording.zone
    return .joined([
      dateBlock(zone.civil(content.interval.start).date, telling.wording),
      element(.div, .style("card-text")) {
        element(.h3) {
          element(.a, .href(link(.change(telling.change.id), from: page))) { telling.heading }
        }
        telling.badges
        element(.p, .style("when")) {
          element(.time, .datetime(content.interval.start, in: zone)) {
            range(telling).capitalizedFirst
          }
        }
        if let remark = telling.remark(at: now) { element(.p, .style("remark")) { remark } }
        element(.p, .style("fine")) {
          [
            telling.change.id.description,
            telling.duration.map { language("Duration: ", "Durée\(colon)") + $0 },
            language("Components: ", "Composants\(colon)") + telling.wording.components(content.components),
          ].compactMap(\.self).joined(separator: " · ")
        }
      },
    ])
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

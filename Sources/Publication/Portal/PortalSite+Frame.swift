import CivilTime
import Planning
import Wording

extension PortalSite {
  /// What stands around every page of a service: head, banner, menu and footer.
  ///
  /// `description` is for search engines. A page that depends on `now` is `dated`: its footer says for which moment.
  func page(
    _ page: PortalPage, title: String, description: String, isDated: Bool = false, @MarkupBuilder main: () -> Markup
  ) -> [UInt8] {
    Markup.document(
      element(.html, .lang(language)) {
        PortalHead(
          title: mark(title), description: description, stylesheet: link(paths.stylesheet, from: page),
          icon: link(paths.icon, from: page)
        ).markup(alternates(from: page))
        element(.body) {
          PortalHead.skipLink(language)
          header(of: page)
          element(.main, .id("content"), .focusTarget) { main() }
          footer(of: page, isDated: isDated)
        }
      })
  }

  private func mark(_ title: String) -> String { (isSimulation ? "SIMULATION – " : "") + title }

  private func alternates(from page: PortalPage) -> Markup {
    let other: Language = language == .french ? .english : .french
    return .joined(
      [
        element(
          .link, .rel("alternate"), .hreflang(other),
          .href(.within(paths.page(page, other).relative(to: paths.page(page, language)))))
      ]
        + [(PortalFeed.atom, "Atom"), (.json, "JSON Feed"), (.maintenance, "iCalendar")].map { feed, name in
          element(
            .link, .rel("alternate"), .type(feed.mediaType), .title("\(service) – \(name)"),
            .href(link(paths.feed(feed, language), from: page)))
        })
  }

  private func header(of page: PortalPage) -> Markup {
    let other: Language = language == .french ? .english : .french
    return element(.header, .style("site-header")) {
      element(.div, .style("bar")) {
        element(.a, .style("brand"), .href(link(.home, from: page))) { service }
        element(.nav, .label(language("Menu", "Menu"))) {
          element(.ul, .role("list")) {
            for (target, name) in menu {
              element(.li) {
                element(.a, .href(link(target, from: page)), place(of: target, seenFrom: page)) { name }
              }
            }
          }
        }
        element(
          .a, .style("language"), .lang(other), .hreflang(other),
          .href(.within(paths.page(page, other).relative(to: paths.page(page, language))))
        ) { other("English", "Français") }
      }
      contact
      if isSimulation {
        element(.p, .style("simulation"), .note) {
          element(.strong) { "SIMULATION" }
          language(
            " – these pages are a simulation; they announce no real work.",
            " – ces pages sont une simulation\(Typography.narrow); elles n’annoncent aucune intervention réelle."
          )
        }
      }
    }
  }

  private var menu: [(PortalPage, String)] {
    [
      (.home, language("Overview", "Accueil")), (.calendar, language("Calendar", "Calendrier")),
      (newestPast, language("History", "Historique")), (.subscribe, language("Subscribe", "S’abonner")),
    ]
  }

  /// Marks the entry of the menu that the reader is at, or within.
  private func place(of entry: PortalPage, seenFrom page: PortalPage) -> Attribute? {
    if entry == page { return .currentPage }
    switch (entry, page) {
    case (.home, .component), (.calendar, .month), (.past, .past): return .currentSection
    default: return nil
    }
  }

  private func footer(of page: PortalPage, isDated: Bool) -> Markup {
    element(.footer, .style("site-footer")) {
      if isDated {
        element(.p) {
          language("As of ", "État au ")
          element(.time, .datetime(now, in: wording(at: now).zone)) { wording(at: now).dateTime(now) }
          ". "
        }
      }
      element(.p) {
        language("All times are in ", "Heures indiquées\(colon)") + wording(at: now).zoneName + "."
      }
      element(.p) { language("Contract: ", "Contrat\(colon)") + contract.source + "." }
      if isBelowSite {
        element(.p, .style("up")) {
          element(.a, .href(link(PortalPaths.services, from: page))) { language("All services", "Tous les services") }
        }
      }
    }
  }

  /// `Contact : Support · 01 23 45 67 89 · support@portal.example`: whom clients call and write to, on top of every page.
  private var contact: Markup {
    let contact = contract.contact
    let ways: [(text: String?, link: Link?)] = [
      (contact.name, contact.url.flatMap(Link.init)),
      (contact.phone?.replacing(" ", with: Typography.hard), contact.phone.map(Link.phone)),
      (contact.email, contact.email.flatMap { Link("mailto:" + $0) }),
    ]
    return element(.p, .style("contact")) {
      "Contact" + colon
      for (index, way) in ways.filter({ $0.text != nil }).enumerated() {
        if index > 0 { " · " }
        if let link = way.link { element(.a, .href(link)) { way.text ?? "" } } else { way.text ?? "" }
      }
    }
  }
}

/// The head of a page: nothing that runs, and nothing from elsewhere.
struct PortalHead {
  let title: String
  let description: String
  let stylesheet: Link
  let icon: Link

  func markup(_ more: Markup) -> Markup {
    element(.head) {
      element(.meta, .charset)
      element(.meta, .metaName("viewport"), .content("width=device-width, initial-scale=1"))
      element(.title) { title }
      element(.meta, .metaName("description"), .content(description))
      element(.meta, .metaName("referrer"), .content("no-referrer"))
      element(.meta, .metaName("color-scheme"), .content("light dark"))
      element(.link, .rel("icon"), .type("image/svg+xml"), .href(icon))
      element(.link, .rel("stylesheet"), .href(stylesheet))
      more
    }
  }

  /// The first thing that a keyboard reaches (WCAG 2.2, 2.4.1).
  static func skipLink(_ language: Language) -> Markup {
    element(.a, .style("skip"), .href(.fragment("content"))) { language("Skip to the content", "Aller au contenu") }
  }
}

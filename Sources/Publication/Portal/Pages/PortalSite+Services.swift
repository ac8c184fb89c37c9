package import Planning
package import Wording

extension PortalSite {
  /// The first page of the whole site: every service, in both languages.
  package static func services(_ contracts: [Contract], isSimulation: Bool) -> [UInt8] {
    let mark = isSimulation ? "SIMULATION – " : ""
    return Markup.document(
      element(.html, .lang(.french)) {
        PortalHead(
          title: "\(mark)Maintenances et mises à jour",
          description:
            "Maintenances et mises à jour, service par service. Maintenance and updates, service by service.",
          stylesheet: .within(PortalPaths.stylesheet.relative(to: PortalPaths.services)),
          icon: .within(PortalPaths.icon.relative(to: PortalPaths.services))
        ).markup(.empty)
        element(.body) {
          PortalHead.skipLink(.french)
          element(.header, .style("site-header")) {
            element(.div, .style("bar")) {
              element(.span, .style("brand")) {
                "Maintenances "
                element(.span, .lang(.english)) { "/ Maintenance" }
              }
            }
            if isSimulation { element(.p, .style("simulation"), .note) { element(.strong) { "SIMULATION" } } }
          }
          element(.main, .id("content"), .focusTarget) {
            element(.h1) {
              "Maintenances et mises à jour "
              element(.span, .style("translation"), .lang(.english)) { "Maintenance and updates" }
            }
            for language in Language.allCases { list(contracts, language) }
          }
        }
      })
  }

  private static func list(_ contracts: [Contract], _ language: Language) -> Markup {
    element(.section, .lang(language), .labelled(by: "services-\(language.rawValue)")) {
      element(.h2, .id("services-\(language.rawValue)")) { language("Services in English", "Services en français") }
      if contracts.isEmpty {
        element(.p, .style("nothing")) {
          language("No service is published yet.", "Aucun service n’est encore publié.")
        }
      } else {
        element(.ul, .style("services"), .role("list")) {
          for contract in contracts {
            let path = PortalPaths(service: contract.service).page(.home, language)
            element(.li) {
              element(.a, .hreflang(language), .href(.within(path.relative(to: PortalPaths.services)))) {
                language.choice(contract.name)
              }
            }
          }
        }
      }
    }
  }
}

extension PortalSite {
  /// A page of a server that belongs to no service; its links start at the root, since its own depth is unknown.
  static func alone(_ language: Language, _ title: String, @MarkupBuilder content: () -> Markup) -> [UInt8] {
    Markup.document(
      element(.html, .lang(language)) {
        PortalHead(title: title, description: title, stylesheet: .within("/style.css"), icon: .within("/icon.svg"))
          .markup(.empty)
        element(.body) {
          PortalHead.skipLink(language)
          element(.main, .id("content"), .focusTarget) {
            element(.h1) { title }
            content()
          }
        }
      })
  }

  /// What a server says where nothing is published.
  package static func notFound(_ language: Language) -> [UInt8] {
    alone(language, language("Page not found", "Page introuvable")) {
      element(.p) {
        language("Nothing is published at this address.", "Rien n’est publié à cette adresse.")
      }
      element(.p) {
        element(.a, .href(.within("/"))) { language("All services", "Tous les services") }
      }
    }
  }
}

import Planning
import Wording

extension PortalSite {
  /// How to subscribe, program by program, and everything else that programs can read.
  package func subscribe() -> [UInt8] {
    page(
      .subscribe, title: "\(language("Subscribe", "S’abonner")) – \(service)",
      description: language(
        "Subscribe to the maintenance and updates of \(service) in Outlook, Google, Apple or Thunderbird calendars.",
        "S’abonner aux maintenances et mises à jour de \(service) dans Outlook, Google Agenda, Apple ou Thunderbird.")
    ) {
      element(.h1) { language("Subscribe", "S’abonner") }
      element(.p, .style("lead")) {
        language(
          "One subscription is enough: maintenance, updates, new times and cancellations then appear by themselves.",
          "Un seul abonnement suffit\(colon)maintenances, mises à jour, nouveaux horaires et annulations s’affichent "
            + "ensuite d’eux-mêmes.")
      }
      element(.section, .style("offer"), .labelled(by: "address")) {
        element(.h2, .id("address")) { language("Address of the calendar", "Adresse du calendrier") }
        address
      }
      element(.section, .labelled(by: "programs")) {
        element(.h2, .id("programs")) { language("In your program", "Dans votre logiciel") }
        element(.p) {
          language(
            "Subscribe rather than import: an imported file is a copy that no later change reaches.",
            "Abonnez-vous plutôt que d’importer\(colon)un fichier importé est une copie qu’aucun changement n’atteint.")
        }
        for guide in SubscriptionGuide.all(language) {
          element(.h3) { guide.program }
          element(.ol) { for step in guide.steps { element(.li) { step } } }
        }
      }
      element(.section, .labelled(by: "refresh")) {
        element(.h2, .id("refresh")) { language("How often each looks again", "À quelle fréquence chacun relit") }
        element(.p) {
          language(
            "The calendar asks to be read every 15 minutes, which not every program heeds. For what is near, rely on "
              + "this portal.",
            "Le calendrier demande à être relu toutes les 15 minutes, ce que tous les logiciels ne font pas. Pour ce "
              + "qui est proche, ce portail fait foi.")
        }
        refreshTable
      }
      element(.section, .labelled(by: "feeds")) {
        element(.h2, .id("feeds")) { language("Other feeds", "Autres flux") }
        feedTable
      }
    }
  }

  private var address: Markup {
    let address = paths.address(of: paths.feed(.maintenance, language), base: base)
    let subscription = PortalPaths.subscription(to: address)
    return .joined([
      element(.p, .style("actions")) {
        if let subscription, let link = Link(subscription) {
          element(.a, .style("button"), .href(link)) {
            language("Open in my calendar program", "Ouvrir dans mon logiciel d’agenda")
          }
        }
      },
      element(.dl, .style("addresses")) {
        element(.div) {
          element(.dt) { language("To paste (https)", "À coller (https)") }
          element(.dd) { element(.code, .style("select-all")) { address } }
        }
        if let subscription {
          element(.div) {
            element(.dt) { language("To open (webcal)", "À ouvrir (webcal)") }
            element(.dd) { element(.code, .style("select-all")) { subscription } }
          }
        }
      },
    ])
  }

  private var refreshTable: Markup {
    element(.table, .style("plain")) {
      element(.caption) { language("Time until a change is seen", "Délai avant qu’un changement soit visible") }
      element(.thead) {
        element(.tr) {
          element(.th, .columnHeader) { language("Program", "Logiciel") }
          element(.th, .columnHeader) { language("Reads again", "Relit") }
        }
      }
      element(.tbody) {
        for guide in SubscriptionGuide.all(language) {
          element(.tr) {
            element(.th, .rowHeader) { guide.program }
            element(.td) { guide.refresh }
          }
        }
      }
    }
  }

  private var feedTable: Markup {
    element(.table, .style("plain")) {
      element(.caption) { language("Feeds of \(service)", "Flux de \(service)") }
      element(.thead) {
        element(.tr) {
          element(.th, .columnHeader) { language("Feed", "Flux") }
          element(.th, .columnHeader) { language("Contents and address", "Contenu et adresse") }
        }
      }
      element(.tbody) {
        for feed in PortalFeed.allCases where feed != .maintenance {
          let path = paths.feed(feed, language)
          element(.tr) {
            element(.th, .rowHeader) {
              element(.a, .type(feed.mediaType), .href(link(path, from: .subscribe))) { FeedNames.name(feed, language) }
            }
            element(.td) {
              element(.p) { FeedNames.purpose(feed, language) }
              element(.p) { element(.code, .style("select-all")) { paths.address(of: path, base: base) } }
            }
          }
        }
      }
    }
  }
}

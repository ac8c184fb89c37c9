package import Wording

extension PortalSite {
  /// What a server says where nothing is published; its links start at the root, since its own depth is unknown.
  package static func notFound(_ language: Language) -> [UInt8] {
    let title = language("Page not found", "Page introuvable")
    return Markup.document(
      element(.html, .lang(language)) {
        PortalHead(title: title, description: title, stylesheet: .within("/style.css"), icon: .within("/icon.svg"))
          .markup(.empty)
        element(.body) {
          PortalHead.skipLink(language)
          element(.main, .id("content"), .focusTarget) {
            element(.h1) { title }
            element(.p) {
              language("Nothing is published at this address.", "Rien n’est publié à cette adresse.")
            }
            element(.p) {
              element(.a, .href(.within("/"))) { language("All services", "Tous les services") }
            }
          }
        }
      })
  }
}

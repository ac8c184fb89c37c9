import Wording

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

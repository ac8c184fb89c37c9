import Answers
import Wording

/// A page about the API itself, for people who follow a link: of no service, and the same for everybody.
enum AboutPage {
  static func answer(_ title: String, @MarkupBuilder _ main: () -> Markup) -> APIAnswer {
    APIAnswer(
      status: 200,
      headers: [
        ("content-type", "text/html; charset=utf-8"), ("cache-control", "public, max-age=3600"),
        (
          "content-security-policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        ("x-content-type-options", "nosniff"),
      ],
      body: Markup.document(
        element(.html, .lang(.english)) {
          element(.head) {
            element(.meta, .charset)
            element(.meta, .metaName("viewport"), .content("width=device-width, initial-scale=1"))
            element(.meta, .metaName("color-scheme"), .content("light dark"))
            element(.title) { "\(title) – Préavis" }
            // Those of the portal, which the same server has at its root.
            element(.link, .rel("icon"), .type("image/svg+xml"), .href(.within("/icon.svg")))
            element(.link, .rel("stylesheet"), .href(.within("/style.css")))
          }
          element(.body) { element(.main) { main() } }
        }))
  }
}

/// The page that the `type` of problem details leads to: what a code means, in both languages.
/// Source: RFC 9457, section 3.1.1.
package enum ProblemPage {
  package static let prefix = "/problems/"

  /// Nil for the path of anything else.
  package static func answer(_ path: String) -> APIAnswer? {
    guard path.hasPrefix(prefix), let code = ErrorCode(rawValue: String(path.dropFirst(prefix.count))) else {
      return nil
    }
    return AboutPage.answer(code.rawValue) {
      element(.h1) { "\(code.rawValue) (\(code.status))" }
      section(code, .english)
      section(code, .french)
    }
  }

  private static func section(_ code: ErrorCode, _ language: Language) -> Markup {
    element(.section, .lang(language)) {
      element(.h2) { code.title(language) }
      element(.p) { code.explanation(language) }
    }
  }
}

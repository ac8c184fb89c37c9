import Answers
import Planning
import Register
import Wording

/// The page at `/api/v1/`: where a person begins who was given nothing but the server's address.
package enum APIPage {
  /// Nil for the path of anything else.
  package static func answer(_ path: String) -> APIAnswer? {
    guard path == API.prefix || path == "\(API.prefix)/" else { return nil }
    return page
  }

  private static let page = AboutPage.answer("API") {
    element(.h1) { "API" }
    introduction(.english)
    introduction(.french)
    for tag in OpenAPIDocument.tags {
      element(.section) {
        element(.h2) { tag.name }
        element(.p) { tag.about }
        element(.dl) {
          for route in API.routes where OpenAPIDocument.tagNames(route).contains(tag.name) {
            element(.dt) { element(.code) { "\(route.method.rawValue) \(route.path)" } }
            element(.dd) {
              route.operation.summary
              if let least = Permission.leastRole(for: route.action) { " (\(least.rawValue))" }
            }
          }
          if tag.paths.isEmpty {
            for event in ClientEvent.allCases {
              element(.dt) { element(.code) { event.rawValue } }
              element(.dd) { OpenAPIDocument.whoIsTold(of: event) }
            }
          }
        }
      }
    }
  }

  private static func introduction(_ language: Language) -> Markup {
    let document = element(.a, .href(.within("\(API.prefix)/openapi.json"))) { "openapi.json" }
    return element(.section, .lang(language)) {
      element(.p) {
        language(
          "Every call with its forms, examples and problems, for people and for programs that write clients: ",
          "Chaque appel avec ses formes, ses exemples et ses erreurs, pour les personnes et pour les générateurs de clients\u{A0}: "
        )
        document
        " (OpenAPI 3.1)."
      }
      element(.p) {
        language(
          "What is published is read without a token; all else needs one from whoever runs the server: ",
          "Ce qui est publié se lit sans jeton\u{202F}; pour le reste, demandez-en un à l’exploitant du serveur\u{A0}: "
        )
        element(.code) { language("Authorization: Bearer TOKEN", "Authorization: Bearer JETON") }
        "."
      }
      element(.p) {
        language(
          "Paths stand below \(API.prefix); in brackets, the least role that a token needs.",
          "Les chemins s’entendent après \(API.prefix)\u{202F}; entre parenthèses, le rôle minimal du jeton.")
      }
      element(.p) {
        language("To begin with: ", "Pour commencer\u{A0}: ")
        element(.code) { "curl -H 'Accept-Language: \(language.rawValue)' https://…\(API.prefix)/changes" }
      }
    }
  }
}

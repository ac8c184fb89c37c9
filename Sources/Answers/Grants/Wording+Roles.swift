package import Register
package import Wording

extension Wording {
  /// What someone with a token is.
  package func role(_ role: Role) -> String {
    switch role {
    case .engineer: language("engineer", "ingénieur")
    case .releaseManager: language("release manager", "responsable des mises en production")
    case .admin: language("admin", "administrateur")
    }
  }
}

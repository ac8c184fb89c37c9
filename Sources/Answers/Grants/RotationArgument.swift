package import CivilTime
package import Wording

/// Reads for how long the secret before signs as well.
package struct RotationArgument: Sendable {
  let wording: Wording

  /// What receivers change over in, unless somebody says otherwise.
  package static let usual = "24h"
  private static let longest = Elapsed.hours(720)

  package init(wording: Wording) { self.wording = wording }

  package func read(_ text: String?) throws -> Elapsed {
    let text = text ?? RotationArgument.usual
    if let keep = Elapsed(text), keep >= .zero, keep <= RotationArgument.longest { return keep }
    let name = wording.door.name(Field.keep)
    throw BadValue(
      wording.language(
        "\(name) \(text): from 0h to 720h (30 days), such as 24h.",
        "\(name) \(text) : de 0h à 720h (30 jours), par exemple 24h."))
  }
}

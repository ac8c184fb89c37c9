import Answers
import Files
import JSONText
import Wording

/// Words faults of a request's form.
struct FaultText {
  let language: Language

  /// The first fault makes the problem; all of them are told as `errors`.
  func problem(_ faults: [SchemaFault], inQuery: Bool = false) -> Problem? {
    guard let first = faults.first else { return nil }
    let errors = FaultText.form.json(faults.map { ($0.place, inQuery, sentence($0)) }, .utc)
    return Problem(
      code(first, inQuery), "\(shown(first.place))\(language.colon) \(sentence(first))",
      members: [.init("errors", errors)])
  }

  static let form = Form<(place: String, isInQuery: Bool, detail: String)>([
    .may("parameter") { $0.isInQuery ? $0.place : nil }, .may("pointer") { $0.isInQuery ? nil : $0.place },
    .must("detail") { $0.detail },
  ])

  private func code(_ fault: SchemaFault, _ inQuery: Bool) -> ErrorCode {
    switch fault.reason {
    case .unknown: inQuery ? .unknownParameter : .unknownMember
    case .missing: inQuery ? .invalidQuery : .missingMember
    default: inQuery ? .invalidQuery : .invalidValue
    }
  }

  private func shown(_ place: String) -> String {
    place.isEmpty ? language("the body", "le corps") : place.hasPrefix("/") ? String(place.dropFirst()) : place
  }

  private func sentence(_ fault: SchemaFault) -> String {
    switch fault.reason {
    case .unknown(let known):
      let name = fault.place.split(separator: "/").last.map(String.init) ?? fault.place
      if let near = NearestName.nearest(to: name.replacing("-", with: "_"), among: known) {
        return language(
          "unknown; did you mean \(language.quoted(near))?",
          "inconnu\(Typography.narrow); vouliez-vous \(language.quoted(near))\(Typography.narrow)?")
      }
      return known.isEmpty
        ? language("unknown; there are none here.", "inconnu\(Typography.narrow); il n’y en a aucun ici.")
        : language(
          "unknown; there are: \(known.joined(separator: ", ")).",
          "inconnu\(Typography.narrow); il y a\(language.colon) \(known.joined(separator: ", ")).")
    case .missing: return language("missing.", "manquant.")
    case .wrongType(let expected):
      return language("of type \(expected), please.", "de type \(expected), s’il vous plaît.")
    case .notOneOf(let words):
      return language(
        "one of \(words.joined(separator: ", ")).", "choisissez parmi \(words.joined(separator: ", ")).")
    case .length(let range):
      return language(
        "from \(range.lowerBound) to \(range.upperBound) characters.",
        "de \(range.lowerBound) à \(range.upperBound) caractères.")
    case .range(let range):
      return language(
        "from \(range.lowerBound) to \(range.upperBound).", "de \(range.lowerBound) à \(range.upperBound).")
    case .tooMany(let most):
      return language("at most \(most) entries.", "\(most) entrées au plus.")
    case .pattern: return language("not of that form.", "forme inattendue.")
    }
  }
}

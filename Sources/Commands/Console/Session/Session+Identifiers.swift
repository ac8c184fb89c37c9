import Answers
import CivilTime
import Planning
import Register
import Remote
import Wording

/// Identifiers as people say them. The only place that finds what a number alone means.
extension Session {
  /// Reads words, and the identifiers of changes.
  var words: WordArgument {
    WordArgument(language: language) { short in
      try found(short, make: ChangeID.init) { id, store in try store.row(id) != nil }
    }
  }

  func outage(_ text: String) throws -> OutageID { try numbered(text, like: "OUT-2026-0003") }
  func release(_ text: String) throws -> ReleaseID { try numbered(text, like: "REL-2026-0001") }

  private func numbered<Kind: YearKind>(_ text: String, like example: String) throws -> YearID<Kind> {
    if let id = YearID<Kind>(text) { return id }
    guard let short = ShortIdentifier(text, prefix: String(Kind.prefix.dropLast())) else {
      throw Failure.usage(
        language(
          "\(text): not an identifier; they look like \(example).",
          "\(text) : pas un identifiant ; ils ressemblent à \(example)."))
    }
    return try found(short, make: YearID<Kind>.init) { id, store in try !store.events(stream: id.description).isEmpty }
  }

  /// How many years back a number alone is looked for: as far as work may lie back (`CommandError.Limits.horizon`).
  private static let years = 10

  /// This year's, by the register's clock, where there is one, or else the only one that has the number. What is nowhere is
  /// this year's: whoever looks it up says so.
  private func found<ID: CustomStringConvertible>(
    _ short: ShortIdentifier, make: (_ year: Int, _ number: Int) -> ID, exists: (ID, any StoreReader) throws -> Bool
  ) throws -> ID {
    if let year = short.year { return make(year, short.number) }
    let register = try register(readOnly: true, asking: .clock).register
    let this = (firstContract?.currentTimeZone ?? .utc).civil(register.now).date.year
    let current = make(this, short.number)
    let others = try register.store.read { store -> [ID] in
      if try exists(current, store) { return [] }
      return try (1..<Session.years).map { make(this - $0, short.number) }.filter { try exists($0, store) }
    }
    guard others.count > 1 else { return others.first ?? current }
    let all = language.list(others.map(\.description))
    throw Failure.usage(
      language(
        "\(short.number): could be \(all); write the year too.",
        "\(short.number)\u{A0}: ce peut être \(all)\u{202F}; écrivez aussi l’année."))
  }
}

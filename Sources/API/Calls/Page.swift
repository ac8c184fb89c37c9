import Answers
import CivilTime
import Wording

/// A page of a list that is ordered by start, then identifier: what comes in between two pages shifts nothing.
struct Page {
  /// Where an entry stands in the order.
  struct Place {
    let start: Instant
    let year: Int
    let number: Int
    let text: String
  }

  private let after: (start: Int64, year: Int, number: Int)?
  private let limit: Int

  /// - Parameter number: reads an identifier.
  init(_ exchange: Exchange, number: (String) -> (Int, Int)?) throws {
    limit = exchange.limit
    guard let cursor = exchange.query.first("after") else {
      after = nil
      return
    }
    let parts = cursor.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let start = Int64(parts[0]), let (year, number) = number(parts[1]) else {
      throw Problem(
        .invalidQuery,
        exchange.language(
          "after: take it from the Link header of the page before.",
          "after : prenez-le dans l’en-tête Link de la page précédente."))
    }
    after = (start, year, number)
  }

  /// The entries of the page, and the cursor of the next one where there is more. `each` hands over entries in order
  /// until it is given false.
  func cut<Entry>(
    _ place: @escaping (Entry) -> Place, each: (_ take: (Entry) -> Bool) throws -> Void
  ) rethrows -> (shown: [Entry], cursor: String?) {
    var shown: [Entry] = []
    var isMore = false
    try each { entry in
      let own = place(entry)
      if let after, (own.start.secondsSinceEpoch, own.year, own.number) <= after { return true }
      isMore = shown.count == limit
      if !isMore { shown.append(entry) }
      return !isMore
    }
    guard isMore, let last = shown.last.map(place) else { return (shown, nil) }
    return (shown, "\(last.start.secondsSinceEpoch).\(last.text)")
  }
}

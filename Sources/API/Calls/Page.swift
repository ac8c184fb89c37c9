import Answers
import CivilTime
import Wording

/// A page of a list that is ordered by a number, then identifier: what comes in between two pages shifts nothing.
struct Page {
  /// Where an entry stands in the order.
  struct Place {
    /// The seconds of a moment, or a sequence of the log.
    let key: Int64
    let year: Int
    let number: Int
    let text: String

    fileprivate var cursor: String { "\(key).\(text)" }
  }

  /// What stands before and after a page.
  struct Neighbours {
    fileprivate(set) var next: String?
    /// Without a cursor for the first page, which needs none.
    fileprivate(set) var previous: (cursor: String?, Void)?
  }

  private let after: (key: Int64, year: Int, number: Int)?
  private let limit: Int
  private let isDescending: Bool

  /// - Parameter number: reads an identifier.
  init(_ exchange: Exchange, isDescending: Bool = false, number: (String) -> (Int, Int)?) throws {
    limit = exchange.limit
    self.isDescending = isDescending
    guard let cursor = exchange.query.first("after") else {
      after = nil
      return
    }
    let parts = cursor.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let key = Int64(parts[0]), let (year, number) = number(parts[1]) else {
      throw Problem(
        .invalidQuery,
        exchange.language(
          "after: take it from the Link header of the page before.",
          "after : prenez-le dans l’en-tête Link de la page précédente."))
    }
    after = (key, year, number)
  }

  /// The entries of the page, and what stands beside it. `each` hands over entries in order until it is given false.
  func cut<Entry>(
    _ place: @escaping (Entry) -> Place, each: (_ take: (Entry) -> Bool) throws -> Void
  ) rethrows -> (shown: [Entry], beside: Neighbours) {
    var shown: [Entry] = []
    var isMore = false
    /// The last ones of those before the page, enough to know where the page before begins.
    var before: [Place] = []
    try each { entry in
      let own = place(entry)
      if isBefore(own) {
        before.append(own)
        if before.count > 2 * (limit + 1) { before.removeFirst(before.count - limit - 1) }
        return true
      }
      isMore = shown.count == limit
      if !isMore { shown.append(entry) }
      return !isMore
    }
    var beside = Neighbours()
    if isMore, let last = shown.last { beside.next = place(last).cursor }
    if !before.isEmpty { beside.previous = (before.dropLast(limit).last?.cursor, ()) }
    return (shown, beside)
  }

  private func isBefore(_ own: Place) -> Bool {
    guard let after else { return false }
    let (a, b) = ((own.key, own.year, own.number), (after.key, after.year, after.number))
    return isDescending ? a >= b : a <= b
  }
}

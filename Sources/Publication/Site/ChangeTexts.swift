import Planning
import Register
import Synchronization
import Wording

/// What was written of each change the last time, so that a file of all changes costs what a commit changed in it.
package final class ChangeTexts: Sendable {
  /// What a text depends on besides the events of its change.
  struct Setting: Hashable {
    var service: String
    var zone: String
    var language: Language
    var isSimulation: Bool
  }

  private struct Kept {
    struct Place {
      /// Sequence of the change's newest event.
      var newest: Int
      var range: Range<Int>
    }

    var places: [ChangeID: Place] = [:]
    /// Of all texts, and of those that others have taken the place of.
    var octets: [UInt8] = []
    var dead = 0

    mutating func keep(_ text: [UInt8], of id: ChangeID, newest: Int) {
      let range = octets.count..<(octets.count + text.count)
      octets += text
      dead += places.updateValue(Place(newest: newest, range: range), forKey: id)?.range.count ?? 0
    }

    /// Without the dead ones.
    var compact: Kept {
      var compact = Kept()
      compact.octets.reserveCapacity(octets.count - dead)
      for (id, place) in places { compact.keep(Array(octets[place.range]), of: id, newest: place.newest) }
      return compact
    }
  }

  private let kept = Mutex<[Setting: Kept]>([:])
  private let capacity: Int

  /// Octets for each service; with more, nothing is kept.
  package init(capacity: Int = 16 << 20) { self.capacity = capacity }

  /// Hands over the text of each change in the order of `rows`; `render` gives those whose newest event is another than
  /// the last time, nil for what has none.
  func each(
    _ rows: [(id: ChangeID, newest: Int)], _ setting: Setting, render: (ChangeID) throws -> [UInt8]?,
    _ body: ([UInt8]) throws -> Void
  ) throws {
    // Who comes meanwhile finds nothing and renders all of it.
    var texts = kept.withLock { $0.removeValue(forKey: setting) } ?? Kept()
    for (id, newest) in rows {
      if let place = texts.places[id], place.newest == newest {
        try body(Array(texts.octets[place.range]))
      } else if let text = try render(id) {
        if texts.octets.count - texts.dead <= capacity { texts.keep(text, of: id, newest: newest) }
        try body(text)
      }
    }
    guard texts.octets.count - texts.dead <= capacity else { return }
    if texts.dead > texts.octets.count / 4 { texts = texts.compact }
    let done = texts
    kept.withLock { $0[setting] = done }
  }

  /// Octets that are held.
  var size: Int { kept.withLock { $0.values.reduce(0) { $0 + $1.octets.count } } }
}

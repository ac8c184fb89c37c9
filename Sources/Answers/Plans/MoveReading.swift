import CivilTime
package import Planning
package import Wording

/// Makes commands of the texts that ask for a change to be moved.
package struct MoveReading {
  package let change: Change
  package let words: WordArgument
  package let times: TimeArgument

  /// - Parameter wording: in the zone that times without an offset are of.
  package init(_ change: Change, wording: Wording) {
    self.change = change
    words = WordArgument(language: wording.language, door: wording.door)
    times = TimeArgument(wording: wording)
  }

  /// The length stays as it was where neither end nor duration is given, and so does the start.
  package func reschedule(
    start: String?, end: String?, duration: String?, reason: String?, alongside: [String]
  ) throws -> ChangeCommand {
    var interval: Interval?
    if start != nil || end != nil || duration != nil {
      let current = change.content.interval
      let length = end == nil && duration == nil ? "\(current.length.seconds)s" : duration
      interval = try times.interval(start: start ?? TimeText.utc(current.start), end: end, duration: length)
    }
    return .reschedule(interval: interval, reason: reason, alongside: try changes(alongside))
  }

  package func start(at text: String?, reason: String?) throws -> ChangeCommand {
    .start(at: try moment(text), reason: reason)
  }

  package func complete(at text: String?, reason: String?) throws -> ChangeCommand {
    .complete(at: try moment(text), reason: reason)
  }

  package func extend(end: String, reason: String?, alongside: [String]) throws -> ChangeCommand {
    .extend(end: try times.instant(end, field: .end), reason: reason, alongside: try changes(alongside))
  }

  private func changes(_ texts: [String]) throws -> [ChangeID] {
    try texts.map { try words.change($0, field: .alongside) }
  }

  private func moment(_ text: String?) throws -> Instant? { try text.map { try times.instant($0, field: .at) } }
}

package import CivilTime
package import Planning

/// The identifier of something whose events stand in one stream of the log under that name: a change, an outage.
package protocol StreamKey: CustomStringConvertible {
  associatedtype Subject
  associatedtype Event
  static func decode(type: String, body: String) throws -> (event: Event, context: EventContext)
  /// The state after the event, recorded at `moment`; nil where it cannot follow what came before.
  func apply(_ event: Event, to subject: Subject?, at moment: Instant) -> Subject?
  /// That there is nothing of that name.
  var unknown: RegisterError { get }
}

extension ChangeID: StreamKey {
  package static func decode(type: String, body: String) throws -> (event: ChangeEvent, context: EventContext) {
    try EventCodec.decode(type: type, body: body)
  }

  package func apply(_ event: ChangeEvent, to subject: Change?, at moment: Instant) -> Change? {
    event.apply(to: subject, id: self, at: moment)
  }

  package var unknown: RegisterError { .unknownChange(self) }
}

extension OutageID: StreamKey {
  package static func decode(type: String, body: String) throws -> (event: OutageEvent, context: EventContext) {
    try OutageCodec.decode(type: type, body: body)
  }

  package func apply(_ event: OutageEvent, to subject: Outage?, at moment: Instant) -> Outage? {
    event.apply(to: subject, id: self, at: moment)
  }

  package var unknown: RegisterError { .unknownOutage(self) }
}

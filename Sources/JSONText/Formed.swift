package import CivilTime

/// How times are written: the log's are in UTC, those of answers have the offset of a zone.
package enum TimeStyle: Sendable {
  case utc
  case local(ZoneRules)
  /// Of a contract whose zone has moved: the one in force at the instant.
  case inForce(@Sendable (Instant) -> ZoneRules)

  package func text(_ instant: Instant) -> String {
    switch self {
    case .utc: TimeText.utc(instant)
    case .local(let zone): TimeText.local(instant, in: zone)
    case .inForce(let zone): TimeText.local(instant, in: zone(instant))
    }
  }
}

/// A value that has one form as JSON, and the schema of it.
package protocol Formed: SendableMetatype {
  static var schema: Schema { get }
  func json(_ times: TimeStyle) -> JSON
}

/// A value whose JSON is an object of members that are stated once.
package protocol FormedObject: Formed {
  static var form: Form<Self> { get }
}

extension FormedObject {
  package static var schema: Schema { form.schema }
  @inlinable
  package func json(_ times: TimeStyle) -> JSON { Self.form.json(self, times) }
}

/// A word of a fixed list.
extension Formed where Self: RawRepresentable & CaseIterable, RawValue == String {
  package static var schema: Schema { .choice(Self.self) }
  @inlinable
  package func json(_ times: TimeStyle) -> JSON { .string(rawValue) }
}

extension JSON: Formed {
  package static var schema: Schema { .any }
  package func json(_ times: TimeStyle) -> JSON { self }
}

extension String: Formed {
  package static var schema: Schema { .text }
  package func json(_ times: TimeStyle) -> JSON { .string(self) }
}

extension Bool: Formed {
  package static var schema: Schema { .flag }
  package func json(_ times: TimeStyle) -> JSON { .bool(self) }
}

extension Int: Formed {
  package static var schema: Schema { .whole }
  package func json(_ times: TimeStyle) -> JSON { .integer(Int64(self)) }
}

extension Int64: Formed {
  package static var schema: Schema { .whole }
  package func json(_ times: TimeStyle) -> JSON { .integer(self) }
}

/// In seconds.
extension Elapsed: Formed {
  package static var schema: Schema { .whole }
  package func json(_ times: TimeStyle) -> JSON { .integer(seconds) }
}

extension Instant: Formed {
  package static var schema: Schema { .text(format: "date-time") }
  package func json(_ times: TimeStyle) -> JSON { .string(times.text(self)) }
}

extension CivilDate: Formed {
  package static var schema: Schema { .text(format: "date") }
  package func json(_ times: TimeStyle) -> JSON { .string(TimeText.date(self)) }
}

extension Optional: Formed where Wrapped: Formed {
  package static var schema: Schema { Wrapped.schema.orNull }
  package func json(_ times: TimeStyle) -> JSON { self?.json(times) ?? .null }
}

extension Array: Formed where Element: Formed {
  package static var schema: Schema { .list(Element.schema) }
  package func json(_ times: TimeStyle) -> JSON { .array(map { $0.json(times) }) }
}

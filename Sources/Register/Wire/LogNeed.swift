import CivilTime
package import JSONText
package import Planning

/// What a question reads of a register: a part of the log that holds all of it answers the question as the whole log does.
package enum LogNeed: Hashable, Sendable {
  /// As many as one request may name.
  package static let most = 200

  /// The events of one stream.
  case stream(String)
  /// What is published of a change.
  case published(ChangeID)
  /// The streams whose rows a look-up gives.
  case found(Sieve)
  /// The streams of the changes that are booked in a stretch of time.
  case bookings(Stretch)
  /// When a stretch is taken by bookings, those of one change apart: of these nothing travels but their times.
  case taken(Stretch, except: ChangeID?)
  /// All of it.
  case whole

  /// A look-up of rows of one kind; nil and empty ask nothing.
  package struct Sieve: Hashable, Sendable {
    /// The letters that the streams begin with: `CHG-`.
    var prefix: String
    var service: String?
    var environment: String?
    var states: Set<String> = []
    var range: Interval?
    var activeAfter: Instant?

    package init(prefix: String) { self.prefix = prefix }

    init(_ filter: ChangeFilter) {
      self.init(prefix: ChangeID.prefix)
      service = filter.service
      environment = filter.environment
      states = Set(filter.states.map(\.rawValue))
      range = filter.range
      activeAfter = filter.activeAfter
    }

    init<Subject: RowedSubject>(_ filter: StreamFilter<Subject.State>, of _: Subject.Type) {
      self.init(prefix: Subject.ID.prefix)
      service = filter.service
      environment = filter.environment
      states = Set(filter.states.map(\.rawValue))
      range = filter.range
    }
  }

  package struct Stretch: Hashable, Sendable {
    var service: String
    var environment: String
    var interval: Interval
  }
}

// MARK: Finding the streams

extension LogNeed {
  /// The streams that a reader of the whole log gives for this need.
  func streams(in store: any StoreReader) throws -> [String] {
    switch self {
    case .stream(let name): [name]
    case .published(let id): [id.description]
    case .found(let sieve): try sieve.streams(in: store)
    case .bookings(let at):
      try store.bookings(service: at.service, environment: at.environment, in: at.interval).map(\.change.description)
    case .taken: []
    case .whole: throw TooMuch()
    }
  }

  /// A part is given while it is small against the log.
  package struct TooMuch: Error {}
}

extension LogNeed.Sieve {
  fileprivate func streams(in store: any StoreReader) throws -> [String] {
    for kind in StreamKinds.all where prefix == LogNeed.Sieve.prefix(of: kind) {
      if kind is Change.Type { return try store.rows(changes).map(\.id.description) }
      if let kind = kind as? any RowedSubject.Type { return try streams(of: kind, in: store) }
      if let kind = kind as? any GrantStream.Type { return try kind.streams(in: store) }
    }
    return []
  }

  private static func prefix<Subject: StreamSubject>(of _: Subject.Type) -> String { Subject.ID.prefix }

  private var changes: ChangeFilter {
    var filter = ChangeFilter()
    filter.service = service
    filter.environment = environment
    filter.states = Set(states.compactMap(ChangeState.init))
    filter.range = range
    filter.activeAfter = activeAfter
    return filter
  }

  private func streams<Subject: RowedSubject>(of _: Subject.Type, in store: any StoreReader) throws -> [String] {
    var filter = StreamFilter<Subject.State>()
    filter.service = service
    filter.environment = environment
    filter.states = Set(states.compactMap(Subject.State.init))
    filter.range = range
    return try store.rows(of: Subject.self, filter).map(\.id.description)
  }
}

/// Grants are few, so that all of a kind are one need.
protocol GrantStream { static func streams(in store: any StoreReader) throws -> [String] }

extension Grant: GrantStream {
  static func streams(in store: any StoreReader) throws -> [String] {
    var streams: [String] = []
    try store.eachGrant(Content.self) { id, _ in streams.append(id.description) }
    return streams
  }
}

// MARK: As it travels

/// Each need under its own name; moments are seconds since 1970, exact and short.
extension LogNeed {
  package var json: JSON {
    switch self {
    case .stream(let name): ["stream": .string(name)]
    case .published(let id): ["published": .string(id.description)]
    case .found(let sieve): sieve.json
    case .bookings(let stretch): stretch.json("bookings")
    case .taken(let stretch, let id): stretch.json("taken", ["except": id.map { .string($0.description) }])
    case .whole: ["whole": true]
    }
  }

  package init(json: JSON) throws(EventCodecError) {
    if let name = try json.optional("stream") {
      self = .stream(name)
    } else if let name = try json.optional("published") {
      guard let id = ChangeID(name) else { throw EventCodecError(member: "published") }
      self = .published(id)
    } else if json["rows"] != nil {
      self = .found(try Sieve(json: json))
    } else if json["bookings"] != nil {
      self = .bookings(try Stretch(json: json, "bookings"))
    } else if json["taken"] != nil {
      self = .taken(try Stretch(json: json, "taken"), except: try json.optional("except").flatMap(ChangeID.init))
    } else if json["whole"] != nil {
      self = .whole
    } else {
      throw EventCodecError(member: "needs")
    }
  }
}

extension LogNeed.Sieve {
  fileprivate var json: JSON {
    .members([
      "rows": .string(prefix), "service": service.map { .string($0) }, "environment": environment.map { .string($0) },
      "states": states.isEmpty ? nil : .array(states.sorted().map { .string($0) }), "from": range?.start.seconds,
      "to": range?.end.seconds, "active_after": activeAfter?.seconds,
    ])
  }

  fileprivate init(json: JSON) throws(EventCodecError) {
    self.init(prefix: try json.required("rows"))
    service = try json.optional("service")
    environment = try json.optional("environment")
    states = Set(try json.texts("states"))
    range = json["from"] == nil ? nil : try json.stretch()
    activeAfter = try json["active_after"].map { _ throws(EventCodecError) in try json.moment("active_after") }
  }
}

extension LogNeed.Stretch {
  fileprivate func json(_ name: String, _ more: KeyValuePairs<String, JSON?> = [:]) -> JSON {
    let members: JSON = [
      name: .string(service), "environment": .string(environment), "from": interval.start.seconds,
      "to": interval.end.seconds,
    ]
    return .object((members.members ?? []) + (JSON.members(more).members ?? []))
  }

  fileprivate init(json: JSON, _ name: String) throws(EventCodecError) {
    self.init(
      service: try json.required(name), environment: try json.required("environment"), interval: try json.stretch())
  }
}

extension Instant {
  fileprivate var seconds: JSON { .integer(secondsSinceEpoch) }

  /// Nil for seconds that no calendar has.
  init?(stranger seconds: Int64) {
    self.init(secondsSinceEpoch: seconds)
    guard self >= .earliest, self <= .latest else { return nil }
  }
}

extension JSON {
  fileprivate func stretch() throws(EventCodecError) -> Interval {
    guard let interval = Interval(start: try moment("from"), end: try moment("to")) else {
      throw EventCodecError(member: "from")
    }
    return interval
  }

  /// Whoever asks may write any number; what is reckoned from a moment has to stay in the calendar.
  fileprivate func moment(_ key: String) throws(EventCodecError) -> Instant {
    guard let moment = self[key]?.integer.flatMap(Instant.init(stranger:)) else { throw EventCodecError(member: key) }
    return moment
  }
}

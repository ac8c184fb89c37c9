package import CivilTime
package import JSONText
package import Planning

/// An event whose stored form cannot be read.
package struct EventCodecError: Error, Hashable, Sendable {
  /// The member that is missing or has a value that is none of its kind.
  package let member: String

  package init(member: String) { self.member = member }
}

/// What every event carries besides itself.
package struct EventContext: Hashable, Sendable {
  /// Hash of the files of the contract that it was decided by; nil for what no contract speaks of.
  package var contractDigest: String?
  /// The account that ran the command; a statement, not a proof.
  package var actor: String?
  package var idempotencyKey: String?
  package var requestDigest: String?
  /// Hash of each published fragment, by language.
  package var published: [String: String] = [:]
  /// Which reminders the publication of a plan promised, and whether a portal showed the revision at once; nil where neither.
  package var notices: NoticeTerms?
  /// The release that it was recorded with.
  package var release: ReleaseID?
}

/// The one form in which events of every kind stand in the log: a type, and JSON with the event's own members before those
/// of its context. Times are UTC; members that are nil are left out.
extension StreamSubject {
  static func write(_ event: Event, _ context: EventContext) -> (type: String, body: String) {
    let (type, own) = encode(event)
    var members = own.members ?? []
    func add(_ key: String, _ value: String?) {
      if let value { members.append(.init(key, .string(value))) }
    }
    add("contract", context.contractDigest)
    add("actor", context.actor)
    add("idempotency_key", context.idempotencyKey)
    add("request", context.requestDigest)
    if !context.published.isEmpty {
      let hashes = context.published.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
      members.append(.init("published", .object(hashes)))
    }
    if let reminders = context.notices?.reminders, !reminders.isEmpty {
      members.append(.init("reminders", .array(reminders.map { .integer($0.seconds) })))
    }
    if context.notices?.servesPortal == true { add("portal", NoticeTerms.served) }
    if context.notices?.isReviewed == true { add("send", NoticeTerms.reviewed) }
    add("release", context.release?.description)
    return (type, JSON.object(members).text)
  }

  static func read(type: String, json: JSON) throws -> (event: Event, context: EventContext) {
    let context = try EventContext(json: json)
    if namesContract, context.contractDigest == nil { throw EventCodecError(member: "contract") }
    return (try decode(type, json), context)
  }
}

extension StoredEvent {
  /// What `body` reads of the event's JSON. Throws `damaged`, naming the event, where it cannot be read.
  package func reading<Result>(_ body: (JSON) throws -> Result) throws -> Result {
    do { return try body(JSON(parsing: self.body)) } catch {
      throw RegisterError.damaged(.unreadable(sequence: sequence))
    }
  }
}

extension EventContext {
  init(json: JSON) throws(EventCodecError) {
    contractDigest = try json.optional("contract")
    actor = try json.optional("actor")
    idempotencyKey = try json.optional("idempotency_key")
    requestDigest = try json.optional("request")
    if let name = try json.optional("release") {
      guard let id = ReleaseID(name) else { throw EventCodecError(member: "release") }
      release = id
    }
    for member in json["published"]?.members ?? [] {
      guard let hash = member.value.string else { throw EventCodecError(member: "published") }
      published[member.key] = hash
    }
    let reminders = try json.entries("reminders") { entry throws(EventCodecError) in
      guard let seconds = entry.integer, (0..<(1 << 40)).contains(seconds) else {
        throw EventCodecError(member: "reminders")
      }
      return Elapsed(seconds: seconds)
    }
    let isServed = try json.optional("portal") == NoticeTerms.served
    let isReviewed = try json.optional("send") == NoticeTerms.reviewed
    if !reminders.isEmpty || isServed || isReviewed {
      notices = NoticeTerms(reminders: reminders, servesPortal: isServed, isReviewed: isReviewed)
    }
  }
}

extension JSON {
  package func required(_ key: String) throws(EventCodecError) -> String {
    guard let value = self[key]?.string else { throw EventCodecError(member: key) }
    return value
  }

  /// Nil where there is no such member; anything but a text is an error.
  package func optional(_ key: String) throws(EventCodecError) -> String? {
    guard let value = self[key], !value.isNull else { return nil }
    guard let text = value.string else { throw EventCodecError(member: key) }
    return text
  }

  /// `value` where there is no such member.
  package func flag(_ key: String, default value: Bool = false) throws(EventCodecError) -> Bool {
    guard let member = self[key] else { return value }
    guard let flag = member.bool else { throw EventCodecError(member: key) }
    return flag
  }

  /// A word of one kind.
  package func word<Word: RawRepresentable>(
    _ key: String, of type: Word.Type = Word.self
  ) throws(EventCodecError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: try required(key)) else { throw EventCodecError(member: key) }
    return word
  }

  /// A list of words of one kind.
  package func words<Word: RawRepresentable>(
    _ key: String, of type: Word.Type = Word.self
  ) throws(EventCodecError) -> [Word] where Word.RawValue == String {
    guard self[key] != nil else { throw EventCodecError(member: key) }
    return try texts(key, Word.init(rawValue:))
  }

  /// What `read` makes of each text of a list; one that it makes nothing of is an error, since nobody could tell what was
  /// meant.
  package func texts<Value>(
    _ key: String, _ read: (String) -> Value? = { $0 }
  ) throws(EventCodecError) -> [Value] {
    try entries(key) { entry throws(EventCodecError) in
      guard let value = entry.string.flatMap(read) else { throw EventCodecError(member: key) }
      return value
    }
  }

  /// What `read` makes of each entry of a list, empty where there is no such member.
  func entries<Value>(
    _ key: String, _ read: (JSON) throws(EventCodecError) -> Value
  ) throws(EventCodecError) -> [Value] {
    guard let value = self[key] else { return [] }
    guard let items = value.array else { throw EventCodecError(member: key) }
    var values: [Value] = []
    for item in items { values.append(try read(item)) }
    return values
  }

  package func instant(_ key: String) throws(EventCodecError) -> Instant {
    guard case .instant(let instant)? = WrittenTime(try required(key), form: .exact), StoredEvent.times ~= instant
    else {
      throw EventCodecError(member: key)
    }
    return instant
  }

  /// Nil where there is no such member.
  package func optionalInstant(_ key: String) throws(EventCodecError) -> Instant? {
    self[key] == nil ? nil : try instant(key)
  }

  /// Of 30,000 years at the most, so that sums never overflow.
  package func seconds(_ key: String) throws(EventCodecError) -> Elapsed {
    guard let value = self[key]?.integer, value.magnitude < 1 << 40 else { throw EventCodecError(member: key) }
    return Elapsed(seconds: value)
  }

  package func interval() throws(EventCodecError) -> Interval {
    guard let interval = Interval(start: try instant("start"), end: try instant("end")) else {
      throw EventCodecError(member: "end")
    }
    return interval
  }
}

extension Interval {
  /// Start and end in UTC.
  package var json: JSON {
    ["start": .string(TimeText.utc(start)), "end": .string(TimeText.utc(end))]
  }
}

/// The offsets of one time zone for all time: recorded transitions, then a rule that goes on for ever.
/// Source: RFC 9636 (TZif), sections 3.2 and 3.3.
public struct ZoneRules: Sendable {
  /// Name in the tz database, for instance `Europe/Paris`.
  public let name: String
  /// Instants of change, ascending; `offsets[i]` is in force from `transitions[i]` on.
  let transitions: [Int64]
  let offsets: [UTCOffset]
  /// In force before the first transition.
  let initialOffset: UTCOffset
  /// In force after the last transition; nil means that the last offset stays.
  let footer: PosixRule?

  public static let utc = ZoneRules(name: "UTC", transitions: [], offsets: [], initialOffset: .utc, footer: nil)

  /// The offset in force at `instant`.
  public func offset(at instant: Instant) -> UTCOffset {
    let seconds = instant.secondsSinceEpoch
    guard let last = transitions.last else { return footer?.offset(at: instant) ?? initialOffset }
    if seconds >= last, let footer { return footer.offset(at: instant) }
    let next = transitions.partitioningIndex { $0 > seconds }
    return next == 0 ? initialOffset : offsets[next - 1]
  }

  /// What a wall clock of this zone shows at `instant`.
  public func civil(_ instant: Instant) -> CivilDateTime { instant.civil(at: offset(at: instant)) }

  /// The instant or instants that `civil` can mean.
  ///
  /// Every instant that shows `civil` lies within a day of reading `civil` as UTC; two changes of offset so close to
  /// each other are not in the tz database, so the offsets a day before and a day after are all there can be.
  public func resolve(_ civil: CivilDateTime) -> CivilResolution {
    let asUTC = Instant(secondsSinceEpoch: civil.secondsSinceCivilEpoch)
    let before = offset(at: asUTC - .hours(24))
    let after = offset(at: asUTC + .hours(24))
    let early = civil.instant(at: before)
    guard before != after else { return .unique(early) }
    let late = civil.instant(at: after)
    switch (offset(at: early) == before, offset(at: late) == after) {
    case (true, true): return .fold(earlier: early, before, later: late, after)
    case (true, false): return .unique(early)
    case (false, true): return .unique(late)
    case (false, false): return .gap(before: before, after: after)
    }
  }

  /// The first instant of the civil day: midnight, or the end of the gap where midnight does not exist,
  /// or the first midnight where it comes twice.
  public func startOfDay(_ date: CivilDate) -> Instant { earliest(date.midnight) }

  /// The earliest instant at which the wall clock shows `civil` or, where it never does, a later time.
  public func earliest(_ civil: CivilDateTime) -> Instant {
    switch resolve(civil) {
    case .unique(let instant): return instant
    case .fold(let earlier, _, _, _): return earlier
    case .gap(let before, let after):
      // The change happens between `civil` read with the later and with the earlier offset.
      let seconds = civil.instant(at: after).secondsSinceEpoch..<civil.instant(at: before).secondsSinceEpoch
      return Instant(
        secondsSinceEpoch: seconds.partitioningIndex { offset(at: Instant(secondsSinceEpoch: $0)) == after })
    }
  }
}

/// What a civil time means in a zone: nothing is ever chosen silently.
public enum CivilResolution: Hashable, Sendable {
  case unique(Instant)
  /// Skipped by a change of clock: `before` was in force until it, `after` from it on.
  case gap(before: UTCOffset, after: UTCOffset)
  /// Shown twice: first with the first offset, later with the second.
  case fold(earlier: Instant, UTCOffset, later: Instant, UTCOffset)
}

/// Why bytes are not a usable TZif file.
public enum TZifError: Error, Hashable, Sendable {
  case notTZif
  case truncated
  /// A version 1 file has no footer rule, so it says nothing of the future.
  case versionOne
  case malformed(String)
}

extension ZoneRules {
  /// Rules without end: the last of `changes`, which are seconds since the epoch in order, stays.
  package init(name: String, initial: UTCOffset, changes: [(instant: Int64, to: UTCOffset)]) {
    let changes = zip(changes, changes.dropFirst().map(\.instant) + [.max]).filter { $0.instant < $1 }.map(\.0)
    self.init(
      name: name, transitions: changes.map(\.instant), offsets: changes.map(\.to), initialOffset: initial, footer: nil)
  }

  /// Reads the 64-bit block and the footer of a TZif file, version 2 or later. Source: RFC 9636, section 3.
  public init(name: String, tzif bytes: [UInt8]) throws(TZifError) {
    var reader = TZifReader(bytes: bytes)
    let first = try reader.header()
    guard first.version >= 2 else { throw .versionOne }
    try reader.skip(first.length(timeSize: 4))
    let header = try reader.header()
    guard header.typeCount > 0 else { throw .malformed("no local time type") }
    // Files that count leap seconds ("right/…") show instants that are 27 s away from POSIX time.
    guard header.leapCount == 0 else { throw .malformed("the file counts leap seconds") }

    var transitions: [Int64] = []
    for _ in 0..<header.timeCount { transitions.append(try reader.int64()) }
    guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .malformed("transitions are not in order")
    }
    var indices: [Int] = []
    for _ in 0..<header.timeCount { indices.append(Int(try reader.byte())) }
    var types: [UTCOffset] = []
    for _ in 0..<header.typeCount {
      let seconds = try reader.int32()
      guard abs(Int(seconds)) < 26 * 3600 else { throw .malformed("offset out of range") }
      types.append(UTCOffset(seconds: seconds))
      try reader.skip(2)
    }
    guard indices.allSatisfy({ $0 < types.count }) else { throw .malformed("type index out of range") }
    try reader.skip(header.charCount + header.leapCount * 12 + header.standardCount + header.utCount)

    let text = try reader.footer()
    var footer: PosixRule?
    if !text.isEmpty {
      footer = PosixRule(text)
      if footer == nil { throw .malformed("footer rule cannot be read") }
    }
    self.init(
      name: name, transitions: transitions, offsets: indices.map { types[$0] }, initialOffset: types[0],
      footer: footer)
  }
}

/// A cursor over TZif bytes; numbers are big-endian.
private struct TZifReader {
  let bytes: [UInt8]
  var position = 0

  struct Header {
    var version: Int
    var utCount: Int
    var standardCount: Int
    var leapCount: Int
    var timeCount: Int
    var typeCount: Int
    var charCount: Int

    func length(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + charCount + leapCount * (timeSize + 4) + standardCount + utCount
    }
  }

  mutating func byte() throws(TZifError) -> UInt8 {
    guard position < bytes.count else { throw .truncated }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func skip(_ count: Int) throws(TZifError) {
    guard count >= 0, bytes.count - position >= count else { throw .truncated }
    position += count
  }

  mutating func int32() throws(TZifError) -> Int32 {
    var value: UInt32 = 0
    for _ in 0..<4 { value = value << 8 | UInt32(try byte()) }
    return Int32(bitPattern: value)
  }

  mutating func int64() throws(TZifError) -> Int64 {
    var value: UInt64 = 0
    for _ in 0..<8 { value = value << 8 | UInt64(try byte()) }
    return Int64(bitPattern: value)
  }

  mutating func count() throws(TZifError) -> Int {
    let value = Int(try int32())
    guard (0...1_000_000).contains(value) else { throw .malformed("count out of range") }
    return value
  }

  mutating func header() throws(TZifError) -> Header {
    guard bytes.count - position >= 44 else { throw position == 0 ? .notTZif : .truncated }
    guard Array(bytes[position..<position + 4]) == Array("TZif".utf8) else { throw .notTZif }
    let version = bytes[position + 4]
    position += 20
    return Header(
      version: version == 0 ? 1 : Int(version) - 0x30, utCount: try count(), standardCount: try count(),
      leapCount: try count(), timeCount: try count(), typeCount: try count(), charCount: try count())
  }

  /// The text between the two newlines that end the file.
  mutating func footer() throws(TZifError) -> [UInt8] {
    guard try byte() == 0x0A else { throw .malformed("footer does not begin with a newline") }
    guard let end = bytes[position...].firstIndex(of: 0x0A) else { throw .truncated }
    defer { position = end + 1 }
    return Array(bytes[position..<end])
  }
}

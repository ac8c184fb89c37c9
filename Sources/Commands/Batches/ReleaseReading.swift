import CivilTime
import Files
import JSONText
import Planning

/// Reads a release as the lines of a batch have it, with the terms of its services inline.
struct ReleaseReading {
  let zone: ZoneRules
  private let folder: ContractFolder
  private var calendars: [String: HolidayCalendar] = [:]

  init(zone: ZoneRules, folder: ContractFolder) {
    self.zone = zone
    self.folder = folder
  }

  func text(_ instant: Instant) -> String { TimeText.local(instant, in: zone) }

  mutating func release(_ instance: JSON) throws(BatchError) -> Release {
    let now = try moment(instance, "now", wholeMinutes: false)
    let horizon = try moment(instance, "horizon")
    do throws(ReleaseFault) { try Release.check(from: now, until: horizon) } catch { throw BatchError(error) }
    var services: [Release.Service] = []
    for service in try list(instance, "services") { services.append(try self.service(service, now, horizon)) }
    var works: [Release.Work] = []
    for change in try list(instance, "changes") { works.append(try work(change)) }
    guard works.count <= Release.mostWorks else {
      throw BatchError(code: .invalidValue, message: "more than \(Release.mostWorks) changes")
    }
    var people: [Release.Person] = []
    for person in try list(instance, "people", isOptional: true) {
      people.append(
        Release.Person(
          name: try person.batchString("name"), rest: try number(person, "rest") ?? Release.Person.lawfulRest,
          away: try intervals(person, "unavailable")))
    }
    let release = Release(
      now: now, horizon: horizon, grid: try number(instance, "grid") ?? 15, zone: zone, services: services,
      works: works, people: people)
    do throws(ReleaseFault) { try release.check() } catch { throw BatchError(error) }
    return release
  }

  // MARK: Services

  private mutating func service(
    _ service: JSON, _ now: Instant, _ horizon: Instant
  ) throws(BatchError) -> Release.Service {
    let terms = service["windows"] ?? .object([])
    var nights: [ContractTerms.NightRange] = []
    for night in try list(terms, "nights", isOptional: true) { nights.append(try self.night(night)) }
    let zoneName = terms["holidays"]?.isNull ?? true ? nil : try terms.batchString("holidays")
    let window = ContractTerms.MaintenanceWindow(
      clause: "", nights: nights, weekdays: try days(terms, "weekdays") ?? [], holidays: zoneName != nil)
    let calendar = try zoneName.map { name throws(BatchError) in try self.calendar(name) }
    // Wider than a release can see, which only matters to terms without any closed hour.
    let margin = 14
    let windows = window.merged(
      from: zone.civil(now).date.advanced(byDays: -margin),
      through: zone.civil(horizon).date.advanced(byDays: margin), zone: zone,
      holidays: calendar ?? HolidayCalendar(zone: "", rules: []))
    var bookings: [Release.Booking] = []
    for booking in try list(service, "bookings", isOptional: true) {
      bookings.append(
        Release.Booking(
          interval: try interval(booking, "booking"),
          isVisible: booking["impact"] == nil ? false : try isVisible(booking)))
    }
    var usage: [Int] = Array(repeating: 1, count: 168)
    if service["usage"] != nil {
      usage = try list(service, "usage").map { value throws(BatchError) in
        guard let weight = value.integer else {
          throw BatchError(code: .invalidValue, message: "usage holds what is no whole number")
        }
        return Int(clamping: weight)
      }
    }
    return Release.Service(
      name: try service.batchString("name"), windows: windows,
      notice: Elapsed(seconds: try service.batchInteger("notice")), freezes: try intervals(service, "freezes"),
      bookings: bookings, maxInterruptions: try number(service, "max_interruptions"), usage: usage)
  }

  private func night(_ night: JSON) throws(BatchError) -> ContractTerms.NightRange {
    func time(_ key: String) throws(BatchError) -> TimeOfDay? {
      let text = try night.batchString(key)
      if text == "24:00" { return nil }
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
        let minute = Int(parts[1]), let time = TimeOfDay(hour: hour, minute: minute)
      else { throw BatchError(code: .invalidValue, message: "\(key) of a night is no time of day: \(text)") }
      guard time.hour != 2 else {
        throw BatchError(
          code: .invalidValue, message: "\(key) of a night is \(text): changes of clock skip or repeat it")
      }
      return time
    }
    // A night from 24:00 begins the day after; nobody writes it so.
    guard let start = try time("from") else {
      throw BatchError(code: .invalidValue, message: "from of a night is 24:00")
    }
    return ContractTerms.NightRange(start: start, end: try time("to"), days: try days(night, "days"))
  }

  private func days(_ value: JSON, _ key: String) throws(BatchError) -> Set<Weekday>? {
    let list = try list(value, key, isOptional: true)
    guard !list.isEmpty else { return nil }
    var days: Set<Weekday> = []
    for value in list {
      guard let number = value.integer, let day = Weekday(rawValue: Int(clamping: number)) else {
        throw BatchError(code: .invalidValue, message: "\(key) holds what is no ISO weekday, 1 to 7")
      }
      days.insert(day)
    }
    return days
  }

  private mutating func calendar(_ name: String) throws(BatchError) -> HolidayCalendar {
    if let calendar = calendars[name] { return calendar }
    guard let calendar = (try? folder.holidayCalendar(zone: name)) ?? nil else {
      throw BatchError(code: .unknownZone, message: "zone \(name) is not known")
    }
    calendars[name] = calendar
    return calendar
  }

  // MARK: Works

  private func work(_ change: JSON) throws(BatchError) -> Release.Work {
    let id = try change.batchString("id")
    var after: [Release.Dependency] = []
    for row in try list(change, "after", isOptional: true) {
      after.append(
        Release.Dependency(
          work: try row.batchString("change"), least: try number(row, "gap_min") ?? 0,
          most: try number(row, "gap_max")))
    }
    func time(_ key: String) throws(BatchError) -> Instant? {
      change[key]?.isNull ?? true ? nil : try moment(change, key)
    }
    return Release.Work(
      id: id,
      services: change["services"] == nil ? [try change.batchString("service")] : try names(change, "services"),
      duration: Int(clamping: try change.batchInteger("duration")), rollback: try number(change, "rollback") ?? 0,
      notBefore: try time("not_before"), deadline: try time("deadline"), fixed: try time("fixed"), after: after,
      together: try names(change, "together"), crew: try names(change, "crew"), isVisible: try isVisible(change),
      priority: Int(clamping: try change.batchInteger("priority")))
  }

  private func isVisible(_ value: JSON) throws(BatchError) -> Bool {
    let name = try value.batchString("impact")
    guard let impact = Impact(rawValue: name) else {
      throw BatchError(
        code: .invalidValue,
        message: "impact is none of \(Impact.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return impact == .degraded || impact == .outage
  }

  // MARK: Values

  /// Instants of a release name their offset.
  private func moment(_ value: JSON, _ key: String, wholeMinutes: Bool = true) throws(BatchError) -> Instant {
    let text = try value.batchString(key)
    guard case .instant(let instant)? = WrittenTime(text, form: .exact) else {
      throw BatchError(code: .invalidValue, message: "\(key) is no instant with an offset: \(text)")
    }
    guard !wholeMinutes || instant.secondsSinceEpoch % 60 == 0 else {
      throw BatchError(code: .invalidValue, message: "\(key) is no whole minute: \(text)")
    }
    return instant
  }

  private func interval(_ value: JSON, _ name: String) throws(BatchError) -> Interval {
    guard let interval = Interval(start: try moment(value, "start"), end: try moment(value, "end")) else {
      throw BatchError(code: .invalidValue, message: "\(name): end is not after start")
    }
    return interval
  }

  private func intervals(_ value: JSON, _ key: String) throws(BatchError) -> [Interval] {
    var result: [Interval] = []
    for row in try list(value, key, isOptional: true) { result.append(try interval(row, key)) }
    return result
  }

  private func list(_ value: JSON, _ key: String, isOptional: Bool = false) throws(BatchError) -> [JSON] {
    guard let list = value[key], !(isOptional && list.isNull) else {
      if isOptional { return [] }
      throw BatchError(code: .missingKey, message: "\(key) is missing")
    }
    guard let rows = list.array else { throw BatchError(code: .invalidValue, message: "\(key) is no array") }
    return rows
  }

  private func names(_ value: JSON, _ key: String) throws(BatchError) -> [String] {
    var names: [String] = []
    for name in try list(value, key, isOptional: true) {
      guard let name = name.string else {
        throw BatchError(code: .invalidValue, message: "\(key) holds what is no name")
      }
      names.append(name)
    }
    return names
  }

  /// Nil where it is left out.
  private func number(_ value: JSON, _ key: String) throws(BatchError) -> Int? {
    value[key]?.isNull ?? true ? nil : Int(clamping: try value.batchInteger(key))
  }
}

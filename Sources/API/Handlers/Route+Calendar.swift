import Answers
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

extension Route {
  static let environment = Parameter("environment", .text(1...200).saying("The environment (production)."))
  static let service = Parameter("service", .text(1...200).saying("Only this service."))
  static let limit = Parameter("limit", .whole(1...1000).saying("How many entries at most (100)."))
  static let after = Parameter(
    "after", .text(1...64).saying("Where the page before ended, as the Link header of its answer says."))
  static func time(_ name: String, _ about: String, isRequired: Bool = false) -> Parameter {
    Parameter(name, .text(1...64).saying(about), isRequired: isRequired)
  }

  /// The contracts, and what follows from them.
  static let calendar: [Route] = [
    Route(
      .listServices,
      gives: Success(200, .list(.named("Service"))), CalendarCalls.services),
    Route(
      .listWindows,
      parameters: [
        time("from", "First day or moment (today)."), time("to", "Last moment, exclusive (14 days later)."),
        environment,
      ], gives: Success(200, .list(.named("Window"))), CalendarCalls.windows),
    Route(
      .listHolidays,
      parameters: [
        Parameter("year", .whole(1583...9999).saying("The year (this one).")),
        Parameter("zone", .text(1...64).saying("Another zone: metropole, alsace-moselle, guadeloupe, …")),
      ], gives: Success(200, .named("Holidays")), CalendarCalls.holidays),
    Route(
      .listSlots,
      parameters: [
        Parameter("duration", .text(1...32).saying("How long the work takes: 2h."), isRequired: true),
        Parameter("count", .whole(1...100).saying("How many proposals (5).")),
        time("from", "Not before this day or moment."), environment,
      ], gives: Success(200, .list(.named("Slot"))), CalendarCalls.slots),
    Route(
      .showYear,
      parameters: [
        Parameter("year", .whole(1970...2200).saying("The year (this one).")),
        Parameter("format", .choice(["json", "text", "html", "svg"]).saying("json")), environment,
      ], gives: Success(200, .named("Year"), others: ["text/plain", "text/html", "image/svg+xml"]), CalendarCalls.year),
  ]
}

enum CalendarCalls {
  @Sendable static func services(_ exchange: Exchange) throws -> APIAnswer {
    exchange.json(service.json(try exchange.api.contracts.loadAll().map(\.contract), .utc))
  }

  static let service = Form<Contract>(
    "Service",
    [
      .must("service") { $0.service }, .must("name", name) { $0.name }, .must("source") { $0.source },
      .must("components") { $0.components }, .must("environments") { $0.environments },
      .may("component_names", list: named) { named($0.components, $0.componentNames) },
      .may("environment_names", list: named) { named($0.environments, $0.environmentNames) },
      .must("time_zone") { $0.currentTimeZone.name }, .must("portal") { $0.portal },
    ])
  private static let named = Form<(id: String, name: Contract.LocalizedName)>(
    [.must("id") { $0.id }, .must("fr") { $0.name.french }, .must("en") { $0.name.english }])

  /// Those that have a name beside their identifier; nil where none has.
  private static func named(
    _ ids: [String], _ names: [String: Contract.LocalizedName]
  ) -> [(id: String, name: Contract.LocalizedName)]? {
    names.isEmpty ? nil : ids.compactMap { id in names[id].map { (id, $0) } }
  }

  private static let name = Form<Contract.LocalizedName>([.must("fr") { $0.french }, .must("en") { $0.english }])

  /// More would be a mistake rather than a question; two years have fewer windows than a page has entries.
  private static let longestRange = Elapsed.hours(24 * 732)
  @Sendable static func windows(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let (wording, language) = (exchange.wording(contract), exchange.language)
    let times = TimeArgument(wording: wording)
    func bound(_ field: Field) throws -> Instant? {
      guard let text = exchange.query.first(Door.api.name(field)) else { return nil }
      let bound = try times.bound(text, field: field)
      try exchange.checkYear(wording.zone.civil(bound).date.year, field)
      return bound
    }
    let start = try bound(.from) ?? wording.zone.startOfDay(wording.zone.civil(exchange.register.now).date)
    let end = try bound(.to) ?? start + .hours(14 * 24)
    guard let range = Interval(start: start, end: end), range.length <= longestRange else {
      throw BadValue(
        language(
          "to: after from, and at most two years after it.",
          "to\(language.colon) après from, deux ans plus tard au plus."))
    }
    let days = CalendarDays(
      contract, environment: try exchange.environment(of: contract), language: language, range: range)
    return exchange.json(days.windows.json(.local(wording.zone)))
  }

  @Sendable static func holidays(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let zone = exchange.wording(contract).zone
    let year = exchange.query.first("year").flatMap { Int($0) } ?? zone.civil(exchange.register.now).date.year
    var calendar = contract.versions[contract.versions.count - 1].holidays
    if let name = exchange.query.first("zone") {
      guard let other = try exchange.api.contracts.holidayCalendar(zone: name, country: "fr") else {
        let known = try exchange.api.contracts.holidayZones(country: "fr").joined(separator: ", ")
        throw BadValue(
          exchange.language(
            "zone: unknown; there are: \(known).", "zone\(exchange.language.colon) inconnue ; il y a : \(known)."))
      }
      calendar = other
    }
    return exchange.json(HolidayJSON.year(year, calendar, laws: true))
  }

  @Sendable static func slots(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let times = TimeArgument(wording: exchange.wording(contract))
    let proposals = SlotProposals(
      contract: contract, environment: try exchange.environment(of: contract), register: exchange.register,
      now: exchange.register.now, forEveryone: exchange.principal == nil)
    let bound = try exchange.query.first("from").map { try times.bound($0, field: .from) }
    if let bound, bound > exchange.register.now + CommandError.Limits.horizon { throw CommandError.tooFarAway(bound) }
    let slots = try proposals.slots(
      from: bound, length: times.duration(exchange.query.first("duration") ?? "", field: .duration),
      count: exchange.query.first("count").flatMap { Int($0) } ?? 5)
    return exchange.json(slots.json(.local(exchange.wording(contract).zone)))
  }

  @Sendable static func year(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let language = exchange.language
    let number =
      exchange.query.first("year").flatMap { Int($0) }
      ?? contract.currentTimeZone.civil(exchange.register.now).date.year
    guard
      let year = AnnexYear(contract: contract, environment: try exchange.environment(of: contract), year: number)
    else { throw BadValue(language("year: from 1970 to 2200.", "year : de 1970 à 2200.")) }
    switch exchange.query.first("format") {
    case "text":
      return exchange.bytes(Array(AnnexText(year, language).render().utf8), type: "text/plain; charset=utf-8")
    case "html": return exchange.bytes(AnnexPage(year, language).render(), type: "text/html; charset=utf-8")
    case "svg": return exchange.bytes(AnnexPicture(year, language).renderYear(), type: "image/svg+xml")
    default: return exchange.json(AnnexJSON.json(year))
    }
  }
}

import Answers
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

extension Route {
  private static let month = Parameter("month", Schema.monthName.saying("The current one without it."))

  /// Figures under the contract.
  static let measures: [Route] = [
    Route(
      .showAvailability,
      parameters: [
        month, Parameter("from", Schema.monthName.saying("First month.")),
        Parameter("to", Schema.monthName.saying("Last month, included (the current one).")),
        Parameter("simulate", .text(1...130).saying("What a stop would cost: 2026-11-23T06:00/2h.")),
      ], gives: Success(200, .anyOf(.list(.named("Month")), .named("Simulation"))), MeasureCalls.availability),
    Route(
      .showReport,
      parameters: [month, environment, Parameter("format", .choice(["json", "text", "html"]).saying("json"))],
      gives: Success(200, .named("Report"), others: ["text/plain", "text/html"]), MeasureCalls.report),
    Route(
      .showSupportDeadlines,
      parameters: [
        time("at", "When the Request was registered.", isRequired: true),
        time("qualified_at", "When the anomaly was qualified and reproduced."),
        Parameter("criticality", .choice(["1", "2", "3"]).saying("Only the deadline of this one.")),
      ], gives: Success(200, .named("Deadlines")), MeasureCalls.deadlines),
    Route(
      .reportSupport,
      parameters: [
        time("as_of", "The moment at which what is pending is judged (now)."),
        Parameter("format", .choice(["json", "csv"]).saying("json")),
      ], body: Body(.supportRequests, orText: ["text/csv"]),
      gives: Success(200, .named("SupportReport"), others: ["text/csv"]), SupportReportCalls.report),
  ]
}

enum MeasureCalls {
  /// More would be a long time to compute for a question of anyone.
  private static let mostMonths = 24

  static func noPromise(_ language: Language) -> BadValue {
    BadValue(
      language(
        "The contract promises no availability in that time.", "Le contrat ne promet pas de disponibilité à ce moment.")
    )
  }

  @Sendable static func availability(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let (query, language, wording) = (exchange.query, exchange.language, exchange.wording(contract))
    let now = exchange.register.now
    let isForEveryone = exchange.principal == nil
    let run = AvailabilityRun(
      contract: contract, register: exchange.register, now: now, forEveryone: isForEveryone)
    let json = AvailabilityJSON(wording: wording, isSimulation: exchange.api.isSimulation, isForEveryone: isForEveryone)
    if let text = query.first("simulate") {
      guard ["month", "from", "to"].allSatisfy({ query.first($0) == nil }) else {
        throw BadValue(
          language(
            "simulate names its own time; leave month, from and to out.",
            "simulate dit lui-même quand\(Typography.narrow); retirez month, from et to."))
      }
      let supposed = try TimeArgument(wording: wording).supposed(text, field: .simulate)
      try exchange.checkYear(wording.zone.civil(supposed.start).date.year, .simulate)
      return exchange.json(json.simulation(supposed, try run.simulate(supposed, wording)))
    }
    let asked = try MonthArgument(language: language, door: exchange.door).months(
      month: query.first("month"), from: query.first("from"), to: query.first("to"),
      today: wording.zone.civil(now).date)
    guard asked.count <= mostMonths else {
      throw BadValue(
        language("from, to: at most \(mostMonths) months.", "from, to\(language.colon) \(mostMonths) mois au plus."))
    }
    for month in asked { try exchange.checkYear(month.year, .month) }
    let months = try run.months(asked)
    guard !months.isEmpty else { throw noPromise(language) }
    return exchange.json(.array(months.map(json.month)))
  }

  @Sendable static func report(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let (language, wording) = (exchange.language, exchange.wording(contract))
    let now = exchange.register.now
    let run = ReportRun(
      contract: contract, environment: try exchange.environment(of: contract), register: exchange.register, now: now)
    guard
      let month = try MonthArgument(language: language, door: exchange.door).months(
        month: exchange.query.first("month"), from: nil, to: nil, today: wording.zone.civil(now).date
      ).first
    else {
      throw BadValue(
        language("month: write YYYY-MM, such as 2026-11.", "month : écrivez AAAA-MM, par exemple 2026-11."))
    }
    try exchange.checkYear(month.year, .month)
    guard let report = try run.report(month) else { throw MeasureCalls.noPromise(language) }
    let isSimulation = exchange.api.isSimulation
    switch exchange.query.first("format") {
    case "html":
      return exchange.bytes(
        ReportPage(report, wording, isSimulation: isSimulation).render(), type: "text/html; charset=utf-8")
    case "text":
      return exchange.bytes(
        Array(ReportText(report, wording, isSimulation: isSimulation).render().utf8), type: "text/plain; charset=utf-8")
    default: return exchange.json(ReportJSON(report, wording, isSimulation: isSimulation).json())
    }
  }

  @Sendable static func deadlines(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let wording = exchange.wording(contract)
    let reading = SupportReading(contract: contract, wording: wording)
    let only = try exchange.query.first("criticality").map { try reading.criticality($0) }
    let deadlines = try reading.deadlines(
      at: exchange.query.first("at") ?? "", qualifiedAt: exchange.query.first("qualified_at"))
    try exchange.checkYear(wording.zone.civil(deadlines.registeredAt).date.year, .at)
    return exchange.json(SupportJSON.json(deadlines, contract: contract, wording: wording, only: only))
  }
}

import Answers
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

extension Route {
  /// What went down, and why.
  static let outages: [Route] = [
    Route(
      .listOutages,
      parameters: [
        service, Parameter("environment", .text(1...200).saying("Only this environment.")),
        Parameter("state", .choice(OutageState.self).saying("Only these states; repeatable."), isList: true),
        Parameter("month", .text(1...10).saying("Only outages that meet this month: YYYY-MM.")), limit, after,
      ], gives: Success(200, .list(.named("Outage"))), OutageCalls.list),
    Route(
      .showOutage,
      gives: Success(200, .named("Outage")), OutageCalls.show),
    Route(
      .recordOutage, body: Body(.outage),
      gives: Success(201, .named("Outage")), OutageCalls.record),
    Route(
      .amendOutage, body: Body(.outageAmendment), gives: Success(200, .named("Outage")), OutageCalls.amend),
    Route(
      .voidOutage,
      body: Body(.cancellation), gives: Success(200, .named("Outage"))
    ) { exchange in try OutageCalls.move(exchange) { _ in .void(reason: exchange.text("reason")) } },
    Route(
      .importOutages,
      parameters: [
        Parameter("service", .text(1...200).saying("Of rows that name none.")),
        Parameter("dry_run", Schema.flag.saying("Judges, and records nothing.")),
      ], body: Body(types: ["application/x-ndjson", "application/jsonl", "text/csv"], limit: 1 << 20),
      gives: Success(200, .list(.named("Row"))), OutageCalls.importAll),
  ]
}

enum OutageCalls {
  @Sendable static func list(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.contracts()[0]
    let wording = exchange.wording(contract)
    var filter = OutageFilter()
    filter.service = exchange.query.first("service")
    filter.environment = exchange.query.first("environment")
    filter.states = Set(exchange.query.all("state").compactMap(OutageState.init(rawValue:)))
    if let text = exchange.query.first("month") {
      let month = try MonthArgument(language: exchange.language, door: exchange.door).month(text, field: .month)
      filter.range = Interval(start: wording.zone.startOfDay(month.first), end: wording.zone.startOfDay(month.end))
    }
    let page = try Page(exchange, number: { OutageID($0).map { ($0.year, $0.number) } })
    let (outages, beside) = try page.cut { (outage: Outage) in
      Page.Place(
        key: outage.content.start.secondsSinceEpoch, year: outage.id.year, number: outage.id.number,
        text: outage.id.description)
    } each: { take in
      for outage in try exchange.register.outages(filter) where !take(outage) { return }
    }
    let json = OutageJSON(wording: wording, isSimulation: exchange.api.isSimulation)
    return exchange.json(.array(outages.map(json.outage)), headers: exchange.links(beside))
  }

  @Sendable static func show(_ exchange: Exchange) throws -> APIAnswer {
    let outage = try find(exchange)
    return answer(outage, try exchange.contract(outage.content.service), exchange)
  }

  private static func find(_ exchange: Exchange) throws -> Outage {
    guard let id = exchange.path["outage"].flatMap(OutageID.init) else {
      throw Problem(.unknownOutage, exchange.language("There is no such outage.", "Il n’y a pas cette panne."))
    }
    return try exchange.register.outage(id)
  }

  private static func answer(
    _ outage: Outage, _ loaded: LoadedContract, _ exchange: Exchange, headers: [(name: String, value: String)] = []
  ) -> APIAnswer {
    let json = OutageJSON(wording: exchange.wording(loaded.contract), isSimulation: exchange.api.isSimulation)
    return exchange.json(json.outage(outage), state: ETag(outage), headers: headers)
  }

  private static func texts(_ exchange: Exchange) -> OutageTexts {
    var texts = OutageTexts()
    texts.environment = exchange.text("environment")
    texts.components = exchange.texts("components")
    texts.cause = exchange.text("cause")
    texts.start = exchange.text("start")
    texts.end = exchange.text("end")
    texts.duration = exchange.text("duration")
    texts.isOngoing = exchange.flag("ongoing") ?? false
    texts.title = exchange.text("title")
    texts.evidence = exchange.text("evidence")
    return texts
  }

  @Sendable static func record(_ exchange: Exchange) throws -> APIAnswer {
    let loaded = try exchange.contract(exchange.text("service"))
    let content = try texts(exchange).content(of: loaded.contract, wording: exchange.wording(loaded.contract))
    return try execute(.record(content), on: nil, loaded, exchange)
  }

  @Sendable static func importAll(_ exchange: Exchange) throws -> APIAnswer {
    let (language, query, bytes) = (exchange.language, exchange.query, exchange.call.body)
    let isCSV = exchange.call.header("content-type")?.lowercased().hasPrefix("text/csv") ?? false
    let file = isCSV ? OutageRows(csv: bytes) : OutageRows(jsonLines: bytes)
    guard file.rows.count <= ImportCalls.mostRows else { throw ImportCalls.tooMany(language) }
    let job = OutageImport(
      language: language, door: exchange.door == .api ? .upload : .file, isRehearsal: query.first("dry_run") == "true",
      actor: exchange.principal?.name, service: query.first("service"), keyScope: exchange.scope
    ) {
      try exchange.contract($0)
    } bind: {
      exchange.bound($0)
    }
    let result = try job.run(file, register: exchange.register, isSimulation: exchange.api.isSimulation)
    let rows = JSON.array(result.json)
    guard result.problems.isEmpty else { throw ImportCalls.malformed(result.problems.count, rows, language) }
    return exchange.json(rows)
  }

  @Sendable static func amend(_ exchange: Exchange) throws -> APIAnswer {
    try move(exchange) { wording in
      .amend(try texts(exchange).amendment(wording: wording), reason: exchange.text("reason"))
    }
  }

  static func move(_ exchange: Exchange, _ command: (Wording) throws -> OutageCommand) throws -> APIAnswer {
    let outage = try find(exchange)
    let expected = try exchange.expectedRevision()
    let loaded = try exchange.contract(outage.content.service)
    return try execute(
      command(exchange.wording(loaded.contract)), on: outage.id, expecting: expected, loaded, exchange)
  }

  private static func execute(
    _ command: OutageCommand, on id: OutageID?, expecting expected: Int? = nil, _ loaded: LoadedContract,
    _ exchange: Exchange
  ) throws -> APIAnswer {
    let outcome = try exchange.register.execute(
      Register.OutageRequest(
        command, on: id, actor: exchange.principal?.name, idempotencyKey: try exchange.key(),
        expectedRevision: expected)
    ) { _ in exchange.bound(loaded) }
    var headers: [(name: String, value: String)] = []
    if id == nil { headers.append(("location", "\(API.prefix)/outages/\(outcome.outage.id)")) }
    if outcome.isReplay { headers.append(("idempotency-replayed", "true")) }
    return answer(outcome.outage, loaded, exchange, headers: headers)
  }
}

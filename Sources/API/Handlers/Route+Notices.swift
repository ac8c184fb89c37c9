import Answers
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

extension Route {
  private static let format = Parameter(
    "format", .choice(["json", "markdown", "html", "text", "letter"]).saying("json"))
  private static let fragment = Parameter(
    "fragment", Schema.flag.saying("With format=html: what an editor takes, without page, style sheet and subject."))
  private static let forms = ["text/markdown", "text/html", "text/plain"]

  /// Texts for clients: what is owed, what they say, and that they were published.
  static let notices: [Route] = [
    Route(
      .listNoticesDue,
      parameters: [service, Parameter("within", .text(1...32).saying("How far ahead to look (72h)."))],
      gives: Success(200, .list(.named("Owed"))), NoticeCalls.due),
    Route(
      .listNoticesTold,
      parameters: [
        service, Parameter("change", .text(1...32).saying("Only this change; stands without service and month.")),
        Parameter("month", Schema.monthName.saying("What was published in it; the current one without it.")), limit,
        after,
      ], gives: Success(200, .list(.named("NoticeTold"))), NoticeCalls.told),
    Route(
      .writeNotice,
      parameters: [Parameter("format", .choice(NoticeFormat.self).saying("json")), fragment],
      gives: Success(200, .named("Notice"), others: forms + ["message/rfc822", "text/calendar"]), NoticeCalls.write),
    Route(
      .writeReleaseNotice,
      parameters: [
        service, Parameter("format", .choice(NoticeFormat.self).saying("json")), fragment,
      ],
      gives: Success(200, .named("Notice"), others: forms + ["message/rfc822", "text/calendar"]), NoticeCalls.release),
    Route(
      .writeAvailabilityNotice,
      parameters: [
        Parameter("month", Schema.monthName.saying("The last one that is over without it.")), format, fragment,
      ],
      gives: Success(200, .named("Notice"), others: forms), NoticeCalls.availability),
    Route(
      .recordNotice, body: Body(.publication), gives: Success(200, .named("Change")), NoticeCalls.record),
    Route(
      .recordNotices, body: Body(.publications), gives: Success(200, .list(.named("NoticeTold"))),
      NoticeCalls.recordAll),
    Route(.sendNotices, body: Body(.sending), gives: Success(200, .named("Change"))) { exchange in
      try exchange.move { _, loaded in
        let words = exchange.words
        return .sendNotices(try exchange.text("kind").map { try words.read($0, field: .kind) })
      }
    },
  ]
}

enum NoticeCalls {
  @Sendable static func due(_ exchange: Exchange) throws -> APIAnswer {
    let contracts = try exchange.contracts()
    let wording = exchange.wording(contracts[0])
    let owed = try NoticesOwed.due(
      contracts, within: exchange.query.first("within"), register: exchange.register, wording: wording)
    return exchange.json(.array(owed.lines.map { $0.json(wording: wording, now: owed.now) }))
  }

  @Sendable static func told(_ exchange: Exchange) throws -> APIAnswer {
    let lines: [NoticesTold.Line]
    if let name = exchange.query.first("change") {
      guard exchange.query.first("service") == nil, exchange.query.first("month") == nil else {
        throw BadValue(
          exchange.language(
            "change: it says enough by itself; leave service and month out.",
            "change : il suffit à lui seul ; retirez service et month."))
      }
      let id = try exchange.words.change(name)
      lines = try NoticesTold.lines(of: id, in: exchange.register)
    } else {
      let months = MonthArgument(language: exchange.language, door: exchange.door)
      lines = try exchange.contracts().flatMap { contract in
        let today = contract.currentTimeZone.civil(exchange.register.now).date
        let asked = try months.months(month: exchange.query.first("month"), from: nil, to: nil, today: today)
        return try asked.flatMap { try NoticesTold.lines($0, of: contract, in: exchange.register) }
      }
    }
    let zone = exchange.firstWording.zone
    let page = try Page(exchange, number: { Int($0).map { (0, $0) } })
    // In the order of the log, which nothing comes between.
    let (shown, beside) = page.cut { (line: NoticesTold.Line) in
      Page.Place(
        key: line.line.at.secondsSinceEpoch, year: 0, number: line.line.sequence, text: "\(line.line.sequence)")
    } each: { take in
      for line in lines.sorted(by: { $0.line.sequence < $1.line.sequence }) where !take(line) { return }
    }
    return exchange.json(
      .array(shown.map { NoticesTold.form.json($0, .local(zone)) }), headers: exchange.links(beside))
  }

  @Sendable static func write(_ exchange: Exchange) throws -> APIAnswer {
    let found = try exchange.change()
    let name = exchange.path["kind"] ?? ""
    var kind: NoticeKind?
    if name != "current" { kind = try exchange.words.read(name, field: .kind) as NoticeKind }
    let form = try form(exchange)
    let writing = NoticeWriting(
      register: exchange.register, identity: exchange.api.identity, isSimulation: exchange.api.isSimulation,
      templates: try exchange.api.templates(), language: exchange.language)
    let draft = try writing.draft(
      kind, of: found.history.map(\.after), contract: exchange.contract(found.change.content.service).contract)
    return exchange.bytes(try writing.write(draft, as: form), type: type(form.format))
  }

  @Sendable static func release(_ exchange: Exchange) throws -> APIAnswer {
    let (record, changes) = try ReleaseCalls.find(exchange)
    let name = exchange.path["kind"] ?? ""
    let kind: NoticeKind? = name == "current" ? nil : try exchange.words.read(name, field: .kind)
    let form = try form(exchange)
    let writing = NoticeWriting(
      register: exchange.register, identity: exchange.api.identity, isSimulation: exchange.api.isSimulation,
      templates: try exchange.api.templates(), language: exchange.language)
    let notice = try writing.draft(kind, of: record, changes, service: exchange.query.first("service")) {
      try exchange.contract($0).contract
    }
    return exchange.bytes(try writing.write(notice, as: form), type: type(form.format))
  }

  private static func form(_ exchange: Exchange) throws -> NoticeForm {
    var form = NoticeForm(exchange.query.first("format").flatMap(NoticeFormat.init(rawValue:)) ?? .json)
    form.isFragment = exchange.query.first("fragment") == "true"
    guard form.format == .html || !form.isFragment else {
      throw BadValue(
        exchange.language(
          "fragment: only with format=html.", "fragment : seulement avec format=html."))
    }
    return form
  }

  private static func type(_ format: NoticeFormat) -> String {
    switch format {
    case .json: "application/json"
    case .markdown: "text/markdown; charset=utf-8"
    case .html, .letter: "text/html; charset=utf-8"
    case .text: "text/plain; charset=utf-8"
    case .eml: "message/rfc822"
    case .ics: "text/calendar; charset=utf-8"
    }
  }

  @Sendable static func availability(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let (register, language) = (exchange.register, exchange.language)
    let now = register.now
    let months = MonthArgument(language: language, door: exchange.door)
    let asked = try months.reported(exchange.query.first("month"), contract, at: now)
    try exchange.checkYear(asked.year, .month)
    let run = AvailabilityRun(contract: contract, register: register, now: now)
    guard let month = try run.months([asked]).first else { throw MeasureCalls.noPromise(language) }
    let templates = try exchange.api.templates()
    let document = try templates.document(
      availability: month, contract: contract, language: language, isSimulation: exchange.api.isSimulation)
    let form = try form(exchange)
    if let text = try form.text(of: document, by: templates, contract: contract, at: now) {
      return exchange.bytes(Array(text.utf8), type: type(form.format))
    }
    let json = AvailabilityJSON(wording: exchange.wording(contract), isSimulation: exchange.api.isSimulation)
    return exchange.json(document.json(availability: json.month(month)))
  }

  @Sendable static func recordAll(_ exchange: Exchange) throws -> APIAnswer {
    let (register, words) = (exchange.register, exchange.words)
    let items = try (exchange.body["notices"]?.array ?? []).map { json in
      PublishedNotices.Item(
        try words.change(json["change"]?.string ?? ""), kind: json["kind"]?.string,
        channel: json["channel"]?.string ?? "", at: json["at"]?.string,
        revision: json["revision"]?.integer.flatMap(Int.init(exactly:)),
        key: json["idempotency_key"]?.string.map { exchange.scope + $0 })
    }
    let requests = try PublishedNotices.requests(items, actor: exchange.principal?.name, register: register) { change in
      try exchange.contract(change.content.service).contract
    } wording: {
      exchange.wording($0)
    }
    let outcomes = try register.executeTogether(requests) { try exchange.bound(exchange.contract($0)) }
    let lines = try PublishedNotices.lines(outcomes, in: register)
    return exchange.json(.array(lines.map { NoticesTold.form.json($0, .local(exchange.firstWording.zone)) }))
  }

  @Sendable static func record(_ exchange: Exchange) throws -> APIAnswer {
    try exchange.move { _, loaded in
      try NoticesOwed.publication(
        kind: exchange.text("kind"), channel: exchange.text("channel") ?? "", at: exchange.text("at"),
        wording: exchange.wording(loaded.contract))
    }
  }
}

import Answers
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

extension Route {
  private static let format = Parameter("format", .choice(["json", "markdown", "html", "text"]).saying("json"))
  private static let forms = ["text/markdown", "text/html", "text/plain"]

  /// Texts for clients: what is owed, what they say, and that they were published.
  static let notices: [Route] = [
    Route(
      .get, "/notices/due", .readRegister, name: "listNoticesDue", "Notices that clients are owed, by deadline.",
      parameters: [service, Parameter("within", .text(1...32).saying("How far ahead to look (72h)."))],
      gives: Success(200, .list(.named("Owed"))), NoticeCalls.due),
    Route(
      .get, "/changes/{change}/notices/{kind}", .readRegister, name: "writeNotice",
      "The notice of a change; of the kind current, the one that its newest revision calls for.",
      parameters: [Parameter("format", .choice(NoticeFormat.self).saying("json"))],
      gives: Success(200, .named("Notice"), others: forms + ["message/rfc822"]), NoticeCalls.write),
    Route(
      .get, "/services/{service}/availability/notice", .readRegister, name: "writeAvailabilityNotice",
      "The report of a month's availability, for clients.",
      parameters: [Parameter("month", Schema.monthName.saying("The last one that is over without it.")), format],
      gives: Success(200, .named("Notice"), others: forms), NoticeCalls.availability),
    Route(
      .post, "/changes/{change}/notices", .publishNotice, name: "recordNotice",
      "Records that a notice was published; nothing else of the change moves.", body: Body(.publication),
      precondition: .optional, takesKey: true, gives: Success(200, .named("Change")), NoticeCalls.record),
  ]
}

enum NoticeCalls {
  @Sendable static func due(_ exchange: Exchange) throws -> APIAnswer {
    let contracts = try exchange.contracts()
    let wording = exchange.wording(contracts[0])
    let now = exchange.register.now
    let ahead =
      try exchange.query.first("within").map { try TimeArgument(wording: wording).duration($0, field: .within) }
      ?? .hours(72)
    var owed: [NoticesOwed.Line] = []
    for contract in contracts {
      owed += try NoticesOwed(contract, exchange.register).lines(at: now, within: ahead)
    }
    owed.sort { ($0.obligation.due, $0.change.id) < ($1.obligation.due, $1.change.id) }
    return exchange.json(.array(owed.map { $0.json(wording: wording, now: now) }))
  }

  @Sendable static func write(_ exchange: Exchange) throws -> APIAnswer {
    let found = try exchange.change()
    let name = exchange.path["kind"] ?? ""
    var kind: NoticeKind?
    if name != "current" { kind = try exchange.words.read(name, field: .kind) as NoticeKind }
    let format = exchange.query.first("format").flatMap(NoticeFormat.init(rawValue:)) ?? .json
    let writing = NoticeWriting(
      register: exchange.register, identity: exchange.api.identity, isSimulation: exchange.api.isSimulation,
      templates: try exchange.api.templates(), language: exchange.language)
    let bytes = try writing.write(
      kind, of: found.history.map(\.after), contract: exchange.contract(found.change.content.service).contract,
      format: format)
    return exchange.bytes(bytes, type: type(format))
  }

  private static func type(_ format: NoticeFormat) -> String {
    switch format {
    case .json: "application/json"
    case .markdown: "text/markdown; charset=utf-8"
    case .html: "text/html; charset=utf-8"
    case .text: "text/plain; charset=utf-8"
    case .eml: "message/rfc822"
    }
  }

  @Sendable static func availability(_ exchange: Exchange) throws -> APIAnswer {
    let contract = try exchange.pathContract().contract
    let (register, language) = (exchange.register, exchange.language)
    let now = register.now
    let months = MonthArgument(language: language, door: exchange.door)
    let asked =
      try exchange.query.first("month").map { try months.month($0, field: .month) }
      ?? months.lastOver(contract, at: now)
    try exchange.checkYear(asked.year, .month)
    let run = AvailabilityRun(contract: contract, register: register, now: now)
    guard let month = try run.months([asked]).first else { throw MeasureCalls.noPromise(language) }
    let templates = try exchange.api.templates()
    let document = try templates.document(
      availability: month, contract: contract, language: language, isSimulation: exchange.api.isSimulation)
    let format = exchange.query.first("format").flatMap(NoticeFormat.init(rawValue:)) ?? .json
    if let layout = format.layout {
      return exchange.bytes(Array(templates.render(document, format: layout).utf8), type: type(format))
    }
    let json = AvailabilityJSON(wording: exchange.wording(contract), isSimulation: exchange.api.isSimulation)
    return exchange.json(document.json(availability: json.month(month)))
  }

  @Sendable static func record(_ exchange: Exchange) throws -> APIAnswer {
    let found = try exchange.change()
    let change = found.change
    let loaded = try exchange.contract(change.content.service)
    let times = TimeArgument(wording: exchange.wording(loaded.contract))
    let channel: NoticeChannel = try exchange.words.read(exchange.text("channel") ?? "", field: .channel)
    let kind: NoticeKind =
      try exchange.text("kind").map { try exchange.words.read($0, field: .kind) }
      ?? NoticesOwed(loaded.contract, exchange.register).first(of: change, wording: exchange.wording(loaded.contract))
    var request = Register.Request(
      .recordNotice(kind, channel, at: try exchange.text("at").map { try times.instant($0, field: .at) }),
      on: change.id, actor: exchange.principal?.name, idempotencyKey: try exchange.key())
    request.expected = try exchange.expected()
    let outcome = try exchange.register.execute(request) { _ in exchange.bound(loaded) }
    return try OutcomeAnswer(exchange, creates: false).answer(outcome, to: request.command)
  }
}

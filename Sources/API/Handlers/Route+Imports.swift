import Answers
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

extension Route {
  private static func flag(_ name: String, _ about: String) -> Parameter { Parameter(name, Schema.flag.saying(about)) }

  static let imports: [Route] = [
    Route(
      .importChanges,
      parameters: [
        Parameter("service", .text(1...200).saying("Of rows that name none.")),
        Parameter("environment", .text(1...200).saying("Of rows that name none (production).")),
        flag("dry_run", "Judges, and records nothing."),
        flag("keep_going", "Records what is allowed although other rows are refused."),
        flag("drafts", "Keeps refused rows as drafts."),
      ], body: Body(types: ["application/x-ndjson", "application/jsonl", "text/csv", "text/calendar"], limit: 1 << 20),
      gives: Success(200, .list(.named("Row"))), ImportCalls.run)
  ]
}

enum ImportCalls {
  /// They are judged in one transaction, in which nobody else can write. Larger files are imported where the register
  /// lies.
  static let mostRows = 5000

  static func tooMany(_ language: Language) -> Problem {
    Problem(.tooLarge, language("At most \(mostRows) rows.", "\(mostRows) lignes au plus."))
  }

  /// - Parameter rows: what came of each.
  static func malformed(_ count: Int, _ rows: JSON, _ language: Language) -> Problem {
    Problem(
      .malformedRows,
      language(
        "Nothing was recorded: \(count) \(count == 1 ? "row" : "rows") cannot be read.",
        "Rien n’a été enregistré\(language.colon) \(count) \(count == 1 ? "ligne illisible" : "lignes illisibles")."),
      members: [.init("rows", rows)])
  }

  private static func read(_ exchange: Exchange) throws -> RowFile {
    let (bytes, language) = (exchange.call.body, exchange.language)
    let type = exchange.call.header("content-type")?.lowercased() ?? ""
    if type.hasPrefix("text/csv") { return CSVRows.read(bytes) }
    guard type.hasPrefix("text/calendar") else { return JSONLinesRows.read(bytes) }
    guard let read = exchange.api.readCalendar else {
      throw Problem(
        .unsupportedMediaType,
        language(
          "This server takes no calendar files; send JSON Lines or CSV.",
          "Ce serveur ne prend pas de fichiers de calendrier ; envoyez du JSON Lines ou du CSV."))
    }
    let zone = try exchange.contract(exchange.query.first("service")).contract.currentTimeZone.name
    return try read(bytes, zone, language)
  }

  @Sendable static func run(_ exchange: Exchange) throws -> APIAnswer {
    let (language, query) = (exchange.language, exchange.query)
    let file = try read(exchange)
    guard file.rows.count <= mostRows else { throw tooMany(language) }
    let reading = try RequestReading(
      language: language, door: exchange.door == .api ? .upload : .file, actor: exchange.principal?.name,
      service: query.first("service"),
      environment: query.first("environment") ?? Contract.production, keyScope: exchange.scope
    ) { try exchange.contract($0) }
    var terms = Register.BatchTerms()
    terms.keepsGoing = query.first("keep_going") == "true"
    terms.keepsDrafts = query.first("drafts") == "true"
    terms.isRehearsal = query.first("dry_run") == "true"
    var job = ImportJob(reading, language: language)
    let result = try job.run(file, terms: terms, register: exchange.register) {
      try exchange.bound(exchange.contract($0))
    }
    var rows: [JSON] = []
    try ImportJSON(result, isSimulation: exchange.api.isSimulation).each(of: file) { rows.append($0) }
    guard result.problems.isEmpty else { throw malformed(result.problems.count, .array(rows), language) }
    guard result.outcome.isRecorded || terms.isRehearsal else {
      throw Problem(
        .refused,
        language(
          "Nothing was recorded: all or nothing. Mend the refused rows, or send keep_going=true.",
          "Rien n’a été enregistré\(language.colon) tout ou rien. Corrigez les lignes refusées, ou envoyez keep_going=true."
        ),
        members: [.init("rows", .array(rows))])
    }
    return exchange.json(.array(rows))
  }
}

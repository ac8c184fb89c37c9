import Answers
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

/// A call that was admitted and whose form is right, with what a handler needs to answer it.
struct Exchange {
  let api: API
  let call: APICall
  let route: Route
  let path: [String: String]
  let query: QueryText
  /// An object without members where nothing was sent.
  let body: JSON
  let principal: Principal?
  let language: Language

  /// Whose names messages use.
  var door: Door { Preference.door(call) }
  var register: Register { api.register }
  var words: WordArgument { WordArgument(language: language, door: door) }

  // MARK: Contracts

  /// The contract of the service in the path; one that is not there is not found.
  func pathContract() throws -> LoadedContract {
    let name = path["service"] ?? ""
    let services = try api.contracts.services()
    guard services.contains(name) else {
      throw Problem(
        .unknownService,
        language(
          "There is no such service; there are: \(services.joined(separator: ", ")).",
          "Il n’y a pas ce service\(Typography.narrow); il y a\(language.colon) \(services.joined(separator: ", "))."))
    }
    return try api.contracts.load(service: name)
  }

  /// The contract of a service that is named in a query or body, or the only one.
  func contract(_ service: String?) throws -> LoadedContract {
    try api.contracts.choose(service, place: language("the server’s folder", "le dossier du serveur"))
  }

  /// The contract of the service in the query, or all of them; never empty.
  func contracts() throws -> [Contract] {
    let all = try query.first("service").map { [try contract($0)] } ?? api.contracts.loadAll()
    guard !all.isEmpty else { throw FileProblems([]) }
    return all.map(\.contract)
  }

  func bound(_ loaded: LoadedContract) -> BoundContract {
    BoundContract(contract: loaded.contract, files: loaded.sources)
  }

  func wording(_ contract: Contract) -> Wording { Wording(language, zone: contract.currentTimeZone, door: door) }

  func changeJSON(_ contract: Contract) -> ChangeJSON {
    ChangeJSON(wording: wording(contract), isSimulation: api.isSimulation)
  }

  /// The environment in the query; one that the contract does not know is an error.
  func environment(of contract: Contract) throws -> String {
    let name = query.first("environment") ?? Contract.production
    guard contract.environments.contains(name) else {
      throw CommandError.unknownEnvironment(name, known: contract.environments)
    }
    return name
  }

  /// Times are answered in the form of RFC 3339, which cannot write the offsets of local mean time, and calendars are
  /// known so far ahead.
  static let years = 1970...2200

  func checkYear(_ year: Int, _ field: Field) throws {
    let years = Exchange.years
    guard !years.contains(year) else { return }
    throw BadValue(
      language(
        "\(door.name(field)): years \(years.lowerBound) to \(years.upperBound).",
        "\(door.name(field)) : années \(years.lowerBound) à \(years.upperBound)."))
  }

  // MARK: Body

  func text(_ name: String) -> String? { body[name]?.string }
  func texts(_ name: String) -> [String]? { body[name]?.array?.compactMap(\.string) }
  func flag(_ name: String) -> Bool? { body[name]?.bool }

  /// The texts of the body, whose form is right.
  var row: RequestRow {
    var row = RequestRow()
    let update = body["update"] ?? .null
    for field in ChangeField.allCases {
      row[value: field] = (body[field.member] ?? update[field.member]).flatMap { FieldValue(json: $0) }
    }
    return row
  }

  // MARK: Headers

  /// The key under which this token's requests are kept apart from those of others.
  func key() throws -> String? {
    guard route.operation.takesKey, let key = call.header("idempotency-key") else { return nil }
    return scope + (try IdempotencyKey.checked(key, language, door: door))
  }

  var scope: String { KeyScope.prefix(principal?.name ?? "") }

  /// What the caller has seen of what is to be moved. Source: RFC 9110, section 13.1.1; RFC 6585, section 3.
  func expected() throws -> Register.Request.Expected? {
    guard let header = call.header("if-match") else {
      guard route.operation.precondition == .required else { return nil }
      throw Problem(
        .preconditionRequired,
        language(
          "Send If-Match with the ETag that GET answered, such as \"3\".",
          "Envoyez If-Match avec l’ETag que GET a donné, par exemple \"3\"."))
    }
    if header == "*" {
      throw Problem(
        .preconditionRequired,
        language(
          "If-Match: * says nothing of what was seen; send the ETag that GET answered.",
          "If-Match: * ne dit rien de ce qui a été vu\(Typography.narrow); envoyez l’ETag que GET a donné."))
    }
    guard let tag = ETag(header) else {
      throw Problem(
        .invalidHeader,
        language(
          "If-Match: write one entity tag in quotation marks, such as \"3\".",
          "If-Match\(language.colon) écrivez une étiquette entre guillemets, par exemple \"3\"."))
    }
    guard let expected = tag.expected else { throw noSuchState }
    return expected
  }

  /// The same for what is always published, and so has no draft.
  func expectedRevision() throws -> Int? {
    switch try expected() {
    case .revision(let revision)?: return revision
    case .published?, .draft?: throw noSuchState
    case nil: return nil
    }
  }

  private var noSuchState: Problem {
    Problem(
      .staleRevision,
      language(
        "If-Match names no state that this can have. Look at it again.",
        "If-Match ne nomme aucun état possible. Relisez avant de recommencer."))
  }

  // MARK: Answers

  /// - Parameter state: of what is answered, where it can be moved.
  func json(
    _ json: JSON, status: Int? = nil, state: ETag? = nil, headers: [(name: String, value: String)] = []
  ) -> APIAnswer {
    answer(json.bytes + [0x0A], "application/json", status: status ?? route.success.status, state, headers)
  }

  func bytes(_ bytes: [UInt8], type: String) -> APIAnswer { answer(bytes, type, status: 200, nil, []) }

  /// What is read has a tag, and is not sent again to whoever has it.
  private func answer(
    _ body: [UInt8], _ type: String, status: Int, _ state: ETag?, _ headers: [(name: String, value: String)]
  ) -> APIAnswer {
    guard route.isRevalidated else {
      let tag = state.map { [$0.header] } ?? []
      return APIAnswer(status: status, headers: [("content-type", type)] + headers + tag, body: body)
    }
    let tag = EntityTag(of: body, state)
    let tagged = headers + [("etag", tag.text)]
    if tag.matches(call.header("if-none-match")) { return APIAnswer(status: 304, headers: tagged) }
    return APIAnswer(status: status, headers: [("content-type", type)] + tagged, body: body)
  }

  /// The addresses of the pages beside this one, as far as there are any. Source: RFC 8288.
  func links(_ page: Page.Neighbours) -> [(name: String, value: String)] {
    func link(_ cursor: String?, _ relation: String) -> String {
      let query = query.replacing("after", with: cursor)
      return "<\(call.path)\(query.isEmpty ? "" : "?")\(query)>; rel=\"\(relation)\""
    }
    let links =
      (page.next.map { [link($0, "next")] } ?? []) + (page.previous.map { [link($0.cursor, "prev")] } ?? [])
    return links.isEmpty ? [] : [("link", links.joined(separator: ", "))]
  }

  /// How many entries a page holds.
  var limit: Int { query.first("limit").flatMap { Int($0) } ?? 100 }
}

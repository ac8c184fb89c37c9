import Answers
import JSONText
import Planning
import Register
import Wording

/// Finds the route of a call and reads what it brings, from the cheapest question to the dearest: address, method,
/// token, role, query, headers, body.
struct CallReading {
  let api: API
  let call: APICall
  private(set) var language: Language
  /// Whether no token was shown.
  let isAnonymous: Bool

  init(api: API, call: APICall) {
    self.api = api
    self.call = call
    let asked = call.headers.filter { $0.name == "accept-language" }.map(\.value).joined(separator: ",")
    language = Language(accepting: asked) ?? .english
    isAnonymous = !call.headers.contains { $0.name == "authorization" }
  }

  mutating func read() throws -> (route: Route, exchange: Exchange) {
    let query = QueryText(call.query)
    // The language of a refusal is that of the call, even where the query is refused.
    if let wanted = query?.first("lang").flatMap(Language.init(rawValue:)) { language = wanted }
    let (route, path) = try find()
    let principal = try principal()
    try admit(principal, to: route)
    try checkSingleHeaders()
    try checkHonoured(route)
    guard let query else {
      throw Problem(
        .invalidQuery,
        language(
          "The query is not percent-encoded UTF-8 of the form name=value&name=value.",
          "La requête n’est pas en UTF-8 codé par pourcents, de la forme nom=valeur&nom=valeur."))
    }
    try check(query, route)
    let body = try body(route)
    return (
      route,
      Exchange(
        api: api, call: call, route: route, path: path, query: query, body: body, principal: principal,
        language: language)
    )
  }

  // MARK: Address and method

  private func find() throws -> (Route, [String: String]) {
    guard call.path.hasPrefix(API.prefix + "/") else { throw unknownRoute }
    let parts = call.path.dropFirst(API.prefix.count + 1).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 8 else { throw unknownRoute }
    let path = try parts.map { part in
      guard let text = PercentText.decode(part) else {
        throw Problem(
          .invalidPath,
          language(
            "The path is not percent-encoded UTF-8.", "Le chemin n’est pas en UTF-8 codé par pourcents."))
      }
      return text
    }
    let found = API.routes.compactMap { route in route.template.match(path).map { (route, $0) } }
    guard !found.isEmpty else { throw unknownRoute }
    let method = call.method == "HEAD" ? "GET" : call.method
    if let match = found.first(where: { $0.0.method.rawValue == method }) { return match }
    let allowed = found.map(\.0.method.rawValue).flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }.sorted()
    throw Problem(
      .methodNotAllowed,
      language(
        "This address takes \(allowed.joined(separator: ", ")).",
        "Cette adresse prend \(allowed.joined(separator: ", "))."),
      headers: [("allow", allowed.joined(separator: ", "))])
  }

  private var unknownRoute: Problem {
    Problem(
      .unknownRoute,
      language(
        "There is no such address; all of them stand in \(API.prefix)/openapi.json.",
        "Il n’y a pas cette adresse\(Typography.narrow); elles sont toutes dans \(API.prefix)/openapi.json."))
  }

  // MARK: Who asks

  /// Source: RFC 6750, section 2.1. A token that is not valid is refused also where none is needed.
  private func principal() throws -> Principal? {
    let values = call.headers.filter { $0.name == "authorization" }.map(\.value)
    guard let value = values.first else { return nil }
    let parts = value.split(separator: " ")
    guard values.count == 1, parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 512,
      let principal = try api.authenticator.principal(bearing: String(parts[1]))
    else {
      throw Problem(
        .unauthenticated,
        language(
          "The token is not valid: unknown, expired or revoked. Send Authorization: Bearer TOKEN.",
          "Le jeton n’est pas valide\(language.colon) inconnu, expiré ou révoqué. Envoyez Authorization: Bearer JETON."),
        headers: [("www-authenticate", "Bearer realm=\"preavis\", error=\"invalid_token\"")])
    }
    return principal
  }

  private func admit(_ principal: Principal?, to route: Route) throws {
    switch Permission.check(route.action, by: principal) {
    // Whose change it is, is known when the change is.
    case .allowed, .notOwn: return
    case .needsToken:
      throw Problem(
        .unauthenticated,
        language(
          "This needs a token: Authorization: Bearer TOKEN.",
          "Il faut un jeton\(language.colon) Authorization: Bearer JETON."),
        headers: [("www-authenticate", "Bearer realm=\"preavis\"")])
    case .needsRole(let least):
      throw Problem(needing: least, of: principal, language)
    }
  }

  // MARK: What it brings

  /// Of two values none is right: a proxy might have looked at the other.
  private func checkSingleHeaders() throws {
    for name in ["content-type", "content-encoding", "idempotency-key", "if-match"]
    where call.headers.count(where: { $0.name == name }) > 1 {
      throw Problem(
        .invalidHeader, language("\(name): sent more than once.", "\(name)\(language.colon) envoyé plus d’une fois."))
    }
  }

  /// Whoever sends a condition or a key relies on it: one that a route does not judge is refused, not passed over. Where
  /// nothing is written, passing over one loses nothing (RFC 9110, section 13.2.1).
  private func checkHonoured(_ route: Route) throws {
    guard route.method != .get else { return }
    var refused = ["If-None-Match", "If-Unmodified-Since"]
    if !route.operation.precondition.takesTag { refused.append("If-Match") }
    if !route.operation.takesKey { refused.append("Idempotency-Key") }
    for name in refused where call.headers.contains(where: { $0.name == name.lowercased() }) {
      throw Problem(
        .invalidHeader,
        language(
          "\(name): not taken here. Leave it out.", "\(name)\(language.colon) pas accepté ici. Retirez-le."))
    }
  }

  private func check(_ query: QueryText, _ route: Route) throws {
    let known = route.allParameters
    var faults: [SchemaFault] = []
    var seen: Set<String> = []
    for (name, text) in query.pairs {
      let place = name.unicodeScalars.count > 80 ? String(name.unicodeScalars.prefix(79)) + "…" : name
      guard let parameter = known.first(where: { $0.name == name }) else {
        faults.append(SchemaFault(place: place, reason: .unknown(known: known.map(\.name))))
        continue
      }
      if !seen.insert(name).inserted, !parameter.isList {
        faults.append(SchemaFault(place: place, reason: .tooMany(1)))
      } else if let value = parameter.schema.value(text) {
        faults += parameter.schema.faults(value, at: place)
      } else {
        faults.append(SchemaFault(place: place, reason: parameter.schema.expected))
      }
    }
    for parameter in known where parameter.isRequired && !seen.contains(parameter.name) {
      faults.append(SchemaFault(place: parameter.name, reason: .missing))
    }
    if let problem = FaultText(language: language).problem(Array(faults.prefix(20)), inQuery: true) { throw problem }
  }

  private func body(_ route: Route) throws -> JSON {
    guard let form = route.body else {
      guard call.body.isEmpty else {
        throw Problem(.invalidValue, language("This takes no body.", "Ceci ne prend pas de corps."))
      }
      return .null
    }
    guard call.body.count <= form.limit else {
      throw Problem(
        .tooLarge,
        language(
          "At most \(form.limit >> 10) KiB are taken.", "\(form.limit >> 10) Kio au plus."))
    }
    if call.body.isEmpty, form.isJSON { return try checked(.object([]), form) }
    guard let type = mediaType, form.types.contains(type) else {
      throw Problem(
        .unsupportedMediaType,
        language(
          "Send it as \(form.types.joined(separator: ", ")), in UTF-8 and without content coding.",
          "Envoyez-le en \(form.types.joined(separator: ", ")), en UTF-8 et sans codage de contenu."),
        headers: [("accept", form.types.joined(separator: ", "))])
    }
    return type == "application/json" ? try checked(JSON(parsing: call.body), form) : .null
  }

  private func checked(_ json: JSON, _ form: Route.Body) throws -> JSON {
    if let problem = FaultText(language: language).problem(form.schema.faults(json)) { throw problem }
    return json
  }

  /// In small letters, without parameters; nil where there is none, or text in another code, or a content coding.
  private var mediaType: String? {
    if let coding = call.header("content-encoding"), coding.lowercased() != "identity" { return nil }
    guard let parts = call.header("content-type")?.lowercased().split(separator: ";") else { return nil }
    let words = parts.map { $0.filter { $0 != " " && $0 != "\t" && $0 != "\"" } }
    guard words.dropFirst().allSatisfy({ !$0.hasPrefix("charset=") || $0 == "charset=utf-8" }) else { return nil }
    return words.first.map { String($0) }
  }
}

extension Problem {
  init(needing least: Role, of principal: Principal?, _ language: Language) {
    let own = principal?.role.rawValue ?? ""
    self.init(
      .forbidden,
      language(
        "This needs the role \(least.rawValue); the token has \(own).",
        "Il faut le rôle \(least.rawValue)\(Typography.narrow); le jeton a \(own)."))
  }
}

import Answers
import JSONText
import Publication
import Register
import Wording

/// A call that was not answered as asked, as problem details. Source: RFC 9457.
struct Problem: Error {
  var code: ErrorCode
  /// One or two sentences: what, where, what to do.
  var detail: String
  var members: [JSON.Member] = []
  var headers: [(name: String, value: String)] = []

  init(
    _ code: ErrorCode, _ detail: String, members: [JSON.Member] = [],
    headers: [(name: String, value: String)] = []
  ) {
    self.code = code
    self.detail = detail
    self.members = members
    self.headers = headers
  }

  static let mediaType = "application/problem+json"

  func answer(_ language: Language) -> APIAnswer {
    APIAnswer(
      status: code.status, headers: [("content-type", Problem.mediaType)] + headers,
      body: Problem.form.json((self, language), .utc).bytes, isBusy: code == .busy)
  }

  static let form = Form<(problem: Problem, language: Language)>(
    "Problem", saying: "Problem details (RFC 9457).",
    [
      .must("type") { "/problems/\($0.problem.code.rawValue)" }, .must("title") { $0.problem.code.title($0.language) },
      .must("status", .whole(400...599)) { $0.problem.code.status }, .must("detail") { $0.problem.detail },
      .must("code", .choice(ErrorCode.self)) { $0.problem.code.rawValue },
      .all(
        extensions.map { name, schema in
          .may(name, schema) { shown in shown.problem.members.first { $0.key == name }?.value }
        }),
    ])

  /// Members that some problems have.
  private static let extensions: [(name: String, schema: Schema)] = [
    ("verdict", Judgement.schema), ("asked", ChangeJSON.asked.schema), ("change", ChangeJSON.form.schema),
    ("release", ShownRelease.form.schema),
    ("rows", .list(ImportJSON.form.schema)), ("revision", Schema.whole.orNull),
    ("errors", .list(FaultText.form.schema)),
  ]
}

extension Problem {
  /// Any error that a handler can throw. What input can cause has a status below 500; of what only the operator can
  /// mend, and of what nothing is known, the text is not shown, since it may name files of the machine.
  init(_ error: any Error, wording: Wording) {
    if let problem = error as? Problem {
      self = problem
      return
    }
    let language = wording.language
    let code = ErrorCode(error) ?? (error is JSONError ? .invalidJSON : .internal)
    var detail = ErrorText(wording: wording).text(error) ?? ""
    var headers: [(name: String, value: String)] = []
    switch code {
    case .internal:
      detail = language("Something that should not happen.", "Ce qui ne devrait pas arriver est arrivé.")
    case .invalidJSON:
      detail = language("Not JSON: ", "Pas du JSON : ") + ((error as? JSONError)?.text ?? "")
    case .badFiles:
      detail = language(
        "The operator’s contracts or templates have a fault; nothing was recorded. Tell the operator.",
        "Les contrats ou modèles de l’exploitant ont un défaut ; rien n’a été enregistré. Prévenez l’exploitant.")
    case .idempotencyKeyReused:
      detail = language(
        "The Idempotency-Key was used for another request. Take a new key for a new request.",
        "L’Idempotency-Key a servi à une autre demande. Prenez une nouvelle clé.")
    case .storage:
      detail = language(
        "The server’s register cannot be used now; nothing was recorded.",
        "Le registre du serveur n’est pas utilisable ; rien n’a été enregistré.")
      if case RegisterError.damaged(let damage) = error { detail += " " + DamageText(language: language).line(damage) }
      headers = [("retry-after", "60")]
    case .clockBehind: headers = [("retry-after", "60")]
    case .busy: headers = [("retry-after", "1")]
    case .unknownOutcome:
      detail = language(
        "Whether anything was recorded is unknown: ask again with the same Idempotency-Key.",
        "On ne sait pas si quelque chose est enregistré : redemandez avec la même Idempotency-Key.")
    default: break
    }
    self.init(code, detail, members: Problem.figures(error), headers: headers)
  }

  /// What somebody who moved something that has moved since needs to know: where it stands now.
  private static func figures(_ error: any Error) -> [JSON.Member] {
    switch error {
    case RegisterError.staleRevision(_, let current):
      [.init("revision", current.map { .integer(Int64($0)) } ?? .null)]
    case RegisterError.staleOutage(_, _, let current): [.init("revision", .integer(Int64(current)))]
    case RegisterError.staleDraft: [.init("revision", .null)]
    default: []
    }
  }
}

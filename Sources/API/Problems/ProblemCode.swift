import Wording

/// Why a call was not answered as asked. Stable: more may come, none changes.
package enum ProblemCode: String, CaseIterable, Sendable {
  // The call cannot be read.
  case invalidPath = "invalid_path"
  case invalidQuery = "invalid_query"
  case unknownParameter = "unknown_parameter"
  case invalidHeader = "invalid_header"
  case invalidJSON = "invalid_json"
  case unknownMember = "unknown_member"
  case missingMember = "missing_member"
  case invalidValue = "invalid_value"
  // The call did not come as far as the API.
  case malformedRequest = "malformed_request"
  case requestTimeout = "request_timeout"
  case addressTooLong = "address_too_long"
  case tooManyRequests = "too_many_requests"
  case headersTooLarge = "headers_too_large"
  // Who asks.
  case unauthenticated
  case forbidden
  case notOwnChange = "not_own_change"
  // What is asked of.
  case unknownRoute = "unknown_route"
  case unknownChange = "unknown_change"
  case unknownOutage = "unknown_outage"
  case unknownService = "unknown_service"
  case unknownToken = "unknown_token"
  case unknownPrivateFeed = "unknown_private_feed"
  case unknownSubscription = "unknown_subscription"
  case notGivenUp = "not_given_up"
  case methodNotAllowed = "method_not_allowed"
  case nameTaken = "name_taken"
  case digestTaken = "digest_taken"
  case staleRevision = "stale_revision"
  case tooLarge = "too_large"
  case unsupportedMediaType = "unsupported_media_type"
  case preconditionRequired = "precondition_required"
  // What is asked makes no sense as it stands.
  case refused
  case malformedRows = "malformed_rows"
  case idempotencyKeyReused = "idempotency_key_reused"
  case unknownComponent = "unknown_component"
  case unknownEnvironment = "unknown_environment"
  case invalidText = "invalid_text"
  case missingTitle = "missing_title"
  case missingReason = "missing_reason"
  case intervalTooLong = "interval_too_long"
  case tooFarAway = "too_far_away"
  case nothingToAmend = "nothing_to_amend"
  case nothingToMove = "nothing_to_move"
  case notAnUpdate = "not_an_update"
  case updateDetailsMissing = "update_details_missing"
  case interruptionContradictsImpact = "interruption_contradicts_impact"
  case momentInFuture = "moment_in_future"
  case momentTooEarly = "moment_too_early"
  case endNotLater = "end_not_later"
  case alongsideItself = "alongside_itself"
  case noticeNotApplicable = "notice_not_applicable"
  case noticeRecordedAlready = "notice_recorded_already"
  case invalidDocumentationAddress = "invalid_documentation_address"
  case outageVoided = "outage_voided"
  case expiryNotAhead = "expiry_not_ahead"
  case overrideLength = "override_length"
  case noOverride = "no_override"
  case otherGate = "other_gate"
  case unpublishable
  // The server's own.
  case busy
  case clockBehind = "clock_behind"
  case storage
  case unknownOutcome = "unknown_outcome"
  case badFiles = "bad_files"
  case `internal`

  /// The status of HTTP that goes with it.
  var status: Int {
    switch self {
    case .invalidPath, .invalidQuery, .unknownParameter, .invalidHeader, .invalidJSON, .unknownMember, .missingMember,
      .invalidValue, .malformedRequest:
      400
    case .requestTimeout: 408
    case .addressTooLong: 414
    case .tooManyRequests: 429
    case .headersTooLarge: 431
    case .unauthenticated: 401
    case .forbidden, .notOwnChange: 403
    case .unknownRoute, .unknownChange, .unknownOutage, .unknownService, .unknownToken, .unknownPrivateFeed,
      .unknownSubscription:
      404
    case .methodNotAllowed: 405
    case .nameTaken, .digestTaken, .notGivenUp: 409
    case .staleRevision: 412
    case .tooLarge: 413
    case .unsupportedMediaType: 415
    case .preconditionRequired: 428
    case .busy, .clockBehind, .storage: 503
    case .unknownOutcome, .badFiles, .internal: 500
    default: 422
    }
  }

  /// The same for every problem of a status (RFC 9457, section 3.1.3); `detail` says the rest.
  func title(_ language: Language) -> String {
    switch status {
    case 400: language("The call cannot be read.", "L’appel est illisible.")
    case 401: language("A valid token is needed.", "Il faut un jeton valide.")
    case 403: language("This token may not do that.", "Ce jeton n’y a pas droit.")
    case 404: language("There is no such thing.", "Introuvable.")
    case 405: language("The address does not know this method.", "L’adresse ne connaît pas cette méthode.")
    case 409: language("Something that is there stands in the way.", "Ce qui existe déjà s’y oppose.")
    case 408: language("The request took too long to arrive.", "La requête a mis trop de temps à arriver.")
    case 412: language("It has changed since it was read.", "L’objet a changé depuis sa lecture.")
    case 413: language("The body is too large.", "Le corps est trop gros.")
    case 414: language("The address is too long.", "L’adresse est trop longue.")
    case 415: language("The body has a type that is not taken.", "Le type du corps n’est pas accepté.")
    case 428: language("Say which revision is meant.", "Dites quelle révision est visée.")
    case 429: language("Too many calls at once.", "Trop d’appels à la fois.")
    case 431: language("The header fields are too large.", "Les en-têtes sont trop gros.")
    case 503: language("Not now; try again.", "Pas maintenant\(Typography.narrow); recommencez.")
    case 422 where self == .refused: language("Refused by the rules.", "Refusé par les règles.")
    case 422: language("The request cannot be carried out.", "La demande ne peut pas être exécutée.")
    default: language("The server has failed.", "Le serveur a échoué.")
    }
  }
}

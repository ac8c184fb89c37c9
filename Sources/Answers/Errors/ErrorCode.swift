package import Wording

/// Exit codes that other programs rely on. Source: docs/interface.md.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  case failure = 1
  /// Refused by the rules, or closed.
  case refused = 3
  case usage = 64
  case badData = 65
  case unreachable = 69
  case tryAgain = 75
  case notPermitted = 77
}

/// Why a request was not carried out as asked: `code` of the API's problems, by which the command line knows the error
/// of a server for the one that a file would have given. Stable: more may come, none changes.
package enum ErrorCode: String, CaseIterable, Sendable {
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
  case ownRequest = "own_request"
  // What is asked of.
  case unknownRoute = "unknown_route"
  case unknownChange = "unknown_change"
  case unknownOutage = "unknown_outage"
  case unknownRelease = "unknown_release"
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
  case stalePlan = "stale_plan"
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
  case nothingToDecide = "nothing_to_decide"
  case nothingToSend = "nothing_to_send"
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

  /// What goes with a code: the status of HTTP, the exit code of the command line, and when it is met and what to do.
  private struct Row {
    let status: Int
    let exit: ExitStatus
    let english: String
    let french: () -> FrenchText

    init(
      _ status: Int, _ english: String, _ french: @autoclosure @escaping () -> FrenchText, _ exit: ExitStatus = .usage
    ) {
      self.status = status
      self.exit = exit
      self.english = english
      self.french = french
    }
  }

  private var row: Row {
    switch self {
    case .invalidPath:
      Row(400, "The path is not percent-encoded UTF-8.", "Le chemin n'est pas en UTF-8 codé par pourcents.")
    case .invalidQuery:
      Row(
        400, "The query cannot be read, or a parameter is missing or has a wrong value; errors[] names them.",
        "La requête est illisible, ou un paramètre manque ou a une mauvaise valeur ; errors[] les nomme.")
    case .unknownParameter:
      Row(
        400, "The query has a parameter that this address does not know; errors[] says which ones it does.",
        "La requête a un paramètre que cette adresse ne connaît pas ; errors[] dit lesquels elle connaît.")
    case .invalidHeader:
      Row(
        400, "A header field has a value that means nothing here, or came twice.",
        "Un en-tête a une valeur qui ne dit rien ici, ou est venu deux fois.")
    case .invalidJSON: Row(400, "The body is not JSON.", "Le corps n'est pas du JSON.")
    case .unknownMember:
      Row(
        400, "The body has a member that this call does not know: forms are strict, so that a typing error is seen.",
        "Le corps a un membre que cet appel ne connaît pas : les formulaires sont stricts, pour qu'une faute se voie.")
    case .missingMember: Row(400, "The body lacks a member.", "Il manque un membre au corps.")
    case .invalidValue:
      Row(
        400, "A value cannot be read as what it stands for; detail says which, and what would be right.",
        "Une valeur ne se lit pas comme ce qu'elle doit être ; detail dit laquelle, et ce qui conviendrait.")
    case .malformedRequest: Row(400, "This is no HTTP/1.1.", "Ce n'est pas du HTTP/1.1.")
    case .requestTimeout:
      Row(
        408, "The request did not arrive in time; send it whole.",
        "La requête n'est pas arrivée à temps ; envoyez-la entière.")
    case .addressTooLong: Row(414, "Path and query are too long.", "Le chemin et la requête sont trop longs.")
    case .tooManyRequests:
      Row(
        429, "Calls come too fast; wait as Retry-After says.",
        "Les appels viennent trop vite ; attendez selon Retry-After.", .tryAgain)
    case .headersTooLarge: Row(431, "The header fields are too large.", "Les en-têtes sont trop gros.")
    case .unauthenticated:
      Row(
        401, "A token is missing, unknown, expired or revoked. Send Authorization: Bearer TOKEN.",
        "Un jeton manque, ou il est inconnu, expiré ou révoqué. Envoyez Authorization: Bearer JETON.", .notPermitted)
    case .forbidden:
      Row(
        403, "The role of the token does not allow this call; ask an administrator.",
        "Le rôle du jeton ne permet pas cet appel ; demandez à un administrateur.", .notPermitted)
    case .notOwnChange:
      Row(
        403, "Engineers move their own changes only; a release manager moves all.",
        "Les ingénieurs ne déplacent que leurs changements ; un responsable des mises en production, tous.",
        .notPermitted)
    case .ownRequest:
      Row(
        403, "The contract asks for four eyes: nobody approves what their own name asked for.",
        "Le contrat demande un second regard : nul n'approuve ce que son propre nom a demandé.", .notPermitted)
    case .unknownRoute:
      Row(
        404, "No call has this address; all stand in the OpenAPI document.",
        "Aucun appel n'a cette adresse ; toutes sont dans le document OpenAPI.")
    case .unknownChange:
      Row(
        404, "There is no such change, or it is a draft and the call has no token.",
        "Ce changement n'existe pas, ou c'est un brouillon et l'appel n'a pas de jeton.")
    case .unknownOutage: Row(404, "There is no such outage on record.", "Cette panne n'est pas enregistrée.")
    case .unknownRelease: Row(404, "There is no such release on record.", "Cette livraison n'est pas enregistrée.")
    case .unknownService: Row(404, "No contract has this service.", "Aucun contrat n'a ce service.")
    case .unknownToken: Row(404, "There is no such token.", "Ce jeton n'existe pas.")
    case .unknownPrivateFeed: Row(404, "There is no such private feed.", "Ce flux privé n'existe pas.")
    case .unknownSubscription:
      Row(404, "There is no such webhook, mailing or message.", "Ce webhook, cet envoi ou ce message n'existe pas.")
    case .notGivenUp:
      Row(
        409, "The message is delivered, still waits, or its receiver is revoked: it cannot be sent again.",
        "Le message est remis, attend encore, ou son destinataire est révoqué : il ne peut pas être renvoyé.")
    case .methodNotAllowed:
      Row(
        405, "The address takes other methods; Allow names them.",
        "L'adresse prend d'autres méthodes ; Allow les nomme.")
    case .nameTaken:
      Row(
        409, "A token in force has this name; choose another, or revoke that one.",
        "Un jeton en vigueur porte ce nom ; choisissez-en un autre, ou révoquez-le.")
    case .digestTaken:
      Row(
        409, "The digest belongs to something that was asked for otherwise; make a new secret.",
        "L'empreinte appartient à ce qui a été demandé autrement ; tirez un nouveau secret.")
    case .staleRevision:
      Row(
        412, "The change or the outage has moved on since it was read. Read it again, and decide anew.",
        "Le changement ou la panne a évolué depuis sa lecture. Relisez, et décidez à nouveau.", .tryAgain)
    case .tooLarge:
      Row(
        413, "The body, or the number of rows, is above what is taken; send it in pieces.",
        "Le corps, ou le nombre de lignes, dépasse ce qui est pris ; envoyez-le par morceaux.", .badData)
    case .unsupportedMediaType:
      Row(
        415, "The body is not of a type that this address takes; Accept names those.",
        "Le corps n'est pas d'un type que cette adresse prend ; Accept les nomme.")
    case .preconditionRequired:
      Row(
        428, "Say what you have seen: send If-Match with the ETag that GET answered.",
        "Dites ce que vous avez vu : envoyez If-Match avec l'ETag que GET a donné.")
    case .refused:
      Row(
        422,
        "The rules of the contract or of the register do not allow it; verdict.findings[] says which of them, verdict.slots[] when they would.",
        "Les règles du contrat ou du registre ne le permettent pas ; verdict.findings[] dit lesquelles, verdict.slots[] quand elles le permettraient.",
        .refused)
    case .stalePlan:
      Row(
        422,
        "The times of the release no longer fit what its file says; detail says where. Plan it anew.",
        "Les horaires de la livraison ne vont plus avec son fichier ; detail dit où. Replanifiez-la.", .refused)
    case .malformedRows:
      Row(
        422, "Rows of the file cannot be read; nothing was recorded. rows[] says which and why.",
        "Des lignes du fichier sont illisibles ; rien n'a été enregistré. rows[] dit lesquelles et pourquoi.")
    case .idempotencyKeyReused:
      Row(
        422, "The key was used for another request; take a new key for a new request.",
        "La clé a servi à une autre demande ; prenez une nouvelle clé pour une nouvelle demande.")
    case .unknownComponent: Row(422, "The contract names no such component.", "Le contrat ne nomme pas ce composant.")
    case .unknownEnvironment:
      Row(422, "The contract names no such environment.", "Le contrat ne nomme pas cet environnement.")
    case .invalidText:
      Row(
        422, "A text is empty or too long, or holds characters that no calendar or mail can carry.",
        "Un texte est vide ou trop long, ou contient des caractères qu'aucun calendrier ni courriel ne porte.")
    case .missingTitle: Row(422, "A change needs a title.", "Un changement a besoin d'un titre.")
    case .missingReason:
      Row(422, "This needs a reason, which stays on record.", "Il faut un motif, qui reste enregistré.", .refused)
    case .intervalTooLong: Row(422, "The interval is too long.", "L'intervalle est trop long.")
    case .tooFarAway: Row(422, "The moment is too far away.", "Le moment est trop lointain.")
    case .nothingToAmend: Row(422, "The call changes nothing.", "L'appel ne change rien.")
    case .nothingToMove: Row(422, "This is the interval that is announced already.", "C'est déjà l'horaire annoncé.")
    case .notAnUpdate:
      Row(
        422, "Only updates have training, configuration, interruption and documentation.",
        "Seules les mises à jour ont formation, configuration, interruption et documentation.")
    case .updateDetailsMissing:
      Row(422, "An update needs its version and its category.", "Une mise à jour demande sa version et sa catégorie.")
    case .interruptionContradictsImpact:
      Row(
        422, "An update without interruption cannot have such an impact.",
        "Une mise à jour sans interruption ne peut pas avoir cet impact.")
    case .momentInFuture: Row(422, "What happened cannot be yet to come.", "Ce qui a eu lieu ne peut pas être à venir.")
    case .momentTooEarly:
      Row(422, "The moment is earlier than what came before it.", "Le moment précède ce qui vient avant lui.")
    case .endNotLater: Row(422, "The end is not later.", "La fin n'est pas plus tard.")
    case .alongsideItself:
      Row(422, "A change cannot stand alongside itself.", "Un changement ne peut pas se chevaucher lui-même.")
    case .noticeNotApplicable:
      Row(422, "No published revision calls for this notice.", "Aucune révision publiée n'appelle cet avis.")
    case .noticeRecordedAlready:
      Row(422, "The notice is recorded on that channel already.", "L'avis est déjà enregistré sur ce canal.")
    case .invalidDocumentationAddress:
      Row(422, "The documentation has no web address.", "La documentation n'a pas d'adresse web.")
    case .nothingToDecide:
      Row(
        422, "Nothing of the change waits for approval.", "Rien du changement n'attend d'approbation.", .refused)
    case .nothingToSend:
      Row(
        422, "No message of the change waits for somebody to send it.",
        "Aucun message du changement n'attend d'être envoyé.", .refused)
    case .outageVoided:
      Row(
        422, "A voided record stays as it is; record the outage anew.",
        "Un enregistrement annulé le reste ; enregistrez la panne à nouveau.", .refused)
    case .expiryNotAhead: Row(422, "The moment of expiry is not ahead.", "Le moment d'expiration n'est pas à venir.")
    case .overrideLength:
      Row(422, "An override lasts four hours at most.", "Une ouverture forcée dure quatre heures au plus.")
    case .noOverride: Row(422, "No override is in force there.", "Aucune ouverture forcée n'y est en cours.")
    case .otherGate: Row(422, "The change belongs to another gate.", "Le changement relève d'un autre passage.")
    case .unpublishable:
      Row(
        422, "What would be published reads otherwise than it was written; change the text.",
        "Ce qui serait publié se relit autrement qu'écrit ; changez le texte.")
    case .busy:
      Row(
        503, "Others are writing, or the server is stopping; nothing was recorded. Ask again with the same key.",
        "D'autres écrivent, ou le serveur s'arrête ; rien n'a été enregistré. Redemandez avec la même clé.", .tryAgain)
    case .clockBehind:
      Row(
        503, "The server's clock stands before the newest event: nothing is recorded until it is right.",
        "L'horloge du serveur est avant le dernier événement : rien n'est enregistré tant qu'elle n'est pas à l'heure.",
        .failure)
    case .storage:
      Row(
        503, "The register cannot be written now, or is damaged; nothing was recorded.",
        "Le registre ne peut pas être écrit, ou est endommagé ; rien n'a été enregistré.", .failure)
    case .unknownOutcome:
      Row(
        500, "Whether anything was recorded is unknown: ask again with the same key.",
        "On ne sait pas si quelque chose est enregistré : redemandez avec la même clé.", .failure)
    case .badFiles:
      Row(
        500, "A contract or template of the operator has a fault; nothing was recorded. Tell the operator.",
        "Un contrat ou modèle de l'exploitant a un défaut ; rien n'a été enregistré. Prévenez l'exploitant.", .badData)
    case .`internal`:
      Row(
        500, "A fault of the program; tell the operator, with X-Request-Id.",
        "Une faute du programme ; prévenez l'exploitant, avec X-Request-Id.", .failure)
    }
  }

  package var status: Int { row.status }
  package var exit: ExitStatus { row.exit }

  /// When a request gets this error, and what to do: what `/problems/CODE` says. `detail` of an answer says what it was.
  package func explanation(_ language: Language) -> String {
    let row = row
    return language(row.english, row.french())
  }

  /// The same for every problem of a status (RFC 9457, section 3.1.3); `detail` says the rest.
  package func title(_ language: Language) -> String {
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

import Wording

extension ProblemCode {
  /// When a call gets this problem, and what to do: what `/problems/CODE` says. `detail` of an answer says what it was.
  func explanation(_ language: Language) -> String {
    switch self {
    case .invalidPath, .invalidQuery, .unknownParameter, .invalidHeader, .invalidJSON, .unknownMember, .missingMember,
      .invalidValue, .malformedRequest, .requestTimeout, .addressTooLong, .tooManyRequests, .headersTooLarge,
      .tooLarge, .unsupportedMediaType, .preconditionRequired, .methodNotAllowed, .malformedRows:
      form(language)
    case .unauthenticated, .forbidden, .notOwnChange, .unknownRoute, .unknownChange, .unknownOutage, .unknownService,
      .unknownToken, .unknownPrivateFeed, .unknownSubscription, .notGivenUp, .nameTaken, .digestTaken, .staleRevision,
      .expiryNotAhead:
      object(language)
    case .busy, .clockBehind, .storage, .unknownOutcome, .badFiles, .internal: server(language)
    default: request(language)
    }
  }

  private func form(_ language: Language) -> String {
    switch self {
    case .invalidPath:
      language("The path is not percent-encoded UTF-8.", "Le chemin n'est pas en UTF-8 codé par pourcents.")
    case .invalidQuery:
      language(
        "The query cannot be read, or a parameter is missing or has a wrong value; errors[] names them.",
        "La requête est illisible, ou un paramètre manque ou a une mauvaise valeur ; errors[] les nomme.")
    case .unknownParameter:
      language(
        "The query has a parameter that this address does not know; errors[] says which ones it does.",
        "La requête a un paramètre que cette adresse ne connaît pas ; errors[] dit lesquels elle connaît.")
    case .invalidHeader:
      language(
        "A header field has a value that means nothing here, or came twice.",
        "Un en-tête a une valeur qui ne dit rien ici, ou est venu deux fois.")
    case .invalidJSON: language("The body is not JSON.", "Le corps n'est pas du JSON.")
    case .unknownMember:
      language(
        "The body has a member that this call does not know: forms are strict, so that a typing error is seen.",
        "Le corps a un membre que cet appel ne connaît pas : les formulaires sont stricts, pour qu'une faute se voie.")
    case .missingMember: language("The body lacks a member.", "Il manque un membre au corps.")
    case .invalidValue:
      language(
        "A value cannot be read as what it stands for; detail says which, and what would be right.",
        "Une valeur ne se lit pas comme ce qu'elle doit être ; detail dit laquelle, et ce qui conviendrait.")
    case .malformedRequest: language("This is no HTTP/1.1.", "Ce n'est pas du HTTP/1.1.")
    case .requestTimeout:
      language(
        "The request did not arrive in time; send it whole.",
        "La requête n'est pas arrivée à temps ; envoyez-la entière.")
    case .addressTooLong: language("Path and query are too long.", "Le chemin et la requête sont trop longs.")
    case .tooManyRequests:
      language(
        "Calls come too fast; wait as Retry-After says.", "Les appels viennent trop vite ; attendez selon Retry-After.")
    case .headersTooLarge: language("The header fields are too large.", "Les en-têtes sont trop gros.")
    case .tooLarge:
      language(
        "The body, or the number of rows, is above what is taken; send it in pieces.",
        "Le corps, ou le nombre de lignes, dépasse ce qui est pris ; envoyez-le par morceaux.")
    case .unsupportedMediaType:
      language(
        "The body is not of a type that this address takes; Accept names those.",
        "Le corps n'est pas d'un type que cette adresse prend ; Accept les nomme.")
    case .preconditionRequired:
      language(
        "Say what you have seen: send If-Match with the ETag that GET answered.",
        "Dites ce que vous avez vu : envoyez If-Match avec l'ETag que GET a donné.")
    case .methodNotAllowed:
      language(
        "The address takes other methods; Allow names them.", "L'adresse prend d'autres méthodes ; Allow les nomme.")
    default:
      language(
        "Rows of the file cannot be read; nothing was recorded. rows[] says which and why.",
        "Des lignes du fichier sont illisibles ; rien n'a été enregistré. rows[] dit lesquelles et pourquoi.")
    }
  }

  private func object(_ language: Language) -> String {
    switch self {
    case .unauthenticated:
      language(
        "A token is missing, unknown, expired or revoked. Send Authorization: Bearer TOKEN.",
        "Un jeton manque, ou il est inconnu, expiré ou révoqué. Envoyez Authorization: Bearer JETON.")
    case .forbidden:
      language(
        "The role of the token does not allow this call; ask an administrator.",
        "Le rôle du jeton ne permet pas cet appel ; demandez à un administrateur.")
    case .notOwnChange:
      language(
        "Engineers move their own changes only; a release manager moves all.",
        "Les ingénieurs ne déplacent que leurs changements ; un responsable des mises en production, tous.")
    case .unknownRoute:
      language(
        "No call has this address; all stand in the OpenAPI document.",
        "Aucun appel n'a cette adresse ; toutes sont dans le document OpenAPI.")
    case .unknownChange:
      language(
        "There is no such change, or it is a draft and the call has no token.",
        "Ce changement n'existe pas, ou c'est un brouillon et l'appel n'a pas de jeton.")
    case .unknownOutage: language("There is no such outage on record.", "Cette panne n'est pas enregistrée.")
    case .unknownService: language("No contract has this service.", "Aucun contrat n'a ce service.")
    case .unknownToken: language("There is no such token.", "Ce jeton n'existe pas.")
    case .unknownPrivateFeed: language("There is no such private feed.", "Ce flux privé n'existe pas.")
    case .unknownSubscription:
      language("There is no such webhook, mailing or message.", "Ce webhook, cet envoi ou ce message n'existe pas.")
    case .notGivenUp:
      language(
        "The message is delivered, still waits, or its receiver is revoked: it cannot be sent again.",
        "Le message est remis, attend encore, ou son destinataire est révoqué : il ne peut pas être renvoyé.")
    case .nameTaken:
      language(
        "A token in force has this name; choose another, or revoke that one.",
        "Un jeton en vigueur porte ce nom ; choisissez-en un autre, ou révoquez-le.")
    case .digestTaken:
      language(
        "The digest belongs to something that was asked for otherwise; make a new secret.",
        "L'empreinte appartient à ce qui a été demandé autrement ; tirez un nouveau secret.")
    case .staleRevision:
      language(
        "The change or the outage has moved on since it was read. Read it again, and decide anew.",
        "Le changement ou la panne a évolué depuis sa lecture. Relisez, et décidez à nouveau.")
    default: language("The moment of expiry is not ahead.", "Le moment d'expiration n'est pas à venir.")
    }
  }

  private func request(_ language: Language) -> String {
    switch self {
    case .refused:
      language(
        "The rules of the contract or of the register do not allow it; verdict.findings[] says which of them, verdict.slots[] when they would.",
        "Les règles du contrat ou du registre ne le permettent pas ; verdict.findings[] dit lesquelles, verdict.slots[] quand elles le permettraient."
      )
    case .idempotencyKeyReused:
      language(
        "The key was used for another request; take a new key for a new request.",
        "La clé a servi à une autre demande ; prenez une nouvelle clé pour une nouvelle demande.")
    case .unknownComponent:
      language("The contract names no such component.", "Le contrat ne nomme pas ce composant.")
    case .unknownEnvironment:
      language("The contract names no such environment.", "Le contrat ne nomme pas cet environnement.")
    case .invalidText:
      language(
        "A text is empty or too long, or holds characters that no calendar or mail can carry.",
        "Un texte est vide ou trop long, ou contient des caractères qu'aucun calendrier ni courriel ne porte.")
    case .missingTitle: language("A change needs a title.", "Un changement a besoin d'un titre.")
    case .missingReason:
      language("This needs a reason, which stays on record.", "Il faut un motif, qui reste enregistré.")
    case .intervalTooLong: language("The interval is too long.", "L'intervalle est trop long.")
    case .tooFarAway: language("The moment is too far away.", "Le moment est trop lointain.")
    case .nothingToAmend: language("The call changes nothing.", "L'appel ne change rien.")
    case .nothingToMove:
      language("This is the interval that is announced already.", "C'est déjà l'horaire annoncé.")
    case .notAnUpdate:
      language(
        "Only updates have training, configuration, interruption and documentation.",
        "Seules les mises à jour ont formation, configuration, interruption et documentation.")
    case .updateDetailsMissing:
      language("An update needs its version and its category.", "Une mise à jour demande sa version et sa catégorie.")
    case .interruptionContradictsImpact:
      language(
        "An update without interruption cannot have such an impact.",
        "Une mise à jour sans interruption ne peut pas avoir cet impact.")
    case .momentInFuture:
      language("What happened cannot be yet to come.", "Ce qui a eu lieu ne peut pas être à venir.")
    case .momentTooEarly:
      language("The moment is earlier than what came before it.", "Le moment précède ce qui vient avant lui.")
    case .endNotLater: language("The end is not later.", "La fin n'est pas plus tard.")
    case .alongsideItself:
      language("A change cannot stand alongside itself.", "Un changement ne peut pas se chevaucher lui-même.")
    case .noticeNotApplicable:
      language("No published revision calls for this notice.", "Aucune révision publiée n'appelle cet avis.")
    case .noticeRecordedAlready:
      language("The notice is recorded on that channel already.", "L'avis est déjà enregistré sur ce canal.")
    case .invalidDocumentationAddress:
      language("The documentation has no web address.", "La documentation n'a pas d'adresse web.")
    case .outageVoided:
      language(
        "A voided record stays as it is; record the outage anew.",
        "Un enregistrement annulé le reste ; enregistrez la panne à nouveau.")
    case .overrideLength:
      language("An override lasts four hours at most.", "Une ouverture forcée dure quatre heures au plus.")
    case .noOverride: language("No override is in force there.", "Aucune ouverture forcée n'y est en cours.")
    case .otherGate: language("The change belongs to another gate.", "Le changement relève d'un autre passage.")
    default:
      language(
        "What would be published reads otherwise than it was written; change the text.",
        "Ce qui serait publié se relit autrement qu'écrit ; changez le texte.")
    }
  }

  private func server(_ language: Language) -> String {
    switch self {
    case .busy:
      language(
        "Others are writing, or the server is stopping; nothing was recorded. Ask again with the same key.",
        "D'autres écrivent, ou le serveur s'arrête ; rien n'a été enregistré. Redemandez avec la même clé.")
    case .clockBehind:
      language(
        "The server's clock stands before the newest event: nothing is recorded until it is right.",
        "L'horloge du serveur est avant le dernier événement : rien n'est enregistré tant qu'elle n'est pas à l'heure.")
    case .storage:
      language(
        "The register cannot be written now; nothing was recorded.",
        "Le registre ne peut pas être écrit ; rien n'a été enregistré.")
    case .unknownOutcome:
      language(
        "Whether anything was recorded is unknown: ask again with the same key.",
        "On ne sait pas si quelque chose est enregistré : redemandez avec la même clé.")
    case .badFiles:
      language(
        "A contract or template of the operator has a fault; nothing was recorded. Tell the operator.",
        "Un contrat ou modèle de l'exploitant a un défaut ; rien n'a été enregistré. Prévenez l'exploitant.")
    default:
      language(
        "A fault of the program; tell the operator, with X-Request-Id.",
        "Une faute du programme ; prévenez l'exploitant, avec X-Request-Id.")
    }
  }
}

import Answers
import Files
import ICalendar
import JSONText
import Planning
import Publication
import Register
import Wording

extension Problem {
  /// Any error that a handler can throw. What input can cause has a status below 500; where nothing is known of an
  /// error, its text is not shown, since it may name files of the machine.
  init(_ error: any Error, wording: Wording) {
    let language = wording.language
    let text = ErrorText(wording: wording).text(error) ?? ""
    switch error {
    case let problem as Problem: self = problem
    case is BadValue, is ServiceError: self.init(.invalidValue, text)
    case let error as CommandError: self.init(Problem.code(of: error), text)
    case let error as OutageError: self.init(Problem.code(of: error), text)
    case let error as GateError: self.init(Problem.code(of: error), text)
    case let error as AccessError: self.init(Problem.code(of: error), text)
    case let error as SubscriptionError: self.init(Problem.code(of: error), text)
    case is ReadBackMismatch, is ContentLineError, is MailError: self.init(.unpublishable, text)
    case NoticeError.notApplicable: self.init(.noticeNotApplicable, text)
    case let error as RegisterError: self.init(error, text, language)
    case let error as JSONError: self.init(.invalidJSON, language("Not JSON: ", "Pas du JSON : ") + error.text)
    case is FileProblems, is FileProblem, is TemplateErrors, is NoticeError:
      self.init(
        .badFiles,
        language(
          "The operator’s contracts or templates have a fault; nothing was recorded. Tell the operator.",
          "Les contrats ou modèles de l’exploitant ont un défaut ; rien n’a été enregistré. Prévenez l’exploitant."))
    default:
      self.init(.internal, language("Something that should not happen.", "Ce qui ne devrait pas arriver est arrivé."))
    }
  }

  private init(_ error: RegisterError, _ text: String, _ language: Language) {
    switch error {
    case .unknownChange: self.init(.unknownChange, text)
    case .unknownOutage: self.init(.unknownOutage, text)
    case .staleRevision(_, let current):
      self.init(
        .staleRevision, text, members: [.init("revision", current.map { .integer(Int64($0)) } ?? .null)])
    case .staleOutage(_, _, let current):
      self.init(.staleRevision, text, members: [.init("revision", .integer(Int64(current)))])
    case .staleDraft: self.init(.staleRevision, text, members: [.init("revision", .null)])
    case .idempotencyKeyReused:
      self.init(
        .idempotencyKeyReused,
        language(
          "The Idempotency-Key was used for another request. Take a new key for a new request.",
          "L’Idempotency-Key a servi à une autre demande. Prenez une nouvelle clé."))
    case .busy: self.init(.busy, text, headers: [("retry-after", "1")])
    case .clockBehind: self.init(.clockBehind, text, headers: [("retry-after", "60")])
    case .readOnly, .diskFull, .notFound, .notAFile, .exists, .notInitialised, .newerFormat:
      self.init(
        .storage,
        language(
          "The server’s register cannot be used now; nothing was recorded.",
          "Le registre du serveur n’est pas utilisable ; rien n’a été enregistré."), headers: [("retry-after", "60")])
    case .damaged, .inputOutput:
      self.init(
        .unknownOutcome,
        language(
          "Whether anything was recorded is unknown: ask again with the same Idempotency-Key.",
          "On ne sait pas si quelque chose est enregistré : redemandez avec la même Idempotency-Key."))
    }
  }

  private static func code(of error: CommandError) -> ProblemCode {
    switch error {
    case .unknownComponent: .unknownComponent
    case .unknownEnvironment: .unknownEnvironment
    case .invalidText: .invalidText
    case .missingTitle: .missingTitle
    case .intervalTooLong: .intervalTooLong
    case .tooFarAway: .tooFarAway
    case .nothingToAmend: .nothingToAmend
    case .nothingToMove: .nothingToMove
    case .notAnUpdate: .notAnUpdate
    case .updateDetailsMissing: .updateDetailsMissing
    case .interruptionContradictsImpact: .interruptionContradictsImpact
    case .momentInFuture: .momentInFuture
    case .momentTooEarly: .momentTooEarly
    case .endNotLater: .endNotLater
    case .alongsideItself: .alongsideItself
    case .noticeNotApplicable: .noticeNotApplicable
    case .noticeRecordedAlready: .noticeRecordedAlready
    case .invalidDocumentationAddress: .invalidDocumentationAddress
    }
  }

  private static func code(of error: GateError) -> ProblemCode {
    switch error {
    case .missingReason: .missingReason
    case .length: .overrideLength
    case .noOverride: .noOverride
    case .unknownEnvironment: .unknownEnvironment
    case .invalidText: .invalidText
    case .otherGate: .otherGate
    }
  }

  private static func code(of error: AccessError) -> ProblemCode {
    switch error {
    case .invalidText, .slashInName: .invalidText
    case .nameTaken: .nameTaken
    case .digestTaken: .digestTaken
    case .expiryNotAhead: .expiryNotAhead
    case .expiryTooFar: .tooFarAway
    case .unknownToken: .unknownToken
    case .unknownPrivateFeed: .unknownPrivateFeed
    case .unknownComponent: .unknownComponent
    case .noService, .serviceTwice, .invalidDigest: .invalidValue
    }
  }

  private static func code(of error: SubscriptionError) -> ProblemCode {
    switch error {
    case .notAWebAddress, .needsEncryption, .privateAddress, .notAMailAddress, .noMailOfKind: .invalidValue
    case .unknownWebhook, .unknownMailing, .unknownDelivery: .unknownSubscription
    case .notDead, .revoked: .notGivenUp
    }
  }

  private static func code(of error: OutageError) -> ProblemCode {
    switch error {
    case .voided: .outageVoided
    case .missingReason: .missingReason
    case .nothingToAmend: .nothingToAmend
    case .startInFuture, .endInFuture: .momentInFuture
    case .endNotAfterStart: .endNotLater
    case .tooLong: .intervalTooLong
    case .tooLongAgo: .tooFarAway
    case .unknownEnvironment: .unknownEnvironment
    case .unknownComponent: .unknownComponent
    case .invalidText: .invalidText
    }
  }
}

import Files
import ICalendar
import Planning
import Publication
import Register

/// Which error of the floors below is which code.
extension ErrorCode {
  /// Nil for what no request can cause.
  package init?(_ error: any Error) {
    switch error {
    case is BadValue, is ServiceError: self = .invalidValue
    case let error as CommandError: self = error.code
    case let error as OutageError: self = error.code
    case let error as GateError: self = error.code
    case let error as AccessError: self = error.code
    case let error as SubscriptionError: self = error.code
    case let error as RegisterError: self = error.code
    case let error as ReleaseError: self = error.code
    case is StalePlan: self = .stalePlan
    case is ReleaseFileProblems: self = .invalidValue
    case let error as RequestError: self.init(error.cause)
    case is ReadBackMismatch, is ContentLineError, is MailError: self = .unpublishable
    case NoticeError.notApplicable: self = .noticeNotApplicable
    case is FileProblems, is FileProblem, is TemplateErrors, is NoticeError: self = .badFiles
    default: return nil
    }
  }
}

extension RegisterError {
  fileprivate var code: ErrorCode {
    switch self {
    case .unknownChange: .unknownChange
    case .unknownOutage: .unknownOutage
    case .unknownRelease: .unknownRelease
    case .staleRevision, .staleOutage, .staleDraft, .staleRelease: .staleRevision
    case .idempotencyKeyReused: .idempotencyKeyReused
    case .busy: .busy
    case .clockBehind: .clockBehind
    case .readOnly, .diskFull, .tooManyFiles, .notFound, .notAFile, .exists, .notInitialised, .newerFormat, .damaged:
      .storage
    case .inputOutput: .unknownOutcome
    }
  }
}

extension ReleaseError {
  fileprivate var code: ErrorCode {
    switch self {
    case .nothing(.approved, _), .nothing(.declined, _): .nothingToDecide
    case .nothing: .nothingToMove
    case .notInRelease: .unknownChange
    case .unclearTime: .invalidValue
    }
  }
}

extension CommandError {
  fileprivate var code: ErrorCode {
    switch self {
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
    case .endNotLater, .endNotAhead: .endNotLater
    case .endMissing, .nothingOwed: .invalidValue
    case .alongsideItself: .alongsideItself
    case .noticeNotApplicable: .noticeNotApplicable
    case .noticeRecordedAlready: .noticeRecordedAlready
    case .invalidDocumentationAddress: .invalidDocumentationAddress
    case .nothingToDecide: .nothingToDecide
    case .nothingToSend: .nothingToSend
    case .ownRequest: .ownRequest
    case .declinedWithoutReason: .missingReason
    }
  }
}

extension OutageError {
  fileprivate var code: ErrorCode {
    switch self {
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

extension GateError {
  fileprivate var code: ErrorCode {
    switch self {
    case .missingReason: .missingReason
    case .length: .overrideLength
    case .noOverride: .noOverride
    case .unknownEnvironment: .unknownEnvironment
    case .invalidText: .invalidText
    case .otherGate: .otherGate
    }
  }
}

extension AccessError {
  fileprivate var code: ErrorCode {
    switch self {
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
}

extension SubscriptionError {
  fileprivate var code: ErrorCode {
    switch self {
    case .notAWebAddress, .needsEncryption, .privateAddress, .notAMailAddress, .notSigned: .invalidValue
    case .unknownWebhook, .unknownMailing, .unknownDelivery: .unknownSubscription
    case .notDead, .revoked: .notGivenUp
    }
  }
}

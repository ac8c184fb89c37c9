import Answers
import Files
import Foundation
import ICalendar
import Planning
import Publication
import Register
import Remote
package import Wording

/// Exit codes that other programs rely on. Source: docs/interface.md.
package enum ExitStatus: Int32 {
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

/// A failure to work, worded for the person in front of the terminal: what, where, and what to do.
package struct Failure: Error {
  package var status: ExitStatus
  package var message: String

  package init(status: ExitStatus, message: String) {
    self.status = status
    self.message = message
  }

  package static func usage(_ message: String) -> Failure { Failure(status: .usage, message: message) }
}

extension Failure {
  /// Words any error that can reach a shell.
  ///
  /// - Parameter records: whether something was to be recorded.
  package init(_ error: any Error, wording: Wording, records: Bool) {
    let language = wording.language
    switch error {
    case let failure as Failure: self = failure
    case let error as RemoteError: self.init(error, language, records: records)
    case let error as MissingToken: self.init(error, language, records: records)
    case let problem as ServerAddress.Problem: self.init(problem, language)
    case let error as OutageError:
      self.init(status: error.isRefusal ? .refused : .usage, message: wording.outageError(error))
    case let error as AccessError: self.init(status: .usage, message: wording.accessError(error))
    case let error as GateError:
      self.init(status: error.isRefusal ? .refused : .usage, message: wording.gateError(error))
    case let error as SubscriptionError: self.init(status: .usage, message: wording.subscriptionError(error))
    case let error as FileProblems:
      self.init(status: .badData, message: error.problems.map { "\($0)" }.joined(separator: "\n"))
    case let error as FileProblem: self.init(status: .badData, message: "\(error)")
    case let error as TemplateErrors:
      self.init(status: .badData, message: error.problems.map { "\($0)" }.joined(separator: "\n"))
    case let error as DataFolderError: self.init(status: .failure, message: Failure.text(error, language))
    case let error as CocoaError:
      let file = error.filePath.map { "\($0)\(language.colon) " } ?? ""
      self.init(status: .failure, message: file + error.localizedDescription)
    default:
      self.init(
        status: Failure.status(of: error), message: ErrorText(wording: wording).text(error) ?? "\(error)")
    }
  }

  private static func text(_ error: DataFolderError, _ language: Language) -> String {
    let places = error.places.joined(separator: ", ")
    if let named = error.named {
      return language(
        "\(named) names \(places), which is not a folder.", "\(named) désigne \(places), qui n'est pas un dossier.")
    }
    return language(
      "There is no \(error.name) folder in \(places); name one with --\(error.name) or \(error.variable).",
      "Il n'y a pas de dossier \(error.name) dans \(places) ; nommez-en un avec --\(error.name) ou \(error.variable).")
  }

  private static func status(of error: any Error) -> ExitStatus {
    switch error {
    case is BadValue, is ServiceError, is CommandError, is ContentLineError, is MailError, NoticeError.notApplicable:
      .usage
    case NoticeError.emptySubject, NoticeError.emptyReport: .badData
    case let error as RegisterError: status(of: error)
    default: .failure
    }
  }

  private static func status(of error: RegisterError) -> ExitStatus {
    switch error {
    case .busy, .staleRevision, .staleOutage, .staleDraft: .tryAgain
    case .unknownChange, .unknownOutage, .idempotencyKeyReused: .usage
    case .notFound, .notAFile, .exists, .notInitialised, .damaged, .newerFormat, .readOnly, .diskFull, .inputOutput,
      .clockBehind:
      .failure
    }
  }
}

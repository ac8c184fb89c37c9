import Answers
import Files
import Foundation
import ICalendar
import Planning
import Publication
import Register
import Remote
import Wording

/// A failure to work, worded for the person in front of the terminal: what, where, and what to do.
struct Failure: Error {
  var status: ExitStatus
  var message: String

  static func usage(_ message: String) -> Failure { Failure(status: .usage, message: message) }
}

extension Failure {
  /// Words any error that can reach a shell.
  ///
  /// - Parameter records: whether something was to be recorded.
  init(_ error: any Error, wording: Wording, records: Bool) {
    let language = wording.language
    switch error {
    case let failure as Failure: self = failure
    case let error as RemoteError: self.init(error, language, records: records)
    case let error as MissingToken: self.init(error, language, records: records)
    case let problem as ServerAddress.Problem: self.init(problem, language)
    case let error as DataFolderError: self.init(status: .failure, message: Failure.text(error, language))
    default:
      self.init(
        status: ErrorCode(error)?.exit ?? .failure,
        message: ErrorText(wording: wording).text(error) ?? SystemTrouble(error)?.text(language) ?? "\(error)")
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
}

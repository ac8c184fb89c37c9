import Answers
import ArgumentParser
import Publication
import Wording

/// In which form a notice is written. What would say nothing in the form that is asked for is refused.
struct NoticeFormOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "markdown, html, text, eml, letter (a sheet of A4 that word processors open), json or ics.", valueName: "format"))
  var format: String?
  @Flag(help: "HTML to paste into an editor: no page, no style sheet, no subject.") var fragment = false
  @Flag(help: "The subject and nothing else, for the field beside the text.") var subject = false
  @Flag(help: "A mail that mail programs open for writing: to be read again, addressed and sent by hand.")
  var draft = false
  @Option(help: ArgumentHelp("Whom the mail goes to; they see each other. Repeatable.", valueName: "address"))
  var to: [String] = []
  @Option(help: ArgumentHelp("Whom the mail goes to unseen by others; repeatable.", valueName: "address"))
  var bcc: [String] = []
  @Option(help: ArgumentHelp("A line of the address on a letter; repeatable.", valueName: "line"))
  var toAddress: [String] = []
  @Option(help: ArgumentHelp("Where a letter is written, for its date line.", valueName: "town")) var place: String?

  func form(_ session: Session) throws -> NoticeForm {
    let language = session.language
    let words = WordArgument(language: language)
    let named: NoticeFormat? = try format.map { try words.read($0, field: .format) }
    // What says by itself which format is meant.
    var implied: [(option: String, format: NoticeFormat)] = []
    if session.options.json { implied.append(("--json", .json)) }
    if fragment { implied.append(("--fragment", .html)) }
    if draft { implied.append(("--draft", .eml)) }
    let meant = named ?? implied.first?.format ?? .markdown
    for other in implied where other.format != meant {
      throw Failure.usage(
        named == nil
          ? language(
            "\(other.option) and \(implied[0].option): give one of them.",
            "\(other.option) et \(implied[0].option) : donnez l’un des deux.")
          : language(
            "\(other.option) is --format \(other.format.rawValue); leave out --format \(meant.rawValue).",
            "\(other.option), c’est --format \(other.format.rawValue) ; retirez --format \(meant.rawValue)."))
    }
    if subject {
      let others = [("--format", named != nil)] + implied.map { ($0.option, true) }
      if let other = others.first(where: \.1) {
        throw Failure.usage(
          language(
            "--subject is a line by itself; leave out \(other.0).",
            "--subject est une ligne à part ; retirez \(other.0)."))
      }
    }
    let needs: [(option: String, isGiven: Bool, format: NoticeFormat)] = [
      ("--to", !to.isEmpty, .eml), ("--bcc", !bcc.isEmpty, .eml), ("--to-address", !toAddress.isEmpty, .letter),
      ("--place", place != nil, .letter),
    ]
    for need in needs where need.isGiven && (need.format != meant || subject) {
      throw Failure.usage(
        language(
          "\(need.option) needs --format \(need.format.rawValue).",
          "\(need.option) demande --format \(need.format.rawValue)."))
    }
    var form = NoticeForm(meant)
    (form.isFragment, form.isSubject, form.isDraft) = (fragment, subject, draft)
    (form.recipients, form.hiddenRecipients, form.place) = (to, bcc, place)
    form.addressee = toAddress.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
    return form
  }
}

extension Output {
  /// A notice as it was written. A mail stays as it is; whatever else is read in a terminal ends with a line feed.
  func write(_ notice: [UInt8], as form: NoticeForm) throws {
    let isWhole = [.eml, .ics].contains(form.format) && !form.isSubject || notice.last == 0x0A
    try write(isWhole ? notice : notice + [0x0A])
  }
}

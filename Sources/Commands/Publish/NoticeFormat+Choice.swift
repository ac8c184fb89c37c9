import Answers
import Publication
import Wording

extension NoticeFormat {
  /// What `--format` and `--json` say together; they may agree, and neither is silently ignored.
  static func chosen(_ text: String?, _ session: Session) throws -> NoticeFormat {
    let named: NoticeFormat? = try text.map {
      try WordArgument(language: session.language).read($0, field: .format)
    }
    guard !session.options.json || named == nil || named == .json else {
      throw Failure.usage(
        session.language("Give --json or --format, not both.", "Donnez --json ou --format, pas les deux."))
    }
    return session.options.json ? .json : named ?? .markdown
  }
}

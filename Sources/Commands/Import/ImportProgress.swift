import Foundation
import Wording

/// A bar on standard error, where that is a terminal; nothing anywhere else.
final class ImportProgress {
  enum Stage { case read, judged }

  private let language: Language
  private let isShown: Bool
  private var last = -1
  private static let width = 24

  init(_ session: Session) {
    language = session.language
    isShown = isatty(STDERR_FILENO) == 1 && session.environment["TERM"] != "dumb"
  }

  /// Draws only when the bar has grown, so that it costs nothing.
  func show(_ stage: Stage, _ count: Int, of total: Int?) {
    guard isShown else { return }
    let word = stage == .read ? language("rows read", "lignes lues") : language("rows judged", "lignes jugées")
    guard let total, total > 0 else { return draw("\(word)\(language.colon) \(count)") }
    let cells = count * 100 / total
    guard cells != last else { return }
    last = cells
    let full = count * ImportProgress.width / total
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: ImportProgress.width - full)
    draw("\(bar) \(count)/\(total) \(word)")
  }

  func clear() {
    guard isShown, last >= 0 else { return }
    last = -1
    draw("")
  }

  private func draw(_ text: String) {
    if last < 0 { last = 0 }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }
}

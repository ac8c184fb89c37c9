import Foundation

/// How far long work has come, on standard error; silent where that is no terminal.
struct ProgressBar {
  private let total: Int
  private let label: String
  private let isShown: Bool
  private var done = 0
  private var shown = -1

  init(_ label: String, total: Int) {
    self.label = label
    self.total = max(1, total)
    isShown = isatty(STDERR_FILENO) == 1
  }

  mutating func step(_ count: Int = 1) {
    done += count
    let percent = min(100, done * 100 / total)
    guard isShown, percent != shown else { return }
    shown = percent
    let filled = percent * 30 / 100
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    write("\r\(label) \(bar) \(percent) %")
  }

  /// Takes the bar away, so that the answer stands alone.
  func finish() { if isShown { write("\r\u{1B}[2K") } }

  private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}

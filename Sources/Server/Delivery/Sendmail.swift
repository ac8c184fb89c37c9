import Dispatch
import Foundation
import Glibc

/// Hands a mail to the `sendmail` of the machine: one process a mail, its arguments as a list, no shell.
package struct Sendmail: Sendable {
  package enum Outcome: Hashable, Sendable {
    case accepted
    /// Worth another attempt.
    case temporary(String)
    /// Nothing will mend it: no such user, no such host, a message that is wrong.
    case permanent(String)
    /// Called off before the end; whether the mail was taken is unknown.
    case unknown
  }

  package static let usualPath = "/usr/sbin/sendmail"

  private let path: String
  private let timeout: Duration
  /// How long a process may still take when the program ends.
  private let grace: Duration

  package init(
    path: String = Sendmail.usualPath, timeout: Duration = .seconds(30), grace: Duration = .milliseconds(500)
  ) {
    self.path = path
    self.timeout = timeout
    self.grace = grace
  }

  /// - Parameter sender: the address that errors go back to.
  package func send(_ message: [UInt8], from sender: String) async -> Outcome {
    // `-f` takes the next argument whatever it is; an address that looks like a flag is none of ours.
    guard !sender.hasPrefix("-") else { return .permanent("the sender \(sender) looks like a flag") }
    guard let input = Scratch(message), let errors = Scratch([]) else {
      return .temporary("no temporary file can be made")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-t", "-i", "-f", sender]
    // Nothing of this program's environment, where a token may stand.
    process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.standardInput = input.handle
    process.standardOutput = errors.handle
    process.standardError = errors.handle
    let over = Once<Bool>()
    process.terminationHandler = { _ in over.give(true) }
    do { try process.run() } catch { return .temporary("\(path) cannot be run: \(error.localizedDescription)") }
    let pid = process.processIdentifier
    let killed = Once<Bool>()
    let end: @Sendable () -> Void = {
      guard !over.isGiven else { return }
      killed.give(true)
      kill(pid, SIGKILL)
    }
    // Not a task: its time must come also where every thread of the pool is busy.
    let queue = DispatchQueue.global()
    queue.asyncAfter(deadline: .now() + Sendmail.seconds(timeout), execute: end)
    await withTaskCancellationHandler {
      _ = await withCheckedContinuation { over.wait(with: $0) }
    } onCancel: { [grace] in
      queue.asyncAfter(deadline: .now() + Sendmail.seconds(grace), execute: end)
    }
    let wasKilled = killed.isGiven
    if wasKilled {
      return Task.isCancelled ? .unknown : .temporary("\(path) took longer than \(timeout.components.seconds) s")
    }
    guard process.terminationReason == .exit else {
      return .temporary("\(path) died of signal \(process.terminationStatus)")
    }
    return outcome(process.terminationStatus, said: errors.start())
  }

  /// Source: sysexits.h.
  private func outcome(_ status: Int32, said: String) -> Outcome {
    let message = "\(path) exited with \(status)" + (said.isEmpty ? "" : ": \(said)")
    switch status {
    case 0: return .accepted
    // EX_USAGE, EX_DATAERR, EX_NOUSER, EX_NOHOST; EX_TEMPFAIL (75) and all else may pass.
    case 64, 65, 67, 68: return .permanent(message)
    default: return .temporary(message)
    }
  }

  /// Whether there is a program to hand mails to.
  var isThere: Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }

  /// Whether a permanent error is one of how it was called, and not of the mail or its recipient (EX_USAGE).
  static func isMisused(_ error: String) -> Bool { error.contains(" exited with 64") }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}

/// A file without a name: gone when nobody holds it any more, and no pipe that could break or fill.
private struct Scratch: Sendable {
  let handle: FileHandle

  init?(_ bytes: [UInt8]) {
    let url = FileManager.default.temporaryDirectory.appending(path: "preavis-\(UUID().uuidString)")
    let descriptor = unsafe open(url.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    guard unsafe unlink(url.path) == 0 else { return nil }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(bytes))
      try handle.seek(toOffset: 0)
    } catch { return nil }
  }

  /// Up to 300 characters of what was written, on one line.
  func start() -> String {
    try? handle.seek(toOffset: 0)
    let data = (try? handle.read(upToCount: 1200)) ?? nil
    let text = String(decoding: data ?? Data(), as: UTF8.self)
    return LineText.short(text)
  }
}

/// Text of strangers for one cell of a list.
package enum LineText {
  /// One line of 300 characters at most, without what moves a cursor.
  package static func short(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(1200) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
        if result.last != " " { result.append(" ") }
      default: result.append(scalar)
      }
    }
    return String(String(result).prefix(300)).trimmingCharacters(in: .whitespaces)
  }
}

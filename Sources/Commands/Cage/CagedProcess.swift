import Dispatch
import Foundation
import Glibc

/// Runs a program on bytes and takes its answer, within bounds of time and size.
package enum CagedProcess {
  package enum End: Hashable, Sendable {
    case exited(Int32)
    /// By the kernel or by a fault of its own.
    case killed(signal: Int32)
    case tooSlow
    case tooMuchOutput
  }

  /// - Parameters:
  ///   - input: its standard input; it may stop reading at any point.
  ///   - seconds: on the wall clock, from the start to the end of its output.
  ///   - outputLimit: octets of standard output; standard error is thrown away.
  package static func run(
    _ executable: String, _ arguments: [String], input: [UInt8], environment: [String: String], seconds: Double,
    outputLimit: Int
  ) throws(CageError) -> (end: End, output: [UInt8]) {
    let sockets = try socketPair()
    defer { close(sockets.ours) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = environment
    let input = (bytes: input, handle: FileHandle(fileDescriptor: sockets.theirs, closeOnDealloc: true))
    process.standardInput = input.handle
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    let over = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in over.signal() }
    do { try process.run() } catch { throw .start(error.localizedDescription) }
    try? input.handle.close()
    let deadline = ContinuousClock.now + .milliseconds(Int64(seconds * 1000))
    var talk = Talk(
      ours: sockets.ours, output: pipe.fileHandleForReading.fileDescriptor, input: input.bytes, limit: outputLimit)
    var fault = talk.go(until: deadline)
    // Who closes the output and lives on is killed too.
    if fault == nil, over.wait(timeout: .now() + max(0, (deadline - .now) / .seconds(1))) == .timedOut {
      fault = .tooSlow
    }
    if fault != nil { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    if let fault { return (fault, talk.received) }
    let status = process.terminationStatus
    return (process.terminationReason == .exit ? .exited(status) : .killed(signal: status), talk.received)
  }

  /// A socket takes no signal where the other side is gone, as a pipe would.
  private static func socketPair() throws(CageError) -> (ours: Int32, theirs: Int32) {
    var pair: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, type, 0, &pair) == 0 else { throw .resources(code: errno) }
    return (pair[0], pair[1])
  }
}

/// Writes and reads in turns, so that neither side waits for the other for ever.
private struct Talk {
  let ours: Int32
  let output: Int32
  let input: [UInt8]
  let limit: Int
  private var sent = 0
  private var isSending = true
  private(set) var received: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(ours: Int32, output: Int32, input: [UInt8], limit: Int) {
    self.ours = ours
    self.output = output
    self.input = input
    self.limit = limit
  }

  /// Returns at the end of the output, or with what went wrong.
  mutating func go(until deadline: ContinuousClock.Instant) -> CagedProcess.End? {
    while true {
      let left = Int((deadline - .now) / .milliseconds(1))
      guard left > 0 else { return .tooSlow }
      var requests = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        // A negative descriptor is left out.
        pollfd(fd: isSending ? ours : -1, events: Int16(POLLOUT), revents: 0),
      ]
      let ready = unsafe poll(&requests, 2, Int32(clamping: left))
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return .tooSlow }
      if requests[1].revents != 0 { send() }
      guard requests[0].revents != 0 else { continue }
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(output, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      received.append(contentsOf: buffer[..<count])
      guard received.count <= limit else { return .tooMuchOutput }
    }
  }

  private mutating func send() {
    let count = unsafe input[sent...].withUnsafeBytes {
      unsafe Glibc.send(ours, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    sent += max(count, 0)
    guard count < 0 || sent == input.count else { return }
    isSending = false
    shutdown(ours, Int32(SHUT_WR))
  }
}

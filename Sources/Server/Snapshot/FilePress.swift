import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Renders what is not in memory, on threads that may read the disk: each file once, however many wait for it, and who
/// waits holds no thread. Files that may take long have threads of their own, so that others do not wait for them.
final class FilePress: Sendable {
  private struct Waiter {
    let continuation: CheckedContinuation<Print, any Error>
    /// Whether the rendering had begun before.
    let isLate: Bool
  }

  /// What came of a rendering.
  private typealias Print = (entry: SnapshotEntry?, isLate: Bool)

  let snapshot: Snapshot
  private let threads: NIOThreadPool
  private let longThreads: NIOThreadPool
  private let waiting = Mutex<[String: [Waiter]]>([:])

  init(_ snapshot: Snapshot, threads: NIOThreadPool, longThreads: NIOThreadPool) {
    self.snapshot = snapshot
    self.threads = threads
    self.longThreads = longThreads
  }

  /// The file as it may be sent; nil where nothing is published at `path`.
  func entry(_ path: String) async throws -> SnapshotEntry? {
    if let entry = snapshot.fresh("/" + path) { return entry }
    let print = try await self.print(path, ifOld: true)
    // What was committed after a rendering had begun may not be in it.
    guard print.isLate else { return print.entry }
    if let entry = snapshot.fresh("/" + path) { return entry }
    return try await self.print(path, ifOld: true).entry
  }

  func render(_ path: String) async throws { _ = try await print(path) }

  /// - Parameter ifOld: whether one that is fresh by now is not rendered again.
  private func print(_ path: String, ifOld: Bool = false) async throws -> Print {
    try await withCheckedThrowingContinuation { continuation in
      let isFirst = waiting.withLock { waiting in
        let isFirst = waiting[path] == nil
        waiting[path, default: []].append(Waiter(continuation: continuation, isLate: !isFirst))
        return isFirst
      }
      guard isFirst else { return }
      submit(to: threads, path) {
        if ifOld, let entry = self.snapshot.fresh("/" + path) { return .some(entry) }
        guard let job = try self.snapshot.prepared(path) else { return .some(nil) }
        guard job.isLong else { return try job.render() }
        self.submit(to: self.longThreads, path) { try job.render() }
        return nil
      }
    }
  }

  /// Does `work`; those who wait for the file are told what it gives, unless that is left to other work.
  private func submit(
    to threads: NIOThreadPool, _ path: String, _ work: @escaping @Sendable () throws -> SnapshotEntry??
  ) {
    threads.submit { state in
      let result = Result { () throws -> SnapshotEntry?? in
        guard case .active = state else { throw CancellationError() }
        return try work()
      }
      if case .success(nil) = result { return }
      let waiters = self.waiting.withLock { $0.removeValue(forKey: path) ?? [] }
      for waiter in waiters { waiter.continuation.resume(with: result.map { ($0 ?? nil, waiter.isLate) }) }
    }
  }
}

/// Renders anew what many ask for, so that they do not wait for it.
struct FileKeeper: Service {
  let press: FilePress
  let logger: Logger

  /// Between two looks at what is old.
  private static let interval = Duration.milliseconds(50)
  /// After a failure, which is told once.
  private static let patience = Duration.seconds(1)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var failing: Set<String> = []
      while !Task.isCancelled {
        for path in press.snapshot.due() where !Task.isCancelled {
          do {
            try await press.render(path)
            failing.remove(path)
          } catch {
            try? await Task.sleep(for: FileKeeper.patience)
            guard failing.insert(path).inserted, !Task.isCancelled else { continue }
            logger.error(
              "a file cannot be rendered", metadata: ["path": "\(LoggedPath.of(path))", "error": "\(error)"])
          }
        }
        try? await Task.sleep(for: FileKeeper.interval)
      }
    }
  }
}

package import API
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The portal, the feeds and the API over HTTP, until it is told to stop.
package struct PreavisServer: Sendable {
  /// Where it listens.
  package enum Address: Hashable, Sendable {
    /// Port 0 lets the system choose.
    case host(String, port: Int)
    case socket(path: String)
  }

  package struct TLS: Sendable {
    /// Paths of PEM files; the chain starts with the server's own certificate.
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }

  package var address: Address
  package var tls: TLS?
  package var limits = ConnectionLimits()
  package var snapshot: Snapshot
  package var api: @Sendable (APICall) -> APIAnswer
  /// Ends the mailing that a token in an address belongs to.
  package var leave: @Sendable (String) throws -> Void = { _ in }
  /// Where clients subscribe themselves; nil for nowhere.
  package var subscriptions: SubscriptionDesk?
  package var readiness: @Sendable () -> [ReadinessCheck]
  /// Figures of others, for `/metrics`.
  package var samples: @Sendable () -> [Metrics.Sample] = { [] }
  /// What SIGHUP reads anew besides the certificate, by name.
  package var reloads: [(name: String, body: @Sendable () throws -> Void)] = []
  /// Whether the terminal that the server was started from has gone, which a system tells by the same signal.
  package var hasLostTerminal: @Sendable () -> Bool = { false }
  /// What runs beside the server and ends when its task is cancelled.
  package var companions: [@Sendable () async -> Void] = []
  /// Told the port once connections are taken.
  package var whenListening: @Sendable (Int?) -> Void = { _ in }
  package var logger: Logger
  /// Event loops; nil for one a core.
  package var loops: Int?

  package init(
    address: Address, snapshot: Snapshot, logger: Logger, api: @escaping @Sendable (APICall) -> APIAnswer,
    readiness: @escaping @Sendable () -> [ReadinessCheck]
  ) {
    self.address = address
    self.snapshot = snapshot
    self.api = api
    self.readiness = readiness
    self.logger = logger
  }

  /// Why it did not start.
  package enum StartError: Error, Hashable, Sendable {
    /// What the system says of the address.
    case address(String)
    /// Paths of files that are not what they should be.
    case certificate(String)
    case key(String)
    case mismatch(certificate: String, key: String)
    case addressInUse

    /// Nil for an error that has nothing to do with the address.
    init?(listening error: any Error) {
      switch error {
      case let error as IOError where error.errnoCode == EADDRINUSE: self = .addressInUse
      case let error as IOError: self = .address(unsafe String(cString: strerror(error.errnoCode)))
      case let error as SocketAddressError: self = .address("\(error)")
      case is SocketAddressError.UnknownHost: self = .address("unknown host")
      default: return nil
      }
    }
  }

  /// Whether a text is the address of a host, and no name.
  package static func isAddress(_ text: String) -> Bool { (try? SocketAddress(ipAddress: text, port: 0)) != nil }

  /// How long a stop waits for what is under way.
  private static let patience = Duration.seconds(6)
  /// Connections beyond the limit that are taken in order to be closed.
  package static let overflow = 64
  /// Threads that read the disk, for the API and for files that are not in memory.
  private static let threads = 4
  /// Beside them, for files in blocks.
  private static let longThreads = 2

  /// Returns after SIGTERM or SIGINT, or after a graceful shutdown of the task's services.
  package func run() async throws {
    // Caught before anything is read that it would have read anew.
    let hangUps = await UnixSignalsSequence(trapping: .sighup)
    let certificate = try tls.map { try ServerCertificate($0) }
    let metrics = Metrics()
    let threads = NIOThreadPool(numberOfThreads: PreavisServer.threads)
    threads.start()
    let callThreads = NIOThreadPool(numberOfThreads: PreavisServer.threads)
    callThreads.start()
    let stopping = StopSignal()
    let longThreads = NIOThreadPool(numberOfThreads: PreavisServer.longThreads)
    longThreads.start()
    let press = FilePress(snapshot, threads: threads, longThreads: longThreads)
    let responder = PortalResponder(
      press: press, api: api, leave: leave, subscriptions: subscriptions,
      operation: OperationAnswers(
        metrics: metrics, readiness: readiness, samples: { [snapshot, samples] in snapshot.samples + samples() }),
      threads: threads,
      callThreads: callThreads, isStopping: { stopping.isGiven },
      metrics: metrics, logger: logger)
    let shared = FrontDoorShared(limits: limits, snapshot: snapshot, metrics: metrics)
    var server = HTTPServerBuilder { PortalChannel(responder: $0, shared: shared) }
    if let certificate { server = try .tls(server, tlsConfiguration: certificate.configuration) }
    let whenListening = whenListening
    // Beyond the limit a connection is closed as it comes; beyond this one none is taken, since a process without file
    // descriptors takes none ever again.
    let utmost = limits.connections + PreavisServer.overflow
    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, loops ?? System.coreCount))
    let application = Application(
      responder: responder, server: server,
      configuration: ApplicationConfiguration(
        address: address.bindAddress, serverName: nil,
        availableConnectionsDelegate: .maximum(utmost, logger: logger)),
      onServerRunning: { channel in whenListening(channel.localAddress?.port) },
      eventLoopGroupProvider: .shared(group), logger: logger)
    let watch = RegisterWatch(snapshot: snapshot, threads: threads, logger: logger)
    let reloading = Reloading(
      signals: hangUps, bodies: (certificate.map { [("certificate", $0.reload)] } ?? []) + reloads,
      hasLostTerminal: hasLostTerminal, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [watch, FileKeeper(press: press, logger: logger), stopping] + companions.map { Companion(body: $0) } + [
        application
      ],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.services.append(.init(service: reloading, successTerminationBehavior: .gracefullyShutdownGroup))
    configuration.maximumGracefulShutdownDuration = PreavisServer.patience
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch {
      PreavisServer.leave(threads, callThreads, longThreads)
      try? await group.shutdownGracefully()
      throw StartError(listening: error) ?? error
    }
    PreavisServer.leave(threads, callThreads, longThreads)
    try await group.shutdownGracefully()
  }
}

extension PreavisServer {
  /// Everybody who waited has been answered or cut off by now; what still waits for the register's lock has nobody to
  /// tell, and is not waited for.
  private static func leave(_ pools: NIOThreadPool...) {
    for pool in pools { Task.detached { try? await pool.shutdownGracefully() } }
  }
}

extension PreavisServer.Address {
  var bindAddress: BindAddress {
    switch self {
    case .host(let host, let port): .hostname(host, port: port)
    case .socket(let path): .unixDomainSocket(path: path)
    }
  }
}

/// The certificate and the key that the next connection gets, read from their files.
final class ServerCertificate: Sendable {
  private let files: PreavisServer.TLS
  private let current: Mutex<TLSConfiguration>

  init(_ files: PreavisServer.TLS) throws {
    self.files = files
    current = Mutex(try ServerCertificate.read(files))
  }

  /// Connections that are open keep the one that they have. Throws ``PreavisServer/StartError``, and keeps the one that is
  /// served, where the files are not readable or do not belong together.
  func reload() throws {
    let new = try ServerCertificate.read(files)
    current.withLock { $0 = new }
  }

  /// Asks at each handshake what is served now.
  var configuration: TLSConfiguration {
    var configuration = current.withLock { $0 }
    configuration.sslContextCallback = { [self] _, promise in
      var pair = NIOSSLContextConfigurationOverride()
      current.withLock { (pair.certificateChain, pair.privateKey) = ($0.certificateChain, $0.privateKey) }
      promise.succeed(pair)
    }
    return configuration
  }

  private static func read(_ files: PreavisServer.TLS) throws -> TLSConfiguration {
    guard let found = try? NIOSSLCertificate.fromPEMFile(files.certificate), !found.isEmpty else {
      throw PreavisServer.StartError.certificate(files.certificate)
    }
    guard let key = try? NIOSSLPrivateKey(file: files.key, format: .pem) else {
      throw PreavisServer.StartError.key(files.key)
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: found.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    // A key of another certificate shows here, and not to each client.
    guard (try? NIOSSLContext(configuration: configuration)) != nil else {
      throw PreavisServer.StartError.mismatch(certificate: files.certificate, key: files.key)
    }
    return configuration
  }
}

/// Reads anew at each SIGHUP what an operator edits, and says so in the log. What cannot be read leaves the one before.
struct Reloading: Service {
  let signals: UnixSignalsSequence
  let bodies: [(name: String, body: @Sendable () throws -> Void)]
  let hasLostTerminal: @Sendable () -> Bool
  let logger: Logger

  /// Ends where the signal says that the terminal has gone, as programs in a terminal do.
  func run() async throws {
    for await _ in signals.cancelOnGracefulShutdown() {
      if hasLostTerminal() { return }
      for (name, body) in bodies {
        do {
          try body()
          logger.info("reloaded", metadata: ["what": "\(name)"])
        } catch {
          logger.error("not reloaded; the one before is kept", metadata: ["what": "\(name)", "error": "\(error)"])
        }
      }
    }
  }
}

/// Tells whoever asks that a stop has begun.
final class StopSignal: Service {
  private let given = Atomic<Bool>(false)

  var isGiven: Bool { given.load(ordering: .relaxed) }

  func run() async throws {
    try? await gracefulShutdown()
    given.store(true, ordering: .relaxed)
  }
}

/// Runs until the server stops.
struct Companion: Service {
  let body: @Sendable () async -> Void

  func run() async throws { await cancelWhenGracefulShutdown { await body() } }
}

/// Looks for commits of other programs on the same register.
struct RegisterWatch: Service {
  let snapshot: Snapshot
  let threads: NIOThreadPool
  let logger: Logger

  /// A commit of another program is served after this, at the latest.
  private static let interval = Duration.milliseconds(200)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var isFailing = false
      while !Task.isCancelled {
        do {
          try await threads.runIfActive { try snapshot.refresh() }
          isFailing = false
        } catch {
          if !isFailing, !Task.isCancelled {
            logger.error("the register cannot be read", metadata: ["error": "\(error)"])
          }
          isFailing = true
        }
        try? await Task.sleep(for: RegisterWatch.interval)
      }
    }
  }
}

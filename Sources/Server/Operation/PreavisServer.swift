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
  package var readiness: @Sendable () -> [ReadinessCheck]
  /// Figures of others, for `/metrics`.
  package var samples: @Sendable () -> [Metrics.Sample] = { [] }
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

  /// Returns after SIGTERM or SIGINT, or after a graceful shutdown of the task's services.
  package func run() async throws {
    let metrics = Metrics()
    let threads = NIOThreadPool(numberOfThreads: PreavisServer.threads)
    threads.start()
    let callThreads = NIOThreadPool(numberOfThreads: PreavisServer.threads)
    callThreads.start()
    let stopping = StopSignal()
    let press = FilePress(snapshot, threads: threads)
    let responder = PortalResponder(
      press: press, api: api,
      operation: OperationAnswers(
        metrics: metrics, readiness: readiness, samples: { [snapshot, samples] in snapshot.samples + samples() }),
      threads: threads,
      callThreads: callThreads, isStopping: { stopping.isGiven },
      metrics: metrics, logger: logger)
    let shared = FrontDoorShared(limits: limits, snapshot: snapshot, metrics: metrics)
    var server = HTTPServerBuilder { PortalChannel(responder: $0, shared: shared) }
    if let tls { server = try .tls(server, tlsConfiguration: try tls.configuration()) }
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
    var configuration = ServiceGroupConfiguration(
      services: [watch, FileKeeper(press: press, logger: logger), stopping] + companions.map { Companion(body: $0) } + [
        application
      ],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = PreavisServer.patience
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch {
      PreavisServer.leave(threads, callThreads)
      try? await group.shutdownGracefully()
      throw StartError(listening: error) ?? error
    }
    PreavisServer.leave(threads, callThreads)
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

extension PreavisServer.TLS {
  func configuration() throws -> TLSConfiguration {
    guard let found = try? NIOSSLCertificate.fromPEMFile(certificate), !found.isEmpty else {
      throw PreavisServer.StartError.certificate(certificate)
    }
    let chain = found.map { NIOSSLCertificateSource.certificate($0) }
    guard let privateKey = try? NIOSSLPrivateKey(file: key, format: .pem) else {
      throw PreavisServer.StartError.key(key)
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    return configuration
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

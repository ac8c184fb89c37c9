import Foundation
import Register
import Remote
import Wording

/// The server that keeps the register, where the register is an address: connected at the first need, once.
final class ServerLink {
  private let place: String
  private let authority: String?
  private let environment: [String: String]
  private let language: Language
  private var courier: Courier?
  private var open: RemoteRegister?
  private var contractsFolder: String?
  private var kept: ReplicaPlace?
  /// A folder that ends with the command.
  private var passing: String?
  /// Whether the command waits by itself for a server that is away, so that no single request has to.
  var waits = false
  /// Seconds for which a request is sent again. What is recorded is worth more waiting than what is only read, and tells
  /// its key by then.
  var patience = 8
  /// A server that did not answer is not asked again by the same command.
  private var failure: (any Error)?

  /// - Parameters:
  ///   - place: the address as it was given.
  ///   - authority: the file of certificates that was named.
  init(_ place: String, authority: String?, environment: [String: String], language: Language) {
    self.place = place
    self.authority = authority ?? environment["PREAVIS_CA"].flatMap { $0.isEmpty ? nil : $0 }
    self.environment = environment
    self.language = language
  }

  /// Where commands go, and the register as the server has it when it is first looked at; the same one for the rest of
  /// the command.
  func writer() throws -> RemoteRegister {
    if let open { return open }
    let remote = try asking { RemoteRegister(place: try cache($0), courier: $1, report: tell) }
    open = remote
    return remote
  }

  /// The register as the server has it now: what of it answers the question, or all of it where there is none.
  func register(asking question: Question? = nil) throws -> RemoteRegister {
    let remote = try writer()
    try asking { _, _ in try question.map(remote.look) ?? remote.connect() }
    return remote
  }

  /// The folder of the server's contracts.
  func contracts() throws -> String {
    if let contractsFolder { return contractsFolder }
    let folder = try asking { try RemoteRegister.contracts(place: try cache($0), courier: $1) }
    contractsFolder = folder
    return folder
  }

  /// The whole log, fetched anew beside the replica, for `body` to look at.
  func fetchingAnew<Result>(_ body: (RemoteRegister) throws -> Result) throws -> Result {
    let folder = ServerLink.passingFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try asking { address, courier in
      let place = try ReplicaPlace(address, folder: folder)
      return try body(try RemoteRegister.connect(place: place, seenBy: try cache(address), courier: courier))
    }
  }

  func accept(_ checkpoint: Checkpoint) throws -> RemoteRegister {
    try asking { try RemoteRegister.accept(checkpoint, place: try cache($0), courier: $1) }
  }

  /// Forgets what the server said, or that it said nothing: for commands that ask again.
  func renew() throws {
    failure = nil
    contractsFolder = nil
    try open?.refresh()
  }

  private var hasNotedCalendars = false

  /// Says once that contracts of one's own show, but do not decide.
  func noteOwnCalendars() {
    guard !hasNotedCalendars else { return }
    hasNotedCalendars = true
    Output.note(
      language(
        "--calendars: used for what is shown here; the server judges by its own contracts.",
        "--calendars\u{A0}: sert à ce qui est affiché ici\u{202F}; le serveur juge d’après ses propres contrats."))
  }

  private func asking<Result>(_ body: (ServerAddress, Courier) throws -> Result) throws -> Result {
    if let failure { throw failure }
    do {
      let address = try ServerAddress(place)
      let courier = try self.courier ?? makeCourier(address)
      self.courier = courier
      return try body(address, courier)
    } catch {
      failure = error
      throw error
    }
  }

  /// What is known of the server is kept in the user's cache; where that cannot be written, for this command alone.
  private func cache(_ address: ServerAddress) throws -> ReplicaPlace {
    if let place = kept { return place }
    let folder = cacheFolder
    let place: ReplicaPlace
    do { place = try ReplicaPlace(address, folder: folder) } catch {
      let passing = ServerLink.passingFolder()
      self.passing = passing
      place = try ReplicaPlace(address, folder: passing, notedIn: folder)
      Output.note(
        language(
          "\(folder): nothing can be kept there, so that this command fetches what it needs, and what it sees of the server’s history is not noted. Make it writable, or set XDG_CACHE_HOME.",
          "\(folder)\u{A0}: rien ne peut y être conservé\u{202F}; cette commande récupère ce qu’il lui faut, et ce qu’elle voit de l’historique du serveur n’est pas noté. Rendez-le accessible en écriture, ou définissez XDG_CACHE_HOME."
        ))
    }
    kept = place
    return place
  }

  private var cacheFolder: String {
    // A relative path is to be ignored (XDG Base Directory Specification 0.8).
    if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") { return "\(folder)/preavis" }
    return "\(environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory())/.cache/preavis"
  }

  private static func passingFolder() -> String {
    FileManager.default.temporaryDirectory.appending(path: "preavis-\(UUID().uuidString)").path
  }

  deinit {
    if let passing { try? FileManager.default.removeItem(atPath: passing) }
  }

  private var tell: @Sendable (RemoteRegister.Report) -> Void {
    { [language] report in
      switch report {
      case .renewed(let path):
        Output.note(
          language(
            "\(path): the copy of the server’s log is damaged; it is fetched anew.",
            "\(path)\u{A0}: la copie du journal du serveur est endommagée\u{202F}; elle est récupérée de nouveau."))
      case .noteRenewed(let path):
        Output.note(
          language(
            "\(path): the note of what was seen of the server’s history was damaged; it is written anew from the copy of the log.",
            "\(path)\u{A0}: la note de ce qui a été vu de l’historique du serveur était endommagée\u{202F}; elle est réécrite d’après la copie du journal."
          ))
      case .unnoted(let path):
        Output.note(
          language(
            "\(path): what was seen of the server’s history could not be noted. Is there room, and may you write there?",
            "\(path)\u{A0}: ce qui a été vu de l’historique du serveur n’a pu être noté. Y a-t-il de la place, et pouvez-vous y écrire\u{202F}?"
          ))
      }
    }
  }

  private func makeCourier(_ address: ServerAddress) throws -> Courier {
    guard environment["PREAVIS_NOW"] == nil else {
      throw Failure.usage(
        language(
          "PREAVIS_NOW is set, but the server’s clock decides. Unset it.",
          "PREAVIS_NOW est défini, mais c’est l’horloge du serveur qui décide. Retirez-le."))
    }
    let transport: any Transport
    do {
      transport = try HTTPTransport(address, authority: authority)
    } catch {
      throw Failure.usage(
        language(
          "\(authority ?? ""): no certificates (PEM) can be read there. Check --ca-file or PREAVIS_CA.",
          "\(authority ?? "")\u{A0}: aucun certificat (PEM) n’y est lisible. Vérifiez --ca-file ou PREAVIS_CA."))
    }
    let language = language
    let patience = waits ? 5 : self.patience
    let start = ContinuousClock.now
    return Courier(
      transport: transport, token: try token(address), language: language.rawValue,
      patience: Courier.Patience(
        whole: .seconds(patience), elapsed: { ContinuousClock.now - start },
        pause: { Thread.sleep(forTimeInterval: $0 / .seconds(1)) },
        note: { [waits] reason in
          Output.note(
            waits
              ? language(
                "\(address.host) gives no usable answer (\(reason)); waiting for it.",
                "\(address.host) ne donne pas de réponse utilisable (\(reason))\u{202F}; on l’attend.")
              : language(
                "\(address.host) gives no usable answer (\(reason)); trying again for up to \(patience) s.",
                "\(address.host) ne donne pas de réponse utilisable (\(reason))\u{202F}; nouvel essai, \(patience) s au plus."
              ))
        }))
  }

  /// Never part of a message.
  private func token(_ address: ServerAddress) throws -> String {
    guard let token = environment["PREAVIS_TOKEN"], !token.isEmpty else { throw MissingToken(address: address) }
    guard token.utf8.count <= 500, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Failure.usage(
        language(
          "PREAVIS_TOKEN holds blanks or characters that no token has; copy it again.",
          "PREAVIS_TOKEN contient des espaces ou des caractères qu’aucun jeton ne contient\u{202F}; recopiez-le."))
    }
    return token
  }
}

/// No token is at hand. A replica holds drafts, so that reading needs one as well.
struct MissingToken: Error {
  let address: ServerAddress
}

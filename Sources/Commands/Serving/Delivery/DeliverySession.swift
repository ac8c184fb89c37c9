import CivilTime
import Files
import Planning
import Publication
import Register
import Server
import Wording

/// What sends messages from this machine.
enum DeliverySession {
  /// Sends with the contracts and templates as they are at each message.
  static func worker(
    _ session: Session, _ open: OpenRegister, contracts: any ContractSource, sendmail: String, allowsPrivate: Bool,
    address: String?
  ) throws -> DeliveryWorker {
    let templates = try session.templatesFolder().path
    return DeliveryWorker(
      register: open.register, text: MessageText(identity: open.identity, isSimulation: open.isSimulation),
      sources: DeliveryWorker.Sources(
        contract: { try contracts.load(service: $0).contract }, templates: { try NoticeTemplates(folder: templates) },
        wallClock: Session.systemClock, address: try address.map { try SendingOptions.address($0, session.language) }),
      client: WebhookClient(allowsPrivate: allowsPrivate), sendmail: Sendmail(path: sendmail))
  }
}

/// How messages leave this machine; for every verb that sends.
struct SendingOptions {
  static let privateHelp =
    "Let webhooks go to private networks and without TLS: receivers in your own network, tests."
  static let addressHelp =
    "https address at which people reach this server, for the way out in each mail; where left out, the contract's portal if it is served."

  /// Without a slash at its end. Programs for mail post to https alone (RFC 8058, section 3.1); what leads to this machine
  /// alone is for trials.
  static func address(_ text: String, _ language: Language) throws -> String {
    var text = text
    while text.hasSuffix("/") { text.removeLast() }
    guard let address = WebhookAddress(text), address.isEncrypted || address.isLoopback, !text.contains("?") else {
      throw Failure.usage(
        language(
          "--public-address \(text): write the https address of the server, such as https://notices.example.org.",
          "--public-address \(text) : écrivez l’adresse https du serveur, par exemple https://avis.example.org."))
    }
    return text
  }
}

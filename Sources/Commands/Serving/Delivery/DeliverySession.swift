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
    _ session: Session, _ open: OpenRegister, contracts: any ContractSource, sendmail: String, allowsPrivate: Bool
  ) throws -> DeliveryWorker {
    let templates = try session.templatesFolder().path
    return DeliveryWorker(
      register: open.register, text: MessageText(identity: open.identity, isSimulation: open.isSimulation),
      sources: DeliveryWorker.Sources(
        contract: { try contracts.load(service: $0).contract }, templates: { try NoticeTemplates(folder: templates) },
        wallClock: Session.systemClock),
      client: WebhookClient(allowsPrivate: allowsPrivate), sendmail: Sendmail(path: sendmail))
  }
}

/// How messages leave this machine; for every verb that sends.
struct SendingOptions {
  static let privateHelp =
    "Let webhooks go to private networks and without TLS: receivers in your own network, tests."
}

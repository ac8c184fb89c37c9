import CivilTime
import Delivery
import Files
import Notices
import Planning
import Register
import Wording

/// What the verbs on webhooks, mailings and deliveries share.
struct DeliverySession {
  let access: AccessSession
  var session: Session { access.session }
  var register: Register { access.open.register }

  /// What is sent, and by which secret, only the machine that sends knows.
  init(_ session: Session, readOnly: Bool = false) throws {
    _ = try session.registerFile(for: "webhook")
    access = try AccessSession(session, readOnly: readOnly)
  }

  var text: SubscriptionText {
    SubscriptionText(
      ChangeText(wording: access.wording, output: session.output, isSimulation: access.open.isSimulation))
  }

  /// Sends with the contracts and templates as they are at each message.
  static func worker(
    _ session: Session, _ open: OpenRegister, sendmail: String, allowsPrivate: Bool
  ) throws -> DeliveryWorker {
    let contracts = try session.contracts()
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
  static let privateHelp = "Let webhooks go to private networks and without TLS: receivers in your own network, tests."
}

import Answers
import ArgumentParser
import Files
import Foundation
import JSONText
import Planning
import Register
import RegisterSQLite
import Remote
import Server
import Wording

/// Programs that are told of changes.
struct WebhookVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook", abstract: "Make, list, try and revoke webhooks; give them another secret.",
    subcommands: [
      WebhookCreateVerb.self, GrantListVerb<WebhookContent>.self, WebhookTestVerb.self, WebhookRotateVerb.self,
      GrantRevokeVerb<WebhookContent>.self,
    ])
}

struct WebhookCreateVerb: OperationVerb {
  static let operation = Operation.createWebhook
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Have an address told of what is published; its secret is shown once.",
    discussion: """
      Messages are signed as Standard Webhooks 1.0 says, with the secret. The register keeps it, since it has to sign:
      whoever may read the register's file may read it. Messages are sent by preavis serve, or preavis deliveries run.

      Formats other than standard are for the people in a chat, in the language of --lang, with the words of the mails. \
      Nothing is signed there: the address is the secret, and none is shown.

      Examples:
        preavis webhook create --url https://hooks.example.org/preavis \\
          --service profession-liberale
        preavis webhook create --url https://ci.example.org/hook \\
          --event change.started --event change.completed
        preavis webhook create --url https://hooks.example.org/services/T0/B0/x \\
          --format slack --lang fr
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("Where messages go: https://host/path.", valueName: "address")) var url: String
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Option(
    help: """
      Only this event, such as change.planned; repeatable; all that clients are told of where left out. For staff: \
      change.conflict, a plan that today's rules refuse; change.requested, change.approved and change.declined.
      """)
  var event: [String] = []
  @Option(help: "standard, slack, teams, mattermost or google-chat.") var format = WebhookFormat.standard.rawValue
  @Flag(help: "Take http and private networks too; whoever sends there needs the same flag.") var allowPrivate = false

  func run(_ session: Session) throws {
    let words = WordArgument(language: session.language)
    let events: [ClientEvent] = try event.map { try words.read($0, field: .event) }
    let service = try session.contract(service).contract.service
    let grants = try GrantSession(session, asking: .grants(WebhookContent.self))
    let webhook = try grants.keeper.createWebhook(
      url: url, service: service, events: events, format: words.read(format, field: .format),
      language: session.language.rawValue, allowsPrivate: allowPrivate, secret: nil, idempotencyKey: nil,
      actor: session.actor
    ).record
    guard webhook.format == .standard else { return try grants.write(webhook) }
    try grants.handOut(webhook)
  }
}

extension GrantSession {
  /// A webhook whose secret is new. When that cannot be written the webhook is taken back, since nobody can use it.
  fileprivate func handOut(_ webhook: Webhook, isKept: Bool = false) throws {
    guard let secret = webhook.secret else { throw RegisterError.damaged("\(webhook.id) has no secret") }
    var notes = [session.language.keepItSafe]
    if let path = open.file?.path, Self.isOpen(path) {
      notes.append(
        session.language(
          "Every user of this machine may read the register, and the secret in it: chmod o-r \(session.registerPath)",
          "Tout utilisateur de cette machine peut lire le registre, donc le secret : chmod o-r \(session.registerPath)")
      )
    }
    try handOut(webhook, plain: secret.text, once: .init("secret", .string(secret.text)), notes: notes, isKept: isKept)
  }

  private static func isOpen(_ path: String) -> Bool {
    let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int ?? 0
    return mode & 0o004 != 0
  }
}

struct WebhookRotateVerb: OperationVerb {
  static let operation = Operation.rotateWebhook
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Give a webhook another secret, which is shown once.",
    discussion: """
      Messages bear the signatures of both secrets for a while, so that the receiver can change over and misses none; \
      nothing is sent twice. Of three secrets the newest two sign.

      Examples:
        preavis webhook rotate HOOK-0003
        preavis webhook rotate HOOK-0003 --keep 0h
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The webhook, by its identifier.", valueName: "HOOK-…")) var webhook: String
  @Option(help: ArgumentHelp("How long the secret before signs as well; 0h ends it at once.", valueName: "duration"))
  var keep = RotationArgument.usual

  func run(_ session: Session) throws {
    let id = try WebhookContent.identifier(webhook, session.language)
    let grants = try GrantSession(session, asking: .grants(WebhookContent.self))
    let keep = try RotationArgument(wording: grants.wording).read(keep)
    let rotated = try grants.keeper.rotateWebhook(
      id, keep: keep, secret: nil, idempotencyKey: nil, actor: session.actor
    ).record
    try grants.handOut(rotated, isKept: true)
  }
}

extension WebhookContent: GrantNoun {
  static let revocation = Operation.revokeWebhook
  static let listHelp = (
    abstract: "All webhooks that were ever made.", discussion: "Example:\n  preavis webhook list --json"
  )
  static let revokeHelp = (
    abstract: "Send a webhook nothing more; what waits for it is given up.",
    discussion: "Example:\n  preavis webhook revoke HOOK-0003"
  )
  static let argumentHelp = "The webhook, by its identifier."

  static func notAnIdentifier(_ language: Language) -> String {
    language(
      "Not an identifier of a webhook; they look like HOOK-0003. See: preavis webhook list",
      "Pas un identifiant de webhook ; ils ressemblent à HOOK-0003. Voir : preavis webhook list")
  }
}

struct WebhookTestVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Send a signed ping now, and show the answer.",
    discussion: """
      Nothing is recorded. The secret lies on the server's machine, and so this runs there. A receiver that answers anything but 2xx makes the exit code 1.

      Example:
        preavis webhook test HOOK-0003
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The webhook, by its identifier.", valueName: "HOOK-…")) var webhook: String
  @Flag(help: ArgumentHelp(stringLiteral: SendingOptions.privateHelp)) var allowPrivate = false

  func run(_ session: Session) throws {
    let id = try WebhookContent.identifier(webhook, session.language)
    _ = try session.registerFile(for: "webhook test")
    let open = try session.register(readOnly: true)
    guard let webhook = try open.register.webhooks().first(where: { $0.id == id }) else {
      throw SubscriptionError.unknownWebhook(id)
    }
    guard !webhook.isRevoked else { throw SubscriptionError.revoked(subscription: id.description) }
    guard webhook.secret != nil, let url = webhook.address else {
      throw RegisterError.damaged("\(id) has no secret or address")
    }
    let now = Session.systemClock()
    let body = MessageText(identity: open.identity, isSimulation: open.isSimulation).ping(webhook, at: now)
    let client = WebhookClient(allowsPrivate: allowPrivate)
    let message = "msg_ping_" + String(UInt64.random(in: .min ... .max), radix: 16)
    let answer: WebhookAnswer
    do {
      answer = try Blocking.run {
        try await client.post(body, id: message, to: url, secrets: webhook.secrets(at: open.register.now), at: now)
      }
    } catch let fault as DeliveryFault {
      throw Failure(
        status: .unreachable,
        message: "\(url)\(session.language.colon) "
          + DeliveryErrorText(language: session.language).text(fault.message))
    }
    let said = LineText.short(String(decoding: answer.body, as: UTF8.self))
    if session.options.json {
      try session.output.write([
        "webhook": .string(id.description), "message": .string(message), "status": .integer(Int64(answer.status)),
        "body": .string(said),
      ])
    } else {
      try session.output.write("\(id)  \(answer.status)" + (said.isEmpty ? "" : "  \(said)"))
    }
    if !(200..<300).contains(answer.status) { throw ExitCode(ExitStatus.failure.rawValue) }
  }
}

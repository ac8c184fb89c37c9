import Answers
import CivilTime
import Files
import Planning
import Register
import Wording

/// Builds the content of a request from what was typed.
struct RequestBuilder {
  let session: Session
  let contract: Contract

  init(session: Session, contract: Contract) throws {
    self.session = session
    self.contract = contract
  }

  func content(
    kind: ChangeKind, _ service: ServiceOptions, _ interval: IntervalOptions, _ content: ContentOptions,
    update: UpdateDetails?, defaultImpact: Impact
  ) throws -> ChangeContent {
    let words = WordArgument(language: session.language)
    return ChangeContent(
      kind: kind, service: contract.service, environment: service.environment, components: content.component,
      interval: try interval.interval(session.wording(contract)), title: content.title,
      description: try words.text(content.description, field: .description) ?? "",
      impact: try content.impact.map { try words.read($0, field: .impact) } ?? defaultImpact, reason: content.reason,
      update: update, alongside: try content.alongside.map { try words.change($0, field: .alongside) })
  }
}

/// Sends a command to the register and reports what came of it.
struct ChangeAction {
  let session: Session

  func perform(
    _ command: ChangeCommand, on id: ChangeID?, key: String?, expectedRevision: Int? = nil, contract: LoadedContract?,
    subject: String
  ) throws {
    let open = try session.register()
    var used = contract?.contract
    let outcome = try open.writer.execute(
      Register.Request(
        command, on: id, actor: session.actor, idempotencyKey: key, expectedRevision: expectedRevision)
    ) { service in
      let loaded = try contract ?? session.contract(service)
      used = loaded.contract
      return session.bound(loaded)
    }
    let bound = try used ?? session.contract(outcome.change?.content.service).contract
    try ChangeReport(session: session, contract: bound, open: open, isMove: id != nil).print(
      outcome, to: command, subject: subject)
  }

  /// The change and the contract that its times are read by.
  func find(_ text: String) throws -> (change: Change, contract: LoadedContract) {
    let id = try WordArgument(language: session.language).change(text)
    let change = try session.register(readOnly: true).register.change(id)
    return (change, try session.contract(change.content.service))
  }

  /// For questions that come before the command.
  func register() throws -> Register { try session.register(readOnly: true).register }
}

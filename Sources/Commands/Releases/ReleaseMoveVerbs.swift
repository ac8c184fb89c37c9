import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import JSONText
import Planning
import Publication
import Register
import Remote
import Wording

/// What moves a release: what it does and why, and the rest is the same for all.
struct ReleaseMoveOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The release.", valueName: "REL-…")) var release: String
  @Option(help: "Why; clients read it where it moves what is published.") var reason: String?
}

protocol ReleaseMoveVerb: OperationVerb {
  var move: ReleaseMoveOptions { get }
  var recording: RecordingOptions { get }
  func command(_ id: ReleaseID, _ session: Session, _ wording: Wording) throws -> ReleaseCommand
}

extension ReleaseMoveVerb {
  func run(_ session: Session) throws {
    let id = try session.release(move.release)
    let wording = try ReleaseAction.wording(session)
    try ReleaseAction(session: session).perform(
      command(id, session, wording), on: id, key: recording.key(session),
      subject: Self.operation.heading(session.language))
  }
}

extension ReleaseVerb {
  struct Submit: OperationVerb {
    static let operation = Operation.submitRelease
    static let configuration = CommandConfiguration(
      commandName: "submit", abstract: "Record a release: all of its changes, or nothing.",
      discussion: """
        The times are looked for as release plan does, or taken from a plan that was made before (--as-planned, what release plan \
        --json printed). The register judges every change by its own clock and bookings, as submit would; where one is refused, \
        nothing is recorded (exit 3), and the answer says what stands in its way.

        Examples:
          preavis release submit winter.yaml
          preavis release submit winter.yaml --as-planned plan.json
          preavis release submit winter.yaml --except cache --idempotency-key winter-1
        """)

    static let apart = ["--pin", "--approved-by", "--budget", "--seed"].map { GivenTwice.Pair("--as-planned", $0) }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("The release; - reads standard input.", valueName: "file")) var file: String
    @Option(help: ArgumentHelp("The plan to keep to, as release plan --json printed it.", valueName: "file"))
    var asPlanned: String?
    @OptionGroup var choices: PlanChoices
    @OptionGroup var search: SearchOptions
    @OptionGroup var recording: RecordingOptions

    func run(_ session: Session) throws {
      let key = try recording.key(session)
      let run = ReleaseRun(session: session, budget: try search.limits(session.language), seed: search.seed)
      // Without a register there is nothing to submit to.
      let open = try session.register(readOnly: true)
      let source = try run.read(run.bytes(file), named: file, open)
      let choices = try choices.read(source.wording)
      let isAnswered = try ReleaseAction(session: session).isAnswered(key, open.register)
      var times: ReleaseTimes
      if let asPlanned {
        times = try run.times(asPlanned)
        times.excepted += choices.except
      } else if isAnswered {
        times = ReleaseTimes(starts: [:])
        times.excepted = choices.except
      } else {
        times = ReleaseTimes(try run.plan(source, choices))
      }
      let submission = try ReleaseSubmitting(source.file, now: source.now, wording: source.wording).submission(
        times, isFound: asPlanned == nil, isAnswered: isAnswered)
      try ReleaseAction(session: session).perform(
        .submit(submission), on: nil, key: key, subject: Self.operation.heading(session.language),
        next: "preavis release plan …", madeAt: asPlanned == nil ? nil : times.madeAt)
    }
  }

  struct Reschedule: ReleaseMoveVerb {
    static let operation = Operation.rescheduleRelease
    static let configuration = CommandConfiguration(
      commandName: "reschedule", abstract: "Move all of a release that has not begun, or nothing.",
      discussion: """
        --by moves every change by as much: days keep the hour, whatever the clock does between (7d, -1d), lengths are elapsed (90m). \
        --replan looks for new times, by the file that the release was submitted as, among what is planned now. Each change is \
        judged as by reschedule: the notice runs again, clients are told why, and what needs approval waits for it.

        Examples:
          preavis release reschedule REL-2026-0001 --by 7d --reason "Vendor is late"
          preavis release reschedule REL-2026-0001 --replan --reason "A freeze"
        """)

    static let apart = [GivenTwice.Pair("--by", "--replan")]

    @OptionGroup var global: GlobalOptions
    @OptionGroup var move: ReleaseMoveOptions
    @OptionGroup var recording: RecordingOptions
    @Option(help: "What clients read instead of --reason.") var clientReason: String?
    @Option(parsing: .unconditional, help: ArgumentHelp("How far: 7d, -1d, 90m.", valueName: "length")) var by: String?
    @Flag(help: "Look for new times.") var replan = false
    @OptionGroup var search: SearchOptions

    func command(_ id: ReleaseID, _ session: Session, _ wording: Wording) throws -> ReleaseCommand {
      let reason = Reason(move.reason, clients: clientReason)
      if let by { return .reschedule(by: try ReleaseMoveReading(wording).shift(by), reason: reason) }
      guard replan else {
        throw Failure.usage(
          session.language("Say how far it moves: --by 7d, or --replan.", "Dites de combien : --by 7d, ou --replan."))
      }
      let open = try session.register(readOnly: true)
      if try ReleaseAction(session: session).isAnswered(recording.key(session), open.register) {
        return .place([:], isFound: true, reason: reason)
      }
      let run = ReleaseRun(session: session, budget: try search.limits(session.language), seed: search.seed)
      let (record, changes) = try open.register.release(id)
      let source = try run.read(Array(record.file.utf8), named: id.description, open)
      let anew = ReleaseReplanning(record, changes, file: source.file)
      guard !anew.file.changes.isEmpty else { throw ReleaseError.nothing(.rescheduled, id) }
      let planned = try run.plan(
        ReleaseRun.Source(file: anew.file, open: open, now: source.now, wording: source.wording), anew.choices)
      return .place(
        try anew.starts(planned, phrases: ReleasePhrases(planned, wording)), isFound: true, reason: reason)
    }
  }

  struct Cancel: ReleaseMoveVerb {
    static let operation = Operation.cancelRelease
    static let configuration = CommandConfiguration(
      commandName: "cancel", abstract: "Cancel what of a release has not begun.",
      discussion: """
        What has begun or is over stays as it is. With --from, only what starts then or later.

        Examples:
          preavis release cancel REL-2026-0001 --reason "Vendor withdrew"
          preavis release cancel 1 --from 2026-12-10 --reason "Closing of the year"
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var move: ReleaseMoveOptions
    @OptionGroup var recording: RecordingOptions
    @Option(help: "What clients read instead of --reason.") var clientReason: String?
    @Option(help: ArgumentHelp("Only changes that start on this day or at this time, or later.", valueName: "time"))
    var from: String?

    func command(_ id: ReleaseID, _ session: Session, _ wording: Wording) throws -> ReleaseCommand {
      .cancel(
        from: try ReleaseMoveReading(wording).from(from), reason: Reason(move.reason, clients: clientReason))
    }
  }

  struct Approve: ReleaseMoveVerb {
    static let operation = Operation.approveRelease
    static let configuration = CommandConfiguration(
      commandName: "approve", abstract: "Publish all of a release that waits for approval, or nothing.",
      discussion: "Example:\n  preavis release approve REL-2026-0001")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var move: ReleaseMoveOptions
    @OptionGroup var recording: RecordingOptions

    func command(_ id: ReleaseID, _ session: Session, _ wording: Wording) -> ReleaseCommand {
      .approve(reason: move.reason)
    }
  }

  struct Decline: ReleaseMoveVerb {
    static let operation = Operation.declineRelease
    static let configuration = CommandConfiguration(
      commandName: "decline", abstract: "Decline all of a release that waits for approval.",
      discussion: "Example:\n  preavis release decline REL-2026-0001 --reason \"Too close to the closing\"")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var move: ReleaseMoveOptions
    @OptionGroup var recording: RecordingOptions

    func command(_ id: ReleaseID, _ session: Session, _ wording: Wording) -> ReleaseCommand {
      .decline(reason: move.reason)
    }
  }

  struct Leave: ReleaseMoveVerb {
    static let operation = Operation.leaveRelease
    static let configuration = CommandConfiguration(
      commandName: "leave", abstract: "Let changes go on without their release, as they stand.",
      discussion: "Example:\n  preavis release leave REL-2026-0001 --change CHG-2026-0042")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var move: ReleaseMoveOptions
    @OptionGroup var recording: RecordingOptions
    @Option(help: ArgumentHelp("A change that leaves; repeatable.", valueName: "CHG-…")) var change: [String]

    func command(_ id: ReleaseID, _ session: Session, _ wording: Wording) throws -> ReleaseCommand {
      .leave(try change.map { try session.words.change($0) }, reason: move.reason)
    }
  }

  struct Show: Verb {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Releases with their changes, and what was done with them.",
      discussion: "Example:\n  preavis release show REL-2026-0001")

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("The release; repeatable.", valueName: "REL-…")) var releases: [String]

    func run(_ session: Session) throws {
      let wording = try ReleaseAction.wording(session)
      var shown: [ShownRelease] = []
      for text in releases {
        let id = try session.release(text)
        let open = try session.register(readOnly: true, asking: releases.count > 1 ? nil : .about(id, .showRelease))
        let (record, changes) = try open.register.release(id)
        shown.append(ShownRelease(record, changes, isSimulation: open.isSimulation))
      }
      guard !session.options.json else {
        let json = shown.map { $0.json(wording) }
        return try session.output.write(json.count == 1 ? json[0] : .array(json))
      }
      let text = ReleaseReport(session, wording)
      try session.output.write(shown.map { text.page($0).joined(separator: "\n") }.joined(separator: "\n\n"))
    }
  }

  struct List: Verb {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "The releases, by start.", discussion: "Example:\n  preavis release list")

    @OptionGroup var global: GlobalOptions
    @Option(help: "Only this service.") var service: String?

    func run(_ session: Session) throws {
      let wording = try ReleaseAction.wording(session)
      let open = try session.register(readOnly: true, asking: .init(.listReleases))
      let shown = try open.register.releases().map {
        ShownRelease($0.record, $0.changes, isSimulation: open.isSimulation)
      }.filter { release in service.map(release.services.contains) ?? true }
      guard !session.options.json else {
        return try session.output.write(JSON.array(shown.map { $0.json(wording) }))
      }
      let lines = ReleaseReport(session, wording).table(shown)
      try session.output.write(
        (lines.isEmpty ? [session.language("No releases.", "Aucune livraison.")] : lines).joined(separator: "\n"))
    }
  }
}

/// Sends a command on a release to the register and reports what came of it.
struct ReleaseAction {
  let session: Session

  /// In the zone of the contracts.
  static func wording(_ session: Session) throws -> Wording {
    guard let contract = session.firstContract else {
      // Says what is wrong with them.
      return session.wording(try session.contract(nil).contract)
    }
    return session.wording(contract)
  }

  /// - Parameters:
  ///   - next: how a submission that was refused goes on.
  ///   - madeAt: when the plan was made that is kept to.
  func perform(
    _ command: ReleaseCommand, on id: ReleaseID?, key: String?, subject: String, next: String? = nil,
    madeAt: Instant? = nil
  ) throws {
    let outcome = try session.writer().execute(
      Register.ReleaseRequest(command, on: id, actor: session.actor, idempotencyKey: key)
    ) { session.bound(try session.contract($0)) }
    let open = try session.register(asking: .clock)
    let wording = try ReleaseAction.wording(session)
    let shown = try ShownRelease(
      outcome, to: command, register: open.register, wording: wording, isSimulation: open.isSimulation
    ) {
      try session.contract($0).contract
    }
    if session.options.json {
      try session.output.write(shown.json(wording))
    } else {
      let report = ReleaseReport(session, wording)
      let lines = report.lines(outcome, shown, subject: subject, isMove: id != nil, next: next, madeAt: madeAt)
      try session.output.write(lines.joined(separator: "\n"))
    }
    if !outcome.isAllowed { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  /// Whether the register has answered a request with that key, so that nothing need be searched for it again.
  func isAnswered(_ key: String?, _ register: Register) throws -> Bool {
    let scope = try key.flatMap { _ in try session.server.map { KeyScope.prefix(try $0.writer().whoami().name) } } ?? ""
    return try register.isAnswered(key.map { scope + $0 })
  }
}

extension ReleaseRun {
  /// The times of a plan that was made before.
  func times(_ path: String) throws -> ReleaseTimes {
    guard let json = try? JSON(parsing: bytes(path)), let times = ReleaseTimes(json: json) else {
      throw Failure(
        status: .badData,
        message: session.language(
          "\(path): not a plan; write one with preavis release plan … --json.",
          "\(path) : pas un plan ; écrivez-en un avec preavis release plan … --json."))
    }
    return times
  }
}

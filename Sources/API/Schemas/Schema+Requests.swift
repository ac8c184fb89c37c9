import Answers
import JSONText
import Planning
import Register

/// What requests may say: the names and values of `import` and of `--json`, where they are fields of a change from
/// `ChangeField`.
extension Schema {
  /// `2026-11`, in the years that the API knows.
  static let monthName = Schema.text(
    1...10, pattern: "^(19[7-9][0-9]|20[0-9]{2}|21[0-9]{2}|2200)-(0[1-9]|1[0-2])$")
  /// What a path may name, where words are known.
  static let ofPaths: [String: Schema] = ["kind": .choice(["current"] + NoticeKind.allCases.map(\.rawValue))]

  private static let time = Schema.text(1...64).saying(
    "2026-12-06T01:00 in civil time of the contract, or with Z or an offset (+01:00, +0100, +01). Seconds may follow, and a fraction of one, which is left out; a blank may stand for T, and 20261206T0100 for 2026-12-06T01:00."
  )
  private static let duration = Schema.text(1...32).saying("90m, 2h, 2h30 or PT2H, instead of an end.")
  private static let line = Schema.text(0...20_000)
  private static let name = Schema.text(1...200)
  /// Why a change is moved, and what clients read instead.
  private static let reasons: [Member] = [.ask("reason", line), .ask("client_reason", line)]
  private static let identifiers = Schema.list(.text(1...32), most: 100).saying(
    "Changes that this one may overlap, such as CHG-2026-0042.")
  private static let parts = Schema.list(name, most: 200).saying("None means the whole service.")

  private static var interval: [Member] {
    [.must("start", time), .ask("end", time), .ask("duration", duration)]
  }

  private static func member(_ field: ChangeField) -> Member {
    let schema: Schema =
      switch field.kind {
      case .text, .other: line
      case .flag: .flag
      case .word(let words): .choice(words)
      case .names: parts
      case .changes: identifiers
      }
    return field.isRequired ? .must(field.member, schema) : .ask(field.member, schema)
  }

  private static let content: [Member] =
    [.ask("service", name), .ask("environment", name)] + ChangeField.ofContent.map(member)
  private static let update = closed(ChangeField.ofUpdate.map(member))

  private static func closed(_ members: [Member]) -> Schema { .object(closed: members) }

  static let submission = closed(
    interval + content + [.ask("kind", .choice(["maintenance", "update"])), .ask("update", update)])
  static let emergency = closed(interval + content + [.ask("kind", .choice(["emergency"]))])
  static let trial = closed(
    interval + content.map { .ask($0.name, $0.schema) } + [
      .ask("kind", .choice(ChangeKind.self)), .ask("update", update),
    ])

  static let reschedule = closed(
    [.ask("start", time), .ask("end", time), .ask("duration", duration)] + reasons + [.ask("alongside", identifiers)])
  static let amendment = closed(ChangeField.amendable.map(member).map { .ask($0.name, $0.schema) } + reasons)
  static let cancellation = closed(reasons)
  static let decision = closed(.ask("reason", line))
  private static let releaseChange = Schema.open([
    .must("id", .text(1...40).saying("Its name within the file.")), .must("title", line), .must("duration", duration),
  ])
  private static let releaseFile = Schema.open([
    .must("release", line),
    .must("changes", Schema.list(releaseChange, most: 1000).saying("Each as docs/releases.md says.")),
  ]).saying("What a release file says, as JSON; `usage` as 168 numbers.")
  private static let starts = Schema.open([])
  private static let except = Schema.list(.text(1...40), most: 1000).saying("Changes of the file to leave out.")
  private static let searched = Schema.flag.saying(
    "That a search chose `starts`: the same request may come with others.")

  static let releasePlan = closed(.must("file", releaseFile), .ask("except", except))
  static let release = closed(
    .must("file", releaseFile),
    .ask("starts", starts.saying("When each change starts, by its `id`. Without it times are looked for.")),
    .ask("except", except), .ask("searched", searched))
  static let releaseMove = closed(
    [
      .ask(
        "by", .text(1...16).saying("How far all of it moves: 7d or -1d, over which the hour stays; 90m is elapsed.")),
      .ask("starts", starts.saying("When each change starts from now on, by its identifier; the others stay.")),
      .ask("searched", searched),
    ] + reasons)
  static let releaseCancellation = closed(
    [.ask("from", time.saying("Only what starts then or later; a day will do."))] + reasons)
  static let leaving = closed(
    .must("changes", Schema.list(.text(1...32), most: 1000).saying("Those that leave, such as CHG-2026-0042.")),
    .ask("reason", line))
  static let moment = closed([.ask("at", time)] + reasons)
  static let completion = closed(
    [
      .ask("started", time.saying("That planned work began then: work that was carried out is recorded in one call.")),
      .ask("at", time),
    ] + reasons)
  static let prolongation = closed(
    [
      .ask("end", time.saying("Left out where the end is not known: the moment of the next word moves on.")),
      .ask("by", .text(1...32).saying("90m, 2h, 2h30 or PT2H from the end that stands, instead of an end.")),
    ] + reasons + [.ask("alongside", identifiers)])
  static let sending = closed(.ask("kind", .choice(NoticeKind.self)))
  static let publication = closed(
    .ask("kind", .choice(NoticeKind.self)), .must("channel", .choice(NoticeChannel.self)), .ask("at", time))

  static let publications = closed(
    .must(
      "notices",
      .list(
        .closed(
          .must("change", .text(1...32)),
          .ask("kind", .choice(NoticeKind.self).saying("The one that is owed first where left out.")),
          .must("channel", .choice(NoticeChannel.self)), .ask("at", time),
          .ask(
            "revision", .whole(0...1_000_000_000).saying("That was written; nothing is recorded where it is another.")),
          .ask(
            "idempotency_key",
            .text(1...300, pattern: "^[\\x21-\\x7E]{1,300}$").saying("Asked again, it is recorded once."))),
        most: PublishedNotices.most)))

  static let override = closed(
    .ask("environment", name), .must("reason", line),
    .ask("duration", .text(1...32).saying("30m or 2h, four hours at most; or until.")),
    .ask("until", time))
  static let overrideEnd = closed(.ask("environment", name), .ask("reason", line))

  private static let digest = Schema.text(64...64, pattern: "^[0-9a-f]{64}$").saying(
    "SHA-256 of a secret of the caller's own, which is then not told; the same request is answered again.")
  static let newToken = closed(
    .must("name", name), .must("role", .choice(Role.self)),
    .ask("expires", .text(1...64).saying("90d, 12h, 2027-03-31 (to its end) or a time; never where left out.")),
    .ask("digest", digest))
  static let newWebhook = closed(
    .must("url", .text(1...2000).saying("An https address of a host in a public network.")), .ask("service", name),
    .ask(
      "events",
      .list(.choice(ClientEvent.self), most: 20).saying(
        "None means all that clients are told of; \(ClientEvent.allCases.filter(\.isForStaff).map(\.rawValue).joined(separator: ", ")) have to be named."
      )),
    .ask("format", .choice(WebhookFormat.self).saying("standard where left out; the others are for people.")),
    .ask("language", .choice(["fr", "en"]).saying("Of a format for people; fr where left out.")),
    .ask("secret", webhookSecret))
  private static let webhookSecret = Schema.text(1...100).saying(
    "whsec_ and base64 of 24 to 64 octets of the caller's own, then not told; the same request is answered again.")
  static let rotation = closed(
    .ask(
      "keep",
      .text(1...32).saying(
        "How long the secret before signs as well: 24h where left out, 720h at most, 0h for not at all.")
    ), .ask("secret", webhookSecret))
  private static let mailingTerms: [Member] = [
    .ask("service", name), .ask("language", .choice(["fr", "en"])),
    .ask("kinds", .list(.choice(NoticeKind.self), most: 20).saying("None means all.")),
    .ask("components", .list(name, most: 200).saying("Only what touches one of these, or the whole service.")),
  ]
  private static let mailAddress = Schema.text(3...254)
  static let newMailing = closed([.must("address", mailAddress)] + mailingTerms)
  static let mailingList = closed([.must("addresses", .list(mailAddress, most: 5000))] + mailingTerms)
  static let mailBounces = closed(
    .must(
      "bounces",
      .list(
        .closed(
          .must("addresses", .list(mailAddress, most: 2).saying("The first that has a mailing is meant.")),
          .ask(
            "status", .text(5...10, pattern: "^[245]\\.[0-9]{1,3}\\.[0-9]{1,3}$").saying("RFC 3463, such as 5.1.1.")),
          .ask("message_id", .text(1...998).saying("Of the mail that came back; the newest one where left out."))),
        most: 1000)))
  static let newPrivateFeed = closed(
    .must("client", name),
    .ask(
      "services",
      .list(.closed(.must("service", name), .ask("components", parts)), most: 100)
        .saying("None: what the contracts name for the client.")), .ask("language", .choice(["fr", "en"])),
    .ask("digest", digest))

  /// The columns of `support-clock report`. That an answer is pending is said by null, or by its absence where other
  /// Requests have it.
  static let supportRequests = Schema.list(
    .closed(
      .must("registered_at", time), .ask("taken_in_charge_at", time), .ask("id", name),
      .ask("criticality", .whole(1...3)), .ask("qualified_at", time), .ask("plan_at", time),
      .ask("corrected_at", time)), most: 5000)

  static let outage = closed(
    .ask("service", name), .ask("environment", name), .ask("components", parts),
    .must("cause", .choice(OutageCause.self)), .must("start", time), .ask("end", time), .ask("duration", duration),
    .ask("title", line), .ask("evidence", line))
  static let outageAmendment = closed(
    .ask("environment", name), .ask("components", parts), .ask("cause", .choice(OutageCause.self)),
    .ask("start", time), .ask("end", time), .ask("ongoing", .flag), .ask("title", line), .ask("evidence", line),
    .ask("reason", line))

  /// What an excerpt of the log is to answer.
  static let excerpt = closed(
    .ask(
      "calls",
      .list(.closed(.must("path", .text(1...4000)), .may("body", .any)), most: 4)
        .saying("Calls as they would be made, with their query: GET, or POST /check with a body.")),
    .ask("needs", .list(.any, most: LogNeed.most).saying("What else, as an excerpt before this one named it.")),
    .ask("seen", .whole(0...1_000_000_000).saying("Events that were seen; the hash of the last of them is answered.")))
}

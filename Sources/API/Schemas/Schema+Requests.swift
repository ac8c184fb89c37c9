import Planning

/// What requests may say: the names and values of `import` (Intake, `RowField`) and of `--json`.
extension Schema {
  private static let time = Schema.text(1...64).saying(
    "2026-12-06T01:00 in civil time of the contract, or any ISO 8601 form with an offset or Z.")
  private static let duration = Schema.text(1...32).saying("90m, 2h, 2h30 or PT2H, instead of an end.")
  private static let line = Schema.text(0...20_000)
  private static let name = Schema.text(1...200)
  private static let identifiers = Schema.list(.text(1...32), most: 100).saying(
    "Changes that this one may overlap, such as CHG-2026-0042.")
  private static let parts = Schema.list(name, most: 200).saying("None means the whole service.")

  private static var interval: [Member] {
    [.must("start", time), .ask("end", time), .ask("duration", duration)]
  }

  private static var content: [Member] {
    [
      .ask("service", name), .ask("environment", name), .must("title", line), .ask("description", line),
      .ask("impact", .choice(Impact.self)), .ask("components", parts), .ask("reason", line),
      .ask("alongside", identifiers),
    ]
  }

  private static let update = Schema.closed(
    .must("version", line), .must("category", .choice(UpdateDetails.Category.self)), .ask("training", .flag),
    .ask("configuration", .flag), .ask("interruption", .flag), .ask("documentation", line))

  private static func closed(_ members: [Member]) -> Schema { Schema.object(closed: members) }

  static let submission = closed(
    interval + content + [.ask("kind", .choice(["maintenance", "update"])), .ask("update", update)])
  static let emergency = closed(interval + content + [.ask("kind", .choice(["emergency"]))])
  static let trial = closed(
    interval + [.ask("service", name), .ask("environment", name)])

  static let reschedule = closed(
    .ask("start", time), .ask("end", time), .ask("duration", duration), .ask("reason", line),
    .ask("alongside", identifiers))
  static let amendment = closed(
    .ask("title", line), .ask("description", line), .ask("impact", .choice(Impact.self)),
    .ask("components", parts), .ask("training", .flag), .ask("configuration", .flag),
    .ask("interruption", .flag), .ask("documentation", line), .ask("reason", line))
  static let cancellation = closed(.ask("reason", line))
  static let moment = closed(.ask("at", time), .ask("reason", line))
  static let prolongation = closed(.must("end", time), .ask("reason", line), .ask("alongside", identifiers))
  static let publication = closed(
    .ask("kind", .choice(NoticeKind.self)), .must("channel", .choice(NoticeChannel.self)), .ask("at", time))

  static let outage = closed(
    .ask("service", name), .ask("environment", name), .ask("components", parts),
    .must("cause", .choice(OutageCause.self)), .must("start", time), .ask("end", time), .ask("duration", duration),
    .ask("title", line), .ask("evidence", line))
  static let outageAmendment = closed(
    .ask("environment", name), .ask("components", parts), .ask("cause", .choice(OutageCause.self)),
    .ask("start", time), .ask("end", time), .ask("ongoing", .flag), .ask("title", line), .ask("evidence", line),
    .ask("reason", line))
}

import JSONText
import Planning
import Register

/// What answers hold. Source: docs/interface.md. Members may come; none goes.
extension Schema {
  private static let time = Schema.text(format: "date-time")
  private static let seconds = Schema.whole
  private static let texts = Schema.list(.text)

  /// The schemas that others refer to, by name.
  static let components: [(name: String, schema: Schema)] = [
    ("Problem", problem), ("Change", change), ("Verdict", verdict), ("Finding", finding), ("Slot", slot),
    ("Window", window), ("Notice", notice), ("Outage", recordedOutage), ("Event", event), ("Trial", judged),
    ("Service", service), ("Month", month), ("Simulation", simulation), ("Holidays", holidays), ("Year", year),
    ("Report", report), ("Deadlines", deadlines), ("SupportReport", supportReport),
    ("Owed", owed), ("Row", row), ("Principal", principal),
    ("Gate", gate), ("Override", gateOverride), ("Webhook", webhook), ("Mailing", mailing), ("Delivery", delivery),
    ("Token", token), ("PrivateFeed", privateFeed),
  ]

  private static let problem = open(
    .must("type", .text), .must("title", .text), .must("status", .whole(400...599)), .must("detail", .text),
    .must("code", .choice(ProblemCode.self)), .may("verdict", .named("Verdict")), .may("asked", asked),
    .may("change", .named("Change")),
    .may("rows", .list(.named("Row"))), .may("revision", .whole.orNull),
    .may("errors", .list(.open(.must("detail", .text), .may("pointer", .text), .may("parameter", .text))))
  ).saying("Problem details (RFC 9457).")

  private static let asked = open(.must("start", time), .must("end", time)).saying(
    "What a refused move asked for; the change stays where it was.")

  private static let finding = open(
    .must("code", .choice(FindingCode.self)), .must("ok", .flag), .must("clause", .text.orNull),
    .must("message", .text))

  private static let verdict = open(
    .must("status", .choice(["allowed", "refused"])), .must("findings", .list(.named("Finding"))),
    .may("slots", .list(.named("Slot"))))

  private static let window = open(.must("start", time), .must("end", time), .must("seconds", seconds))

  private static let slot = open(
    .must("start", time), .must("end", time), .must("seconds", seconds),
    .must("window", .open(.must("start", time), .must("end", time))))

  private static let change = open(
    .must("id", .text(13...18, pattern: "^CHG-[0-9]{4}-[0-9]{4,9}$")), .must("kind", .choice(ChangeKind.self)),
    .must("state", .choice(ChangeState.self)), .must("service", .text), .must("environment", .text),
    .must("components", texts), .must("title", .text), .must("description", .text), .must("start", time),
    .must("end", time), .must("actual_start", time.orNull), .must("actual_start_recorded_at", time.orNull),
    .must("actual_end", time.orNull), .must("actual_end_recorded_at", time.orNull), .may("planned_end", time),
    .may("overrun_seconds", seconds), .must("revision", .whole(0...1_000_000).orNull),
    .must("impact", .choice(Impact.self)), .must("reason", .text.orNull), .may("work_reason", .text),
    .may(
      "update",
      open(
        .must("version", .text), .must("category", .choice(UpdateDetails.Category.self)), .must("training", .flag),
        .must("configuration", .flag), .must("interruption", .flag), .may("documentation", .text.orNull))),
    .may("alongside", texts), .must("recorded_at", time), .must("planned_at", time.orNull),
    .may(
      "notices",
      .list(
        .open(
          .must("kind", .choice(NoticeKind.self)), .must("channel", .choice(NoticeChannel.self)),
          .must("revision", .whole), .must("published_at", time), .must("recorded_at", time)))),
    .must("revised_at", time.orNull), .may("simulation", .flag), .must("verdict", .named("Verdict")),
    .may("asked", asked), .may("running", .open(.must("now", time))))

  private static let event = open(
    .must("sequence", .whole), .must("at", time), .must("event", .text), .must("state", .choice(ChangeState.self)),
    .must("revision", .whole.orNull), .must("hash", .text), .must("previous", .text), .must("body", .open()))

  private static let judged = open(
    .must("service", .text), .must("environment", .text), .must("start", time), .must("end", time),
    .must("planned_at", time), .must("verdict", .named("Verdict")))

  private static let service = open(
    .must("service", .text), .must("name", open(.must("fr", .text), .must("en", .text))), .must("source", .text),
    .must("components", texts), .must("environments", texts), .must("time_zone", .text), .must("portal", .text))

  private static let notice = open(
    .must("kind", .text), .must("language", .choice(["fr", "en"])), .must("subject", .text),
    .must("paragraphs", texts),
    .must("facts", .list(open(.must("key", .text), .must("name", .text), .must("value", .text)))),
    .must("reference", .text))

  private static let recordedOutage = open(
    .must("id", .text(13...18, pattern: "^OUT-[0-9]{4}-[0-9]{4,9}$")), .must("state", .choice(OutageState.self)),
    .must("service", .text), .must("environment", .text), .must("components", texts),
    .must("cause", .choice(OutageCause.self)), .must("counted", .flag), .must("title", .text), .must("start", time),
    .must("end", time.orNull), .must("seconds", seconds.orNull), .must("evidence", .text.orNull),
    .must("reason", .text.orNull), .must("recorded_at", time), .must("revised_at", time),
    .must("revision", .whole(0...1_000_000)))

  private static let figures: [Member] = [
    .must("ti_seconds", seconds), .must("td_percent", .text.orNull), .must("met", .flag),
    .must("budget_left_seconds", seconds),
  ]

  private static let month = open(
    figures + [
      .must("service", .text), .must("month", .text), .must("business_days", .whole), .must("prt_seconds", seconds),
      .must("target_percent", .text), .must("budget_seconds", seconds), .must("clause", .text),
      .must("provisional", .flag), .must("provisional_reasons", .list(.open(.must("code", .text)))),
      .must("without_late_urgency", .open()),
      .must(
        "stops",
        .list(
          open(
            .must("id", .text.orNull), .must("cause", .choice(OutageCause.self)), .must("title", .text),
            .must("start", time), .must("end", time.orNull), .must("ongoing", .flag), .must("seconds", seconds),
            .must("counted_seconds", seconds), .must("counted", .list(.named("Window"))),
            .must("left_out", .list(.open(.must("reason", .text), .must("seconds", seconds))))))),
    ])

  private static let simulation = open(
    .must("supposed", .named("Window")),
    .must(
      "months",
      .list(
        open(
          .must("service", .text), .must("month", .text), .must("cost_seconds", seconds),
          .must("before", open(figures)),
          .must("after", open(figures))))))

  private static let holidays = open(
    .must("distinct_dates", .whole), .must("named", .whole),
    .must(
      "holidays",
      .list(
        open(
          .must("date", .text(format: "date")), .must("weekday", .whole(1...7)), .must("names", texts),
          .must("laws", texts)))))

  private static let year = open(
    .must("service", .text), .must("environment", .text), .must("year", .whole),
    .must("windows", .list(.named("Window"))), .must("holidays", .list(.open())), .must("months", .list(.open())),
    .must("total", .open()))

  private static let report = open(
    .must("service", .text), .must("environment", .text), .must("month", .text), .must("start", time),
    .must("end", time), .must("until", time), .must("provisional", .flag), .must("planned", .open()),
    .must("refused", .open()))

  private static let deadlines = open(
    .must("service", .text), .must("registered_at", time), .must("qualified_at", time.orNull),
    .must("reading", .choice(["earliest", "qualified"])), .must("in_support_hours", .flag), .must("clock_start", time),
    .must("take_in_charge_deadline", time), .may("crit1_plan_deadline", time), .may("crit2_fix_deadline", time))

  private static let counts = open(
    .must("anomalies", .whole), .must("met", .whole), .must("missed", .whole), .must("overdue", .whole),
    .must("open", .whole), .must("undetermined", .whole), .must("unknown", .whole))

  private static let supportReport = open(
    .must("service", .text), .must("as_of", time), .must("before_start", .whole), .must("without_terms", .whole),
    .must(
      "periods",
      .list(
        open(
          .must("first", .text(format: "date")), .must("last", .text(format: "date")), .must("whole", .flag),
          .must("running", .flag), .must("provisional", .flag), .must("requests", .whole), .must("in_time", .whole),
          .must("late", .whole), .must("overdue", .whole), .must("open", .whole),
          .must("share_percent", .text.orNull), .must("target_percent", .text),
          .must("status", .choice(["none", "undecided", "met", "breached"])), .must("criticality_1", counts),
          .must("criticality_2", counts)))))

  private static let owed = open(
    .must("change", .text), .must("kind", .choice(NoticeKind.self)),
    .must("status", .choice(["late", "due", "upcoming"])),
    .must("from", time), .must("due", time), .must("ready", .flag), .must("revision", .whole.orNull),
    .must("title", .text), .must("start", time), .must("end", time))

  private static let row = open(
    .must("line", .whole.orNull),
    .must("status", .choice(["recorded", "already_imported", "draft", "allowed", "refused", "malformed", "skipped"])),
    .may("change", .named("Change")), .may("message", .text), .may("warnings", texts))

  private static let principal = open(.must("name", .text), .must("role", .choice(Role.self)))

  private static let gate = open(
    .must("state", .choice(GateState.self)), .must("at", time), .must("next_transition", time.orNull),
    .must("service", .text), .must("environment", .text), .must("opens", .choice(["changes", "window"])),
    .must(
      "reasons",
      .list(
        open(
          .must("code", .text), .must("message", .text), .may("change", .text), .may("start", time), .may("end", time),
          .may("reason", .text), .may("actor", .text.orNull)))), .may("simulation", .flag))

  private static let gateOverride = open(
    .must("service", .text), .must("environment", .text), .must("start", time), .must("until", time),
    .must("reason", .text), .must("actor", .text.orNull), .must("ended_at", time.orNull), .may("end_reason", .text),
    .may("ended_by", .text), .may("simulation", .flag))

  private static let token = open(
    .must("id", .text), .must("name", .text), .must("role", .choice(Role.self)),
    .must("state", .choice(TokenContent.states.map(\.rawValue))), .must("created_at", time),
    .must("created_by", .text.orNull),
    .must("expires_at", time.orNull), .must("revoked_at", time.orNull), .must("revoked_by", .text.orNull),
    .must("last_used_at", time.orNull), .may("simulation", .flag),
    .may("secret", .text.saying("Only in the answer that makes it.")))

  private static let webhook = open(
    .must("id", .text), .must("url", .text), .must("service", .text), .must("events", .list(.choice(ClientEvent.self))),
    .must("state", .choice(WebhookContent.states.map(\.rawValue))), .must("created_at", time),
    .must("created_by", .text.orNull),
    .must("revoked_at", time.orNull), .must("revoked_by", .text.orNull), .may("simulation", .flag),
    .may("secret", .text.saying("Only in the answer that makes it.")))

  private static let mailing = open(
    .must("id", .text), .must("address", .text), .must("language", .choice(["fr", "en"])), .must("service", .text),
    .must("kinds", .list(.choice(NoticeKind.self))), .must("state", .choice(MailingContent.states.map(\.rawValue))),
    .must("created_at", time), .must("created_by", .text.orNull), .must("revoked_at", time.orNull),
    .must("revoked_by", .text.orNull), .may("simulation", .flag))

  private static let delivery = open(
    .must("id", .text), .must("subscription", .text), .must("change", .text), .must("event", .whole),
    .must("state", .choice(OutboxRow.State.self)), .must("created_at", time), .must("attempts", .whole),
    .must("next_attempt", time.orNull), .must("settled_at", time.orNull), .must("last_error", .text.orNull))

  private static let privateFeed = open(
    .must("id", .text), .must("client", .text), .must("state", .choice(PrivateFeedContent.states.map(\.rawValue))),
    .must("by_contract", .flag),
    .must("services", .list(open(.must("service", .text), .must("components", texts)))),
    .must("language", .choice(["fr", "en"]).orNull), .must("created_at", time), .must("created_by", .text.orNull),
    .must("revoked_at", time.orNull), .must("revoked_by", .text.orNull), .may("simulation", .flag),
    .may("addresses", open().saying("By file name; only in the answer that makes them.")))
}

import CivilTime
import JSONText
import Planning

/// The digests that stand in logs written before 29 November 2026, in which most commands were hashed as Swift 6.3
/// printed them. New events have ``Digest/requests(_:on:_:)``; an answer of then is compared as it was given.
///
/// Written out by hand, so that no compiler, no type of another name and no new member changes what an old key is compared
/// with: a member that is added to a command is left out here, since no request of then had it.
enum LegacyDigest {
  static func of(_ command: ChangeCommand, on change: ChangeID?) -> String {
    switch command {
    case .submit(let content): Digest.sha256(Array("submit ".utf8) + content.json.bytes)
    case .emergency(let content): Digest.sha256(Array("emergency ".utf8) + content.json.bytes)
    default: Digest.sha256("\(change.map(String.init(describing:)) ?? "-") \(text(command))".utf8)
    }
  }

  static func of(_ command: OutageCommand, on outage: OutageID?) -> String {
    switch command {
    case .record(let content): Digest.sha256(Array("outage ".utf8) + content.json.bytes)
    default: Digest.sha256("outage \(outage.map(String.init(describing:)) ?? "-") \(text(command))".utf8)
    }
  }

  static func of(_ command: GateCommand, on service: String) -> String {
    let body: JSON =
      switch command {
      case .override(let environment, let length, let reason):
        [
          "service": .string(service), "environment": .string(environment), "seconds": .integer(length.seconds),
          "reason": .string(reason),
        ]
      case .overrideUntil(let end, let environment, let reason):
        [
          "service": .string(service), "environment": .string(environment), "until": .string(TimeText.utc(end)),
          "reason": .string(reason),
        ]
      case .endOverride(let environment, let reason):
        ["service": .string(service), "environment": .string(environment), "end": true, "reason": reason.json]
      }
    return Digest.sha256(Array("gate ".utf8) + body.bytes)
  }

  // MARK: As Swift 6.3 printed them

  private static func text(_ command: ChangeCommand) -> String {
    switch command {
    case .reschedule(let interval, _, let reason, let others):
      "reschedule(interval: \(optional(interval, text)), reason: \(said(reason)), alongside: \(list(others)))"
    case .amend(let fields, let reason):
      "amend(Planning.ChangeCommand.Amendment(\(text(fields))), reason: \(said(reason)))"
    case .cancel(let reason): "cancel(reason: \(said(reason)))"
    case .start(let at, let reason): "start(at: \(optional(at, text)), reason: \(said(reason)))"
    case .extend(let end, nil, let reason, let others):
      "extend(end: \(end.map(text) ?? "nil"), reason: \(said(reason)), alongside: \(list(others)))"
    case .complete(let at, let reason, nil): "complete(at: \(optional(at, text)), reason: \(said(reason)))"
    case .recordNotice(let kind?, let channel, let at):
      """
      recordNotice(Planning.NoticeKind.\(kind.rawValue), Planning.NoticeChannel.\(channel.rawValue), \
      at: \(optional(at, text)))
      """
    // What is told by its content, and what no log of old can hold.
    default: ""
    }
  }

  private static func text(_ fields: ChangeCommand.Amendment) -> String {
    let ofThen: [ChangeField] = [
      .title, .description, .impact, .component, .training, .configuration, .interruption, .documentation,
    ]
    let said = ofThen.map { field in
      let value = optional(fields[field]) { value in
        switch value {
        case .text(let word): field == .impact ? Impact(rawValue: word).map(text) ?? word : quoted(word)
        case .flag(let flag): text(flag)
        case .list(let words): list(words)
        }
      }
      return "\(field.member): \(value)"
    }
    return said.joined(separator: ", ")
  }

  private static func text(_ command: OutageCommand) -> String {
    switch command {
    case .record: ""
    case .amend(let fields, let reason):
      """
      amend(Planning.OutageCommand.Amendment(components: \(optional(fields.components, list)), \
      environment: \(optional(fields.environment, quoted)), cause: \(optional(fields.cause, text)), \
      start: \(optional(fields.start, text)), end: \(optional(fields.end, text)), \
      title: \(optional(fields.title, quoted)), evidence: \(optional(fields.evidence, quoted))), \
      reason: \(optional(reason, quoted)))
      """
    case .void(let reason): "void(reason: \(optional(reason, quoted)))"
    }
  }

  private static func said(_ reason: Reason?) -> String { optional(reason) { quoted($0.text) } }

  private static func optional<Value>(_ value: Value?, _ text: (Value) -> String) -> String {
    value.map { "Optional(\(text($0)))" } ?? "nil"
  }

  private static func text(_ flag: Bool) -> String { flag ? "true" : "false" }

  private static func text(_ instant: Instant) -> String {
    "CivilTime.Instant(secondsSinceEpoch: \(instant.secondsSinceEpoch))"
  }

  private static func text(_ interval: Interval) -> String {
    "CivilTime.Interval(start: \(text(interval.start)), end: \(text(interval.end)))"
  }

  private static func text(_ impact: Impact) -> String { "Planning.Impact.\(name(impact.rawValue))" }
  private static func text(_ cause: OutageCause) -> String { "Planning.OutageCause.\(name(cause.rawValue))" }

  /// `plannedMaintenance` for `planned-maintenance`, the word that stands in the log.
  private static func name(_ word: String) -> String {
    let parts = word.split(separator: "-")
    return parts.prefix(1).joined() + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func text(_ end: OutageCommand.Amendment.End) -> String {
    switch end {
    case .ongoing: "Planning.OutageCommand.Amendment.End.ongoing"
    case .at(let moment): "Planning.OutageCommand.Amendment.End.at(\(text(moment)))"
    }
  }

  private static func list(_ words: [String]) -> String { "[\(words.map(quoted).joined(separator: ", "))]" }
  private static func list(_ changes: [ChangeID]) -> String {
    "[\(changes.map(\.description).joined(separator: ", "))]"
  }

  /// As `debugDescription` of a text: quotes and backslashes escaped, control characters of ASCII too, and whatever would
  /// combine with a quote or an escape beside it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    var isApart = true
    // How many at the end stand as they are.
    var plain = 0
    for scalar in text.unicodeScalars {
      let escape = escape(scalar) ?? (isApart && combines("\"", scalar) ? digits(scalar) : nil)
      if let escape { result += escape } else { result.unicodeScalars.append(scalar) }
      isApart = escape != nil
      plain = isApart ? 0 : plain + 1
    }
    var end = ""
    while plain > 0, let last = result.unicodeScalars.last, combines(last, "\"") {
      result.unicodeScalars.removeLast()
      end = digits(last) + end
      plain -= 1
    }
    return result + end + "\""
  }

  private static func digits(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\u{\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)}"
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\\": "\\\\"
    case "'": "\\'"
    case "\"": "\\\""
    case "\0": "\\0"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\u{01}"..."\u{1F}", "\u{7F}":
      "\\u{" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: nil
    }
  }

  /// Whether both are one character to a reader.
  private static func combines(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    "\(left)\(right)".count == 1
  }
}

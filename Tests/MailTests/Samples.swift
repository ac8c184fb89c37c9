import CivilTime

@testable import Publication

enum Samples {
  static func at(_ text: String) -> Instant {
    guard case .instant(let instant) = WrittenTime(text) else { fatalError("no instant: \(text)") }
    return instant
  }

  static let calendar = Array(
    """
    BEGIN:VCALENDAR\r
    VERSION:2.0\r
    PRODID:-//Test//Test//EN\r
    METHOD:PUBLISH\r
    BEGIN:VEVENT\r
    UID:CHG-2026-0042@test\r
    DTSTAMP:20261202T083000Z\r
    DTSTART:20261206T000000Z\r
    DTEND:20261206T020000Z\r
    ORGANIZER:mailto:maintenance@portal.example\r
    SUMMARY:Mise à niveau\r
    END:VEVENT\r
    END:VCALENDAR\r

    """.utf8)

  static let message: MailMessage = {
    var message = MailMessage(
      from: MailMailbox(name: "Équipe d’exploitation", address: "maintenance@portal.example"),
      subject:
        "Cegid Profession Libérale : maintenance planifiée déplacée au dimanche 13 décembre 2026 (CHG-2026-0042)",
      date: at("2026-12-02T09:30+01:00"), offset: UTCOffset(seconds: 3600),
      messageID: "CHG-2026-0042.1.0f3a@portal.example", language: "fr",
      text: """
        Bonjour,

        La maintenance planifiée est déplacée = reportée. \u{20}
        From now on this line is long enough to need a soft break somewhere after the seventy-sixth column.
        .
        🚧 fin

        """,
      html: """
        <!DOCTYPE html>
        <html lang="fr"><head><meta charset="utf-8"><title>Maintenance déplacée</title></head>
        <body><h1>Maintenance déplacée</h1><p>La maintenance est <b>reportée</b> au 13 décembre.</p></body></html>

        """)
    message.to = [
      MailMailbox(name: "Client, A.", address: "a@client.example"), MailMailbox(address: "b@client.example"),
      MailMailbox(name: "Zoé \"Z\" Müller-Lüdenscheidt von und zu Hohenstein-Wernigerode", address: "z@client.example"),
    ]
    message.references = ["CHG-2026-0042.0.0f3a@portal.example"]
    message.inReplyTo = "CHG-2026-0042.0.0f3a@portal.example"
    message.headers = [.init("List-Id", "<hub.maintenance.portal.example>"), .init("X-Auto-Response-Suppress", "All")]
    message.calendar = MailCalendar(bytes: calendar, method: "PUBLISH", fileName: "CHG-2026-0042.ics")
    return message
  }()

  static func text(_ message: MailMessage) throws -> String { String(decoding: try message.render(), as: UTF8.self) }

  /// The lines of the header of `message`, still folded.
  static func header(_ message: MailMessage) throws -> [String] {
    let bytes = try message.render()
    let lines = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix { !$0.isEmpty }.map(String.init)
  }

  /// One field of the header, its folds kept as line feeds.
  static func field(_ name: String, of message: MailMessage) throws -> String? {
    let lines = try header(message)
    guard let start = lines.firstIndex(where: { $0.hasPrefix(name + ":") }) else { return nil }
    let rest = lines[(start + 1)...].prefix { $0.hasPrefix(" ") }
    return ([lines[start]] + rest).joined(separator: "\n")
  }
}

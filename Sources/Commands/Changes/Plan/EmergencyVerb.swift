import ArgumentParser
import Files
import Planning
import Wording

struct EmergencyVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "emergency", abstract: "Record emergency maintenance, before, during or after.",
    discussion: """
      Times that lie behind are facts: work whose end has passed is recorded as completed.

      Examples:
        preavis emergency --start 2026-12-01T14:00 --duration 30m \\
          --title "Security patch" --reason "CVE-2026-1234"
        preavis emergency --start 2026-12-01T09:10 --end 2026-12-01T09:40 \\
          --title "Disk full" --reason "Storage alarm"
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @OptionGroup var interval: IntervalOptions
  @OptionGroup var content: ContentOptions
  @OptionGroup var recording: RecordingOptions

  func run(_ session: Session) throws {
    let loaded = try session.contract(service.service)
    let request = try RequestBuilder(session: session, contract: loaded.contract)
    let content = try request.content(
      kind: .emergency, service, interval, content, update: nil, defaultImpact: .outage)
    try ChangeAction(session: session).perform(
      .emergency(content), on: nil, key: recording.key(session), contract: loaded,
      subject: session.language("Emergency maintenance", "Maintenance urgente"))
  }
}

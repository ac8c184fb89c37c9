import TestSupport
import Testing

/// What a terminal says of requests that wait for approval. Source: docs/interface.md, "Approval".
@Suite struct ApprovalVerbTests {
  private static let id = "CHG-2026-0001"

  /// On 20 November 2026; the system's account asks and approves.
  private static func program() throws -> (Program, [String: String]) {
    let program = try Program(now: "2026-11-20T10:00:00+01:00")
    let calendars = try program.calendars {
      $0.replacing(
        "    time-zone: Europe/Paris\n",
        with: "    time-zone: Europe/Paris\n    approval: { clause: article 7, four-eyes: false }\n")
    }
    return (program, ["PREAVIS_CALENDARS": calendars])
  }

  private static func text(_ program: Program, _ words: String, _ setting: [String: String]) throws -> String {
    let answer = try program.run(words.split(separator: "|").map(String.init), setting: setting)
    // Lines are broken anywhere.
    return (answer.output + answer.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `A request says that it waits, wherever one asks`() throws {
    let (program, setting) = try Self.program()
    func run(_ words: String) throws -> String { try Self.text(program, words, setting) }
    // 48 hours before Sunday 29 November, 01:00.
    let deadline = "Friday 27 November 2026"
    let needed = "A release manager would have to approve it by \(deadline)"
    let work = "--start|2026-11-29T01:00|--duration|2h"
    #expect(try run("check|\(work)").contains(needed))
    #expect(try run("submit|--title|Base|\(work)|--dry-run").contains(needed))
    #expect(try run("submit|--title|Base|\(work)").contains("A release manager has to approve it"))
    let notice = try run("notice|\(Self.id)")
    #expect(notice.contains("waits for approval") && !notice.contains("draft"), "\(notice)")
    #expect(try run("approve|\(Self.id)").contains("Approved by"))
    let history = try run("history|\(Self.id)")
    #expect(history.contains("planned r0") && !history.contains("rescheduled"), "\(history)")
  }

  @Test func `All that a move changes is shown, and that it was declined`() throws {
    let (program, setting) = try Self.program()
    func run(_ words: String) throws -> String { try Self.text(program, words, setting) }
    _ = try run("submit|--title|Base|--start|2026-11-29T01:00|--duration|2h|--impact|degraded")
    _ = try run("approve|\(Self.id)")
    let moved = try run("reschedule|\(Self.id)|--start|2026-12-06T01:00|--reason|Vendor")
    #expect(moved.contains("Asked for Sunday 6 December 2026"), "\(moved)")
    #expect(moved.contains("the plan stands: Sunday 29 November 2026"), "\(moved)")
    _ = try run("amend|\(Self.id)|--impact|outage|--title|Other|--description|All of it|--reason|Vendor")
    for words in ["show|\(Self.id)", "list", "list|--state|requested"] {
      let shown = try run(words)
      for difference in ["→ Sunday 6 December 2026", "Work: Base → Other", "Description: – → All of it", "Impact:"] {
        #expect(shown.contains(difference), "\(words): \(shown)")
      }
    }
    let declined = try run("decline|\(Self.id)|--reason|Too late")
    #expect(declined.contains("The move was declined by") && declined.contains("Too late"), "\(declined)")
    #expect(declined.contains("Approved by") && !declined.contains("Asked for"), "\(declined)")
    #expect(try run("list|--state|requested").contains("No changes"))
    let french = try run("show|\(Self.id)|--lang|fr")
    #expect(french.contains("La modification du plan a été rejetée par") && french.contains(", le "), "\(french)")
  }
}

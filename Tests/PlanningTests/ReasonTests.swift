import Planning
import TestSupport
import Testing

/// A reason for clients beside that of the engineer, and English texts beside the French ones.
struct ReasonTests {
  private static let reason = Reason("CVE-2026-1234", clients: "A security update")

  @Test func `What is said for clients alone is the reason for everybody`() {
    #expect(Reason(nil, clients: "Update") == "Update" && Reason(nil) == nil && ("a" as Reason).told == "a")
    #expect(Self.reason?.text == "CVE-2026-1234" && Self.reason?.told == "A security update")
  }

  @Test func `Requests and moves keep both texts, without blanks at their ends`() throws {
    var life = LifeCycle()
    let both = Reason(" CVE-2026-1234 ", clients: " A security update ")
    try life.run(.submit(LifeCycle.maintenance { $0.reason = both }))
    #expect(life.change?.content.reason == Self.reason)
    try life.run(.amend(.with { $0[.title] = "Other" }, reason: both))
    #expect(life.change?.content.moveReason == Self.reason && life.change?.content.reason == Self.reason)
    #expect(life.change?.content.forClients.moveReason == "A security update")
    let blank = Reason("Needed", clients: " ")
    try life.run(.cancel(reason: blank))
    #expect(life.change?.content.moveReason == "Needed")
  }

  @Test func `What clients read obeys the rules of texts, under its own name`() throws {
    var life = try LifeCycle.planned()
    let bad = Reason("x", clients: "\u{202E}x")
    let error = CommandError.invalidText(.bidirectionalOverride(field: .clientReason, scalar: 0x202E, position: 1))
    #expect(life.error(.cancel(reason: bad)) == error)
    var other = LifeCycle()
    #expect(other.error(.submit(LifeCycle.maintenance { $0.reason = bad })) == error)
    let long = String(repeating: "a", count: 201)
    #expect(
      other.error(.submit(LifeCycle.maintenance { $0.titleEnglish = long }))
        == .invalidText(.tooLong(field: .titleEnglish, count: 201, limit: 200)))
  }

  @Test func `English texts are amended alone, and taken away by an empty text`() throws {
    var life = try LifeCycle.planned()
    try life.run(.amend(.with { $0[.titleEnglish] = "Database moves" }, reason: "Translated"))
    #expect(life.change?.revision == 1 && life.change?.content.titleEnglish == "Database moves")
    #expect(
      life.error(.amend(.with { $0[.titleEnglish] = "Database moves" }, reason: "Translated")) == .nothingToAmend)
    try life.run(.amend(.with { $0[.titleEnglish] = "" }, reason: "Wrong"))
    #expect(life.change?.revision == 2 && life.change?.content.titleEnglish == nil)
  }
}

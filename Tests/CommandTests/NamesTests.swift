import Foundation
import JSONText
import TestSupport
import Testing

/// Names for people at the command line, and an environment that is kept off what is published.
struct NamesTests {
  private static func names(_ text: String) -> String {
    text.replacing("administration, flux]\n", with: "administration, { id: flux, fr: Échanges, en: Data exchange }]\n")
      .replacing(
        "environments: [production, preproduction]\nc",
        with: "environments: [production, { id: preproduction, fr: Préproduction, en: Staging, public: false }]\nc")
  }

  @Test func `What is hidden is in no file and no feed; staff and pipelines have it`() throws {
    let program = try Program(now: "2026-11-20T10:00:00+01:00")
    let calendars = try program.calendars { Self.names($0) }
    func run(_ arguments: String...) throws -> Program.Answer {
      try program.run(arguments, setting: ["PREAVIS_CALENDARS": calendars])
    }
    let shown = try run(
      "submit", "--start", "2026-11-29T01:00", "--duration", "2h", "--title", "Migration", "--title-en", "Move",
      "--component", "flux", "--reason", "CVE-1", "--client-reason", "Sécurité", "--lang", "fr")
    #expect(shown.status == 0 && shown.output.contains("Motif lu par les clients\u{A0}: Sécurité"), "\(shown.output)")
    #expect(
      try run(
        "submit", "--start", "2026-11-30T01:00", "--duration", "2h", "--title", "Cache", "--environment",
        "preproduction"
      ).status == 0)
    #expect(try run("list", "--lang", "fr").output.contains("Préprod…  Cache"))
    let show = try run("show", "CHG-2026-0001", "--lang", "en").output
    for text in ["Move", "French title", "Data exchange", "CVE-1", "Clients read"] { #expect(show.contains(text)) }
    let site = program.folder.appending(path: "site")
    #expect(try run("export", "--out", site.path).status == 0)
    let files = try FileManager.default.subpathsOfDirectory(atPath: site.path)
    #expect(files.contains { $0.contains("CHG-2026-0001") } && !files.contains { $0.contains("CHG-2026-0002") })
    for file in files {
      guard let text = try? String(contentsOfFile: site.path + "/" + file, encoding: .utf8) else { continue }
      #expect(!text.contains("CHG-2026-0002") && !text.contains("CVE-1"), "\(file)")
    }
    #expect(try !run("feed").output.contains("CHG-2026-0002"))
    #expect(try run("feed", "--environment", "preproduction").output.contains("CHG-2026-0002"))
    #expect(
      try run("feed", "--profile", "change-calendar", "--environment", "preproduction").output
        .contains("CHG-2026-0002 Cache"))
    #expect(try run("notice", "CHG-2026-0002", "--lang", "fr", "--subject").output.contains("[Préproduction]"))
  }

  @Test func `A decision takes no reason for clients`() throws {
    let program = try Program.withOneChange()
    for verb in ["approve", "decline"] {
      let answer = try program.run(verb, "CHG-2026-0001", "--client-reason", "x", "--lang", "en")
      #expect(answer.status == 64 && answer.errors.contains("--client-reason: clients are told nothing"), "\(answer)")
    }
  }

  @Test func `A changed name is a difference of the contract`() throws {
    let program = try Program(now: "2026-11-20T10:00:00+01:00")
    let json = try ContractDiffTests.diff(program, program.calendars { Self.names($0) }).json
    let terms = (json["terms"]?.array ?? []).map { "\($0["key"]?.string ?? "") \($0["after"]?.string ?? "")" }
    #expect(
      terms == [
        "components application, administration, flux (Échanges / Data exchange)",
        "environments production, preproduction (Préproduction / Staging, nothing published)",
      ])
  }
}

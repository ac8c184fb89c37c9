import Foundation
import JSONText
import TestSupport
import Testing

/// Folders that commands put files into: all of them or none, and nobody else's file is touched or followed.
@Suite struct OutFolderTests {
  static let month = ["month", "2026-10", "--out", "papers"]

  static func names(_ program: Program, _ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: program.path(folder)).sorted()
  }

  @Test(arguments: ["folder", "link"])
  func `A month is written whole or not at all, whatever stands at its last name`(what: String) throws {
    let program = try Program.withOneChange()
    #expect(try program.run(Self.month).status == 0)
    let all = try Self.names(program, "papers")
    #expect(all.count == 10, "\(all)")
    for name in all.dropLast() { try Data("old".utf8).write(to: URL(filePath: program.path("papers/\(name)"))) }
    let last = program.path("papers/\(all[9])")
    try FileManager.default.removeItem(atPath: last)
    let files = FileManager.default
    switch what {
    case "folder": try files.createDirectory(atPath: last, withIntermediateDirectories: false)
    default: try files.createSymbolicLink(atPath: last, withDestinationPath: program.path("elsewhere"))
    }
    let answer = try program.run(Self.month + ["--replace"])
    #expect(answer.status == 64 && answer.errors.contains("--out papers: \(all[9])"), "\(answer.errors)")
    #expect(!answer.errors.contains("--output"))
    for name in all.dropLast() {
      #expect(try String(contentsOfFile: program.path("papers/\(name)"), encoding: .utf8) == "old", "\(name)")
    }
    #expect(try Self.names(program, "papers") == all && !files.fileExists(atPath: program.path("elsewhere")))
    // Without the flag a link is something that stands there, even one that leads nowhere.
    #expect(try program.run(Self.month).status == 64)
  }

  @Test(arguments: [
    ["month", "2026-10", "--out", ""], ["notices", "write", "--due", "--out", ""], ["export", "--out", ""],
  ])
  func `A folder without a name is none`(words: [String]) throws {
    let program = try Program.withOneChange()
    for language in ["en", "fr"] {
      let answer = try program.run(words + ["--lang", language])
      #expect(answer.status == 64 && answer.errors.contains("--out"), "\(answer)")
    }
    #expect(try Self.names(program, "").allSatisfy { $0.hasPrefix("register.sqlite") })
  }

  @Test func `Where nothing is owed, the texts of an earlier day stay`() throws {
    let program = try Program.withOneChange()
    let write = ["notices", "write", "--due", "--out", "w"]
    #expect(try program.run(write).status == 0)
    let before = try Self.names(program, "w")
    #expect(try program.run("notices", "published", "--written", "w", "--channel", "portal").status == 0)
    let nothing = try program.run(write)
    #expect(nothing.status == 0 && nothing.output.contains("nothing was written"), "\(nothing)")
    #expect(try Self.names(program, "w") == before && before.count > 2)
  }

  @Test func `What a stranger laid out is neither followed nor removed`() throws {
    let program = try Program.withOneChange()
    let files = FileManager.default
    for name in ["w", "theirs"] {
      try files.createDirectory(atPath: program.path(name), withIntermediateDirectories: true)
    }
    try Data("theirs".utf8).write(to: URL(filePath: program.path("theirs/notices.json")))
    for name in [".preavis-notices", ".preavis-pending-1"] {
      try files.createSymbolicLink(
        atPath: program.path("w/\(name)"), withDestinationPath: program.path("theirs"))
    }
    #expect(try program.run("notices", "write", "--due", "--out", "w").status == 0)
    #expect(try Self.names(program, "w").prefix(2) == [".preavis-notices", ".preavis-pending-1"])
    #expect(try Self.names(program, "theirs") == ["notices.json"])
    #expect(try String(contentsOfFile: program.path("theirs/notices.json"), encoding: .utf8) == "theirs")
  }

  /// A run that was cut off leaves its folder; the next one takes it away.
  @Test func `Runs into one folder wait for each other, and each leaves it whole`() async throws {
    let program = try Program.withOneChange()
    try FileManager.default.createDirectory(
      atPath: program.path("w/.preavis-pending-1"), withIntermediateDirectories: true)
    let answers = try await withThrowingTaskGroup(of: Program.Answer.self) { group in
      for lang in ["fr", "en", "fr,en", "fr", "en"] {
        group.addTask { try program.run("notices", "write", "--due", "--out", "w", "--lang", lang) }
      }
      return try await group.reduce(into: [Program.Answer]()) { $0.append($1) }
    }
    for answer in answers { #expect(answer.status == 0, "\(answer.errors)") }
    let note = try JSON(parsing: Array(Data(contentsOf: URL(filePath: program.path("w/notices.json")))))
    let names = try #require(note["files"]?.members).map(\.key) + ["notices.json"]
    #expect(try Self.names(program, "w") == names.sorted())
  }

  // MARK: Months to come

  @Test(arguments: [["month", "2030-01", "--out", "w"], ["notice", "--kind", "availability", "--month", "2030-01"]])
  func `Nothing is reported of a month that has not begun`(words: [String]) throws {
    let program = try Program.withOneChange()
    for (language, text) in [("en", "has not begun"), ("fr", "n’a pas commencé")] {
      let answer = try program.run(words + ["--lang", language])
      #expect(answer.status == 64 && answer.output.isEmpty && answer.errors.contains(text), "\(answer)")
    }
    #expect(!FileManager.default.fileExists(atPath: program.path("w")))
    #expect(try program.run("notice", "--kind", "availability", "--month", "2026-11").status == 0, "it is under way")
  }
}

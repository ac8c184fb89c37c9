import Foundation
import JSONText
import TestSupport
import Testing

/// The exported site, by the program itself: what is written, what stays, what is taken away.
struct ExportTests {
  private static func files(_ folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    let list = FileManager.default.enumerator(atPath: folder.path)
    while let path = list?.nextObject() as? String {
      let file = folder.appending(path: path)
      if (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true {
        files[path] = try Data(contentsOf: file)
      }
    }
    return files
  }

  @Test func `An export that nothing changed touches no file; a change touches its own`() throws {
    let program = try Program.withOneChange()
    let site = program.folder.appending(path: "site")
    let first = try program.run("export", "--out", site.path, "--json").json()
    #expect(first["written"] == first["files"])
    let before = try Self.files(site)
    #expect(try program.run("export", "--out", site.path, "--json").json()["written"] == 0)
    #expect(try program.run("cancel", "CHG-2026-0001", "--reason", "Not needed").status == 0)
    #expect(try program.run("export", "--out", site.path, "--json").json()["written"] != 0)
    let after = try Self.files(site)
    #expect(Set(after.keys) == Set(before.keys))
    for path in ["feeds/windows.fr.ics", "feeds/holidays.en.ics", "subscribe.html"] {
      let path = "profession-liberale/\(path)"
      #expect(after[path] == before[path], "\(path)")
    }
    for path in [
      "index.html", "CHG-2026-0001/index.html", "en/CHG-2026-0001/index.html", "CHG-2026-0001/change.fr.ics",
      "feeds/maintenance.fr.ics", "feeds/atom.en.xml", "feeds/feed.fr.json", "api/v2/scheduled-maintenances.json",
      "changes.json",
    ] {
      let path = "profession-liberale/\(path)"
      #expect(after[path] != nil && after[path] != before[path], "\(path)")
    }
  }

  @Test func `What is exported is what the verbs print`() throws {
    let program = try Program.withOneChange()
    let site = program.folder.appending(path: "site")
    #expect(try program.run("export", "--out", site.path).status == 0)
    let files = try Self.files(site)
    for (path, arguments) in [
      ("maintenance.fr.ics", ["--lang", "fr"]), ("windows.en.ics", ["--of", "windows", "--lang", "en"]),
      ("freezes.fr.ics", ["--of", "freezes", "--lang", "fr"]), ("atom.en.xml", ["--profile", "atom", "--lang", "en"]),
      ("change-calendar.ics", ["--profile", "change-calendar", "--lang", "fr"]),
    ] {
      let printed = try program.run(["feed"] + arguments).output
      #expect(files["profession-liberale/feeds/\(path)"] == Data(printed.utf8), "\(path)")
    }
  }

  @Test func `A file that an earlier export wrote and this one does not is taken away; others stay`() throws {
    let program = try Program.withOneChange()
    let site = program.folder.appending(path: "site")
    let folder = try program.calendarsWithClients()
    #expect(try program.run("export", "--out", site.path, "--clients", "--calendars", folder).status == 0)
    try Data("mine".utf8).write(to: site.appending(path: "robots.txt"))
    let clients = try Self.files(site).keys.filter { $0.hasPrefix("clients/") && $0.hasSuffix(".ics") }
    #expect(clients.count == 6)
    #expect(clients.contains { $0.hasPrefix("clients/etude-lea-fils-") })
    // Without --clients the private calendars are none of this export's business.
    let narrow = try program.run("export", "--out", site.path, "--calendars", folder, "--json")
    #expect(try narrow.json()["removed"] == 0)
    #expect(try narrow.json()["left"] == 6)
    let file = program.folder.appending(path: "calendars/services/profession-liberale.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.split(separator: "\n").filter { !$0.contains("Étude") }.joined(separator: "\n").utf8).write(to: file)
    let wide = try program.run("export", "--out", site.path, "--clients", "--calendars", folder, "--json")
    #expect(try wide.json()["removed"] == 3)
    let left = try Self.files(site)
    #expect(!left.keys.contains { $0.hasPrefix("clients/etude") })
    #expect(left.keys.contains { $0.hasPrefix("clients/cabinet-martin-") })
    #expect(left["robots.txt"] == Data("mine".utf8))
  }

  /// The names lie where others may write.
  @Test func `Names that this program could not have written take nothing away`() throws {
    let program = try Program.withOneChange()
    let site = program.folder.appending(path: "site")
    #expect(try program.run("export", "--out", site.path).status == 0)
    let outside = program.folder.appending(path: "outside.html")
    try Data("mine".utf8).write(to: outside)
    try FileManager.default.createSymbolicLink(
      at: site.appending(path: "link"), withDestinationURL: program.folder)
    try Data("mine".utf8).write(to: site.appending(path: "notes.txt"))
    let names = site.appending(path: ".preavis-export/files")
    let written = try String(contentsOf: names, encoding: .utf8)
    try Data((written + ".\n..\n../outside.html\nlink/outside.html\nnotes.txt\n/etc/hostname.html\n").utf8).write(
      to: names)
    let answer = try program.run("export", "--out", site.path, "--json")
    #expect(answer.status == 1)
    #expect(answer.errors.contains("link/outside.html"))
    #expect(try Data(contentsOf: outside) == Data("mine".utf8))
    #expect(FileManager.default.fileExists(atPath: site.appending(path: "notes.txt").path))
    #expect(FileManager.default.fileExists(atPath: site.appending(path: "index.html").path))
  }

  @Test func `A compressed copy that is damaged is made anew`() throws {
    let program = try Program.withOneChange()
    let site = program.folder.appending(path: "site")
    #expect(try program.run("export", "--out", site.path).status == 0)
    let copy = site.appending(path: "profession-liberale/feeds/windows.fr.ics.gz")
    let good = try Data(contentsOf: copy)
    for bad in [Data(), good.dropLast(), good.dropLast(3) + Data([1, 2, 3])] {
      try bad.write(to: copy)
      #expect(try program.run("export", "--out", site.path, "--json").json()["written"] == 1)
      #expect(try Data(contentsOf: copy) == good)
    }
  }

  @Test func `What an export that was killed left on its way is swept`() throws {
    let program = try Program.withOneChange()
    let site = program.folder.appending(path: "site")
    #expect(try program.run("export", "--out", site.path).status == 0)
    let left = site.appending(path: ".preavis-export/pending/file")
    try Data("half".utf8).write(to: left)
    #expect(try program.run("export", "--out", site.path).status == 0)
    #expect(!FileManager.default.fileExists(atPath: left.path))
  }

  @Test func `A folder that cannot be written is named, and nothing is left in it`() throws {
    let program = try Program.withOneChange()
    let file = program.folder.appending(path: "taken")
    try Data("x".utf8).write(to: file)
    let answer = try program.run("export", "--out", file.path)
    #expect(answer.status == 1)
    #expect(answer.errors.contains("--out \(file.path)"))
    #expect(try Data(contentsOf: file) == Data("x".utf8))
  }
}

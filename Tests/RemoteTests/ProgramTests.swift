import API
import Foundation
import JSONText
import Planning
import Register
import Server
import TestSupport
import Testing

@testable import Remote

/// The program on a file and on a server, with the same history and the same moment.
@Suite struct RemoteProgramTests {
  struct Pair {
    let api: ServerAPI
    let host: HTTPHost
    let local: Shell
    let remote: Shell
    let now: String

    /// Both registers are simulations: their clock stands. The server's is the one that the file's program is told.
    init(_ now: String = "2026-11-02T09:00:00Z") throws {
      self.now = now
      // A file knows people by the name that the system gives them.
      let api = try ServerAPI(at: now, isSimulation: true, isFile: true, actor: NSUserName())
      self.api = api
      host = try HTTPHost { api.answer($0) }
      let folder = try TemporaryFolder()
      local = try Shell(register: folder.path("local.sqlite"), now: now)
      remote = try Shell(register: "http://127.0.0.1:\(host.port)", token: api.token)
      kept = folder
      let twin = try ServerAPI(at: now, isSimulation: true, isFile: true)
      try FileManager.default.copyItem(atPath: twin.path, toPath: folder.path("local.sqlite"))
    }

    let kept: TemporaryFolder

    /// The file's program at another moment, with the shipped contracts.
    func onFile(_ arguments: [String], at moment: String, input: String? = nil) throws -> Shell.Answer {
      var shell = local
      shell.environment["PREAVIS_NOW"] = moment
      shell.environment["PREAVIS_CALENDARS"] = ServerAPI.root.appending(path: "calendars").path
      return try shell.run(arguments, input: input)
    }

    func onServer(_ arguments: [String], at moment: String, input: String? = nil) throws -> Shell.Answer {
      api.clock.now = utc(moment)
      return try remote.run(arguments, input: input)
    }
  }

  @Test func `Short forms and one command for work that was carried out are the same on a server as on a file`() throws
  {
    let pair = try Pair()
    let (night, monday) = ("2026-12-06T01:30:00Z", "2026-12-14T08:00:00Z")
    let close = ["complete", "2", "--started", "01:05", "--ended", "02:30", "--idempotency-key", "close"]
    let steps: [(moment: String, arguments: [String])] = [
      (pair.now, ["submit", "--start", "2026-12-06T01:00", "--duration", "3h", "--title", "First"]),
      (
        pair.now,
        ["submit", "--start", "2026-12-13T01:00", "--duration", "2h", "--title", "Second", "--alongside", "1"]
      ),
      (pair.now, ["show", "1"]), (pair.now, ["show", "2026-2"]), (pair.now, ["show", "7"]),
      (pair.now, ["ls", "--mine"]),
      (night, ["start", "1", "--at", "2026-12-06T02:10"]),
      (night, ["extend", "1", "--by", "30m", "--reason", "Slow", "--idempotency-key", "more"]),
      (night, ["extend", "1", "--by", "30m", "--reason", "Slow", "--idempotency-key", "more", "--json"]),
      (night, ["extend", "1", "--by", "30m"]), (night, ["complete", "1", "--started", "02:00"]),
      (night, ["complete", "1"]),
      (monday, ["complete", "2", "--started", "01:05", "--ended", "03:30"]), (monday, close),
      (monday, close + ["--json"]),
      (monday, ["complete", "2", "--started", "01:06", "--idempotency-key", "close"]), (monday, ["list"]),
      (monday, ["list", "--all", "--lang", "fr"]), (monday, ["list", "--limit", "1", "--json"]),
    ]
    for (moment, arguments) in steps {
      let (file, server) = (try pair.onFile(arguments, at: moment), try pair.onServer(arguments, at: moment))
      #expect(file == server, "\(arguments)")
    }
    let own = try pair.onServer(["whoami", "--json"], at: monday).json()
    #expect(own["name"]?.string == NSUserName() && own["role"] == "admin" && own["expires_at"]?.isNull == true)
  }

  @Test func `each verb prints the same bytes on a server as on a file`() throws {
    let pair = try Pair()
    let later = "2026-12-06T01:30:00Z"
    let rows = """
      {"title":"One","start":"2026-12-20T01:00","duration":"1h"}
      {"title":"Two","start":"2026-12-20T01:30","duration":"1h"}
      {"title":"Three","start":"2026-12-27T01:00","duration":"1h","update":"5.3","category":"correction"}

      """
    let steps: [(moment: String, arguments: [String])] = [
      (pair.now, ["submit", "--start", "2026-12-06T01:00", "--duration", "3h", "--title", "Database migration"]),
      (pair.now, ["submit", "--start", "2026-12-06T02:00", "--duration", "1h", "--title", "Overlaps", "--json"]),
      (
        pair.now,
        [
          "submit", "--start", "2026-12-08T01:00", "--duration", "1h", "--title", "5.2", "--update", "5.2",
          "--category", "evolution", "--training",
        ]
      ),
      (pair.now, ["submit", "--start", "2026-12-08T01:00", "--duration", "1h", "--title", "x", "--component", "none"]),
      (pair.now, ["reschedule", "CHG-2026-0003", "--start", "2026-12-09T12:00", "--reason", "Try", "--lang", "fr"]),
      (pair.now, ["reschedule", "CHG-2026-0003", "--start", "2026-12-09T12:00", "--reason", "Try"]),
      (pair.now, ["amend", "CHG-2026-0003", "--impact", "degraded", "--reason", "Clearer", "--json"]),
      (pair.now, ["notices", "published", "CHG-2026-0001", "--channel", "portal", "--kind", "announcement"]),
      (pair.now, ["import", "-", "--format", "jsonl"]),
      (pair.now, ["import", "-", "--format", "jsonl", "--json", "--lang", "fr"]),
      (pair.now, ["import", "-", "--format", "jsonl", "--dry-run", "--keep-going", "--drafts"]),
      (pair.now, ["import", "-", "--format", "jsonl", "--service", "none"]),
      (pair.now, ["import", "-", "--format", "jsonl", "--keep-going", "--json"]),
      (pair.now, ["import", "-", "--format", "jsonl", "--keep-going"]),
      (pair.now, ["import", "-", "--format", "jsonl", "--keep-going", "--drafts"]),
      (pair.now, ["import", "-", "--format", "jsonl", "--environment", "staging"]),
      (pair.now, ["cancel", "CHG-2026-0003", "--reason", "Not needed"]),
      (pair.now, ["cancel", "CHG-2026-0003", "--reason", "Again"]),
      (pair.now, ["cancel", "CHG-2026-0099", "--reason", "Nothing"]),
      (
        pair.now,
        ["submit", "--start", "2026-12-06T02:00", "--duration", "1h", "--title", "x", "--alongside", "CHG-2026-0099"]
      ),
      (
        pair.now,
        [
          "reschedule", "CHG-2026-0001", "--start", "2026-12-06T02:00", "--reason", "x", "--alongside",
          "CHG-2026-0099",
        ]
      ),
      (
        pair.now,
        ["outage", "record", "--start", "2026-11-02T09:10", "--end", "2026-11-02T09:50", "--cause", "incident"]
      ),
      (pair.now, ["outage", "amend", "OUT-2026-0001", "--cause", "force-majeure", "--json"]),
      (pair.now, ["outage", "amend", "OUT-2026-0001", "--cause", "force-majeure", "--reason", "Flood"]),
      (pair.now, ["outage", "amend", "OUT-2026-0001", "--title", "Late", "--if-revision", "0"]),
      (pair.now, ["outage", "amend", "OUT-2026-0001", "--title", "Flood", "--if-revision", "1", "--json"]),
      (pair.now, ["outage", "void", "OUT-2026-0001", "--reason", "x", "--if-revision", "1", "--lang", "fr"]),
      (later, ["start", "CHG-2026-0001", "--at", "2026-12-06T02:10"]),
      (later, ["extend", "CHG-2026-0001", "--end", "2026-12-06T05:00", "--reason", "Slow", "--if-revision", "7"]),
      (later, ["extend", "CHG-2026-0001", "--end", "2026-12-06T05:00", "--reason", "Slow"]),
      (later, ["show", "CHG-2026-0001"]),
      (later, ["complete", "CHG-2026-0001", "--json"]),
      (
        later,
        ["emergency", "--start", "2026-12-06T02:20", "--duration", "30m", "--title", "Disk", "--reason", "Alarm"]
      ),
      (later, ["gate"]), (later, ["gate", "--change", "CHG-2026-0001", "--json"]),
      (later, ["gate", "--change", "CHG-2026-0099"]), (later, ["gate", "--environment", "moon"]),
      (later, ["gate", "--at", "2026-12-13T02:00", "--lang", "fr"]),
      (later, ["gate", "override", "--reason", "Login is down", "--for", "30m", "--idempotency-key", "k"]),
      (later, ["gate", "override", "--reason", "Login is down", "--for", "30m", "--idempotency-key", "k"]),
      (later, ["gate", "override", "--reason", "Other", "--for", "30m", "--idempotency-key", "k"]),
      (later, ["gate", "override", "--reason", "Both", "--for", "1h", "--json"]),
      (later, ["gate", "override", "--for", "30m"]), (later, ["gate", "override", "--reason", "x", "--for", "5h"]),
      (later, ["gate", "override", "--reason", "x", "--for", "5h", "--lang", "fr"]),
      (later, ["gate", "override", "--reason", "x\u{7}", "--for", "5m"]),
      (later, ["gate", "override", "--end", "--environment", "preproduction"]),
      (later, ["gate", "overrides"]), (later, ["gate", "override", "--end", "--reason", "Done", "--json"]),
      (later, ["gate", "override", "--end"]), (later, ["gate", "overrides", "--json"]), (later, ["gate"]),
      (later, ["token", "create", "--name", "bot", "--role", "engineer", "--expires", "90d"]),
      (later, ["token", "create", "--name", "Bot", "--role", "admin"]),
      (later, ["token", "create", "--name", "b/c", "--role", "admin", "--lang", "fr"]),
      (later, ["token", "create", "--name", "c", "--role", "admin", "--expires", "2020-01-01"]),
      (later, ["token", "create", "--name", "c", "--role", "admin", "--expires", "2027-03-31", "--json"]),
      (later, ["token", "list"]), (later, ["token", "revoke", "TOK-0001"]),
      (later, ["token", "revoke", "TOK-0001", "--lang", "fr"]), (later, ["token", "revoke", "TOK-0002", "--json"]),
      (later, ["token", "revoke", "TOK-0099"]), (later, ["token", "list", "--state", "revoked", "--json"]),
      (later, ["private-feed", "create", "--client", "Nobody"]),
      (
        later,
        ["private-feed", "create", "--client", "Martin", "--service", "profession-liberale", "--component", "flux"]
      ),
      (
        later,
        ["private-feed", "create", "--client", "Martin", "--service", "profession-liberale", "--lang", "en", "--json"]
      ),
      (later, ["private-feed", "create", "--client", "x", "--service", "moon"]),
      (
        later,
        ["private-feed", "create", "--client", "x", "--service", "profession-liberale", "--component", "moon"]
      ),
      (later, ["private-feed", "list"]), (later, ["private-feed", "revoke", "PFD-0001"]),
      (later, ["private-feed", "revoke", "PFD-0001", "--json"]), (later, ["private-feed", "revoke", "PFD-0099"]),
      (later, ["private-feed", "list", "--json"]),
      (later, ["mailing", "create", "--to", "clients@example.org", "--kind", "started"]),
      (later, ["mailing", "create", "--to", "ops@example.org", "--lang", "fr", "--json"]),
      (later, ["mailing", "list"]), (later, ["mailing", "list", "--json"]),
      (later, ["mailing", "revoke", "MAIL-0001"]),
      (later, ["mailing", "revoke", "MAIL-0001", "--lang", "fr"]), (later, ["mailing", "revoke", "MAIL-0099"]),
      (later, ["webhook", "create", "--url", "https://hooks.example/x?key=1"]),
      (later, ["webhook", "create", "--url", "https://hooks.example/y", "--event", "change.started", "--json"]),
      (later, ["webhook", "create", "--url", "http://hooks.example/y"]),
      (later, ["webhook", "create", "--url", "https://10.0.0.1/y", "--lang", "fr"]),
      (later, ["webhook", "list"]), (later, ["webhook", "list", "--json"]),
      (later, ["webhook", "revoke", "HOOK-0002"]), (later, ["webhook", "list", "--state", "revoked"]),
      (later, ["submit", "--start", "2026-12-27T03:00", "--duration", "1h", "--title", "Told"]),
      (later, ["deliveries", "list"]), (later, ["deliveries", "list", "--pending", "--to", "HOOK-0001", "--json"]),
      (later, ["deliveries", "list", "--to", "nobody"]), (later, ["deliveries", "retry", "msg_0"]),
      (later, ["deliveries", "retry", "x/y"]), (later, ["deliveries", "retry", "--dead"]),
      (later, ["list"]), (later, ["list", "--json"]), (later, ["show", "CHG-2026-0002"]),
      (later, ["show", "CHG-2026-0003", "--json"]), (later, ["outage", "list"]),
      (later, ["check", "--start", "2026-12-20T01:00", "--duration", "2h"]),
      (later, ["slots", "--duration", "2h"]), (later, ["windows"]), (later, ["holidays"]),
      (later, ["feed"]), (later, ["feed", "--profile", "maintnote"]),
      (later, ["notice", "CHG-2026-0001"]), (later, ["notices", "due"]),
      (later, ["availability", "--month", "2026-11"]), (later, ["report", "--month", "2026-11"]),
      (later, ["annex", "--year", "2026"]),
      (later, ["support-clock", "--at", "2026-11-06T16:00", "--criticality", "1"]),
      (later, ["export", "--out", "site"]), (later, ["register", "backup", "-o", "backup.sqlite"]),
    ]
    for (moment, arguments) in steps {
      let input = arguments.contains("-") ? rows : nil
      let expected = try pair.onFile(arguments, at: moment, input: input)
      // What is not understood by either would be no comparison.
      #expect(!expected.errors.contains("Usage:"), "\(arguments): \(expected.errors)")
      let found = try pair.onServer(arguments, at: moment, input: input)
      #expect(found.masked == expected.masked, "\(arguments)")
    }
    let site = try tree(pair.local.folder.url.appending(path: "site"))
    let remoteSite = try tree(pair.remote.folder.url.appending(path: "site"))
    for (name, data) in site { #expect(remoteSite[name] == data, "\(name)") }
    #expect(remoteSite.count == site.count)
    #expect(site.count > 20)
    // Hashes differ, since the actor is the token's name; the rest of the history does not.
    func types(_ answer: Shell.Answer) throws -> [String?] {
      try JSON(parsing: answer.output).array?.map { $0["event"]?.string } ?? []
    }
    let history = ["history", "CHG-2026-0001", "--json"]
    #expect(try types(pair.onServer(history, at: later)) == types(pair.onFile(history, at: later)))
    #expect(try pair.onServer(["register", "verify"], at: later).status == 0)
  }

  @Test(arguments: [[], ["--idempotency-key", "k"]])
  func `a command that makes something asks three times and no more`(key: [String]) throws {
    let pair = try Pair()
    let commands = [
      ("changes", ["submit", "--start", "2026-12-06T01:00", "--duration", "1h", "--title", "x"]),
      ("changes", ["submit", "--start", "2026-12-07T10:00", "--duration", "1h", "--title", "Refused"]),
      (
        "emergencies",
        ["emergency", "--start", "2026-11-02T09:00", "--duration", "30m", "--title", "x", "--reason", "y"]
      ),
      ("outages", ["outage", "record", "--start", "2026-11-02T09:00", "--cause", "incident"]),
      ("gate/profession-liberale/overrides", ["gate", "override", "--reason", "x", "--for", "30m"]),
    ]
    for (number, (path, arguments)) in commands.enumerated() {
      let before = pair.api.lines.count
      let answer = try pair.remote.run(arguments + (key.isEmpty ? [] : [key[0], "k\(number)"]))
      #expect(answer.status == (arguments.contains("Refused") ? 3 : 0), "\(answer)")
      #expect(
        pair.api.lines.dropFirst(before) == [
          "GET /api/v1/contracts", "POST /api/v1/\(path)", "POST /api/v1/log/excerpt",
        ])
    }
  }

  /// Whoever keeps no replica of what a key recorded is told by the server that it comes again.
  @Test func `a key that was used from another machine is answered again`() throws {
    let pair = try Pair()
    let submit = [
      "submit", "--start", "2026-12-06T01:00", "--duration", "1h", "--title", "x", "--idempotency-key", "k",
    ]
    #expect(try pair.remote.run(submit).output.contains("Answered again") == false)
    let other = try Shell(register: "http://127.0.0.1:\(pair.host.port)", token: pair.api.token)
    #expect(try other.run(submit).output.contains("Answered again"))
    #expect(try pair.api.types().filter { $0 == "planned" }.count == 1)
  }

  /// Files by name; what tells of hashes is another thing.
  private func tree(_ folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where !name.hasPrefix("log") {
      files[name] = FileManager.default.contents(atPath: folder.appending(path: name).path)
    }
    return files
  }

  @Test(arguments: [0, 1, 2]) func `a proxy that drops every third answer loses nothing and doubles nothing`(rest: Int)
    throws
  {
    let pair = try Pair()
    pair.host.setFault { number, _ in number % 3 == rest ? number % 2 == 0 ? .droppedBefore : .droppedAfter : nil }
    for day in 10..<16 {
      let answer = try pair.onServer(
        ["submit", "--start", "2026-12-\(day)T01:00", "--duration", "1h", "--title", "Day \(day)"], at: pair.now)
      #expect(answer.status == 0)
      #expect(!answer.output.contains("Answered again"))
    }
    #expect(try pair.api.types().filter { $0 == "planned" }.count == 6)
  }
}

import API
import Foundation
import JSONText
import Planning
import Register
import Server
import TestSupport
import Testing

@testable import Remote

/// What the program says on a server that is away, refuses, or tells another history.
extension RemoteProgramTests {
  @Test func `verbs that look after a register file say where they belong`() throws {
    let remote = try Shell(register: "https://plans.example", token: "t")
    for arguments in [
      ["init"], ["serve"], ["register", "restore", "x"], ["deliveries", "run"], ["webhook", "test", "HOOK-0001"],
    ] {
      let answer = try remote.run(arguments)
      #expect(answer.status == 64)
      #expect(answer.errors.contains("Run it on the server"))
    }
    #expect(
      try Shell(register: "/tmp/none.sqlite").run("register", "accept", "1:\(String(repeating: "a", count: 64))").status
        == 64)
  }

  @Test func `each failure has its exit code, in both languages, and no token in it`() throws {
    let pair = try Pair()
    func run(_ status: Int, _ code: String, _ arguments: [String]) throws -> Shell.Answer {
      pair.host.setFault { _, call in
        call.method == "GET" && arguments[0] == "submit"
          ? nil
          : .answered(
            APIAnswer(
              status: status, headers: [("content-type", "application/problem+json")],
              body: Array(#"{"code":"\#(code)","detail":"In words."}"#.utf8)))
      }
      return try pair.remote.run(arguments)
    }
    let submit = ["submit", "--start", "2026-12-06T01:00", "--duration", "1h", "--title", "x"]
    for (status, code, exit) in [
      (401, "unauthorized", 77), (403, "forbidden", 77), (412, "stale_revision", 75), (422, "refused", 3),
      (422, "idempotency_key_reused", 64), (400, "unknown_member", 64), (413, "too_large", 65),
      (503, "clock_behind", 1), (301, "", 64),
    ] as [(Int, String, Int32)] {
      for language in ["en", "fr"] {
        let answer = try run(status, code, submit + ["--lang", language])
        #expect(answer.status == exit, "\(status) \(code)")
        #expect(!answer.errors.contains(pair.api.token))
        #expect(answer.errors.hasPrefix("preavis: "))
      }
    }
    #expect(try run(403, "forbidden", ["list"]).status == 77)
    // An answer that is not asked for again. Only verbs that record say that nothing was recorded.
    for (language, sentence) in [("en", "Nothing was recorded"), ("fr", "Rien n’a été enregistré")] {
      let read = try run(501, "", ["list", "--lang", language])
      let write = try run(501, "", ["cancel", "CHG-2026-0001", "--reason", "x", "--lang", language])
      #expect(read.status == 69 && write.status == 69)
      #expect(!read.errors.contains(sentence), "\(read)")
      #expect(write.errors.contains(sentence), "\(write)")
    }
    var bare = pair.remote
    bare.environment["PREAVIS_TOKEN"] = nil
    let address = "http://127.0.0.1:\(pair.host.port)"
    for verb in [["list"], ["show", "CHG-2026-0001"], ["windows"]] {
      let answer = try bare.run(verb)
      #expect(answer.status == 77)
      #expect(answer.errors.contains("\(address)/api/v1/changes"), "\(answer)")
    }
    #expect(try !bare.run(submit).errors.contains(address))
    bare.environment["PREAVIS_REGISTER"] = "http://plans.example"
    #expect(try bare.run("list").status == 64)
    var timed = pair.remote
    timed.environment["PREAVIS_NOW"] = "2026-12-01T00:00:00Z"
    #expect(try timed.run("list").status == 64)
  }

  @Test func `a gate that is waited for outlasts a server that is away`() throws {
    let pair = try Pair()
    let open = "2026-12-06T01:30:00Z"
    _ = try pair.onServer(
      ["submit", "--start", "2026-12-06T01:00", "--duration", "3h", "--title", "x"], at: pair.now)
    let wait = ["gate", "--wait", "--timeout", "60s", "--json"]
    // Away for longer than one request is patient (six attempts at the most), then closed, then open.
    let api = pair.api
    pair.host.setFault { number, _ in
      if number == 9 { api.clock.now = utc(open) }
      return number <= 6 ? .droppedBefore : nil
    }
    let answer = try pair.remote.run(wait)
    #expect(answer.status == 0, "\(answer)")
    #expect(try JSON(parsing: answer.output)["state"] == "OPEN")
    // Away for good: what was known last, or that it could not be reached.
    pair.host.setFault { _, _ in .droppedBefore }
    let away = try pair.remote.run(["gate", "--wait", "--timeout", "1s"])
    #expect(away.status == 69)
    #expect(away.output.isEmpty)
    // Who may not ask is not kept waiting.
    var bare = pair.remote
    bare.environment["PREAVIS_TOKEN"] = "wrong"
    pair.host.setFault { _, _ in nil }
    #expect(try bare.run(wait).status == 77)
  }

  @Test func `a token that could not be written down is taken back on the server`() throws {
    let pair = try Pair()
    let answer = try pair.remote.run(["token", "create", "--name", "bot", "--role", "admin", "-o", "no/such/folder"])
    #expect(answer.status != 0)
    #expect(try pair.api.register.tokens().map { $0.revokedAt != nil } == [true])
  }

  @Test func `tokens are for those whose role allows it`() throws {
    let pair = try Pair()
    let made = try pair.remote.run("token", "create", "--name", "eve", "--role", "engineer")
    #expect(made.status == 0)
    var shell = pair.remote
    shell.environment["PREAVIS_TOKEN"] = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    for arguments in [
      ["token", "list"], ["token", "create", "--name", "x", "--role", "admin"], ["token", "revoke", "TOK-0001"],
      ["private-feed", "list"], ["private-feed", "revoke", "PFD-0001"],
      ["private-feed", "create", "--client", "x", "--service", "profession-liberale"],
    ] {
      let answer = try shell.run(arguments)
      #expect(answer.status == 77, "\(arguments): \(answer)")
      #expect(answer.errors.contains("admin"))
    }
    #expect(try shell.run("gate", "override", "--reason", "Hotfix", "--for", "5m").status == 0)
    #expect(try pair.api.register.tokens().count == 1)
  }

  @Test func `a token does not follow a redirect`() throws {
    let pair = try Pair()
    let thief = try ServerAPI()
    let other = try HTTPHost { thief.answer($0) }
    pair.host.setFault { _, _ in
      .answered(APIAnswer(status: 307, headers: [("location", "http://localhost:\(other.port)/api/v1/log")]))
    }
    let answer = try pair.remote.run("list")
    #expect(answer.status == 64)
    #expect(answer.errors.contains("localhost:\(other.port)"))
    #expect(thief.received.isEmpty)
  }

  @Test func `an answer that unpacks to more than is read is given up`() throws {
    let pair = try Pair()
    let bomb = try GzipStream.compressed([UInt8](repeating: 0x20, count: 80 << 20))
    pair.host.setFault { _, _ in
      .answered(APIAnswer(status: 200, headers: [("content-encoding", "gzip")], body: bomb))
    }
    let answer = try pair.remote.run("list")
    #expect(answer.status == 1)
    #expect(answer.errors.contains("64 MiB"))
    // What is packed and small is read.
    pair.host.setFault { _, call in
      guard call.path == "/api/v1/log" else { return nil }
      var answer = pair.api.answer(call)
      answer.body = (try? GzipStream.compressed(answer.body)) ?? []
      answer.headers.append(("content-encoding", "gzip"))
      return .answered(answer)
    }
    #expect(try pair.remote.run("list").status == 0)
  }

  @Test func `a history that differs is told, and accepted only by its checkpoint`() throws {
    let pair = try Pair()
    _ = try pair.onServer(["submit", "--start", "2026-12-06T01:00", "--duration", "1h", "--title", "x"], at: pair.now)
    let seen = try pair.api.events().last!
    let other = try ServerAPI(at: pair.now, isSimulation: true)
    pair.host.setFault { _, call in .answered(other.answer(call)) }
    let answer = try pair.remote.run("list")
    let root = try other.events()[0].hash
    #expect(answer.status == 1)
    #expect(answer.errors.contains("\(seen.sequence):\(seen.hash)"))
    #expect(answer.errors.contains("preavis register accept 1:\(root)"))
    #expect(try pair.remote.run("register", "verify").status == 1)
    #expect(try pair.remote.run("register", "accept", "1:\(root)").status == 0)
    #expect(try pair.remote.run("list").output == "No changes.\n")
  }
}

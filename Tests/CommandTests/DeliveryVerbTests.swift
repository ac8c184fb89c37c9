import Foundation
import JSONText
import TestSupport
import Testing

/// Webhooks, mailings and deliveries as a shell sees them.
@Suite struct DeliveryVerbTests {
  static let now = "2026-11-02T10:00:00+01:00"

  private static func sendmail(_ program: Program, exit code: Int = 0) throws -> String {
    let path = program.path("sendmail")
    try Data("#!/bin/sh\ncat > \(program.path("mail.eml"))\nexit \(code)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  @Test(arguments: [[], ["--lang", "fr"]])
  func `A webhook's secret stands alone on standard output and is shown once`(lang: [String]) throws {
    let program = try Program(now: Self.now)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: program.path("register.sqlite"))
    let answer = try program.run(["webhook", "create", "--url", "https://hooks.example.org/in"] + lang)
    #expect(answer.status == 0, "\(answer.errors)")
    let secret = String(answer.output.dropLast())
    #expect(secret.wholeMatch(of: /whsec_[A-Za-z0-9+\/]{43}=/) != nil)
    #expect(answer.errors.contains("HOOK-0001"))
    #expect(answer.errors.contains("chmod o-r"))
    #expect(!answer.errors.contains(secret))
    for arguments in [["webhook", "list"], ["webhook", "list", "--json"], ["webhook", "revoke", "HOOK-0001"]] {
      let later = try program.run(arguments + lang)
      #expect(later.status == 0)
      #expect(!later.output.contains(secret.dropFirst(6)))
    }
    #expect(try program.run("webhook", "list", "--json").json().array?[0]["state"]?.string == "revoked")
    #expect(try program.run("register", "verify").status == 0)
  }

  @Test func `A new register is its owner’s alone and not complained of, and a secret in JSON is there once`() throws {
    let program = try Program(now: Self.now)
    for name in ["register.sqlite", "register.sqlite-journal"]
    where FileManager.default.fileExists(
      atPath: program.path(name))
    {
      let mode = try FileManager.default.attributesOfItem(atPath: program.path(name))[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(name)")
    }
    let plain = try program.run("webhook", "create", "--url", "https://hooks.example.org/in")
    #expect(!plain.errors.contains("chmod"))
    let json = try program.run(
      "webhook", "create", "--url", "https://hooks.example.org/b", "--event", "change.started", "--json"
    ).json()
    #expect(json["id"]?.string == "HOOK-0002")
    #expect(json["events"] == ["change.started"])
    #expect(json["secret"]?.string?.hasPrefix("whsec_") == true)
    #expect(json["service"]?.string == "profession-liberale")
    let listed = try program.run("webhook", "list", "--json").json().array ?? []
    #expect(listed.count == 2)
    #expect(listed.allSatisfy { $0["secret"] == nil })
  }

  @Test(arguments: [
    ["webhook", "create", "--url", "http://hooks.example.org/"], ["webhook", "create", "--url", "https://u@h.org/"],
    ["webhook", "create", "--url", "https://192.168.0.9/in"], ["webhook", "create", "--url", "https://localhost/"],
    ["webhook", "create", "--url", "https://h.org/", "--event", "change.exploded"],
    ["webhook", "create", "--url", "https://h.org/", "--service", "nothing"], ["webhook", "revoke", "HOOK-0009"],
    ["webhook", "revoke", "whsec_x"], ["webhook", "test", "HOOK-0009"], ["mailing", "create", "--to", "nobody"],
    ["mailing", "create", "--to", "-oX@example.org"], ["mailing", "create", "--to", "a@b.org", "--kind", "nothing"],
    ["mailing", "revoke", "MAIL-0009"], ["deliveries", "retry"], ["deliveries", "retry", "msg_0"],
    ["deliveries", "retry", "msg_0", "--dead"], ["deliveries", "list", "--limit", "0"],
  ])
  func `What makes no sense is said, and nothing is recorded`(arguments: [String]) throws {
    let program = try Program(now: Self.now)
    let before = try program.run("register", "info", "--json").json()["events"]
    for lang in ["en", "fr"] {
      let answer = try program.run(arguments + ["--lang", lang])
      #expect(answer.status == 64, "\(arguments): \(answer.status) \(answer.errors)")
      #expect(answer.output.isEmpty)
      #expect(!answer.errors.isEmpty)
    }
    #expect(try program.run("register", "info", "--json").json()["events"] == before)
  }

  @Test func `A mailing gets its notice by the next run, and only once`() throws {
    let program = try Program(now: Self.now)
    let made = try program.run("mailing", "create", "--to", "clients@example.org", "--lang", "fr", "--json").json()
    #expect(made["id"]?.string == "MAIL-0001")
    #expect(made["language"]?.string == "fr")
    try program.submit("2026-12-06T01:00")
    // Refused: a draft, of which nobody hears.
    try program.submit("2026-12-07T10:00")
    let waiting = try program.run("deliveries", "list", "--pending", "--json").json().array ?? []
    // The announcement, and the reminders of the contract, whose hours are to come.
    #expect(waiting.map { $0["lead_seconds"]?.integer } == [nil, 86_400, 172_800])
    #expect(waiting[0]["change"]?.string == "CHG-2026-0001")
    let sendmail = try Self.sendmail(program)
    let run = try program.run("deliveries", "run", "--sendmail", sendmail, "--json").json()
    #expect(run["delivered"] == 1)
    #expect(run["pending"] == 0)
    let mail = try String(contentsOfFile: program.path("mail.eml"), encoding: .utf8)
    #expect(mail.contains("To: clients@example.org"))
    #expect(mail.contains("SIMULATION"))
    let french = try program.run("deliveries", "run", "--sendmail", sendmail, "--lang", "fr")
    #expect(french.output.hasSuffix("0 abandonné.\n"), "\(french.output)")
    let again = try program.run("deliveries", "run", "--sendmail", sendmail)
    #expect(again.status == 0)
    #expect(again.output == "Nothing is due; 0 waiting, 2 for a later hour, 0 given up.\n")
  }

  @Test func `What was mailed is evidence, and a text is recognised as the one that was sent, or not`() throws {
    let program = try Program(now: Self.now)
    _ = try program.run("mailing", "create", "--to", "clients@example.org", "--lang", "fr")
    try program.submit("2026-12-06T01:00")
    #expect(try program.run("notices", "evidence", "CHG-2026-0001", "--json").json() == [])
    _ = try program.run("deliveries", "run", "--sendmail", try Self.sendmail(program))
    let told = try #require(try program.run("notices", "evidence", "CHG-2026-0001", "--json").json().array?.first)
    #expect(told["kind"] == "announcement")
    #expect(told["channel"] == "mail")
    #expect(told["addresses"] == 1)
    #expect(told["recorded_by"]?.isNull == true)
    let event = try #require(try program.run("history", "CHG-2026-0001", "--json").json().array?.last)
    #expect(told["event"] == event["sequence"])
    #expect(told["hash"] == event["hash"])
    let check = ["notices", "evidence", "CHG-2026-0001", "--check"]
    #expect(try program.run(check + [program.path("mail.eml")]).status == 0)
    let text = try program.run("notice", "CHG-2026-0001", "--format", "eml", "--lang", "fr", "-o", program.path("t"))
    #expect(text.status == 0)
    #expect(try program.run(check + [program.path("t"), "--json"]).json()["sent"] == true)
    let english = try program.run(
      "notice", "CHG-2026-0001", "--format", "eml", "--lang", "en", "-o", program.path("u"))
    #expect(english.status == 0)
    let other = try program.run(check + [program.path("u"), "--json"])
    #expect(other.status == 1)
    #expect(try other.json()["sent"] == false)
    let month = String(Self.now.prefix(7))
    #expect(try program.run("notices", "evidence", "--month", month, "--json").json().array == [told])
    #expect(try program.run("notices", "evidence", "--month", "2026-01", "--json").json() == [])
    let csv = try program.run("notices", "evidence", "--month", month, "--csv").output
    #expect(csv.split(separator: "\r\n").count == 2)
    #expect(
      try program.run("notices", "due", "--json").json().array?.contains { $0["kind"] == "announcement" } == false)
    for wrong in [["notices", "evidence"], ["notices", "evidence", "CHG-2026-0001", "--month", month]] {
      #expect(try program.run(wrong).status == 64)
    }
  }

  @Test func `What is given up is listed and can be sent again`() throws {
    let program = try Program(now: Self.now)
    _ = try program.run("mailing", "create", "--to", "clients@example.org")
    try program.submit("2026-12-06T01:00")
    _ = try program.run("deliveries", "run", "--sendmail", try Self.sendmail(program, exit: 67))
    let dead = try #require(try program.run("deliveries", "list", "--dead", "--json").json().array?.first)
    #expect(dead["last_error"]?.string?.hasSuffix("exited with 67") == true)
    let id = try #require(dead["id"]?.string)
    #expect(try program.run("deliveries", "list", "--dead").output.contains(id))
    #expect(try program.run("deliveries", "retry", id).status == 0)
    #expect(try program.run("deliveries", "retry", id).status == 64)
    let run = try program.run("deliveries", "run", "--sendmail", try Self.sendmail(program), "--json").json()
    #expect(run["delivered"] == 1)
  }

  @Test func `A restored register sends nothing of what waited when it was copied`() throws {
    let program = try Program(now: Self.now)
    _ = try program.run("mailing", "create", "--to", "clients@example.org")
    try program.submit("2026-12-06T01:00")
    #expect(try program.run("register", "backup", "-o", program.path("copy.sqlite")).status == 0)
    let restored = ["--register", program.path("restored.sqlite")]
    #expect(try program.run(["register", "restore", program.path("copy.sqlite")] + restored).status == 0)
    let sendmail = ["--sendmail", try Self.sendmail(program)]
    #expect(try program.run(["deliveries", "run"] + sendmail + restored).output.contains("3 given up"))
    let held = try program.run(["deliveries", "list", "--dead"] + restored)
    #expect(held.output.contains("copied before"))
    #expect(try program.run(["deliveries", "retry", "--dead"] + restored).status == 0)
    #expect(try program.run(["deliveries", "run", "--json"] + sendmail + restored).json()["delivered"] == 1)
    #expect(try program.run(["deliveries", "run", "--json"] + sendmail).json()["delivered"] == 1)
  }

  @Test func `A ping to a private address is refused, with what happened`() throws {
    let program = try Program(now: Self.now)
    _ = try program.run("webhook", "create", "--url", "https://127.0.0.1:9/", "--allow-private")
    let answer = try program.run("webhook", "test", "HOOK-0001")
    #expect(answer.status == 69)
    #expect(answer.errors.contains("127.0.0.1 is no address of the public Internet"))
  }
}

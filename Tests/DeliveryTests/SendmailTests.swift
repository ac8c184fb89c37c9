import CivilTime
import Foundation
import Planning
import Register
import Server
import Testing

/// Mail through a script that stands for sendmail.
@Suite struct SendmailTests {
  /// The script keeps its arguments, one a line, and its input.
  private static func script(_ post: Post, _ rest: String = "") throws -> String {
    let path = post.folder.appending(path: "sendmail-\(UUID().uuidString)").path
    let folder = post.folder.path
    try Data(
      """
      #!/bin/sh
      n=$(ls \(folder) | grep -c '^mail')
      for a in "$@"; do printf '%s\\n' "$a"; done > \(folder)/args
      env > \(folder)/env
      cat > \(folder)/mail$n
      \(rest)
      """.utf8
    ).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  private static func mailing(_ post: Post, _ language: String = "fr") throws {
    try post.register().createMailing(
      address: "clients@example.org", language: language, service: Post.service, actor: "root")
  }

  private static func read(_ post: Post, _ name: String) throws -> String {
    try String(contentsOf: post.folder.appending(path: name), encoding: .utf8)
  }

  @Test func `Each revision is one mail, in order, with its own event`() async throws {
    let post = try Post()
    try Self.mailing(post)
    let id = try post.submit("2026-12-06T01:00:00Z")
    try post.perform(.cancel(reason: "Not needed"), on: id)
    let sendmail = Sendmail(path: try Self.script(post))
    #expect(try await post.worker(sendmail: sendmail).runOnce().delivered == 2)
    #expect(try Self.read(post, "args") == "-t\n-i\n-f\nmaintenance@portal.example\n")
    let mails = try ["mail0", "mail1"].map { try Self.read(post, $0) }
    #expect(mails[0].contains("\r\nMessage-ID: <CHG-2026-0001.0.announcement.fr.5eed@portal.example>\r\n"))
    #expect(mails[1].contains("\r\nMessage-ID: <CHG-2026-0001.1.cancelled.fr.5eed@portal.example>\r\n"))
    #expect(mails[1].contains("References: <CHG-2026-0001.0.announcement.fr.5eed@portal.example>"))
    for mail in mails {
      #expect(mail.contains("\r\nTo: clients@example.org\r\n"))
      #expect(mail.contains("\r\nDate: Mon, 02 Nov 2026 10:00:00 +0100\r\n"))
    }
    #expect(mails[0].contains("method=PUBLISH") && mails[1].contains("method=CANCEL"))
  }

  @Test func `Nothing of this program's environment reaches sendmail`() async throws {
    unsafe setenv("PREAVIS_TRIAL_SECRET", "prv_secret", 1)
    let post = try Post()
    try Self.mailing(post)
    try post.submit("2026-12-06T01:00:00Z")
    _ = try await post.worker(sendmail: Sendmail(path: try Self.script(post))).runOnce()
    #expect(try !Self.read(post, "env").contains("prv_secret"))
  }

  @Test func `A mail that could not be handed over goes again, the same to the last byte`() async throws {
    let post = try Post()
    try Self.mailing(post, "en")
    try post.submit("2026-12-06T01:00:00Z")
    let failing = Sendmail(path: try Self.script(post, "echo 'queue is full' >&2; exit 75"))
    #expect(try await post.worker(sendmail: failing).runOnce().failed == 1)
    let row = try #require(try post.register().deliveries().first)
    #expect(row.lastError?.hasSuffix("exited with 75: queue is full") == true, "\(row)")
    post.now = row.nextAttempt
    #expect(try await post.worker(sendmail: Sendmail(path: try Self.script(post))).runOnce().delivered == 1)
    #expect(try Self.read(post, "mail0") == Self.read(post, "mail1"))
  }

  @Test(arguments: [(64, true), (65, true), (67, true), (68, true), (1, false), (69, false), (71, false), (78, false)])
  func `An exit code says whether another attempt is worth it`(code: Int, isFinal: Bool) async throws {
    let post = try Post()
    try Self.mailing(post)
    try post.submit("2026-12-06T01:00:00Z")
    let tally = try await post.worker(sendmail: Sendmail(path: try Self.script(post, "exit \(code)"))).runOnce()
    #expect(tally.dead == (isFinal ? 1 : 0))
    #expect(tally.failed == (isFinal ? 0 : 1))
  }

  @Test func `A program that hangs, reads nothing, dies or is not there is an attempt that failed`() async throws {
    let post = try Post()
    let folder = post.folder.path
    let bodies = ["exec sleep 60", "kill -9 $$"]
    for body in bodies {
      let path = "\(folder)/bad-\(UUID().uuidString)"
      try Data("#!/bin/sh\n\(body)\n".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      let big = [UInt8](repeating: 0x61, count: 1 << 20)
      let outcome = await Sendmail(path: path, timeout: .milliseconds(500)).send(big, from: "a@example.org")
      guard case .temporary = outcome else {
        Issue.record("\(body): \(outcome)")
        continue
      }
    }
    guard case .temporary = await Sendmail(path: "\(folder)/none").send([], from: "a@example.org") else {
      Issue.record("a program that is not there")
      return
    }
    guard case .permanent = await Sendmail(path: "/bin/true").send([], from: "-oQ/tmp@example.org") else {
      Issue.record("a sender that looks like a flag")
      return
    }
  }

  @Test func `A worker that is called off lets a short mail end and kills a long one`() async throws {
    let post = try Post()
    let path = "\(post.folder.path)/long"
    let started = "\(post.folder.path)/started"
    try Data("#!/bin/sh\necho > \(started)\nexec sleep 60\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let sending = Task { await Sendmail(path: path).send([], from: "a@example.org") }
    sending.cancel()
    // Left alone it would end well, after a minute.
    #expect(await sending.value == .unknown)
    let short = Sendmail(path: "/bin/true")
    let quick = Task { await short.send([], from: "a@example.org") }
    quick.cancel()
    #expect(await quick.value == .accepted)
  }
}

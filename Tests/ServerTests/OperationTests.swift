import Foundation
import Logging
import Synchronization
import Testing

@testable import Server

/// What operators are told: logs, figures, state.
struct OperationTests {
  private final class Lines: Sendable {
    let text = Mutex("")
  }

  private func log(_ body: (inout Logger) -> Void) throws -> (text: String, objects: [[String: Any]]) {
    let lines = Lines()
    var logger = Logger(label: "preavis") { label in
      JSONLogHandler(label: label) { line in lines.text.withLock { $0 += line } }
    }
    body(&logger)
    let text = lines.text.withLock { $0 }
    let objects = try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    return (text, objects)
  }

  @Test(
    arguments: [
      "a\nb", "a\r\n{\"level\":\"error\"}", "\"},\"level\":\"critical\"", "\u{2028}\u{2029}\u{85}",
      "\u{0}\u{1B}[2J\u{7F}",
      "\u{202E}gpj", "e\u{301}\"", String(repeating: "\\", count: 33),
    ])
  func `No value forges a line or a member`(value: String) throws {
    let (text, objects) = try log { logger in
      logger.info("\(value)", metadata: ["path": "\(value)", "request_id": "\(value)"])
    }
    #expect(objects.count == 1 && text.hasSuffix("\n"))
    #expect(objects.first?["path"] as? String == value && objects.first?["message"] as? String == value)
    #expect(objects.first?["level"] as? String == "info")
    #expect(text.dropLast().unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
  }

  @Test func `Numbers are numbers, and what looks like one stays text`() throws {
    let (_, objects) = try log { logger in
      logger.info("x", metadata: ["status": .stringConvertible(200), "request_id": "0012"])
    }
    #expect(objects.first?["status"] as? Int == 200)
    #expect(objects.first?["request_id"] as? String == "0012")
  }

  private static let long = "/" + String(repeating: "a/", count: 140)
  private static let digest = "/log/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

  @Test(
    arguments: [
      ("/private/S3CRET/calendar.fr.ics", "/private/…/calendar.fr.ics"), ("/private/S3CRET", "/private/…/"),
      ("/private/S3CRET/", "/private/…/"), ("//private/S3CRET/a.ics", "/private/…/a.ics"),
      ("/x/../private/S3CRET/a.ics", "/private/…/a.ics"), ("/%70rivate/S3CRET/a.ics", "/private/…/a.ics"),
      ("/PRIVATE/S3CRET", "/private/…/"), ("/private//S3CRET", "/private/…/"), ("/private/a/S3CRET", "/private/…/"),
      ("/profession-liberale/", "/profession-liberale/"),
      // Secrets where they should not be: a token in a path, a feed's secret without its folder, encoded once and twice.
      ("/api/v1/changes/prv_S3CRET", "/api/v1/changes/…"), ("/PRV_S3CRET/x", "/…/x"),
      ("/a/%70rv%5FS3CRET", "/a/…"), ("/a/%2570rv_S3CRET", "/a/…"),
      ("/abcdefghijklmnopqrstuvwxyz234567/calendar.ics", "/…/calendar.ics"),
      (long + "prv_S3CRETS3CRETS3CRET", long + "…"), (digest, digest),
    ])
  func `The address of a private feed never stands in a log`(path: String, expected: String) {
    #expect(LoggedPath.of(path) == expected)
  }

  @Test func `A long path is cut`() {
    #expect(LoggedPath.of("/" + String(repeating: "x", count: 4000)).utf8.count < 320)
  }

  @Test(arguments: ["abc-123", String(repeating: "a", count: 64)])
  func `A harmless request identifier is taken over`(given: String) { #expect(RequestIdentifier(given).text == given) }

  @Test(
    arguments: [
      nil, "", "a b", "a\"b", "é", String(repeating: "a", count: 65), "a\nb", "abcdefghijklmnopqrstuvwxyz234567",
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg012345",
    ])
  func `Any other is replaced by sixteen digits`(given: String?) {
    let text = RequestIdentifier(given).text
    #expect(text.utf8.count == 16 && text.allSatisfy { $0.isHexDigit })
  }

  /// Source: Prometheus text format 0.0.4: comments HELP and TYPE, then samples; histograms are cumulative up to +Inf.
  @Test func `The figures follow the grammar of their format`() throws {
    let metrics = Metrics()
    metrics.sentFromMemory(.gzip, octets: 1000)
    metrics.sentFromMemory(.notModified(gzip: true), octets: 0)
    metrics.refused(413)
    metrics.timedOut()
    #expect(metrics.connectionOpened(limit: 1))
    #expect(!metrics.connectionOpened(limit: 1))
    for (status, seconds) in [(200, 0.003), (200, 0.3), (404, 0.0049), (200, 60)] {
      metrics.answered(.portal, status: status, seconds: seconds)
    }
    let text = metrics.text(more: [Metrics.Sample("preavis_x", "Help.", "gauge", [("", 1.5)])])
    #expect(text.hasSuffix("\n"))
    let name = /[a-zA-Z_:][a-zA-Z0-9_:]*/
    let sample =
      /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-z_]+="[^"\\\n]*"(?:,[a-z_]+="[^"\\\n]*")*\})? (-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?)/
    var types: [String: String] = [:]
    var current = ""
    var values: [String: Double] = [:]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      if line.hasPrefix("# HELP ") {
        #expect(words.count == 4 && words[2].wholeMatch(of: name) != nil && types[words[2]] == nil, "\(line)")
        current = words[2]
      } else if line.hasPrefix("# TYPE ") {
        #expect(words[2] == current && ["counter", "gauge", "histogram"].contains(words[3]), "\(line)")
        types[current] = words[3]
      } else {
        let match = try #require(line.wholeMatch(of: sample), "\(line)")
        #expect(String(match.1).hasPrefix(current) && types[current] != nil, "\(line)")
        let key = String(match.1) + String(match.2 ?? "")
        #expect(values.updateValue(Double(match.3) ?? -1, forKey: key) == nil, "\(line) twice")
      }
    }
    #expect(values["preavis_http_requests_total{handler=\"memory\",status=\"304\"}"] == 1)
    #expect(values["preavis_http_requests_total{handler=\"portal\",status=\"200\"}"] == 3)
    #expect(values["preavis_http_refused_total{status=\"413\"}"] == 1)
    #expect(values["preavis_http_connections"] == 2 && values["preavis_http_connections_refused_total"] == 1)
    let bucket = { (bound: String) in
      values["preavis_http_request_duration_seconds_bucket{handler=\"portal\",le=\"\(bound)\"}"]
    }
    #expect(bucket("0.005") == 2 && bucket("0.25") == 2 && bucket("0.5") == 3 && bucket("10.0") == 3)
    #expect(bucket("+Inf") == 4 && values["preavis_http_request_duration_seconds_count{handler=\"portal\"}"] == 4)
    #expect(values["preavis_x"] == 1.5)
  }

  @Test func `Readiness says what is wrong, and 503`() throws {
    func answers(_ checks: [ReadinessCheck]) -> OperationAnswers {
      OperationAnswers(metrics: Metrics(), readiness: { checks }, samples: { [] })
    }
    let good = try #require(answers([ReadinessCheck("register")]).answer("/readyz"))
    #expect("\(good.status)" == "200 OK" && good.text.contains("\"ready\":true"))
    let bad = try #require(
      answers([ReadinessCheck("register"), ReadinessCheck("clock", problem: "behind")]).answer("/readyz"))
    #expect(
      "\(bad.status)" == "503 Service Unavailable" && bad.text.contains("\"ready\":false")
        && bad.text.contains("behind"))
    #expect(answers([]).answer("/healthz")?.text == "ok\n")
    #expect(answers([]).answer("/other") == nil)
  }
}

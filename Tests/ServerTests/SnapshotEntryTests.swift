import CivilTime
import NIOCore
import Publication
import Testing
import Wording

@testable import Server

/// Conditional requests and encodings. Source: RFC 9110, sections 12.5.3 and 13.
struct SnapshotEntryTests {
  private static let modified = utc("2026-11-02T09:00:00Z")

  private func entry(_ text: String = String(repeating: "calendar ", count: 500)) throws -> SnapshotEntry {
    SnapshotEntry(
      "s/feeds/a.ics", mediaType: "text/calendar; charset=utf-8", text: try PackedText(Array(text.utf8)),
      source: .register,
      lastModified: Self.modified, older: nil, freshUntil: .distantFuture)
  }

  private func describe(_ variant: SnapshotEntry.Variant) -> String {
    switch variant {
    case .identity: "identity"
    case .gzip: "gzip"
    case .notModified(let gzip): gzip ? "304 gzip" : "304"
    }
  }

  /// `T` stands for the tag, `G` for that of the compressed form.
  @Test(
    arguments: [
      ("\"T\"", false, "304"), ("\"T\"", true, "304"), ("\"G\"", true, "304 gzip"), ("\"G\"", false, "304 gzip"),
      ("W/\"T\"", false, "304"), ("\"a\", \"T\"", false, "304"), ("\"a\" ,\tW/\"G\" , \"b\"", true, "304 gzip"),
      ("\"T\", \"G\"", true, "304 gzip"), ("\"G\",\"T\"", false, "304"), ("*", false, "304"), (" * ", true, "304 gzip"),
      ("T", false, "identity"), ("\"t\"", false, "identity"), ("\"\"", false, "identity"), ("", true, "gzip"),
      ("\"T", false, "identity"), ("w/\"T\"", false, "identity"), ("\"other\"", true, "gzip"),
      (",,,", false, "identity"), ("\"TT\"", false, "identity"),
    ])
  func `If-None-Match is compared weakly with both tags`(list: String, takesGzip: Bool, expected: String) throws {
    let entry = try entry()
    let text = list.replacing("T\"", with: entry.tag + "\"").replacing("G\"", with: entry.tag + ".gz\"")
    let field = list == "\"TT\"" ? "\"\(entry.tag)\(entry.tag)\"" : text
    let variant = entry.variant(ifNoneMatch: field, ifModifiedSince: nil, acceptsGzip: takesGzip)
    #expect(describe(variant) == expected)
  }

  @Test(
    arguments: [
      ("Mon, 02 Nov 2026 09:00:00 GMT", "304"), ("Mon, 02 Nov 2026 09:00:01 GMT", "304"),
      ("Mon, 02 Nov 2026 08:59:59 GMT", "identity"), ("yesterday", "identity"), ("", "identity"),
    ])
  func `If-Modified-Since counts to the second`(field: String, expected: String) throws {
    #expect(describe(try entry().variant(ifNoneMatch: nil, ifModifiedSince: field, acceptsGzip: false)) == expected)
  }

  @Test func `If-Modified-Since is ignored beside If-None-Match`() throws {
    let variant = try entry().variant(
      ifNoneMatch: "\"other\"", ifModifiedSince: "Fri, 01 Jan 2100 00:00:00 GMT", acceptsGzip: false)
    #expect(describe(variant) == "identity")
  }

  @Test(
    arguments: [
      (nil, false), ("gzip", true), ("GZIP", true), ("x-gzip", true), ("deflate, gzip;q=1.0, *;q=0.5", true),
      ("gzip;q=0", false), ("gzip; q=0.0", false), ("gzip;q=0.000", false), ("gzip;q=0.001", true), ("*", true),
      ("*;q=0", false), ("gzip;q=0, *", false), ("*;q=0, gzip", true), ("identity", false), ("br", false), ("", false),
      ("gzipped", false), ("identity;q=0", false),
    ] as [(String?, Bool)])
  func `Gzip is sent to whoever takes it`(field: String?, expected: Bool) {
    #expect(AcceptedEncoding.takesGzip(field) == expected)
  }

  @Test func `The two forms have tags of their own, and each answer varies by encoding`() throws {
    let entry = try entry()
    let plain = String(buffer: entry.answer(.identity).head)
    let packed = String(buffer: entry.answer(.gzip).head)
    #expect(plain.contains("etag: \"\(entry.tag)\"\r\n") && !plain.contains("content-encoding"))
    #expect(packed.contains("etag: \"\(entry.tag).gz\"\r\n") && packed.contains("content-encoding: gzip\r\n"))
    for head in [plain, packed, String(buffer: entry.answer(.notModified(gzip: true)).head)] {
      #expect(head.contains("vary: accept-encoding\r\n") && head.contains("cache-control: public, no-cache\r\n"))
      #expect(head.contains("last-modified: Mon, 02 Nov 2026 09:00:00 GMT\r\n"))
    }
    let unchanged = String(buffer: entry.answer(.notModified(gzip: false)).head)
    #expect(unchanged.hasPrefix("HTTP/1.1 304 ") && !unchanged.contains("content-length"))
    guard case .octets(let octets) = entry.answer(.gzip).body else {
      Issue.record("no body")
      return
    }
    #expect(octets.map { Array($0.readableBytesView.prefix(2)) } == [[0x1F, 0x8B]])
  }

  @Test func `A short file is not compressed`() throws {
    let entry = try entry("short")
    #expect(entry.text.gzip == nil)
    #expect(describe(entry.variant(ifNoneMatch: nil, ifModifiedSince: nil, acceptsGzip: true)) == "identity")
  }

  /// Source: RFC 9110, section 5.6.7; the others by `date -u`.
  @Test(
    arguments: [
      ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
      ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
      ("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT"),
      ("2026-12-31T12:00:00Z", "Thu, 31 Dec 2026 12:00:00 GMT"),
      ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
  func `Dates are written and read in their fixed form`(instant: String, text: String) {
    #expect(InternetDate.http(utc(instant)) == text)
    #expect(InternetDate.instant(http: text) == utc(instant))
  }

  @Test(
    arguments: [
      "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 31 Feb 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 99999 08:49:37 GMT",
      "Sun, 06 Nov 1994 -1:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", ", 06 Nov",
    ])
  func `What is no date in that form is none`(text: String) { #expect(InternetDate.instant(http: text) == nil) }

  @Test(
    arguments: [
      ("", "fr"), ("en", "en"), ("en-GB,en;q=0.9", "en"), ("fr-CA, en;q=0.9", "fr"), ("de, en;q=0.5, fr;q=0.4", "en"),
      ("de", "fr"), ("fr;q=0, en;q=0.1", "en"), ("en;q=0", "fr"), ("en;q=x", "fr"), ("*", "fr"), ("EN-us", "en"),
      ("english", "fr"), ("en;q=nan, fr;q=0.1", "fr"), ("en;q=inf, fr;q=0.5", "fr"),
    ])
  func `The language is the one that a browser prefers`(field: String, expected: String) {
    #expect((Language(accepting: field) ?? .french).rawValue == expected)
  }

  @Test func `Two contents of one second are told apart by time too`() throws {
    func entry(_ text: String, _ older: SnapshotEntry.Trace?) throws -> SnapshotEntry {
      SnapshotEntry(
        "a/feeds/x.ics", mediaType: "text/calendar", text: try PackedText(Array(text.utf8)), source: .register,
        lastModified: Self.modified, older: older, freshUntil: .distantFuture)
    }
    let first = try entry("one", nil)
    let second = try entry("two", first.trace)
    let since = InternetDate.http(first.lastModified)
    func isUnchanged(_ entry: SnapshotEntry) -> Bool {
      if case .notModified = entry.variant(ifNoneMatch: nil, ifModifiedSince: since, acceptsGzip: false) { return true }
      return false
    }
    #expect(isUnchanged(first))
    #expect(!isUnchanged(second))
    #expect(try entry("two", second.trace).lastModified == second.lastModified)
  }
}

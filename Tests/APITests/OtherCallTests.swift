import API
import CivilTime
import JSONText
import Register
import TestSupport
import Testing

/// Calendars, figures, outages, imports.
@Suite struct OtherCallTests {
  static let base = "/services/\(House.service)"

  @Test func `The calendar of a service is public`() throws {
    let house = try House()
    let services = house.call("GET", "/services").json.array ?? []
    #expect(services.map { $0["service"]?.string } == [House.service])
    let windows = house.call("GET", Self.base + "/windows?from=2026-12-05&to=2026-12-08").json.array ?? []
    // Source: contract, article 5: the night to Saturday, and Sunday 00:00 to Monday 07:00 as one.
    #expect(
      windows.map { $0["start"]?.string } == [
        "2026-12-05T00:00:00+01:00", "2026-12-06T00:00:00+01:00",
      ])
    #expect(windows.last?["end"] == "2026-12-07T07:00:00+01:00")
    let holidays = house.call("GET", Self.base + "/holidays?year=2027").json
    #expect(holidays["distinct_dates"] == 11)
    #expect(house.call("GET", Self.base + "/holidays?year=2027&zone=alsace-moselle").json["distinct_dates"] == 13)
    #expect(house.call("GET", Self.base + "/holidays?zone=moon").code == "invalid_value")
    let slots = house.call("GET", Self.base + "/slots?duration=2h&count=3").json.array ?? []
    #expect(slots.count == 3)
    #expect(house.call("GET", Self.base + "/annex?year=2027").json["year"] == 2027)
    #expect(house.call("GET", Self.base + "/annex?year=2027&format=svg").header("content-type") == "image/svg+xml")
    #expect(house.call("GET", Self.base + "/annex?format=html").text.contains("<html"))
    #expect(house.call("GET", Self.base + "/annex?format=text").status == 200)
  }

  @Test(arguments: [
    "/windows?from=0001-01-02", "/windows?from=9999-12-30", "/windows?from=2026-01-01&to=2029-01-01",
    "/windows?from=2026-01-02&to=2026-01-01", "/windows?environment=moon", "/slots?duration=0m",
    "/slots?duration=99999999999h", "/slots?duration=2h&count=0", "/slots", "/slots?duration=2h&from=9999-12-30",
    "/slots?duration=2h&environment=moon", "/holidays?year=1582", "/holidays?year=10000", "/annex?year=1969",
    "/annex?year=99999999999", "/availability?month=2026-13", "/availability?month=0001-01",
    "/availability?from=2020-01", "/availability?from=2026-02&to=2026-01", "/availability?to=2026-01",
    "/availability?month=2026-01&from=2026-01", "/availability?simulate=2026-11-23T06:00",
    "/availability?simulate=9999-12-30T00:00Z/9999-12-29T00:00Z", "/availability?simulate=/",
    "/availability?from=1583-01",
  ]) func `A question that makes no sense is the caller's fault`(path: String) throws {
    let answer = try House().call("GET", Self.base + path)
    #expect((400..<500).contains(answer.status), "\(answer.status) \(answer.text)")
    #expect(answer.json["detail"]?.string?.contains("--") == false, "\(answer.text)")
  }

  @Test(arguments: [
    "/slots?duration=2h&from=0001-01-02", "/slots?duration=87840h", "/holidays?year=1583", "/holidays?year=9999",
    "/annex?year=1970", "/annex?year=2200", "/availability?month=1583-01", "/availability?month=9998-12",
    "/availability?simulate=2026-11-23T06:00/2h", "/availability?simulate=0001-01-02T00:00Z/2h",
    "/availability?simulate=9999-12-30T00:00Z/2h", "/windows?from=1970-01-02&to=1970-01-05",
    "/windows?from=2200-12-30&to=2200-12-31",
  ]) func `At the edges of the calendar there is an answer`(path: String) throws {
    let answer = try House().call("GET", Self.base + path)
    #expect(answer.status < 500, "\(answer.status) \(answer.text)")
  }

  @Test(arguments: [
    "/report?month=1583-01", "/report?month=9998-12", "/report?month=x", "/support-clock", "/support-clock?at=x",
    "/support-clock?at=0001-01-02T00:00Z", "/support-clock?at=9999-12-30T00:00Z", "/support-clock?at=9999-01-01T00:00Z",
    "/support-clock?at=2026-12-04T16:30&qualified_at=2026-12-04T16:00",
    "/support-clock?at=2026-12-04T16:30&criticality=4",
    "/availability/notice?month=1583-01", "/availability/notice?month=9998-12", "/report?environment=moon",
  ]) func `So is one with a token`(path: String) throws {
    let answer = try House().call("GET", Self.base + path, by: .eve)
    #expect(answer.status < 500, "\(answer.status) \(answer.text)")
  }

  @Test(arguments: [
    #"{"start":"0001-01-02T00:00Z","end":"0001-01-02T01:00Z"}"#, #"{"start":"9999-12-30T00:00Z","duration":"2h"}"#,
    #"{"start":"9999-12-30T00:00Z","duration":"87840h"}"#, #"{"start":"2026-12-06T01:00","duration":"PT999999999H"}"#,
    #"{"start":"0001-01-02T00:00Z","end":"9999-12-30T00:00Z"}"#, #"{"start":"2026-12-06T25:00","duration":"1h"}"#,
    #"{"start":"1900-01-01T01:00","duration":"2h"}"#,
  ]) func `A check of any interval is answered`(body: String) throws {
    let answer = try House().call("POST", "/check", body)
    #expect(answer.status < 500, "\(answer.status) \(answer.text)")
  }

  @Test func `A check records nothing and says allowed or refused`() throws {
    let house = try House()
    let good = house.call("POST", "/check", #"{"start":"2026-12-06T01:00","duration":"2h"}"#)
    #expect(good.json["verdict"]?["status"] == "allowed")
    let bad = house.call("POST", "/check", #"{"start":"2026-12-07T10:00","end":"2026-12-07T12:00"}"#)
    #expect(bad.status == 200)
    #expect(bad.json["verdict"]?["status"] == "refused")
    #expect(bad.json["verdict"]?["slots"]?.array?.isEmpty == false)
    #expect(house.call("GET", "/changes", by: .ada).json == [])
  }

  // MARK: Outages and figures

  @Test func `Outages are recorded, amended and voided, and count`() throws {
    let house = try House()
    let recorded = house.call(
      "POST", "/outages", by: .rita,
      #"{"cause":"incident","start":"2026-11-30T10:00","title":"Login fails","evidence":"Ticket 4711"}"#,
      headers: [("idempotency-key", "o1")])
    #expect(recorded.status == 201, "\(recorded.text)")
    #expect(recorded.header("location") == "/api/v1/outages/OUT-2026-0001")
    let again = house.call(
      "POST", "/outages", by: .rita,
      #"{"cause":"incident","start":"2026-11-30T10:00","title":"Login fails","evidence":"Ticket 4711"}"#,
      headers: [("idempotency-key", "o1")])
    #expect(again.body == recorded.body)
    #expect(again.status == 201)
    let ended = house.call(
      "POST", "/outages/OUT-2026-0001/amend", by: .rita, #"{"end":"2026-11-30T10:30"}"#,
      headers: [("if-match", recorded.etag)])
    #expect(ended.json["seconds"] == 1800, "\(ended.text)")
    #expect(house.call("GET", "/outages?month=2026-11&state=ended", by: .eve).json == .array([ended.json]))
    #expect(house.call("GET", "/outages/OUT-2026-0001", by: .eve).json == ended.json)
    let month = house.call("GET", Self.base + "/availability?month=2026-11").json.array?.first
    #expect(month?["ti_seconds"] == 1800)
    let stop = month?["stops"]?.array?.first
    #expect(stop?["title"] == "Login fails")
    #expect(stop?["evidence"] == nil, "papers of the house")
    let inside = house.call("GET", Self.base + "/availability?month=2026-11", by: .eve).json.array?.first
    #expect(inside?["stops"]?.array?.first?["evidence"] == "Ticket 4711")
    let supposed = house.call("GET", Self.base + "/availability?simulate=2026-12-02T10:00/2h").json
    #expect(supposed["months"]?.array?.first?["cost_seconds"] == 7200)

    func move(_ verb: String, _ body: String, _ seen: String) -> Answer {
      house.call("POST", "/outages/OUT-2026-0001/\(verb)", by: .rita, body, headers: [("if-match", seen)])
    }
    #expect(move("void", "{}", ended.etag).code == "missing_reason")
    let voided = move("void", #"{"reason":"False alarm"}"#, ended.etag)
    #expect(voided.status == 200)
    #expect(move("amend", #"{"title":"x"}"#, voided.etag).code == "outage_voided")
    #expect(house.call("GET", "/outages/OUT-2026-0009", by: .eve).code == "unknown_outage")
    #expect(house.call("GET", "/outages/x%00", by: .eve).code == "unknown_outage")
  }

  @Test(arguments: [
    (#"{"start":"2026-11-30T10:00"}"#, "missing_member"),
    (#"{"cause":"rain","start":"2026-11-30T10:00"}"#, "invalid_value"),
    (#"{"cause":"incident","start":"2027-11-30T10:00"}"#, "moment_in_future"),
    (#"{"cause":"incident","start":"0001-01-02T00:00Z"}"#, "too_far_away"),
    (#"{"cause":"incident","start":"2026-11-30T10:00","components":["moon"]}"#, "unknown_component"),
    (#"{"cause":"incident","start":"2026-11-30T10:00","title":"a\u001bb"}"#, "invalid_text"),
    (#"{"cause":"incident","start":"2026-11-30T10:00","ongoing":true}"#, "unknown_member"),
  ]) func `An outage that cannot be is refused by name`(body: String, code: String) throws {
    let answer = try House().call("POST", "/outages", by: .rita, body)
    #expect(answer.code == code, "\(answer.text)")
  }

  @Test func `Report and support deadlines are for those inside`() throws {
    let house = try House()
    _ = try house.submit("2026-12-06T01:00")
    let report = house.call("GET", Self.base + "/report?month=2026-12", by: .eve)
    #expect(report.json["planned"]?["total"] == 1, "\(report.text)")
    #expect(house.call("GET", Self.base + "/report?format=html", by: .eve).text.contains("<html"))
    #expect(house.call("GET", Self.base + "/report?format=text", by: .eve).status == 200)
    let support = house.call(
      "GET", Self.base + "/support-clock?at=2026-12-04T16:30&criticality=2", by: .eve)
    #expect(support.json["reading"] == "earliest")
    #expect(support.json["crit1_plan_deadline"] == nil)
    #expect(support.json["crit2_fix_deadline"] != nil)
  }

  // MARK: Support

  /// Worked by hand. Source: contract, article 12.2: 8 hours of support, 09:00–12:30 and 14:30–17:30, Fridays to 17:00.
  /// Monday 9 November 2026 at 09:00 is due Tuesday at 10:30; Thursday 12 at 15:00, Friday at 16:30.
  static let requests = """
    registered_at,taken_in_charge_at,criticality,plan_at
    2026-11-09T09:00,2026-11-10T10:30,,
    2026-11-12T15:00,2026-11-16T09:05,1,2026-11-16T10:00
    2026-12-01T09:00,,,

    """

  @Test func `A support report is made of a file or of a list, and is the same`() throws {
    let house = try House()
    let path = Self.base + "/support-report"
    let file = house.call("POST", path, by: .eve, Self.requests, type: "text/csv")
    #expect(file.status == 200, "\(file.text)")
    let period = file.json["periods"]?.array?.last
    #expect(period?["first"] == "2026-10-18")
    #expect(period?["requests"] == 3)
    #expect(period?["in_time"] == 1)
    #expect(period?["late"] == 1)
    #expect(period?["open"] == 1)
    #expect(period?["share_percent"] == "50.000000")
    #expect(period?["status"] == "breached")
    #expect(period?["criticality_1"]?["anomalies"] == 1)
    let list = house.call(
      "POST", path, by: .eve,
      """
      [{"registered_at":"2026-11-09T09:00","taken_in_charge_at":"2026-11-10T10:30"},
       {"registered_at":"2026-11-12T15:00","taken_in_charge_at":"2026-11-16T09:05","criticality":1,
        "plan_at":"2026-11-16T10:00"},
       {"registered_at":"2026-12-01T09:00","taken_in_charge_at":null,"plan_at":null}]
      """)
    #expect(list.json == file.json, "\(list.text)")
    let table = house.call(
      "POST", path + "?format=csv&as_of=2026-12-02T18:00", by: .eve, Self.requests, type: "text/csv")
    #expect(table.header("content-type") == "text/csv; charset=utf-8")
    #expect(table.text.hasPrefix("first,last,whole,"))
    #expect(table.text.contains("\n2026-10-18,2027-10-17,true,true,true,3,1,1,1,0,33.333333,"), "\(table.text)")
    #expect(house.call("GET", "/changes", by: .ada).json == [])
  }

  @Test(
    arguments: [
      ("text/csv", "", 422, "malformed_rows"), ("text/csv", "a,b\n", 422, "malformed_rows"),
      ("text/csv", "registered_at,taken_in_charge_at\n2026-11-09T25:00,\n", 422, "malformed_rows"),
      ("text/csv", "registered_at,taken_in_charge_at\n2027-11-09T09:00,\n", 422, "malformed_rows"),
      ("text/csv", "registered_at,taken_in_charge_at\n0001-01-02T00:00Z,\n", 200, nil),
      ("application/json", "", 400, "invalid_json"), ("application/json", "{}", 400, "invalid_value"),
      ("application/json", #"[{"registered_at":"x"}]"#, 422, "malformed_rows"),
      ("application/json", #"[{"registered":"x"}]"#, 400, "unknown_member"),
      ("application/json", #"[{"registered_at":"2026-11-09T09:00","criticality":4}]"#, 400, "invalid_value"),
      ("text/calendar", "x", 415, "unsupported_media_type"), ("application/json", "[]", 200, nil),
    ] as [(String, String, Int, String?)])
  func `A support report of what is none says where`(type: String, body: String, status: Int, code: String?) throws {
    let answer = try House().call("POST", Self.base + "/support-report", by: .eve, body, type: type)
    #expect(answer.status == status, "\(answer.text)")
    #expect(answer.code == code)
    if code == "malformed_rows" { #expect(answer.json["rows"]?.array?.first?["status"] == "malformed") }
  }

  @Test func `A support report takes no more than one body`() throws {
    let house = try House()
    let rows = String(repeating: "2026-11-09T09:00,2026-11-10T10:30\n", count: 8000)
    let body = "registered_at,taken_in_charge_at\n" + rows
    let answer = house.call("POST", Self.base + "/support-report", by: .eve, body, type: "text/csv")
    #expect(answer.status == 413, "\(body.utf8.count) octets")
    let many =
      "[" + Array(repeating: #"{"registered_at":"2026-11-09T09:00"}"#, count: 5001).joined(separator: ",") + "]"
    #expect(house.call("POST", Self.base + "/support-report", by: .eve, many).code == "invalid_value")
    #expect(
      house.call("POST", Self.base + "/support-report?as_of=0001-01-02T00:00Z", by: .eve, "[]").code == "invalid_value")
  }

  // MARK: Import

  static func rows(_ house: House, _ body: String, _ query: String = "", type: String = "application/x-ndjson")
    -> Answer
  {
    house.call("POST", "/imports" + query, by: .rita, body, type: type)
  }

  @Test func `Outages in bulk are recorded once, and all or none`() throws {
    let house = try House()
    let row = #"{"start":"2026-11-09T10:00","end":"2026-11-09T11:00","cause":"incident","title":"Login fails"}"# + "\n"
    func send(_ body: String, _ query: String = "") -> Answer {
      house.call("POST", "/outage-imports" + query, by: .rita, body, type: "application/x-ndjson")
    }
    #expect(send(row, "?dry_run=true").status == 200)
    #expect(send(row + row.replacing("incident", with: "weather")).status == 422)
    #expect(house.call("GET", "/outages", by: .rita).json == [])
    #expect(send(row).status == 200 && send(row).status == 200)
    let recorded = try #require(house.call("GET", "/outages", by: .rita).json.array)
    #expect(recorded.map { $0["title"]?.string } == ["Login fails"])
  }

  @Test func `An import is all or nothing, and once only`() throws {
    let house = try House()
    let good = #"{"title":"One","start":"2026-12-06T01:00","duration":"2h"}"# + "\n"
    let bad = #"{"title":"Noon","start":"2026-12-07T10:00","duration":"2h"}"# + "\n"
    let refused = Self.rows(house, good + bad)
    #expect(refused.status == 422)
    #expect(refused.code == "refused")
    #expect(refused.json["rows"]?.array?.map { $0["status"]?.string } == ["allowed", "refused"])
    #expect(house.call("GET", "/changes", by: .rita).json == [])
    #expect(Self.rows(house, good + bad, "?dry_run=true").status == 200)
    #expect(house.call("GET", "/changes", by: .rita).json == [])
    let partly = Self.rows(house, good + bad, "?keep_going=true&drafts=true")
    #expect(partly.json.array?.map { $0["status"]?.string } == ["recorded", "draft"], "\(partly.text)")
    let again = Self.rows(house, good)
    #expect(again.json.array?.map { $0["status"]?.string } == ["already_imported"])
    let csv = Self.rows(house, "title,start,duration\nOne,2026-12-06T01:00,2h\n", type: "text/csv; charset=utf-8")
    #expect(csv.json.array?.map { $0["status"]?.string } == ["already_imported"], "\(csv.text)")
    let broken = Self.rows(house, good + "{\n" + #"{"title":"x","sart":"2026"}"#)
    #expect(broken.code == "malformed_rows")
    #expect(broken.json["rows"]?.array?.map { $0["line"]?.integer } == [1, 2, 3])
    #expect(Self.rows(house, "").json == [])
    #expect(Self.rows(house, "\u{0}\u{1}\n").code == "malformed_rows")
    #expect(Self.rows(house, good, "?service=moon").code == "invalid_value")
    #expect(Self.rows(house, "BEGIN:VCALENDAR\r\n", type: "text/calendar").code == "invalid_value")
    let event = Self.rows(house, "one event", type: "text/calendar; charset=utf-8")
    #expect(event.json.array?.map { $0["status"]?.string } == ["already_imported"], "\(event.text)")
    let many = String(repeating: #"{"title":"x"}"# + "\n", count: 5001)
    #expect(Self.rows(house, many).status == 413)
    #expect(try Register.verify(house.register.store).problems.isEmpty)
  }
}

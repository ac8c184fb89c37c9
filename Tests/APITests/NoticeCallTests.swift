import CivilTime
import JSONText
import Register
import TestSupport
import Testing

/// What clients are owed, what notices say, and that they were published.
@Suite struct NoticeCallTests {
  @Test func `What clients were told comes in pages, each line once, and a change stands by itself`() throws {
    let house = try House()
    let changes = try (13...15).map { try house.submit("2026-12-\($0)T01:00") }
    for channel in ["portal", "letter"] {
      for change in changes {
        house.clock.now = house.clock.now + .minutes(1)
        let told = house.call(
          "POST", "/changes/\(change)/notices", by: .rita, #"{"channel":"\#(channel)","kind":"announcement"}"#)
        #expect(told.status == 200, "\(told.text)")
      }
    }
    let all = house.call("GET", "/notices/evidence?month=2026-12", by: .eve).json.array ?? []
    #expect(all.map { $0["change"]?.string } == changes + changes)
    var (path, pages): (String?, [[JSON]]) = ("/notices/evidence?month=2026-12&limit=4", [])
    while let next = path, pages.count < 9 {
      let page = house.call("GET", next, by: .eve)
      pages.append(page.json.array ?? [])
      path = page.header("link")?.firstMatch(of: /<\/api\/v1([^>]+)>; rel="next"/).map { String($0.1) }
    }
    #expect(pages.map(\.count) == [4, 2] && pages.flatMap(\.self) == all)
    let one = house.call("GET", "/notices/evidence?change=\(changes[1])", by: .eve).json.array
    #expect(one?.map { $0["channel"]?.string } == ["portal", "letter"])
    for other in ["service=\(House.service)", "month=2026-12"] {
      #expect(house.call("GET", "/notices/evidence?change=\(changes[1])&\(other)", by: .eve).status == 400, "\(other)")
    }
    #expect(house.call("GET", "/notices/evidence?after=x", by: .eve).status == 400)
  }

  @Test func `A notice is written in every form, owed, and recorded as published`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    let due = house.call("GET", "/notices/due", by: .eve).json.array ?? []
    #expect(due.first?["change"]?.string == id)
    #expect(due.first?["kind"] == "announcement")
    let notice = house.call("GET", "/changes/\(id)/notices/announcement?lang=fr", by: .eve)
    #expect(notice.json["language"] == "fr", "\(notice.text)")
    #expect(house.call("GET", "/changes/\(id)/notices/current", by: .eve).json["kind"] == "announcement")
    for (format, type) in [
      ("markdown", "text/markdown; charset=utf-8"), ("html", "text/html; charset=utf-8"),
      ("text", "text/plain; charset=utf-8"), ("eml", "message/rfc822"), ("letter", "text/html; charset=utf-8"),
      ("html&fragment=true", "text/html; charset=utf-8"),
    ] {
      let answer = house.call("GET", "/changes/\(id)/notices/current?format=\(format)", by: .eve)
      #expect(answer.status == 200)
      #expect(answer.header("content-type") == type)
    }
    #expect(house.call("GET", "/changes/\(id)/notices/current?fragment=true", by: .eve).code == "invalid_value")
    #expect(house.call("GET", "/changes/\(id)/notices/completed", by: .eve).code == "notice_not_applicable")
    #expect(house.call("GET", "/changes/\(id)/notices/poem", by: .eve).code == "invalid_value")
    let recorded = house.call(
      "POST", "/changes/\(id)/notices", by: .rita, #"{"channel":"portal"}"#, headers: [("if-match", #""0""#)])
    #expect(recorded.json["notices"]?.array?.first?["kind"] == "announcement", "\(recorded.text)")
    #expect(recorded.etag == #""0""#, "no published octet has changed")
    let twice = house.call(
      "POST", "/changes/\(id)/notices", by: .rita, #"{"kind":"announcement","channel":"portal"}"#)
    #expect(twice.code == "notice_recorded_already")
    let month = house.call("GET", OtherCallTests.base + "/availability/notice", by: .eve)
    #expect(month.json["kind"] == "availability", "\(month.text)")
    #expect(house.call("GET", OtherCallTests.base + "/availability/notice?format=html", by: .eve).text.contains("<"))
    let ahead = house.call("GET", OtherCallTests.base + "/availability/notice?month=2030-01", by: .eve)
    #expect(ahead.code == "invalid_value" && ahead.text.contains("has not begun"), "\(ahead.text)")
    let draft = try house.submit("2026-12-07T10:00")
    #expect(house.call("GET", "/changes/\(draft)/notices/current", by: .eve).code == "invalid_value")
    #expect(house.call("POST", "/changes/\(draft)/notices", by: .rita, #"{"channel":"mail"}"#).status < 500)
  }

  /// The amendment is told by the notice of the move, which nobody has sent yet (docs/interface.md, notices due).
  @Test func `What is owed can be written: a move that was amended since, with both times and its own reason`() throws {
    let house = try House()
    let id = try house.submit("2026-12-06T01:00")
    func move(_ verb: String, _ body: String) {
      let tag = house.call("GET", "/changes/\(id)", by: .eve).etag
      #expect(house.call("POST", "/changes/\(id)/\(verb)", by: .eve, body, headers: [("if-match", tag)]).status == 200)
    }
    move("reschedule", #"{"start":"2026-12-13T01:00","duration":"2h","reason":"The vendor is late"}"#)
    move("amend", #"{"title":"Another title","reason":"Clearer"}"#)
    let owed = house.call("GET", "/notices/due", by: .eve).json.array?.first
    #expect(owed?["kind"] == "rescheduled")
    let notice = house.call("GET", "/changes/\(id)/notices/rescheduled", by: .eve)
    #expect(notice.status == 200, "\(notice.text)")
    for part in ["The vendor is late", "Another title", "6 December", "13 December"] {
      #expect(notice.text.contains(part), "\(part)")
    }
    #expect(!notice.text.contains("Clearer"))
  }

  @Test func `Several notices are recorded together, or none of them`() throws {
    let house = try House()
    let (one, two) = (try house.submit("2026-12-06T01:00"), try house.submit("2026-12-07T01:00"))
    func record(_ items: String...) -> Answer {
      house.call("POST", "/notices", by: .rita, #"{"notices":[\#(items.joined(separator: ","))]}"#)
    }
    func owed() -> Int? {
      house.call("GET", "/notices/due", by: .eve).json.array?.count(where: { $0["kind"] == "announcement" })
    }
    func item(_ change: String, _ channel: String, _ more: String = "") -> String {
      #"{"change":"\#(change)","channel":"\#(channel)"\#(more)}"#
    }
    #expect(owed() == 2)
    // The second speaks of a revision that is not the newest.
    let stale = record(item(one, "portal"), item(two, "portal", #","revision":1"#))
    #expect(stale.status == 412 && stale.text.contains(two), "\(stale.text)")
    #expect(record(item(one, "portal"), item(two, "fax")).code == "invalid_value")
    #expect(record(item(one, "portal"), item("CHG-2026-0999", "portal")).code == "unknown_change")
    #expect(owed() == 2)
    func keyed(_ change: String) -> String {
      item(change, "portal", #","kind":"announcement","revision":0,"idempotency_key":"k/\#(change)""#)
    }
    let items = [keyed(one), keyed(two)]
    let recorded = record(items[0], items[1], item(two, "letter"))
    #expect(recorded.status == 200, "\(recorded.text)")
    let lines = recorded.json.array ?? []
    #expect(lines.compactMap { $0["change"]?.string } == [one, two, two])
    #expect(lines.compactMap { $0["channel"]?.string } == ["portal", "portal", "letter"])
    #expect(owed() == 0)
    // The same keys are answered again, and record nothing.
    let again = record(items[0], items[1]).json.array ?? []
    #expect(again.compactMap { $0["event"]?.integer } == lines.prefix(2).compactMap { $0["event"]?.integer })
    #expect(house.call("GET", "/notices/evidence?change=\(two)", by: .eve).json.array?.count == 2)
    let known = record(item(one, "mail", #","kind":"announcement""#), item(two, "portal", #","kind":"announcement""#))
    #expect(known.code == "notice_recorded_already" && known.text.contains(two), "\(known.text)")
    #expect(house.call("GET", "/notices/evidence?change=\(one)", by: .eve).json.array?.count == 1)
    #expect(house.call("POST", "/notices", by: .eve, #"{"notices":[]}"#).status == 403)
  }

  // MARK: Keys

  /// What is owed moves with the first request, so that the key has to be looked up before it.
  @Test func `A key is answered again although it was left to the register which notice it is`() throws {
    let house = try House()
    let (one, two) = (try house.submit("2026-12-06T01:00"), try house.submit("2026-12-07T01:00"))
    func single(_ body: String) -> Answer {
      house.call("POST", "/changes/\(one)/notices", by: .rita, body, headers: [("idempotency-key", "z2")])
    }
    let first = single(#"{"channel":"portal"}"#)
    #expect(first.status == 200 && first.json["notices"]?.array?.count == 1, "\(first.text)")
    let again = single(#"{"channel":"portal"}"#)
    #expect(again.status == 200 && again.body == first.body, "\(again.text)")
    #expect(again.header("idempotency-replayed") == "true")
    #expect(single(#"{"channel":"letter"}"#).code == "idempotency_key_reused")
    // One more without a key has nothing that it could be about.
    let none = house.call("POST", "/changes/\(one)/notices", by: .rita, #"{"channel":"portal"}"#)
    #expect(none.code == "invalid_value" && none.text.contains("kind"), "\(none.text)")

    func record(_ channels: String...) -> Answer {
      let items = channels.map { #"{"change":"\#(two)","channel":"\#($0)","idempotency_key":"k/\#($0)"}"# }
      return house.call("POST", "/notices", by: .rita, #"{"notices":[\#(items.joined(separator: ","))]}"#)
    }
    let both = record("portal", "mail")
    #expect(both.status == 200, "\(both.text)")
    #expect(both.json.array?.map { $0["kind"]?.string } == ["announcement", "announcement"])
    #expect(record("portal", "mail").body == both.body)
    #expect(house.call("GET", "/notices/evidence?change=\(two)", by: .eve).json.array?.count == 2)
    #expect(try Register.verify(house.register.store).problems.isEmpty)
  }
}

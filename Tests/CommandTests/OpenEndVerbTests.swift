import Foundation
import JSONText
import TestSupport
import Testing

/// Urgent work whose end nobody knows, as a shell and every reader meet it. Source: faults.md, 7; product.md, section 7.
@Suite struct OpenEndVerbTests {
  private static let id = "CHG-2026-0001"
  private static let begun = "2026-10-19T14:05:00+02:00"

  private func flat(_ text: String) -> String {
    text.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ").replacing("\r\n ", with: "")
      .replacing("\\,", with: ",").replacing("\\;", with: ";").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  private static func program() throws -> Program {
    let program = try Program(now: begun)
    let answer = try program.run(
      "emergency", "--start", "2026-10-19T14:00", "--title", "Disks", "--reason", "Array alarm", "--json")
    #expect(answer.status == 0, "\(answer.errors)")
    return program
  }

  private func now(_ time: String) -> [String: String] { ["PREAVIS_NOW": "2026-10-19T\(time):00+02:00"] }

  @Test func `Every publication says that the end is not known, and by when clients hear more`() throws {
    let program = try Self.program()
    let json = try program.run("show", Self.id, "--json").json()
    #expect(json["end_known"] == false)
    #expect(json["end"]?.string == "2026-10-19T15:05:00+02:00")
    let site = program.path("site")
    #expect(try program.run("export", "--out", site).status == 0)
    let said = [
      "en": "end is not known yet; you will hear more by 15:05",
      "fr": "heure de fin n’est pas encore connue ; prochaine information au plus tard à 15 h 05",
    ]
    let staff = [
      "en": "end not known, next word by 15:05", "fr": "fin non connue, prochaine information au plus tard à 15:05",
    ]
    for (language, phrase) in said {
      for form in ["text", "html", "markdown", "eml", "json"] {
        let notice = try program.run("notice", Self.id, "--lang", language, "--format", form).output
        let text =
          form == "eml" ? try program.run("notice", Self.id, "--lang", language, "--format", "text").output : notice
        #expect(flat(text).contains(phrase), "\(language) \(form): \(text)")
        #expect(!text.contains("Fin prévue") && !text.contains("Expected end"))
      }
      for profile in ["standard", "atom", "json-feed"] {
        let feed = try program.run("feed", "--profile", profile, "--lang", language).output
        #expect(flat(feed).contains(phrase), "\(language) \(profile): \(feed)")
      }
      for verb in [["show", Self.id], ["notices", "due"]] {
        #expect(try program.run(verb + ["--lang", language]).status == 0)
      }
      #expect(flat(try program.run("show", Self.id, "--lang", language).output).contains(staff[language] ?? "?"))
      let folder = language == "fr" ? "profession-liberale/" : "profession-liberale/en/"
      for page in ["index.html", "\(Self.id)/index.html"] {
        let html = try String(contentsOfFile: "\(site)/\(folder)\(page)", encoding: .utf8)
        #expect(flat(html).contains(phrase), "\(folder)\(page)")
      }
    }
    let status = try program.run("feed", "--profile", "statuspage").output
    #expect(flat(status).contains(said["fr"]!) || flat(status).contains(said["en"]!), "\(status)")
  }

  @Test func `Until the end is said nothing counts as an overrun, in any account`() throws {
    let program = try Self.program()
    let late = try program.run(["notices", "due", "--json"], setting: now("15:20")).json()
    let word = late.array?.first { $0["kind"]?.string == "extended" }
    #expect(word?["status"]?.string == "late")
    #expect(word?["due"]?.string == "2026-10-19T15:05:00+02:00")
    #expect(flat(try program.run(["list"], setting: now("15:20")).output).contains("(late 15:05)"))
    let gate = try program.run(["gate", "--json"], setting: now("15:20"))
    #expect(gate.status == 3)
    #expect(try gate.json()["reasons"]?.array?.map { $0["code"]?.string } == ["word_due"])
    for (moment, end) in [("15:20", "16:20"), ("15:21", "17:20"), ("17:00", "18:20")] {
      let moved = try program.run(["extend", Self.id, "--json"], setting: now(moment))
      #expect(moved.status == 0, "\(moved.errors)")
      #expect(try moved.json()["end"]?.string == "2026-10-19T\(end):00+02:00")
      #expect(try moved.json()["end_known"] == false)
    }
    let done = try program.run(["complete", Self.id, "--json"], setting: now("19:03"))
    #expect(done.status == 0, "\(done.errors)")
    let change = try done.json()
    #expect(change["end_known"] == true)
    #expect(change["end"]?.string == "2026-10-19T19:03:00+02:00")
    #expect(change["overrun_seconds"] == nil)
    let report = try program.run(["report", "--month", "2026-10", "--json"], setting: now("20:00")).json()
    #expect(report["overruns"]?["count"]?.integer == 0)
    let availability = try program.run(["availability", "--month", "2026-10", "--json"], setting: now("20:00")).json()
    let stop = availability.array?.first?["stops"]?.array?.first
    #expect(stop?["seconds"]?.integer == 18_180)
    #expect(stop?["counted_seconds"]?.integer == 0)
    #expect(try program.run(["register", "verify"], setting: now("20:00")).status == 0)
  }

  /// The estimate, 17:00, is no end: until someone says a word of it the work is told as announced for now.
  @Test(arguments: ["2026-10-19T17:30:00+02:00", "2027-06-01T12:00:00+02:00"])
  func `Announced ahead, it is not over when its estimate is`(now: String) throws {
    let program = try Program(now: Self.begun)
    for start in ["2026-10-19T16:00", "2026-10-20T16:00"] {
      let made = try program.run(
        "emergency", "--start", start, "--title", "Disks", "--reason", "Array alarm", "--json")
      #expect(try made.json()["state"] == "planned", "\(made.output)\(made.errors)")
    }
    let then = ["PREAVIS_NOW": now]
    // The other one is called off: that is over, whatever its end was to be.
    #expect(try program.run(["cancel", "CHG-2026-0002", "--reason", "Not needed"]).status == 0)
    #expect(try program.run(["export", "--out", "site"], setting: then).status == 0)
    func file(_ name: String) throws -> String {
      try String(contentsOfFile: program.path("site/profession-liberale/\(name)"), encoding: .utf8)
    }
    for list in ["scheduled-maintenances/upcoming", "scheduled-maintenances", "summary"] {
      let found = try JSON(parsing: try file("api/v2/\(list).json"))["scheduled_maintenances"]?.array
      let plan = found?.first { $0["id"]?.string == Self.id }
      #expect(plan?["status"]?.string == "scheduled", "\(list)")
      #expect(plan?["resolved_at"]?.isNull == true)
    }
    let home = try file("en/index.html")
    #expect(home.contains("Work is announced for now."))
    #expect(home.contains("the start is not confirmed yet"))
    #expect(try !file("en/past.html").contains(Self.id))
    #expect(try file("feeds/maintenance.en.ics").contains("UID:\(Self.id)"))
    let gate = try program.run(["gate", "--change", Self.id, "--json"], setting: then).json()
    #expect(gate["reasons"]?.array?.map { $0["code"]?.string } == ["word_due"])
    let owed = try program.run(["notices", "due", "--json"], setting: now.hasPrefix("2026") ? then : [:]).json().array
    let word = owed?.first { $0["kind"] == "extended" }
    #expect(word?["due"]?.string == "2026-10-19T17:00:00+02:00")
    #expect(word?["status"]?.string == (now.hasPrefix("2026") ? "late" : "upcoming"))
  }

  /// Nobody asked for the estimate: a refused move does not say that they did.
  @Test func `A refused move of what is open tells no end that nobody asked for`() throws {
    let program = try Program(now: "2026-10-19T12:00:00+02:00")
    let urgent = ["emergency", "--title", "Disks", "--reason", "Array alarm"]
    #expect(try program.run(urgent + ["--start", "2026-10-19T16:00"]).status == 0)
    #expect(try program.run(urgent + ["--start", "2026-10-19T14:00", "--duration", "1h"]).status == 0)
    let move = ["reschedule", Self.id, "--start", "2026-10-19T14:30", "--reason", "Sooner"]
    let moved = try program.run(move)
    #expect(moved.status == 3)
    #expect(
      flat(moved.output).contains(
        "Asked for from Monday 19 October 2026, 14:30 (Paris time, UTC+2); end not known; the plan stands"),
      "\(moved.output)")
    let french = flat(try program.run(move + ["--lang", "fr"]).output)
    #expect(french.contains("14:30 (heure de Paris, UTC+2) ; fin non connue ; le plan reste"), "\(french)")
    let asked = try program.run(move + ["--json"]).json()["asked"]
    #expect(asked?["start"]?.string == "2026-10-19T14:30:00+02:00")
    #expect(asked?["end_known"] == false)
    let stated = try program.run(move + ["--duration", "30m", "--json"]).json()["asked"]
    #expect(stated?["end"]?.string == "2026-10-19T15:00:00+02:00" && stated?["end_known"] == nil)
    // Extended without an end, into other work: what stands, and nothing else.
    #expect(try program.run(["start", Self.id], setting: now("16:00")).status == 0)
    #expect(
      try program.run(urgent + ["--start", "2026-10-19T17:30", "--duration", "1h"], setting: now("16:01")).status == 0)
    let extended = try program.run(["extend", Self.id], setting: now("16:30"))
    #expect(extended.status == 3, "\(extended.output)")
    #expect(!flat(extended.output).contains("Asked for") && !extended.output.contains("18:00"), "\(extended.output)")
    #expect(try program.run(["extend", Self.id, "--json"], setting: now("16:30")).json()["asked"] == nil)
  }

  @Test func `An amendment of work under way does not speak of what is to come`() throws {
    let program = try Self.program()
    let amended = try program.run("amend", Self.id, "--title", "Disk array", "--reason", "Clearer")
    #expect(amended.status == 0, "\(amended.errors)")
    let said = [
      "en": "has been under way since Monday 19 October 2026 at 14:00",
      "fr": "est en cours depuis le lundi 19 octobre 2026 à 14 h",
    ]
    for (language, words) in said {
      let text = flat(
        try program.run("notice", Self.id, "--kind", "amended", "--format", "text", "--lang", language).output)
      #expect(text.contains(words), "\(text)")
      #expect(!text.contains("will take place") && !text.contains("aura lieu"))
      #expect(text.contains(language == "fr" ? "15 h 05" : "15:05"))
    }
  }

  @Test func `A row of an import without an end is open, and the same row is the same request`() throws {
    let program = try Program(now: Self.begun)
    let csv = "kind,start,end,title,reason\nemergency,2026-10-19T14:00,,Disks,Array alarm\n"
    let rows =
      "{\"kind\":\"emergency\",\"start\":\"2026-10-19T13:00\",\"title\":\"Fans\",\"reason\":\"Heat\",\"alongside\":[\"\(Self.id)\"]}\n"
    for (text, format, count) in [(csv, "csv", 1), (csv, "csv", 1), (rows, "jsonl", 2)] {
      let answer = try program.run(["import", "-", "--format", format, "--json"], input: text)
      #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
      let change = try answer.json().array?.first?["change"]
      #expect(change?["end_known"] == false)
      #expect(change?["end"]?.string == "2026-10-19T15:05:00+02:00")
      #expect(try program.run("list", "--json").json().array?.count == count)
    }
    let planned = "kind,start,end,title\nmaintenance,2026-12-06T01:00,,Database\n"
    #expect(try program.run(["import", "-", "--format", "csv"], input: planned).status == 65)
  }

  @Test func `A key answers again however late, and work with a known end is extended to an end only`() throws {
    let program = try Program(now: Self.begun)
    let request = [
      "emergency", "--start", "2026-10-19T14:00", "--title", "Disks", "--reason", "Array alarm", "--idempotency-key",
      "k",
      "--json",
    ]
    let first = try program.run(request).json()
    #expect(try program.run(request, setting: now("14:40")).json()["end"] == first["end"])
    #expect(try program.run(["extend", Self.id, "--end", "2026-10-19T15:30"], setting: now("14:50")).status == 0)
    let refused = try program.run(["extend", Self.id, "--reason", "x"], setting: now("14:51"))
    #expect(refused.status == 64)
    #expect(refused.errors.contains("--end"))
    #expect(try program.run(["complete", Self.id], setting: now("15:31")).status == 3)
    let late = try program.run(["complete", Self.id, "--reason", "Slow", "--json"], setting: now("15:31")).json()
    #expect(late["overrun_seconds"]?.integer == 60)
  }

  @Test func `A promise is made to the minute, and never before the estimate`() throws {
    let program = try Program(now: "2026-10-19T14:05:01+02:00")
    let made = try program.run("emergency", "--start", "2026-10-19T14:00", "--title", "D", "--reason", "A", "--json")
    #expect(try made.json()["end"]?.string == "2026-10-19T15:05:01+02:00")
    #expect(flat(try program.run("show", Self.id).output).contains("next word by 15:06"))
    #expect(flat(try program.run("list").output).contains("(word 15:06)"))
  }

  @Test func `In the night when clocks go back the word is told with the day and the offset that it has`() throws {
    let program = try Program(now: "2026-10-25T02:30:00+02:00")
    #expect(
      try program.run("emergency", "--start", "2026-10-25T02:30+02:00", "--title", "D", "--reason", "A").status == 0)
    let notice = flat(try program.run("notice", Self.id, "--lang", "en", "--format", "text").output)
    #expect(
      notice.contains("at 02:30 (summer time) (Paris time)")
        && notice.contains("you will hear more by 02:30 (winter time)."), "\(notice)")
  }
}

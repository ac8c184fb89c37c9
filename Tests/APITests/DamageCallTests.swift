import Foundation
import GRDB
import JSONText
import Register
import TestSupport
import Testing

/// What callers hear of a register whose file is damaged.
@Suite struct DamageCallTests {
  private func house(_ sql: String) throws -> House {
    let house = try House()
    _ = try house.submit("2026-12-06T01:00:00Z")
    let queue = try DatabaseQueue(path: house.folder.appending(path: "register.sqlite").path)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted")
      try db.execute(sql: sql)
    }
    return house
  }

  @Test(
    arguments: [
      "UPDATE changes SET state = 'sleeping'", "UPDATE changes SET end_at = start_at", "DELETE FROM changes",
      "UPDATE events SET body = '{' WHERE sequence = 3", "UPDATE events SET type = 'cancelled' WHERE sequence = 3",
      "DROP TABLE changes", "UPDATE changes SET newest = 1",
    ], ["/changes", "/changes/CHG-2026-0001", "/log"])
  func `Damage is 503, never a fault of the call, and nothing of Swift or SQLite alone`(sql: String, path: String)
    throws
  {
    let house = try house(sql)
    for caller in [Caller.nobody, .eve] where caller == .eve || path != "/log" {
      let answer = house.call("GET", path, by: caller)
      // What a row hides is not there for whoever lists rows; the log knows nothing of rows.
      if answer.status == 200 {
        #expect(sql == "DELETE FROM changes" && path == "/changes" || sql.contains("changes") && path == "/log")
        continue
      }
      #expect(answer.status == 503 && answer.code == "storage", "\(answer.text)")
      #expect(answer.header("retry-after") != nil)
      #expect(!answer.text.contains("RegisterError") && !answer.text.contains("JSON"))
    }
  }

  @Test func `A command on a change whose row and events disagree records nothing`() throws {
    let house = try house("UPDATE changes SET newest = 1")
    let answer = house.call(
      "POST", "/changes/CHG-2026-0001/cancel", by: .eve, #"{"reason":"x"}"#, headers: [("if-match", "\"0\"")])
    #expect(answer.status == 503 && answer.code == "storage", "\(answer.text)")
    #expect(answer.text.contains("CHG-2026-0001"))
    #expect(try house.register.store.read { try $0.newestEvent()?.sequence } == 3)
  }
}

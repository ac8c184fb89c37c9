import Foundation
import JSONText
import TestSupport
import Testing

/// Calls by key that the build of 24 November 2026 answered (Tests/Scripts/keyed_register.py), asked again.
@Suite struct OldKeyTests {
  @Test func `Every key of a token is answered as the build before answered it`() throws {
    let recorded = try JSON(
      parsing: Array(Data(contentsOf: Project.fixtures.appending(path: "registers/format-5.json"))))
    let folder = try TemporaryFolder()
    let path = folder.path("register.sqlite")
    try FileManager.default.copyItem(
      at: Project.fixtures.appending(path: "registers/format-5.register"), to: URL(filePath: path))
    let house = try House(on: path, isSimulation: true, at: try #require(recorded["now"]?.string))
    let calls = try #require(recorded["calls"]?.array)
    #expect(calls.count == 10)
    for call in calls {
      let key = try #require(call["key"]?.string)
      var headers = [("idempotency-key", key), ("accept-language", "en")]
      if let tag = call["headers"]?["if-match"]?.string { headers.append(("if-match", tag)) }
      let body = call["body"].flatMap { $0.isNull ? nil : $0.text }
      let answer = try house.call(
        #require(call["method"]?.string), #require(call["path"]?.string), by: .ada, body, headers: headers)
      #expect(answer.text.withoutLaterMembers == call["answer"]?.string, "\(key)")
      #expect(Int64(answer.status) == call["status"]?.integer, "\(key)")
    }
  }
}

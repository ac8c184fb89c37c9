import Foundation
import Testing

@testable import Publication

/// Writes messages for readers outside this project (`Tests/Scripts/read_mail.py`). `PREAVIS_SAMPLES` names the folder.
struct SampleFileTests {
  static let folder = ProcessInfo.processInfo.environment["PREAVIS_SAMPLES"]

  @Test("Samples of messages are written where asked for", .enabled(if: folder != nil))
  func write() throws {
    let folder = URL(filePath: try #require(SampleFileTests.folder))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var plain = Samples.message
    plain.calendar = nil
    plain.to = []
    plain.messageID = "plain@portal.example"
    var named = Samples.message
    named.messageID = "named@portal.example"
    named.calendar?.fileName = "Maintenance d’été du portail – déplacée au dimanche 13 décembre 2026.ics"
    named.calendar?.method = "CANCEL"
    named.subject = String(repeating: "👩🏽‍🚀 très long ", count: 12)
    for (name, message) in [("publish", Samples.message), ("plain", plain), ("named", named)] {
      try Data(try message.render()).write(to: folder.appending(path: "\(name).eml"))
    }
  }
}

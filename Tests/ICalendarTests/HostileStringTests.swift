import CivilTime
import TestSupport
import Testing

@testable import ICalendar

/// Every string of the hostile corpus in every place that takes text.
struct HostileStringTests {
  @Test("A hostile string is refused, or comes back from another parser unchanged", arguments: try Fixtures.texts())
  func survives(_ text: Fixtures.Text) throws {
    let bytes = try Fixtures.bytes(text.file)
    // What is no UTF-8 is no String: the edge of the program decides, here it is repaired.
    let value = String(decoding: bytes, as: UTF8.self)
    for field in ["summary", "description", "uid", "category", "location", "x", "organizer", "url", "address"] {
      let event = sample { event in
        switch field {
        case "summary": event.summary = value
        case "description": event.description = value
        case "uid": event.uid = value
        case "category": event.categories = [value, "b"]
        case "location": event.location = value
        case "x": event.additional = [ExtensionProperty("X-OBJECT", value)]
        case "organizer": event.organizer?.name = value
        case "url": event.url = value
        default: event.organizer?.address = value
        }
      }
      let fragment: [UInt8]
      do {
        fragment = try event.render()
      } catch {
        #expect(value.isEmpty || HostileStringTests.isRefusable(value, field), "\(field): \(error)")
        continue
      }
      #expect(!HostileStringTests.isRefusable(value, field), "\(field)")
      try ReadBack.verify(fragment: fragment, header: sampleHeader, equals: event)
      // No line begins with what the string wanted to add.
      let lines = String(decoding: fragment, as: UTF8.self).split(separator: "\r\n")
      #expect(!lines.contains { $0.hasPrefix("X-INJ3CT") || $0.hasPrefix("UID:inj3ct") })
      #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == 1)
    }
  }

  static func isRefusable(_ value: String, _ field: String) -> Bool {
    let hasForbidden = value.unicodeScalars.contains {
      ($0.value < 0x20 && $0.value != 9 && $0.value != 10) || (0x7F...0x9F).contains($0.value)
        || (0x2028...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) || $0.value == 0xFEFF
    }
    return hasForbidden || field == "url" || field == "address"
  }

  @Test("What is cleaned passes, and cleaning twice changes nothing", arguments: try Fixtures.texts())
  func cleaning(_ text: Fixtures.Text) throws {
    let value = String(decoding: try Fixtures.bytes(text.file), as: UTF8.self)
    let cleaned = ContentText.cleaned(value)
    #expect(ContentText.firstForbidden(in: cleaned) == nil)
    #expect(ContentText.cleaned(cleaned) == cleaned)
  }
}

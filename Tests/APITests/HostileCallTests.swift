import API
import Answers
import JSONText
import TestSupport
import Testing

/// Calls at random, from seeds that are always the same: whatever comes in, the answer is one that the document names.
@Suite struct HostileCallTests {
  static let texts = [
    "", "-", "0", "-1", "9223372036854775807", "9223372036854775808", "1e999", "null", "true", "\u{0}", "\u{7}",
    "\u{202E}",
    "é", "e\u{301}", "🇫🇷", "a\r\nX-Evil: 1", "<script>", "' OR 1=1 --", "../../etc/passwd", "%s%n", "--title",
    "2026-12-06T01:00",
    "2026-12-06", "2026-10-25T02:30", "2027-03-28T02:30", "9999-12-30T23:59:59Z", "0001-01-02T00:00:00Z", "2h", "PT0S",
    "87840h",
    "2026-12", "9998-12", "1583-01", "CHG-2026-0001", "OUT-2026-0001", "profession-liberale", "production",
    "preproduction",
    "planned", "outage", "incident", "announcement", "portal", "json", "html", "flux",
    String(repeating: "x", count: 3000),
  ]

  static func value(_ random: inout SeededGenerator, depth: Int = 0) -> JSON {
    switch Int.random(in: 0..<(depth > 2 ? 5 : 7), using: &random) {
    case 0: .null
    case 1: .bool(.random(using: &random))
    case 2: .integer(Int64.random(in: .min ... .max, using: &random))
    case 3, 4: .string(texts.randomElement(using: &random)!)
    case 5: .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth: depth + 1) })
    default:
      .object(
        (0..<Int.random(in: 0...3, using: &random)).map { JSON.Member("k\($0)", value(&random, depth: depth + 1)) })
    }
  }

  /// A value that has the form that the schema asks for, most of the time.
  static func value(for schema: JSON, _ random: inout SeededGenerator) -> JSON {
    guard Int.random(in: 0..<10, using: &random) > 0 else { return value(&random) }
    let type = schema["type"]?.string ?? schema["type"]?.array?.first?.string
    if let words = schema["enum"]?.array { return words.randomElement(using: &random) ?? .null }
    switch type {
    case "string": return .string(texts.randomElement(using: &random)!)
    case "boolean": return .bool(.random(using: &random))
    case "integer": return .integer(Int64.random(in: -5...3000, using: &random))
    case "array":
      return .array(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in value(for: schema["items"] ?? .null, &random) })
    case "object":
      let required = schema["required"]?.array ?? []
      var members: [JSON.Member] = []
      for member in schema["properties"]?.members ?? []
      where required.contains(.string(member.key)) || Bool.random(using: &random) {
        members.append(JSON.Member(member.key, value(for: member.value, &random)))
      }
      return .object(members)
    default: return value(&random)
    }
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
        ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func `Every answer to a call at random is documented`(seed: UInt64) throws {
    let house = try House()
    var random = SeededGenerator(seed: seed)
    _ = try house.submit("2026-12-06T01:00")
    _ = house.call("POST", "/outages", by: .rita, #"{"cause":"incident","start":"2026-11-30T10:00"}"#)
    let document = try JSON(parsing: OpenAPIDocument.bytes)
    for route in API.routes {
      let operation = try #require(document["paths"]?[route.path]?[route.method.rawValue.lowercased()])
      let statuses = Set((operation["responses"]?.members ?? []).map(\.key))
      for _ in 0..<25 {
        var path = route.path
        for (name, usual) in [
          ("service", House.service), ("change", "CHG-2026-0001"), ("outage", "OUT-2026-0001"), ("kind", "current"),
        ] {
          let odd = Int.random(in: 0..<5, using: &random) == 0 ? Self.texts.randomElement(using: &random)! : usual
          path = path.replacing("{\(name)}", with: Self.encoded(odd))
        }
        var query: [String] = []
        var headers: [(String, String)] = []
        for parameter in operation["parameters"]?.array ?? [] {
          let name = parameter["name"]?.string ?? ""
          switch parameter["in"]?.string {
          case "query" where parameter["required"] == true || Int.random(in: 0..<3, using: &random) == 0:
            let value = Self.value(for: parameter["schema"] ?? .null, &random)
            query.append("\(name)=\(Self.encoded(value.string ?? value.text))")
          case "header" where Int.random(in: 0..<4, using: &random) > 0:
            headers.append(
              (
                name.lowercased(),
                name == "If-Match"
                  ? "\"\(Int.random(in: 0...3, using: &random))\"" : "k\(Int.random(in: 0...9, using: &random))"
              ))
          default: break
          }
        }
        var body: String?
        if let content = operation["requestBody"]?["content"]?.members?.first {
          body = Self.value(for: content.value["schema"] ?? .null, &random).text
          if Int.random(in: 0..<15, using: &random) == 0 { body = String((body ?? "").dropLast()) }
        }
        let type =
          operation["requestBody"]?["content"]?.members?.randomElement(using: &random)?.key ?? "application/json"
        let caller = Caller.allCases.randomElement(using: &random)!
        let answer = house.call(
          route.method.rawValue, path + (query.isEmpty ? "" : "?" + query.joined(separator: "&")), by: caller, body,
          type: type, headers: headers)
        #expect(answer.status < 500, "\(seed) \(route.path) \(path) \(query) \(body ?? ""): \(answer.text)")
        #expect(statuses.contains(String(answer.status)) || answer.code == "unknown_route", "\(path) \(answer.status)")
        for header in answer.headers { #expect(header.value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }) }
      }
    }
  }
}

package import Answers
package import JSONText
package import Planning
package import Register

/// What a command asks of a register, as calls that the API would answer: the server gives the part of the log from which
/// they are answered. A command that asks less than it reads asks once more.
package struct Question: Hashable, Sendable {
  var calls: [JSON] = []
  var needs: Set<LogNeed> = []

  /// What stands in no stream: the clock, and what the register is.
  package static let clock = Question()

  /// One thing with what is shown of it.
  package static func about(_ stream: some StreamName, _ operation: Operation? = nil) -> Question {
    var question = operation.map { Question($0, of: stream.description) } ?? .clock
    question.needs = [.stream(stream.description)]
    return question
  }

  /// Many things, without more.
  package static func about(_ streams: [some StreamName]) -> Question {
    var question = Question.clock
    question.needs = Set(streams.map { .stream($0.description) })
    return question
  }

  /// What is published of a change, with its history.
  package static func published(_ change: ChangeID) -> Question {
    var question = Question.about(change)
    question.needs.insert(.published(change))
    return question
  }

  /// All grants of a kind.
  package static func grants<Content: GrantContent>(_: Content.Type) -> Question {
    var question = Question.clock
    question.needs = [.found(LogNeed.Sieve(prefix: Content.Kind.prefix))]
    return question
  }

  /// - Parameter query: names and values as they are said to the API; nil is left out.
  package init(_ operation: Operation, of thing: String? = nil, _ query: [(String, String?)] = [], body: JSON? = nil) {
    let pairs = query.compactMap { name, value in value.map { "\(name)=\(Question.percent($0))" } }
    let address =
      operation.address(of: thing.map(Question.percent)) + (pairs.isEmpty ? "" : "?\(pairs.joined(separator: "&"))")
    calls = [.members(["path": .string(address), "body": body])]
  }

  private init() {}

  /// Source: RFC 3986, section 2.3.
  private static func percent(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        return String(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }.joined()
  }
}

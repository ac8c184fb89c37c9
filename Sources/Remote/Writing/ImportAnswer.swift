import CivilTime
import JSONText
import Planning
import Register

/// What the API answered to an import: the rows as `import --json` prints them.
struct ImportAnswer {
  enum Row {
    /// Stands in the register, since now or since an earlier import.
    case kept(ChangeID, Verdict, isEarlier: Bool)
    /// Judged; not recorded.
    case judged(Verdict)
    case failed(String)
  }

  /// One for each request, in order.
  let rows: [Row]
  let isRecorded: Bool

  init(_ delivery: Courier.Delivery, _ requests: [Register.Request], _ terms: Register.BatchTerms) throws {
    let details = ProblemDetails(delivery.answer)
    let list: JSON?
    switch (delivery.answer.status, details.code) {
    case (200, _):
      list = try WriteAnswer.understood { try JSON(parsing: delivery.answer.body) }
      isRecorded = !terms.isRehearsal
    case (422, "refused"), (422, "malformed_rows"):
      list = details.json?["rows"]
      isRecorded = false
    default: throw WriteAnswer.error(delivery, details, .many, key: nil)
    }
    rows = try WriteAnswer.understood {
      guard let list = list?.array, list.count == requests.count else { throw EventCodecError(member: "rows") }
      return try list.enumerated().map { index, json in
        guard json["line"]?.integer == Int64(index + 1) else { throw EventCodecError(member: "line") }
        return try ImportAnswer.row(json, requests)
      }
    }
  }

  private static func row(_ json: JSON, _ requests: [Register.Request]) throws -> Row {
    let status = try json.required("status")
    if status == "malformed" { return .failed(try json.required("message")) }
    guard let change = json["change"] else { return .judged(try verdict(json, requests)) }
    guard let id = ChangeID(try change.required("id")) else { throw EventCodecError(member: "id") }
    return .kept(id, try Verdict(json: change["verdict"] ?? .null), isEarlier: status == "already_imported")
  }

  /// An overlap with a row that was not recorded names its line; here it is given the change that the row would have
  /// made.
  private static func verdict(_ json: JSON, _ requests: [Register.Request]) throws -> Verdict {
    let read = try Verdict(json: json)
    let findings = zip(read.findings, json["findings"]?.array ?? []).map { finding, written -> Finding in
      guard case .overlap(let bookings) = finding.figures, let lines = written["lines"]?.array else { return finding }
      let inside = lines.compactMap { line -> Booking? in
        guard let line = line.integer.flatMap(Int.init(exactly:)), requests.indices.contains(line - 1),
          let content = requests[line - 1].command.content
        else { return nil }
        return Booking(change: unmade(line), interval: content.interval)
      }
      return Finding(.overlap(bookings + inside), clause: finding.clause)
    }
    return Verdict(findings: findings)
  }

  /// Stands for the change that a row would have made; no register has one of that year.
  static func unmade(_ line: Int) -> ChangeID { ChangeID(year: 9999, number: line) }
}

/// A row that makes no sense as it stands, in the server's words: they are all that there is to say of it.
struct RejectedRow: Error, CustomStringConvertible {
  let description: String
}

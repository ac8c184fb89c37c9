import Answers
import CivilTime
import JSONText
import Planning
package import Register

/// Many requests in one: what the API answers is the rows as `import --json` prints them.
extension RemoteRegister {
  package func executeAll(
    _ requests: [Register.Request], terms: Register.BatchTerms, contract: (String) throws -> BoundContract,
    isFault: (any Error) -> Bool, progress: (Int) -> Void
  ) throws -> Register.BatchOutcome {
    let call = WriteCall.request(requests, terms)
    guard call.body.count <= RemoteRegister.largestImport else { throw RemoteError.tooLarge }
    let written = try write(call) {
      try ImportAnswer($0, requests, terms)
    } showing: {
      .about($0.changes)
    }
    progress(requests.count)
    let register = try register
    var told: Set<Int> = []
    let results = try zip(requests, written.answer.rows).enumerated().map {
      index, pair -> Register.BatchOutcome.Result in
      let (request, row) = pair
      switch row {
      case .failed(let message): return .failed(RejectedRow(description: message))
      case .judged(let verdict):
        let change = request.command.content.flatMap { content in
          verdict.status == .refused
            ? nil
            : ChangeEvent.planned(content, verdict)
              .apply(to: nil, id: ImportAnswer.unmade(index + 1), at: register.now)
        }
        return .judged(Register.Outcome(verdict: verdict, change: change, isReplay: false, decidedAt: register.now))
      case .kept(let id, let verdict, let isEarlier):
        // An attempt whose answer was lost is no earlier import; a row that stands twice in the file is.
        let line = try request.idempotencyKey.flatMap {
          try self.line(of: WriteKey($0), in: id.description, made: true)
        }
        let isReplay = line.map { $0.sequence <= written.known || !told.insert($0.sequence).inserted } ?? isEarlier
        return .judged(
          Register.Outcome(
            verdict: verdict, change: try register.change(id), isReplay: isReplay, decidedAt: register.now,
            newest: line?.sequence))
      }
    }
    return Register.BatchOutcome(results: results, isRecorded: written.answer.isRecorded)
  }

  package func recordAll(
    _ requests: [Register.OutageRequest], isRehearsal: Bool, contract: (String) throws -> BoundContract
  ) throws -> Register.OutageBatch {
    let call = WriteCall.request(requests, isRehearsal: isRehearsal)
    guard call.body.count <= RemoteRegister.largestImport else { throw RemoteError.tooLarge }
    let written = try write(call) {
      try RemoteRegister.rows(of: $0, requests.count)
    } showing: { rows in
      .about(rows.list.compactMap(\.id))
    }
    let register = try register
    let results = try zip(requests, written.answer.list).map {
      request, row -> Result<Register.OutageOutcome, any Error> in
      if let message = row.message { return .failure(RejectedRow(description: message)) }
      guard let id = row.id else {
        // It would be recorded; there is nothing to show of it.
        guard let content = request.content,
          let outage = OutageEvent.recorded(content)
            .apply(to: nil, id: OutageID(year: 9999, number: 1), at: register.now)
        else { throw RemoteError.notUnderstood("rows") }
        return .success(Register.OutageOutcome(outage: outage, isReplay: false))
      }
      // An attempt whose answer was lost is no earlier import.
      let line = try request.idempotencyKey.flatMap { try self.line(of: WriteKey($0), in: id.description, made: true) }
      let isReplay = line.map { $0.sequence <= written.known } ?? row.isEarlier
      return .success(Register.OutageOutcome(outage: try register.outage(id), isReplay: isReplay))
    }
    return Register.OutageBatch(results: results, isRecorded: written.answer.isRecorded && !isRehearsal)
  }

  private struct OutageRows {
    var list: [(id: OutageID?, message: String?, isEarlier: Bool)]
    var isRecorded: Bool
  }

  private static func rows(of delivery: Courier.Delivery, _ count: Int) throws -> OutageRows {
    let details = ProblemDetails(delivery.answer)
    let isRefused = details.code == .malformedRows
    let json = isRefused ? details.json?["rows"] : try RemoteRegister.json(delivery)
    return try RemoteError.understood {
      guard let rows = json?.array, rows.count == count else { throw EventCodecError(member: "rows") }
      let list = try rows.map { row in
        let status = try row.required("status")
        let id = row["outage"]?["id"]?.string.flatMap(OutageID.init)
        return (id, status == "malformed" ? try row.required("message") : nil, status == "already_imported")
      }
      return OutageRows(list: list, isRecorded: !isRefused)
    }
  }

  /// Octets; larger imports run where the register lies.
  private static let largestImport = 1 << 20
}

/// What the API answered to an import.
private struct ImportAnswer {
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
  var changes: [ChangeID] {
    rows.compactMap { row in
      if case .kept(let id, _, _) = row { id } else { nil }
    }
  }

  init(_ delivery: Courier.Delivery, _ requests: [Register.Request], _ terms: Register.BatchTerms) throws {
    let details = ProblemDetails(delivery.answer)
    let isRefused = details.code == .refused || details.code == .malformedRows
    let list = isRefused ? details.json?["rows"] : try RemoteRegister.json(delivery)
    isRecorded = !isRefused && !terms.isRehearsal
    rows = try RemoteError.understood {
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

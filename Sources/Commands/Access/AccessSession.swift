import Answers
import CivilTime
import Files
import Planning
import Register
import Wording

/// What the verbs on tokens and private feeds share.
struct AccessSession {
  let session: Session
  let open: OpenRegister
  /// Times are shown in the zone of the first contract, in UTC where there is none.
  let wording: Wording

  init(_ session: Session, readOnly: Bool = false) throws {
    self.session = session
    open = try session.register(readOnly: readOnly)
    let contract = try? session.contracts().loadAll().first?.contract
    wording = Wording(session.language, zone: contract?.currentTimeZone ?? .utc)
  }

  var text: AccessText {
    AccessText(ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation))
  }

  /// Writes what is shown only once: alone, so that a pipe gets nothing else; `notes` follow on standard error. When it
  /// cannot be written, `undo` takes back what nobody can use any more.
  func writeOnce(_ answer: String, notes: [String], undo: () throws -> Void) throws {
    do {
      try session.output.stream(isSecret: true) {
        try $0(Array((answer.hasSuffix("\n") ? answer : answer + "\n").utf8))
      }
    } catch {
      try undo()
      throw error
    }
    if !session.options.json {
      Output.note(((open.isSimulation ? ["[SIMULATION]"] : []) + notes).joined(separator: "\n"))
    }
  }
}

/// Reads `90d`, a duration, a day or a moment.
struct ExpiryArgument {
  let wording: Wording

  /// Days are of 24 hours each. A day of the calendar counts to its end.
  func read(_ text: String, flag: String) throws -> Register.Expiry {
    if let days = days(text) { return .after(Elapsed(seconds: days * 86_400)) }
    if let elapsed = Elapsed(text) { return .after(elapsed) }
    if let date = CivilDate(text) { return .at(wording.zone.startOfDay(date.advanced(byDays: 1))) }
    if WrittenTime(text) != nil { return .at(try TimeArgument(wording: wording).instant(text, flag: flag)) }
    throw Failure.usage(
      wording.language(
        "\(flag) \(text): not an expiry; write 90d, 12h, 2027-03-31 (to the end of that day) or 2027-03-31T18:00.",
        "\(flag) \(text) : échéance illisible ; écrivez 90d, 12h, 2027-03-31 (jusqu’à la fin de ce jour) ou 2027-03-31T18:00."
      ))
  }

  /// `90d`, or `90j` as the French write it.
  private func days(_ text: String) -> Int64? {
    guard let unit = text.utf8.last, "dDjJ".utf8.contains(unit), (2...6).contains(text.utf8.count) else { return nil }
    let digits = text.utf8.dropLast()
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(String(decoding: Array(digits), as: UTF8.self))
  }
}

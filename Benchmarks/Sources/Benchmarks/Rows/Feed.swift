import CivilTime
import ICalendar
import Planning
import Publication
import Register
import Wording

/// The feed of a register in SQLite, put together from fragments, beside rendering every event from changes that lie
/// ready in memory. Byte for byte the same.
struct Assembly {
  static func row(_ workload: Workload) throws -> Row {
    let items = workload.isQuick ? 3_000 : 10_000
    let changes = workload.changes(items)
    let register = try workload.register("assembly.sqlite", changes: changes, languages: [.french])
    var ours: [UInt8] = []
    var theirs: [UInt8] = []
    let rounds = try Rounds(workload.rounds) {
      try processorTime { ours = try assemble(register, workload) }
    } peer: {
      try processorTime { theirs = try Rendering.feed(changes, .french, workload) }
    }
    try DifferentAnswers.check("feed", ours.count, theirs.count)
    try DifferentAnswers.check("feed", ours == theirs, true)
    let sizes = workload.isQuick ? [100, 1_000, 10_000] : [1_000, 10_000, 100_000]
    let registers = try sizes.map {
      try workload.register("assembly-\($0).sqlite", changes: workload.changes($0), languages: [.french])
    }
    let growth = try Growth(sizes, rounds: workload.rounds) { size in
      guard let index = sizes.firstIndex(of: size) else { return 0 }
      return try processorTime { ours = try assemble(registers[index], workload) } / Double(size)
    }
    return Row(
      "feed from fragments", atLeast: 5, rounds: rounds, items: items, peer: "rendering all", growth: growth)
  }

  private static func assemble(_ register: Register, _ workload: Workload) throws -> [UInt8] {
    let feed = StandardFeed(FeedScope(workload.contract), fragment: workload.fragment, language: .french)
    var bytes: [UInt8] = []
    try feed.write(from: register) { bytes += $0 }
    return bytes
  }
}

/// The peer of both rows: every event is rendered, none is read back.
enum Rendering {
  static func feed(_ changes: [Change], _ language: Language, _ workload: Workload) throws -> [UInt8] {
    var bytes = try StandardFeed.header(workload.contract, language, false).render()
    for change in changes {
      bytes += try workload.fragment.event(of: change, contract: workload.contract, language: language).render()
    }
    return bytes + CalendarHeader.footer
  }
}

/// One change rendered in both languages, read back and put into both feeds, beside rendering both feeds anew.
struct Publishing {
  static func row(_ workload: Workload) throws -> Row {
    let items = workload.isQuick ? 3_000 : 10_000
    let state = try Feeds(items, workload)
    var theirs: [[UInt8]] = []
    let publications = 20
    let rounds = try Rounds(workload.isQuick ? 3 : 7) {
      try processorTime {
        for _ in 0..<publications { try state.publish() }
      }
    } peer: {
      try processorTime {
        theirs = try Language.allCases.map { try Rendering.feed(state.changes, $0, workload) }
      }
    }
    let fresh = try Language.allCases.map { try Rendering.feed(state.changes, $0, workload) }
    try DifferentAnswers.check("publishing", theirs.map { $0.isEmpty }, [false, false])
    try DifferentAnswers.check("publishing", state.bodies.map(\.bytes) == fresh, true)
    let sizes = workload.isQuick ? [100, 1_000, 10_000] : [1_000, 10_000, 100_000]
    let states = try sizes.map { try Feeds($0, workload) }
    let growth = try Growth(sizes, rounds: workload.rounds) { size in
      guard let index = sizes.firstIndex(of: size) else { return 0 }
      return try processorTime {
        for _ in 0..<publications { try states[index].publish() }
      } / Double(publications)
    }
    return Row(
      "publishing one of \(Figures.count(items))", atLeast: 50, rounds: rounds, items: publications, peerItems: 1,
      peer: "both feeds anew", growth: growth)
  }

  /// Both feeds as a server holds them, and the changes that they show.
  private final class Feeds {
    let workload: Workload
    var changes: [Change]
    var bodies: [FeedBody]
    private var numbers = SeededNumbers(3)

    init(_ count: Int, _ workload: Workload) throws {
      self.workload = workload
      changes = workload.changes(count)
      bodies = try Language.allCases.map { language in
        var body = FeedBody(
          header: try StandardFeed.header(workload.contract, language, false).render(), footer: CalendarHeader.footer)
        for change in workload.changes(count) {
          let event = workload.fragment.event(of: change, contract: workload.contract, language: language)
          body.put(try event.render(), at: .init(start: change.content.interval.start, id: change.id))
        }
        return body
      }
    }

    /// Amends a change somewhere in the feed: its title, so its length too.
    func publish() throws {
      let index = Int(numbers.next(below: Int64(changes.count)))
      var content = changes[index].content
      content.title += index % 2 == 0 ? " (bis)" : ", en deux temps"
      if content.title.count > 150 { content.title = "Maintenance" }
      let amended = ChangeEvent.amended(content, changes[index].verdict)
      guard
        let change = amended.apply(
          to: changes[index], id: changes[index].id, at: Workload.now + .minutes(1))
      else { return }
      changes[index] = change
      let fragments = try workload.fragment.fragments(of: change, contract: workload.contract)
      for (language, fragment) in fragments.enumerated() {
        bodies[language].put(fragment.body, at: .init(start: content.interval.start, id: change.id))
      }
    }
  }
}

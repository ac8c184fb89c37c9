import Foundation
import ICalendar
import Planning
import Publication
import Register
import Testing

/// What cannot be published as it was meant is not planned.
@Suite struct PublicationGuardTests {
  /// Faults planted between rendering and reading back.
  enum Fault: String, CaseIterable, Sendable {
    case title, start, sequence, status, missingEnd, secondEvent

    /// What a fragment becomes.
    func spoil(_ bytes: [UInt8]) -> [UInt8] {
      let text = String(decoding: bytes, as: UTF8.self)
      let spoiled =
        switch self {
        case .title: text.replacing("SUMMARY:M", with: "SUMMARY:N")
        case .start: text.replacing("DTSTART:20261206T010000Z", with: "DTSTART:20261206T013000Z")
        case .sequence: text.replacing("SEQUENCE:0", with: "SEQUENCE:1")
        case .status: text.replacing("STATUS:CONFIRMED", with: "STATUS:CANCELLED")
        case .missingEnd: text.replacing("END:VEVENT\r\n", with: "")
        case .secondEvent: text + text
        }
      return Array(spoiled.utf8)
    }

    /// The field that the read-back has to name; nil where nothing can be read at all.
    var field: String? {
      switch self {
      case .title: "summary"
      case .start: "span"
      case .sequence: "sequence"
      case .status: "status"
      case .missingEnd, .secondEvent: nil
      }
    }
  }

  @Test(arguments: StoreKind.allCases, Fault.allCases)
  func `A fragment that would be read otherwise stops the change and leaves nothing`(
    kind: StoreKind, fault: Fault
  ) throws {
    let publisher = EventFragment(identity: "5eed", isSimulation: false) { bytes in
      let spoiled = fault.spoil(bytes)
      if spoiled == bytes { Issue.record("the fault changed nothing") }
      return spoiled
    }
    let workshop = try Workshop(kind, publisher: publisher)
    do {
      try workshop.submit("2026-12-06T01:00:00Z", key: "k1")
      Issue.record("the fault went unseen")
    } catch let error as ReadBackMismatch {
      #expect(error.field == fault.field)
    } catch is ReadError {
      #expect(fault.field == nil)
    }
    try expectNothing(workshop)
  }

  @Test(arguments: StoreKind.allCases)
  func `The same request passes when the fault is gone`(kind: StoreKind) throws {
    let workshop = try Workshop(kind, publisher: EventFragment(identity: "5eed", isSimulation: false) { $0 })
    #expect(try workshop.submit("2026-12-06T01:00:00Z", key: "k1").verdict.status == .allowed)
  }

  @Test(arguments: StoreKind.allCases)
  func `A publisher that fails leaves no event`(kind: StoreKind) throws {
    struct Broken: Error {}
    struct Failing: Publisher {
      func fragments(of change: Change, contract: Contract) throws -> [(language: String, body: [UInt8])] {
        throw Broken()
      }
    }
    let workshop = try Workshop(kind, publisher: Failing())
    #expect(throws: Broken.self) { try workshop.submit("2026-12-06T01:00:00Z", key: "k1") }
    try expectNothing(workshop)
    // A draft is not published, so it needs no publisher.
    #expect(try workshop.submit("2026-12-07T10:00:00Z").change?.id == ChangeID(year: 2026, number: 1))
  }

  @Test(arguments: StoreKind.allCases)
  func `A move that cannot be published leaves the plan as it stood`(kind: StoreKind) throws {
    let publisher = EventFragment(identity: "5eed", isSimulation: false) { body in
      Array(String(decoding: body, as: UTF8.self).replacing("SEQUENCE:1", with: "SEQUENCE:2").utf8)
    }
    let workshop = try Workshop(kind, publisher: publisher)
    let planned = try #require(try workshop.submit("2026-12-06T01:00:00Z").change)
    let before = try workshop.events()
    let fragment = try workshop.store.read { try $0.fragment(planned.id, language: "en") }
    #expect(throws: ReadBackMismatch.self) { try workshop.execute(.cancel(reason: "x"), on: planned.id) }
    #expect(try workshop.events() == before)
    #expect(try workshop.register.change(planned.id) == planned)
    #expect(try workshop.store.read { try $0.fragment(planned.id, language: "en") } == fragment)
    #expect(try workshop.verify().problems == [])
  }

  private func expectNothing(_ workshop: Workshop) throws {
    #expect(try workshop.types() == ["register-created"])
    #expect(try workshop.register.changes(ChangeFilter()).isEmpty)
    #expect(try workshop.store.read { try $0.answer(to: "k1") } == nil)
    #expect(try workshop.store.read { try $0.contractDigest(of: "profession-liberale") } == nil)
    #expect(try workshop.verify().problems == [])
  }
}

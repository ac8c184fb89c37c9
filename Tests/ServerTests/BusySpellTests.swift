import NIOCore
import Testing

@testable import Server

/// What a caller is told who finds the register's lock held.
struct BusySpellTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

  /// What a call is told that began and gave up so many milliseconds after the start.
  private func told(_ spell: BusySpell, _ began: Int64, _ ended: Int64) -> Int {
    spell.retryAfter(callBegan: start + .milliseconds(began), now: start + .milliseconds(ended))
  }

  @Test func `To ask again after as long as the lock has been held, 8 s at the most`() {
    let spell = BusySpell()
    #expect(told(spell, 0, 1000) == 1)
    #expect(told(spell, 200, 1200) == 2)
    #expect(told(spell, 3000, 4000) == 4)
    #expect(told(spell, 30_000, 31_000) == 1, "20 s after the last one it is another lock")
    #expect(told(spell, 49_000, 50_000) == 8)
  }

  @Test func `After somebody has had the lock the next one counts anew`() {
    let spell = BusySpell()
    #expect(told(spell, 0, 5000) == 5)
    spell.end()
    #expect(told(spell, 6000, 7000) == 1)
    #expect(told(spell, 7000, 7000) == 1)
  }
}

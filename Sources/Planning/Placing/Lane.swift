/// A service or a person: works that follow one another.
final class Lane {
  enum Kind {
    case sequence
    /// Two works, one after the other.
    case link(Puzzle.Link)
    /// Two works in one window; the second member is the one that binds itself.
    case companion(Puzzle.Companion)
  }
  var kind = Kind.sequence
  var person: Int?
  /// Whether another lane says the same, unless rests count.
  var isRedundant = false
  /// Of a person who has to rest.
  var rules: LaneTable.Rules?
  /// Works of the puzzle.
  let members: [Int]
  /// Whether each window is interrupted already.
  let paid: [Bool]
  /// What interrupting another window costs.
  let windowCost: Int64
  /// How many further windows may be interrupted; nil is any number.
  let room: Int?
  /// Window of each start of each member, -1 outside.
  var windows: [[Int32]] = []
  /// Whether the member interrupts windows, and whether that counts against `room`.
  var pays: [Bool] = []
  var counts: [Bool] = []
  /// All starts of all members, in order of time.
  var events: [Event] = []
  /// Where the prices of a member stand: one for each start and one for leaving it out.
  var offsets: [Int] = []
  var size = 0

  /// Works that may overlap the members, and interrupt windows all the same.
  var guests: [Guest] = []

  struct Guest {
    var work: Int
    var windows: [Int32]
    var counts: Bool

    /// The one window that is left to it; nil where there are several, or it may stay out.
    func window(_ domains: Domains) -> Int32? {
      guard domains.counts[work] > 0, !domains.canDrop[work] else { return nil }
      let window = windows[domains.first(work)]
      return domains.indices(work).allSatisfy { windows[$0] == window } ? window : nil
    }
  }

  init(members: [Int], paid: [Bool] = [], windowCost: Int64, room: Int?) {
    self.members = members
    self.paid = paid
    self.windowCost = windowCost
    self.room = room
  }

  struct Event {
    var start: Int32
    var member: Int32
    var index: Int32
  }
}

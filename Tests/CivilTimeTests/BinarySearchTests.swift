import Testing

@testable import CivilTime

struct BinarySearchTests {
  @Test("The first that belongs is found in every list, wherever it stands")
  func partitions() {
    for count in 0...20 {
      for first in 0...count { #expect((0..<count).partitioningIndex { $0 >= first } == first) }
    }
  }
}

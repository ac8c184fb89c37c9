extension RandomAccessCollection {
  /// Binary search: the first index whose element `belongs`, where all that do stand behind all that do not;
  /// `endIndex` where none does.
  @inlinable
  package func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
    var (low, count) = (startIndex, count)
    while count > 0 {
      let middle = index(low, offsetBy: count / 2)
      if belongs(self[middle]) {
        count /= 2
      } else {
        low = index(after: middle)
        count -= count / 2 + 1
      }
    }
    return low
  }
}

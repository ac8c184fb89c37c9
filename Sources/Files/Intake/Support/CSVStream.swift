/// A file of separated values in pieces, read by `CSVReader` as if it were whole; memory does not grow with its length.
struct CSVStream {
  private var reader: CSVReader?
  /// Bytes that do not tell yet which separator the file has.
  private var beginning: [UInt8] = []

  /// Hands over the next piece; `isLast` says that nothing follows it.
  mutating func take(_ more: [UInt8], isLast: Bool) {
    if let reader {
      self.reader = CSVReader(after: reader, more, isComplete: isLast)
      return
    }
    beginning += more
    var first = CSVReader(beginning, isComplete: isLast)
    guard first.findSeparator() else { return }
    reader = first
    beginning = []
  }

  /// The next record; nil where it needs more bytes, or at the end.
  mutating func next() throws(RowProblem) -> CSVReader.Record? { try reader?.next() }
}

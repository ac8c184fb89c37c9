/// How many changes of each kind.
public struct KindCounts: Hashable, Sendable {
  private var counts: [ChangeKind: Int] = [:]

  public init() {}

  public init(_ kinds: some Sequence<ChangeKind>) {
    for kind in kinds { self[kind] += 1 }
  }

  public subscript(kind: ChangeKind) -> Int {
    get { counts[kind] ?? 0 }
    set { counts[kind] = newValue == 0 ? nil : newValue }
  }

  public var total: Int { counts.values.reduce(0, +) }
}

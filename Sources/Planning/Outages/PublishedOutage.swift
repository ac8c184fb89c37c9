public import CivilTime

/// Whether clients are told of outages (`publication.outages`): the operator's choice, of no article.
public enum OutagePublication: String, CaseIterable, Hashable, Sendable {
  /// Nothing; and no publication says then that a service works.
  case none
  /// That there is one, and since when, while it goes on; and that it is over.
  case status
  /// Its title too; what has ended stays in the history.
  case full
}

/// What clients were told of one outage, word by word. Of causes, reasons and evidence they are told nothing, so that a
/// correction of those is none to them.
public struct PublishedOutage: Hashable, Sendable {
  public struct Facts: Hashable, Sendable {
    /// In the order of the contract; empty means the whole service.
    public var components: [String]
    public var start: Instant
    /// Nil while it goes on.
    public var end: Instant?
    /// Empty where only the status is told.
    public var title: String
  }

  /// One publication of an outage.
  public struct Word: Hashable, Sendable {
    /// What it is to clients, compared with the word before.
    public enum News: Hashable, Sendable { case began, ended, corrected, withdrawn }

    public let news: News
    /// From 0.
    public let number: Int
    /// The register's clock when it was recorded.
    public let at: Instant
    /// What was told before; nil of the first.
    public let before: Facts?
    /// What is told now; of what is withdrawn, what was.
    public let facts: Facts
  }

  public let id: OutageID
  /// Oldest first; never empty.
  public let words: [Word]

  public var newest: Word { words[words.count - 1] }
  /// Whether the service is down now, as far as clients are told.
  public var isGoingOn: Bool { newest.news != .withdrawn && newest.facts.end == nil }

  /// - Parameter states: of the record, each with the register's clock at its event; oldest first.
  /// - Returns: nil where clients were told nothing.
  public init?(_ id: OutageID, _ states: [(outage: Outage, at: Instant)], told: OutagePublication) {
    var words: [Word] = []
    for (outage, at) in states {
      let last = words.last.flatMap { $0.news == .withdrawn ? nil : $0.facts }
      guard let word = PublishedOutage.word(Facts(outage, told: told), after: last, wasTold: !words.isEmpty, told)
      else {
        continue
      }
      words.append(Word(news: word.news, number: words.count, at: at, before: last, facts: word.facts))
    }
    guard !words.isEmpty else { return nil }
    self.id = id
    self.words = words
  }

  private static func word(
    _ facts: Facts?, after last: Facts?, wasTold: Bool, _ told: OutagePublication
  ) -> (news: Word.News, facts: Facts)? {
    switch (last, facts) {
    case (nil, nil): return nil
    case (let last?, nil): return (.withdrawn, last)
    case (nil, let facts?):
      if wasTold { return (.corrected, facts) }
      if facts.end == nil { return (.began, facts) }
      // Over before it was recorded: only the history has it.
      return told == .full ? (.ended, facts) : nil
    case (let last?, let facts?):
      guard facts != last else { return nil }
      var open = facts
      open.end = nil
      return (open == last ? .ended : .corrected, facts)
    }
  }
}

extension PublishedOutage.Facts {
  /// Nil for what is no outage to clients: a voided record, a cause that article 6 leaves out, an environment that clients
  /// do not work in.
  fileprivate init?(_ outage: Outage, told: OutagePublication) {
    let content = outage.content
    guard told != .none, !outage.isVoided, content.cause.isCounted, content.environment == Contract.production else {
      return nil
    }
    self.init(
      components: content.components, start: content.start, end: content.end,
      title: told == .full ? content.title : "")
  }
}

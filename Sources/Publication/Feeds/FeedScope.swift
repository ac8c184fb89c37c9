package import Planning

/// Whose calendar a feed is: everyone's of one service, or one client's of the services and components it takes.
package struct FeedScope: Sendable {
  /// A service, and the components that count; none named means all.
  package struct Part: Sendable {
    package var contract: Contract
    package var components: [String]

    package init(_ contract: Contract, components: [String] = []) {
      self.contract = contract
      self.components = components
    }

    /// What a change is to the clients of this part.
    enum Concern {
      case none
      case current
      /// An earlier revision touched them, the newest does not: it is shown as cancelled, since calendars drop what
      /// vanishes without a word.
      case past
    }

    func concern(in change: Change) -> Concern {
      if touches(change.content.components) { return .current }
      return change.announcedComponents.map(touches) ?? false ? .past : .none
    }

    /// Work on the whole service touches every component of it.
    private func touches(_ components: [String]) -> Bool {
      self.components.isEmpty || components.isEmpty || !Set(self.components).isDisjoint(with: components)
    }
  }

  /// Nil for everyone.
  package var client: String?
  /// In the order of the services' names; never empty.
  package var parts: [Part]

  /// Everyone's calendar of one service.
  package init(_ contract: Contract) {
    client = nil
    parts = [Part(contract)]
  }

  /// The calendar of the client called `client`, of every contract that names it; nil when none does.
  package init?(client: String, of contracts: [Contract]) {
    self.client = client
    parts = contracts.compactMap { contract in
      contract.clients.first { $0.name == client }.map { Part(contract, components: $0.components) }
    }
    if parts.isEmpty { return nil }
  }

  /// Whose name and addresses stand at the head of the feed.
  package var first: Contract { parts[0].contract }
}

package import CivilTime
package import Planning

/// One published revision of one change, told in one language: what Atom and JSON Feed both carry. Plain text, cleaned
/// but not escaped.
package struct SyndicationEntry: Hashable, Sendable {
  /// A name and what it is, for instance `Impact` and `service indisponible`.
  package struct Fact: Hashable, Sendable {
    package var name: String
    package var value: String
  }

  /// `tag:` URI (RFC 4151) of the change and the revision; the same for life.
  package var id: String
  /// The page of the change.
  package var address: String
  /// The moment of publication, never the start of the work.
  package var published: Instant
  package var change: ChangeID
  package var revision: Int
  package var kind: ChangeKind
  /// The name of the kind in the language of the feed.
  package var kindName: String
  package var title: String
  /// Present only for registers of simulation.
  package var simulation: String?
  /// One or two sentences that say what happened.
  package var lead: String
  package var differences: [ContentDifference]
  package var facts: [Fact]
  /// The description, its line breaks kept; empty where there is none.
  package var description: String
  /// Identifier and revision.
  package var reference: String
}

package import JSONText
package import Planning
import Wording

extension NoticeDocument {
  /// The notice for programs; `change` is the stable JSON of the change it tells of.
  package func json(kind: NoticeKind, change: JSON) -> JSON {
    .members([
      "kind": .string(kind.rawValue), "language": .string(language.rawValue), "subject": .string(subject),
      "paragraphs": .array(paragraphs.map { .string($0) }),
      "changes": .array(
        differences.map { ["name": .string($0.name), "before": .string($0.before), "after": .string($0.after)] }),
      "facts": .array(
        facts.map { fact in
          .members([
            "key": .string(fact.key), "name": .string(fact.name), "value": .string(fact.value),
            "url": fact.url.map { .string($0) },
          ])
        }),
      "description": .array(description.map { .string($0) }), "reference": .string(reference),
      "simulation": simulation.map { .string($0) }, "change": change,
    ])
  }
}

package import JSONText
package import Planning
package import Wording

extension NoticeTemplates {
  /// The name of the template, and of `--kind`.
  package static let availabilityKind = "availability"

  /// The report of a month before it takes a format. Throws `NoticeError`.
  package func document(
    availability month: MonthAvailability, contract: Contract, language: Language, isSimulation: Bool
  ) throws -> NoticeDocument {
    let material = AvailabilityMaterial(month: month, contract: contract, language: language)
    let paragraphs = prose(NoticeTemplates.availabilityKind, material.variables, language)
    guard let subject = paragraphs.first else { throw NoticeError.emptyReport(NoticeTemplates.availabilityKind) }
    return NoticeDocument(
      language: language, subject: (isSimulation ? "SIMULATION – " : "") + subject,
      paragraphs: Array(paragraphs.dropFirst()), differences: [], facts: material.facts, description: [],
      reference: material.reference,
      simulation: isSimulation
        ? language(
          "SIMULATION: this report comes from a register of simulation; nothing of it happened.",
          "SIMULATION\(language.colon) ce rapport vient d’un registre de simulation\(Typography.narrow); "
            + "rien n’en a eu lieu.") : nil)
  }
}

extension NoticeDocument {
  /// The report for programs; `availability` is the stable JSON of the month.
  package func json(availability: JSON) -> JSON {
    .members([
      "kind": .string(NoticeTemplates.availabilityKind), "language": .string(language.rawValue),
      "subject": .string(subject), "paragraphs": .array(paragraphs.map { .string($0) }),
      "facts": .array(
        facts.map { fact in
          .members([
            "key": .string(fact.key), "name": .string(fact.name), "value": .string(fact.value),
            "url": fact.url.map { .string($0) },
          ])
        }),
      "reference": .string(reference), "simulation": simulation.map { .string($0) }, "availability": availability,
    ])
  }
}

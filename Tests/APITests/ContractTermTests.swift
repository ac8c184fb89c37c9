import CivilTime
import Files
import Planning
import Testing
import Wording

/// The table of terms that `contract diff` compares.
struct ContractTermTests {
  /// Properties of a version and of its parts; what is compared by day stands in no row.
  private static func leaves(_ value: Any) -> [String] {
    Mirror(reflecting: value).children.flatMap { child -> [String] in
      let name = child.label ?? ""
      if ["effectiveFrom", "freezes"].contains(name) { return [] }
      let part = Mirror(reflecting: child.value)
      let inner: Any = part.displayStyle == .optional ? part.children.first?.value ?? 0 : child.value
      let isPart = ["window", "planned", "emergency", "updates", "availability", "support", "approval"].contains(name)
      return isPart ? leaves(inner).map { "\(name).\($0)" } : [name]
    }
  }

  @Test func `Each term of a version has a row`() throws {
    var terms = try House.contracts.load(service: House.service).contract.versions[0]
    terms.approval = .init(clause: "article 7", kinds: [.update], by: .admin, fourEyes: false)
    let rows = ContractTerm<ContractTerms>.ofVersion
    #expect(Self.leaves(terms).count == rows.count, "\(Self.leaves(terms))")
    #expect(Set(rows.map(\.key)).count == rows.count)
    for language in Language.allCases {
      let wording = Wording(language, zone: terms.timeZone)
      for row in rows { #expect(row.text(terms, wording) != nil, "\(row.key)") }
      #expect(Set(rows.map { $0.name(language) }).count == rows.count)
    }
  }
}

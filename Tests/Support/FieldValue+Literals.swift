public import Planning

/// Tests write what is said in a field as they would on paper.
extension FieldValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral
{
  public init(stringLiteral text: String) { self = .text(text) }
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
  public init(arrayLiteral texts: String...) { self = .list(texts) }
}

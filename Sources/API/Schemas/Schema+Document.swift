import JSONText

extension Schema {
  /// In the words of JSON Schema 2020-12, as OpenAPI 3.1 takes them.
  var document: JSON {
    var members: [JSON.Member] = []
    func add(_ key: String, _ value: JSON) { members.append(JSON.Member(key, value)) }
    func type(_ name: String) {
      add("type", isNullable ? .array([.string(name), "null"]) : .string(name))
    }
    switch shape {
    case .text(let lengths, let pattern, let format):
      type("string")
      if let lengths {
        if lengths.lowerBound > 0 { add("minLength", .integer(Int64(lengths.lowerBound))) }
        add("maxLength", .integer(Int64(lengths.upperBound)))
      }
      if let pattern { add("pattern", .string(pattern)) }
      if let format { add("format", .string(format)) }
    case .choice(let words):
      type("string")
      add("enum", .array(words.map { .string($0) } + (isNullable ? [.null] : [])))
    case .whole(let range):
      type("integer")
      if let range {
        add("minimum", .integer(range.lowerBound))
        add("maximum", .integer(range.upperBound))
      }
    case .flag: type("boolean")
    case .list(let element, let most):
      type("array")
      add("items", element.document)
      if let most { add("maxItems", .integer(Int64(most))) }
    case .object(let all, let isOpen):
      type("object")
      add("properties", .object(all.map { JSON.Member($0.name, $0.schema.document) }))
      let required = all.filter(\.isRequired)
      if !required.isEmpty { add("required", .array(required.map { .string($0.name) })) }
      if !isOpen { add("additionalProperties", false) }
    case .named(let name):
      let reference: JSON = ["$ref": .string("#/components/schemas/\(name)")]
      if isNullable { add("anyOf", [reference, ["type": "null"]]) } else { return reference }
    case .anyOf(let schemas): add("anyOf", .array(schemas.map(\.document) + (isNullable ? [["type": "null"]] : [])))
    case .any: break
    }
    if let about { add("description", .string(about)) }
    return .object(members)
  }
}

import JSONText

/// Gives each object, each choice and each bounded text of a list that stands within a schema a name of its own, by where it stands: programs that
/// generate clients number what has none. What is the same has one name.
struct SchemaNames {
  private(set) var found: [JSON.Member] = []

  /// - Parameters:
  ///   - name: of what the schema is of.
  ///   - isTop: whether it has that name already.
  mutating func lift(_ schema: JSON, as name: String, isTop: Bool = false) -> JSON {
    guard let members = schema.members else { return schema }
    let inside = members.map { member in
      switch member.key {
      case "properties":
        let properties = (member.value.members ?? []).map { property in
          JSON.Member(property.key, lift(property.value, as: name + SchemaNames.word(property.key)))
        }
        return JSON.Member(member.key, .object(properties))
      case "items": return JSON.Member(member.key, lift(member.value, as: name + "Item"))
      case "anyOf":
        return JSON.Member(member.key, .array((member.value.array ?? []).map { lift($0, as: name) }))
      default: return member
      }
    }
    // Of what a list holds, a bounded text is a class of its own to some of them.
    let kinds = ["properties", "enum"] + (name.hasSuffix("Item") ? ["minLength", "pattern"] : [])
    let isNameless = kinds.contains { key in inside.contains { $0.key == key } }
    return isTop || !isNameless ? .object(inside) : reference(inside, name)
  }

  private mutating func reference(_ members: [JSON.Member], _ name: String) -> JSON {
    var isNullable = false
    var form: [JSON.Member] = []
    for member in members where member.key != "description" {
      let choices = member.value.array ?? []
      isNullable = isNullable || choices.contains(.null) || choices.contains("null")
      let kept = choices.filter { $0 != .null && $0 != "null" }
      let value = kept.count < choices.count ? (member.key == "type" ? kept[0] : .array(kept)) : member.value
      form.append(JSON.Member(member.key, value))
    }
    // What is left open is of each place its own.
    let isOpen = form.contains { $0.key == "properties" && $0.value == .object([]) }
    let known = isOpen ? nil : found.first { $0.value == .object(form) }?.key
    if known == nil { found.append(JSON.Member(name, .object(form))) }
    let reference: JSON = ["$ref": .string("#/components/schemas/\(known ?? name)")]
    let use: JSON = isNullable ? ["anyOf": [reference, ["type": "null"]]] : reference
    return .object((use.members ?? []) + members.filter { $0.key == "description" })
  }

  /// `left_out` is `LeftOut`. Figures at the end tell apart what is the same.
  private static func word(_ key: String) -> String {
    let words = key.split(separator: "_").filter { !$0.allSatisfy(\.isNumber) }
    return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

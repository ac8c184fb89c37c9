package import CivilTime

/// An attribute of an element. There is no way to write a handler, a style or an address that was not checked.
package struct Attribute: Hashable, Sendable {
  private let name: String
  private let value: String

  init(_ name: StaticString, _ value: String) {
    self.name = name.description
    self.value = value
  }

  /// ` name="value"`, the value escaped.
  func append(to bytes: inout [UInt8]) {
    bytes += Array(" \(name)=\"".utf8)
    HTMLText.append(value, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Names that the stylesheet knows.
  package static func style(_ names: StaticString) -> Attribute { Attribute("class", names.description) }
  package static func styles(_ names: [StaticString]) -> Attribute {
    Attribute("class", names.map(\.description).joined(separator: " "))
  }
  package static func id(_ id: String) -> Attribute { Attribute("id", id) }
  package static func lang(_ language: Language) -> Attribute { Attribute("lang", language.rawValue) }
  /// Lets text of people find its own direction of writing.
  package static let directionOfText = Attribute("dir", "auto")

  package static func href(_ link: Link) -> Attribute { Attribute("href", link.address) }
  package static func hreflang(_ language: Language) -> Attribute { Attribute("hreflang", language.rawValue) }
  package static func rel(_ value: StaticString) -> Attribute { Attribute("rel", value.description) }
  package static func type(_ value: String) -> Attribute { Attribute("type", value) }
  package static func title(_ value: String) -> Attribute { Attribute("title", value) }

  package static let charset = Attribute("charset", "utf-8")
  package static func metaName(_ value: StaticString) -> Attribute { Attribute("name", value.description) }
  package static func content(_ value: String) -> Attribute { Attribute("content", value) }

  /// The machine's reading of a moment, with its offset (HTML Living Standard, section 4.5.14).
  package static func datetime(_ instant: Instant, in zone: ZoneRules) -> Attribute {
    Attribute("datetime", TimeText.local(instant, in: zone))
  }
  package static func datetime(_ date: CivilDate) -> Attribute { Attribute("datetime", TimeText.date(date)) }

  package static let columnHeader = Attribute("scope", "col")
  package static let rowHeader = Attribute("scope", "row")
  package static func abbreviated(from value: String) -> Attribute { Attribute("abbr", value) }

  package static func label(_ value: String) -> Attribute { Attribute("aria-label", value) }
  package static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
  package static let hidden = Attribute("aria-hidden", "true")
  package static let currentPage = Attribute("aria-current", "page")
  package static let currentSection = Attribute("aria-current", "true")
  package static let currentDate = Attribute("aria-current", "date")
  package static let note = Attribute("role", "note")
  /// Keeps a table a table, a list a list where the stylesheet lays them out otherwise (WebKit drops the role then).
  package static func role(_ value: StaticString) -> Attribute { Attribute("role", value.description) }
  /// Can take the focus of a skip link, and of a keyboard that has to scroll.
  package static let focusTarget = Attribute("tabindex", "-1")
}

import CivilTime
import Wording

/// An attribute of an element. There is no way to write a handler, a style or an address that was not checked.
struct Attribute: Hashable, Sendable {
  private let name: String
  private let value: String

  private init(_ name: StaticString, _ value: String) {
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
  static func style(_ names: StaticString) -> Attribute { Attribute("class", names.description) }
  static func styles(_ names: [StaticString]) -> Attribute {
    Attribute("class", names.map(\.description).joined(separator: " "))
  }
  static func id(_ id: String) -> Attribute { Attribute("id", id) }
  static func lang(_ language: Language) -> Attribute { Attribute("lang", language.rawValue) }
  /// Lets text of people find its own direction of writing.
  static let directionOfText = Attribute("dir", "auto")

  static func href(_ link: Link) -> Attribute { Attribute("href", link.address) }
  static func hreflang(_ language: Language) -> Attribute { Attribute("hreflang", language.rawValue) }
  static func rel(_ value: StaticString) -> Attribute { Attribute("rel", value.description) }
  static func type(_ value: String) -> Attribute { Attribute("type", value) }
  static func title(_ value: String) -> Attribute { Attribute("title", value) }

  static let charset = Attribute("charset", "utf-8")
  static func metaName(_ value: StaticString) -> Attribute { Attribute("name", value.description) }
  static func content(_ value: String) -> Attribute { Attribute("content", value) }

  /// The machine's reading of a moment, with its offset (HTML Living Standard, section 4.5.14).
  static func datetime(_ instant: Instant, in zone: ZoneRules) -> Attribute {
    Attribute("datetime", TimeText.local(instant, in: zone))
  }
  static func datetime(_ date: CivilDate) -> Attribute { Attribute("datetime", TimeText.date(date)) }

  static let columnHeader = Attribute("scope", "col")
  static let rowHeader = Attribute("scope", "row")
  static func abbreviated(from value: String) -> Attribute { Attribute("abbr", value) }

  static func label(_ value: String) -> Attribute { Attribute("aria-label", value) }
  static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
  static let hidden = Attribute("aria-hidden", "true")
  static let currentPage = Attribute("aria-current", "page")
  static let currentSection = Attribute("aria-current", "true")
  static let currentDate = Attribute("aria-current", "date")
  static let note = Attribute("role", "note")
  /// Keeps a table a table, a list a list where the stylesheet lays them out otherwise (WebKit drops the role then).
  static func role(_ value: StaticString) -> Attribute { Attribute("role", value.description) }
  /// Can take the focus of a skip link, and of a keyboard that has to scroll.
  static let focusTarget = Attribute("tabindex", "-1")

  static func viewBox(width: Int64, height: Int64) -> Attribute { Attribute("viewBox", "0 0 \(width) \(height)") }
  static let stretched = Attribute("preserveAspectRatio", "none")
  static func x(_ value: Int64) -> Attribute { Attribute("x", String(value)) }
  static func y(_ value: Int64) -> Attribute { Attribute("y", String(value)) }
  static func width(_ value: Int64) -> Attribute { Attribute("width", String(value)) }
  static func height(_ value: Int64) -> Attribute { Attribute("height", String(value)) }
}

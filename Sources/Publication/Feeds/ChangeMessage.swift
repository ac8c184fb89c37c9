import CivilTime
import ICalendar
package import Planning
package import Register
package import Wording

/// One change as a calendar of its own: to be opened, or to go with a mail. Source: RFC 5546, sections 3.2.1 and 3.2.5.
package enum ChangeMessage {
  package enum Method: String, CaseIterable, Sendable {
    case publish, cancel

    /// Cancelled work takes itself off calendars that know it.
    package init(for change: Change) { self = change.state == .cancelled ? .cancel : .publish }
  }

  /// The stored fragment in a calendar with the method; nil for what was never published. A message of cancellation
  /// needs a cancelled change: the caller sees to that.
  package static func render(
    _ id: ChangeID, from register: Register, language: Language, method: Method
  ) throws -> [UInt8]? {
    guard let fragment = try register.store.read({ try $0.fragment(id, language: language.rawValue) }) else {
      return nil
    }
    return try calendar(fragment.body, language: language, method: method)
  }

  /// The same with an event that was rendered already.
  package static func calendar(_ event: [UInt8], language: Language, method: Method) throws -> [UInt8] {
    let header = CalendarHeader(prodID: StandardFeed.prodID(language), method: method.rawValue.uppercased())
    return try header.render() + event + CalendarHeader.footer
  }
}

package import CivilTime
import Foundation
package import ICalendar

/// What Outlook and Exchange call time zones.
enum WindowsZones {
  /// The name in the tz database of a name of Windows, or of what Windows shows people in one of its languages.
  static func place(_ written: String) -> String? {
    var name = written[...]
    if name.hasPrefix("("), let end = name.firstRange(of: ") ") { name = name[end.upperBound...] }
    return places[name.lowercased()]
  }

  private static let places: [String: String] = {
    var places: [String: String] = [:]
    for row in table.split(separator: "\n") {
      let names = row.split(separator: "|").map(String.init)
      for (index, name) in names.enumerated() where index != 1 { places[name.lowercased()] = names[1] }
    }
    return places
  }()
}

extension SystemZones {
  /// The rules that a name in somebody else's file means: of the tz database in whatever case, or of Windows.
  package static func find(_ name: String) -> ZoneRules? {
    if let rules = try? load(name) { return rules }
    guard let place = WindowsZones.place(name) ?? names[name.lowercased()] else { return nil }
    return try? load(place)
  }

  /// All that a calendar file may name.
  package static func book(civil: ZoneRules) -> ZoneBook { ZoneBook(civil: civil) { find($0) } }

  /// The names of the database by how they look in small letters.
  private static let names: [String: String] = {
    var names: [String: String] = [:]
    for place in places {
      guard let files = FileManager.default.enumerator(atPath: place) else { continue }
      for case let name as String in files where name.first?.isUppercase ?? false { names[name.lowercased()] = name }
    }
    return names
  }()
}

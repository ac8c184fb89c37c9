import CLibical
import CivilTime

/// A parsed calendar in libical's memory, freed with this handle. Nothing that points into it leaves it.
/// To be used under ``LibicalReader/lock`` only.
@safe struct CalendarTree: ~Copyable {
  private let root: OpaquePointer

  private init(taking root: OpaquePointer) { unsafe self.root = root }

  /// Nil when the text, which a NUL ends, is not one VCALENDAR. Give it only what ``CalendarScreen`` has passed.
  static func parse(_ text: [UInt8]) -> CalendarTree? {
    guard text.last == 0 else { return nil }
    let root = unsafe text.withUnsafeBytes { bytes in
      unsafe icalparser_parse_string(bytes.assumingMemoryBound(to: CChar.self).baseAddress)
    }
    guard let root = unsafe root else { return nil }
    let tree = unsafe CalendarTree(taking: root)
    return unsafe icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT ? consume tree : nil
  }

  deinit { unsafe icalcomponent_free(root) }

  /// X-LIC-ERROR properties in the whole tree.
  var errorCount: Int { Int(unsafe icalcomponent_count_errors(root)) }

  /// The words of the first of them.
  var firstError: String? { unsafe CalendarTree.firstError(in: root) }

  private static func firstError(in component: OpaquePointer) -> String? {
    if let property = unsafe icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY) {
      return unsafe copy(icalproperty_get_xlicerror(property))
    }
    var child = unsafe icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT)
    while let current = unsafe child {
      if let found = unsafe firstError(in: current) { return found }
      unsafe child = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)
    }
    return nil
  }

  /// Copies the events that stand directly in the calendar.
  func read(into events: inout [ReadEvent]) throws(ReadError) {
    var component = unsafe icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT)
    while let current = unsafe component {
      events.append(try unsafe CalendarTree.event(current))
      unsafe component = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)
    }
  }

  private static func event(_ component: OpaquePointer) throws(ReadError) -> ReadEvent {
    var event = ReadEvent()
    var property = unsafe icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY)
    while let current = unsafe property {
      try unsafe PropertyCopy(current).read(into: &event)
      unsafe property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)
    }
    return event
  }

  /// A copy of a C string that libical keeps.
  static func copy(_ text: UnsafePointer<CChar>?) -> String? {
    guard let text = unsafe text else { return nil }
    return unsafe String(cString: text)
  }
}

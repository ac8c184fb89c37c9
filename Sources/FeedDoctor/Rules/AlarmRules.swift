/// Alarms in an event. Source: RFC 5545, section 3.6.6.
enum AlarmRules {
  static func check(_ event: FeedComponent, into report: inout Report) {
    for alarm in event.children("VALARM") {
      report.add(.alarm, alarm.line)
      let action = alarm.first("ACTION")?.value.uppercased()
      if action == nil || alarm.first("TRIGGER") == nil {
        report.add(.alarmIncomplete, alarm.line, "ACTION, TRIGGER")
      } else if action == "DISPLAY" || action == "EMAIL", alarm.first("DESCRIPTION") == nil {
        report.add(.alarmIncomplete, alarm.line, "DESCRIPTION")
      }
    }
  }
}

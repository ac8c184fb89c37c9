import Answers
import JSONText

/// Requests as they can be sent, for the OpenAPI document. `DocumentTests` sends each.
enum RequestExamples {
  /// - Parameter type: of media.
  static func of(_ operation: Operation, _ type: String) -> JSON? {
    if type == "application/json" { return bodies[operation] }
    return texts[operation]?[type].map { .string($0) }
  }

  private static let migration: JSON = [
    "start": "2027-01-10T01:00", "duration": "2h", "title": "Database migration", "components": ["application"],
    "impact": "outage",
  ]

  static let bodies: [Operation: JSON] = [
    .check: ["start": "2027-01-10T01:00", "duration": "2h"], .submit: migration,
    .recordEmergency: [
      "start": "2026-12-01T10:00", "title": "Disk replaced", "reason": "A disk failed", "components": ["flux"],
    ],
    .reschedule: ["start": "2027-01-17T01:00", "duration": "2h", "reason": "The vendor is late"],
    .amend: ["title": "Database migration, first part", "reason": "Clearer"],
    .cancel: ["reason": "The vendor withdrew"], .start: ["at": "2027-01-10T01:02", "reason": "As planned"],
    .complete: ["at": "2027-01-10T02:40", "reason": "As planned"],
    .extend: ["end": "2027-01-10T03:30", "reason": "The index takes longer"], .approve: [:],
    .decline: ["reason": "Not in the week of the closing"],
    .planRelease: ["file": releaseFile], .submitRelease: ["file": releaseFile],
    .rescheduleRelease: ["by": "7d", "reason": "The vendor is late"],
    .cancelRelease: ["reason": "The vendor withdrew"], .approveRelease: [:],
    .declineRelease: ["reason": "Not in the week of the closing"],
    .leaveRelease: ["changes": ["CHG-2026-0001"]],
    .recordNotice: ["channel": "portal", "kind": "announcement"],
    .recordNotices: [
      "notices": [
        ["change": "CHG-2026-0001", "kind": "announcement", "channel": "portal"],
        ["change": "CHG-2026-0001", "kind": "announcement", "channel": "letter"],
      ]
    ],
    .sendNotices: [:],
    .reportSupport: [["registered_at": "2026-11-02T10:00", "taken_in_charge_at": "2026-11-02T15:00", "id": "T-1"]],
    .recordOutage: ["cause": "incident", "start": "2026-12-01T09:30", "title": "No connection"],
    .amendOutage: ["end": "2026-12-01T09:50", "reason": "It ended earlier"],
    .voidOutage: ["reason": "It was the probe"],
    .overrideGate: ["duration": "30m", "reason": "A fix for the incident"],
    .endOverrides: ["reason": "The fix is in place"],
    .createToken: ["name": "pipeline", "role": "engineer", "expires": "90d"],
    .createPrivateFeed: ["client": "Cabinet Martin", "services": [["service": "profession-liberale"]]],
    .createWebhook: ["url": "https://hooks.example.org/preavis", "events": ["change.planned", "change.cancelled"]],
    .rotateWebhook: ["keep": "24h"],
    .createMailing: ["address": "clients@example.org", "language": "fr", "components": ["flux"]],
    .importMailings: ["addresses": ["martin@example.org", "durand@example.org"], "language": "fr"],
    .recordBounces: ["bounces": [["addresses": ["martin@example.org"], "status": "5.1.1"]]],
    .readExcerpt: ["calls": [["path": "/changes"]]],
  ]

  private static let releaseFile: JSON = [
    "release": "Winter", "reason": "Closing of the year",
    "changes": [
      ["id": "db", "title": "Database migration", "services": ["profession-liberale"], "duration": "2h"],
      [
        "id": "app", "title": "Version 5.2", "services": ["profession-liberale"], "duration": "45m",
        "after": [["change": "db", "gap": "0h..72h"]],
      ],
    ],
  ]

  private static let table = """
    title,start,duration,component
    Database migration,2027-01-10T01:00,2h,application
    """
  private static let line = #"{"title":"Index rebuilt","start":"2027-01-17T01:00","duration":"1h"}"# + "\n"
  private static let outage = #"{"cause":"incident","start":"2026-11-10T09:30","end":"2026-11-10T09:50"}"# + "\n"

  static let texts: [Operation: [String: String]] = [
    .importChanges: ["text/csv": table, "application/jsonl": line, "application/x-ndjson": line],
    .importOutages: [
      "text/csv": "cause,start,end\nincident,2026-11-09T09:30,2026-11-09T09:50\n", "application/jsonl": outage,
      "application/x-ndjson": outage,
    ],
    .reportSupport: ["text/csv": "registered_at,taken_in_charge_at\n2026-11-02T10:00,2026-11-02T15:00\n"],
  ]
}

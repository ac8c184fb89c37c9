import CivilTime
import JSONText
import Planning
import TestSupport

/// Reads the case files; their schema is `Fixtures/cases/README.md`.
enum CaseReading {
  /// The instant that a text of a case names, or the code of the error that it is.
  static func instant(_ text: String, in zone: ZoneRules) -> Result<Instant, CaseError> {
    switch WrittenTime(text, form: .exact) {
    case nil: return .failure(CaseError(code: "invalid_datetime"))
    case .instant(let instant): return .success(instant)
    case .civil(let civil):
      switch zone.resolve(civil) {
      case .unique(let instant): return .success(instant)
      case .gap: return .failure(CaseError(code: "nonexistent_local_time"))
      case .fold: return .failure(CaseError(code: "ambiguous_local_time"))
      }
    }
  }

  struct CaseError: Error { var code: String }

  /// Reads the named times of a case; errors as `field code`, in the order of the names.
  static func times(_ names: [String], of input: JSON) -> (times: [String: Instant], errors: [String]) {
    var (times, errors): ([String: Instant], [String]) = ([:], [])
    for name in names {
      guard let text = input[name]?.string else { continue }
      switch instant(text, in: Fixtures.paris) {
      case .success(let instant): times[name] = instant
      case .failure(let error): errors.append("\(name) \(error.code)")
      }
    }
    return (times, errors)
  }

  static func errors(_ expected: JSON) -> [String] {
    (expected["errors"]?.array ?? []).map { "\($0["field"]?.string ?? "") \($0["code"]?.string ?? "")" }
  }

  /// An interval as a case writes it, with both forms of both ends.
  static func text(_ interval: Interval) -> String {
    let ends = [interval.start, interval.end]
    return
      (ends.map { TimeText.utc($0) } + ends.map { TimeText.local($0, in: Fixtures.paris) }
      + ["\(interval.length.seconds)"]).joined(separator: " ")
  }

  /// The same text of an interval that a case expects; nil for null.
  static func text(_ expected: JSON?) -> String? {
    guard let expected, !expected.isNull else { return nil }
    let names = ["start_utc", "end_utc", "start_paris", "end_paris"]
    return (names.map { expected[$0]?.string ?? "?" } + ["\(expected["seconds"]?.integer ?? -1)"])
      .joined(separator: " ")
  }

  static func texts(_ expected: JSON?) -> [String]? { expected?.array?.compactMap { text($0) } }

  static func zone(_ input: JSON) -> String { input["zone"]?.string ?? "?" }

  /// Keeps one growing table a zone, as the shells do.
  struct Tables {
    private var tables: [String: WindowTables] = [:]

    mutating func covering(_ interval: Interval, zone: String) -> WindowTable {
      tables[zone, default: WindowTables(contract: SampleContract.byZone[zone]!, environment: "production")]
        .covering(interval)
    }
  }
}

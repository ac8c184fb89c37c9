package import Planning
package import Wording

/// What someone wrote to hold the gate open; nil where they wrote nothing.
package struct OverrideTexts {
  let environment: String
  let length: String?
  let until: String?
  let reason: String?

  package init(environment: String, length: String?, until: String?, reason: String?) {
    self.environment = environment
    self.length = length
    self.until = until
    self.reason = reason
  }

  /// An override for a while, or until a moment.
  package func command(_ wording: Wording) throws -> GateCommand {
    let times = TimeArgument(wording: wording)
    switch (length, until) {
    case (let text?, nil):
      return .override(
        environment: environment, length: try times.duration(text, field: .overrideLength), reason: reason ?? "")
    case (nil, let text?):
      return .overrideUntil(
        try times.instant(text, field: .until), environment: environment, reason: reason ?? "")
    default:
      let (length, until) = (wording.door.name(.overrideLength), wording.door.name(.until))
      throw BadValue(
        wording.language(
          "Say for how long: \(length) or \(until), one of them.",
          "Dites pour combien de temps : \(length) ou \(until), l’un des deux."))
    }
  }
}

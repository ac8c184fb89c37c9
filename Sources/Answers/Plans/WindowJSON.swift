package import CivilTime
package import JSONText
package import Publication

/// The stable JSON of windows.
package enum WindowJSON {
  package static func array(_ windows: [Interval], _ json: ChangeJSON) -> JSON {
    .array(
      windows.map {
        [
          "start": .string(json.time($0.start)), "end": .string(json.time($0.end)),
          "seconds": .integer($0.length.seconds),
        ]
      })
  }
}

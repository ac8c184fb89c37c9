import CivilTime
package import JSONText
package import Planning
import Register
package import Wording

/// The stable JSON of outages.
package struct OutageJSON {
  let wording: Wording
  let isSimulation: Bool

  package init(wording: Wording, isSimulation: Bool) {
    self.wording = wording
    self.isSimulation = isSimulation
  }

  package func outage(_ outage: Outage) -> JSON {
    OutageJSON.form.json((outage, isSimulation), .local(wording.zone))
  }

  package typealias Shown = (outage: Outage, isSimulation: Bool)

  package static let form = Form<Shown>(
    "Outage",
    [
      .must("id") { $0.outage.id }, .must("state") { $0.outage.state },
      .must("service") { $0.outage.content.service }, .must("environment") { $0.outage.content.environment },
      .must("components") { $0.outage.content.components }, .must("cause") { $0.outage.content.cause },
      .must("counted") { isCounted($0.outage) }, .must("title") { $0.outage.content.title },
      .must("start") { $0.outage.content.start }, .must("end") { $0.outage.content.end },
      .must("seconds") { shown in shown.outage.content.end.map { $0 - shown.outage.content.start } },
      .must("evidence") { $0.outage.content.evidence.isEmpty ? nil : $0.outage.content.evidence },
      .must("reason") { $0.outage.reason }, .must("recorded_at") { $0.outage.recordedAt },
      .must("revised_at") { $0.outage.revisedAt }, .must("revision", .whole(0...1_000_000)) { $0.outage.revision },
      .simulation { $0.isSimulation },
    ])

  private static func isCounted(_ outage: Outage) -> Bool {
    outage.content.cause.isCounted && outage.content.environment == Contract.production && !outage.isVoided
  }
}

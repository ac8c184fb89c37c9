import CivilTime
package import JSONText
import Planning
import Publication
import Register
package import Wording

/// The stable JSON of `contract diff`. Source: docs/interface.md, "Contracts".
package struct ContractDifferenceJSON {
  let difference: ContractDifference
  /// Nil where no register was looked at.
  let effects: ContractEffects?
  let wording: Wording

  package init(_ difference: ContractDifference, _ effects: ContractEffects?, _ wording: Wording) {
    (self.difference, self.effects, self.wording) = (difference, effects, wording)
  }

  package var json: JSON { ContractDifferenceJSON.form.json(self, .local(wording.zone)) }

  /// - Parameter all: of which those that are not there under the other contract are marked `new`.
  package static func found(_ effects: ContractEffects, _ wording: Wording) -> [JSON] {
    let zone = TimeStyle.local(wording.zone)
    return effects.conflicts.map { conflict.json(($0.conflict, $0.isNew, wording), zone) }
      + effects.months.map { month.json($0, zone) }
  }

  package static let form = Form<ContractDifferenceJSON>(
    [
      .must("service") { $0.difference.new.service }, .must("from") { $0.difference.range.start },
      .must("until") { $0.difference.range.end }, .must("terms", list: term) { $0.difference.terms },
      .must("windows", list: windows) { $0.difference.windows },
      .must("holidays", list: day) { $0.difference.holidays }, .must("freezes", list: freeze) { $0.difference.freezes },
      .may("conflicts", list: conflict) { shown in
        shown.effects?.conflicts.map { ($0.conflict, $0.isNew, shown.wording) }
      },
      .may("months", list: month) { $0.effects?.months },
    ])

  private static let term = Form<ContractDifference.Term>([
    .must("key") { $0.key }, .must("name") { $0.name }, .must("from") { $0.from }, .must("until") { $0.until },
    .must("before") { $0.before }, .must("after") { $0.after },
  ])

  private static let windows = Form<ContractDifference.Windows>([
    .must("environment") { $0.environment }, .must("opened", list: Interval.form) { $0.opened.intervals },
    .must("closed", list: Interval.form) { $0.closed.intervals },
  ])

  private static let day = Form<ContractDifference.Day>([
    .must("date") { $0.date }, .must("before") { $0.before }, .must("after") { $0.after },
  ])

  private static let freeze = Form<ContractDifference.FrozenTime>([
    .must("title") { $0.freeze.title }, .all(of: Interval.form) { $0.freeze.interval }, .must("new") { $0.isNew },
  ])

  private static let conflict = Form<(conflict: Conflict, isNew: Bool, wording: Wording)>([
    .all(of: ChangeJSON.conflict) { ($0.conflict, $0.wording) }, .must("new") { $0.isNew },
  ])

  private static let month = Form<(month: CivilMonth, before: MonthAvailability?, after: MonthAvailability?)>([
    .must("month") { $0.month }, .must("before", orNull: figures) { $0.before?.figures },
    .must("after", orNull: figures) { $0.after?.figures },
  ])

  private static let figures = Form<AvailabilityFigures>([
    .must("prt_seconds") { $0.reference }, .must("ti_seconds") { $0.unavailable }, .must("td_percent") { $0.percent },
    .must("target_percent") { AvailabilityJSON.target($0.targetBasisPoints) }, .must("met") { $0.isMet },
  ])
}

import CivilTime
import Planning
import Wording

/// What a template of `notices/` may use of a change: its name there, whether it may be absent, and what it says.
struct TemplateVariable: Sendable {
  enum Kind { case always, optional, flag }

  let name: String
  let kind: Kind
  /// A text or, of a flag, a Boolean; nil only for what may be absent.
  let value: @Sendable (ChangeTelling) -> (any Sendable)?

  private static func always(
    _ name: String, _ value: @escaping @Sendable (ChangeTelling) -> String
  ) -> TemplateVariable { TemplateVariable(name: name, kind: .always, value: value) }

  private static func optional(
    _ name: String, _ value: @escaping @Sendable (ChangeTelling) -> String?
  ) -> TemplateVariable { TemplateVariable(name: name, kind: .optional, value: value) }

  private static func flag(
    _ name: String, _ value: @escaping @Sendable (ChangeTelling) -> Bool
  ) -> TemplateVariable { TemplateVariable(name: name, kind: .flag, value: value) }

  /// Those of a change: facts that have a place in templates, by their key with hyphens, and what only sentences need.
  static let ofChange =
    ChangeFacts.rows[.template, default: []].map { row in
      optional(row.key.replacing("_", with: "-")) {
        let text = row.value($0).text
        return text.isEmpty ? nil : text
      }
    } + [
      always("id") { $0.change.id.description },
      always("revision") { String($0.change.revision ?? 0) },
      always("title") { $0.content.title },
      always("service") { $0.service },
      always("kind") { $0.kind },
      always("Kind") { $0.kind.capitalizedFirst },
      always("day") { $0.wording.date($0.wording.zone.civil($0.content.interval.start).date) },
      always("brief-day") { $0.wording.briefDay($0.content.interval) },
      always("of-brief-day") { $0.wording.briefDay($0.content.interval, .ofWork) },
      always("brief") { $0.wording.brief(of: $0.change) },
      always("moved-to") { $0.wording.brief(of: $0.change, .movedTo) },
      always("the-work") { $0.theWork },
      always("The-work") { $0.theWork.capitalizedFirst },
      always("renewed-because") { $0.renewedBecause },
      always("work") { $0.work },
      always("Work") { $0.work.capitalizedFirst },
      always("zone") { $0.wording.zoneName },
      always("planned-when") { $0.plannedWhen },
      always("range") { $0.range },
      always("when") { $0.when },
      always("start") { $0.wording.dateTime($0.content.interval.start) },
      always("end") { $0.end },
      always("duration") { $0.duration ?? $0.language("not known", "non connue") },
      always("impact") { $0.wording.impact($0.content.impact) },
      always("impact-sentence") { $0.impactSentence },
      always("clause") { $0.clause },
      always("portal") { $0.contract.portal },
      optional("components") {
        $0.content.components.isEmpty ? nil : $0.components
      },
      optional("notice") { telling in
        telling.toldAhead.map { telling.wording.ahead(telling.content.interval.start - $0) }
      },
      optional("announced-at") { $0.toldAhead.map($0.wording.dateTime) },
      optional("announced-on") { telling in
        telling.toldAhead.map { telling.wording.briefDate(telling.wording.zone.civil($0).date) }
      },
      optional("open-end") { $0.openEnd },
      optional("Open-end") { $0.openEnd?.capitalizedFirst },
      optional("until") { $0.content.isEndKnown ? $0.wording.until($0.content.interval) : nil },
      optional("expected-end") { $0.expectedEnd },
      optional("brief-end") { $0.content.isEndKnown ? $0.wording.briefEnd($0.content.interval) : nil },
      optional("before-range") { $0.earlier?.range },
      optional("before-when") { $0.earlier?.when },
      optional("before-end") { telling in telling.earlier.flatMap { $0.openEnd == nil ? $0.end : nil } },
      optional("before-hour") { telling in
        telling.before.flatMap { before in
          before.isEndKnown
            ? telling.wording.hour(before.interval.end, besides: telling.content.interval.end) : nil
        }
      },
      optional("overrun-sentence") { $0.overrunSentence },
      optional("overrun-clause") { $0.overrunClause },
      optional("revised-texts") { $0.revisedTexts },
      optional("move") { $0.move },
      optional("instead") { $0.instead },
      optional("restored") { $0.restored },
      optional("felt") { $0.felt },
      optional("start-clause") { $0.startClause },
      optional("unlike-announced") { $0.unlikeAnnounced },
      optional("former-end") { $0.formerEnd },
      optional("late-notice") { $0.lateNotice },
      optional("not-announced") { $0.unannounced },
      optional("ended-at") { telling in
        telling.change.actualEnd.map { telling.wording.at($0.stated, besides: $0.stated) }
      },
      optional("before-duration") { $0.earlier?.duration },
      optional("actual-start") { ($0.change.actualStart?.stated).map($0.wording.dateTime) },
      optional("actual-end") { ($0.change.actualEnd?.stated).map($0.wording.dateTime) },
      optional("actual-when") { $0.change.actual.map($0.wording.when) },
      flag("training") { $0.content.update?.training ?? false },
      flag("configuration") { $0.content.update?.configuration ?? false },
      flag("interruption") { $0.content.update?.interruption ?? true },
      flag("postponed") { telling in telling.before.map { telling.shift(from: $0) == .later } ?? false },
      flag("advanced") { telling in telling.before.map { telling.shift(from: $0) == .earlier } ?? false },
      flag("service-restored") {
        $0.restored != nil && $0.content.impact == .outage && $0.content.components.isEmpty
          && $0.otherEnvironment == nil
      },
      flag("unannounced") { telling in
        (telling.change.toldAt ?? telling.change.plannedAt).map { $0 >= telling.content.interval.start } ?? false
      },
      flag("corrected") { $0.change.corrected != nil },
      flag("early") { $0.isEarly },
      flag("redescribed") { telling in
        telling.earlier.map { earlier in
          let (before, after) = (earlier.content.description, telling.content.description)
          return before != after && !before.isEmpty && !after.isEmpty
        } ?? false
      },
      flag("moved") { telling in telling.before.map { $0.interval != telling.content.interval } ?? false },
    ]
    + ContactVariable.allCases.map { each in
      TemplateVariable(name: each.rawValue, kind: each.isAlwaysThere ? .always : .optional) {
        each.value($0.contract, $0.language)
      }
    }
}

/// Whom to ask, as every text may say it.
enum ContactVariable: String, CaseIterable {
  case contact
  case named = "the-contact"
  case url = "contact-url"
  case email = "contact-email"
  case phone = "contact-phone"

  var isAlwaysThere: Bool { self == .contact || self == .named }

  func value(_ contract: Contract, _ language: Language) -> String? {
    switch self {
    case .contact: contract.contact.name
    case .named: contract.contact.named(language)
    case .url: contract.contact.url
    case .email: contract.contact.email
    case .phone: contract.contact.phone
    }
  }

  static func all(_ contract: Contract, _ language: Language) -> [String: Any] {
    Dictionary(
      // Holds: raw values differ.
      uniqueKeysWithValues: allCases.compactMap { each in
        each.value(contract, language).map { (each.rawValue, $0) }
      })
  }
}

extension ChangeTelling {
  /// What the short texts of `notices/` are filled from.
  var variables: [String: Any] {
    Dictionary(
      // Holds: the names differ, as a test sees.
      uniqueKeysWithValues: TemplateVariable.ofChange.compactMap { variable in
        variable.value(self).map { (variable.name, $0) }
      })
  }
}

extension TemplateNames {
  /// What the short texts of `notices/` may use.
  static let prose: TemplateNames = {
    func names(_ kind: TemplateVariable.Kind) -> Set<String> {
      Set(TemplateVariable.ofChange.filter { $0.kind == kind }.map(\.name))
    }
    return TemplateNames(always: names(.always), optional: names(.optional), flags: names(.flag))
  }()
}

/// The names that a template may use.
struct TemplateNames {
  /// Always have a value.
  var always: Set<String>
  /// May lack a value, so that they are written only inside a section of their own name.
  var optional: Set<String>
  /// True or false: sections only.
  var flags: Set<String>
  /// Lists: sections only, inside which `itemNames` and `.` stand for the item.
  var lists: Set<String> = []
  var itemNames: Set<String> = []
  var optionalItemNames: Set<String> = []

  var all: Set<String> { always.union(optional).union(flags).union(lists).union(itemNames).union(optionalItemNames) }

  /// What the report of a month's availability may use.
  static let availability = TemplateNames(
    always: [
      "id", "service", "month", "td", "target", "prt", "ti", "days", "budget", "budget-left", "clause", "portal",
      "of-month", "as-of", "brief-as-of",
    ],
    optional: [
      "provisional", "provisional-because", "late-td", "late-ids", "late-urgency",
    ],
    flags: ["met", "unavailable", "projected", "ongoing"]
  ).withContact

  /// What the notice of a release may use.
  static let release = TemplateNames(
    always: ["id", "title", "service", "days", "count", "zone", "portal"], optional: ["reason"],
    flags: ["several", "announced", "reminded", "moved", "cancelled"]
  ).withContact

  /// Of texts that are not about one change, by name.
  static let others = [NoticeTemplates.availabilityKind: availability, NoticeTemplates.releaseKind: release]

  private var withContact: TemplateNames {
    var names = self
    for each in ContactVariable.allCases {
      if each.isAlwaysThere { names.always.insert(each.rawValue) } else { names.optional.insert(each.rawValue) }
    }
    return names
  }

  /// What the layouts may use.
  static let layout = TemplateNames(
    always: [
      "subject", "language", "reference", "facts-heading", "changes-heading", "before-heading", "after-heading",
      "before-label", "after-label", "description-heading",
    ],
    optional: ["simulation", "greeting", "description-language"],
    flags: ["has-changes", "has-description"],
    lists: ["paragraphs", "facts", "changes", "description", "signature"],
    itemNames: [".", "name", "label", "value", "text", "before", "after"],
    optionalItemNames: ["url", "value-language", "before-language", "after-language"])

  /// What the layout of a letter may use besides.
  static let letter: TemplateNames = {
    var names = layout
    names.optional.remove("greeting")
    names.always.formUnion(NoticeLetter.names)
    names.lists.formUnion(NoticeLetter.lists)
    return names
  }()
}

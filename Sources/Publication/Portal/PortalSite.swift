package import CivilTime
package import Planning
package import Wording

/// The public pages of one service in one language. Every function gives a whole page in UTF-8.
///
/// The pages of changes, of what has ended and of subscribing do not depend on `now`: published again, they are the
/// same bytes until something is published anew.
package struct PortalSite: Sendable {
  package let contract: Contract
  package let language: Language
  /// The moment that the lists and the calendar are true for; shown on them.
  package let now: Instant
  package let isSimulation: Bool
  /// Address of the service's folder, without a slash at its end; subscriptions need it.
  package let base: String
  /// Years that have a page of what has ended, newest first; empty where nothing has.
  package let pastYears: [Int]
  /// Months that have a page of the calendar.
  package let months: ClosedRange<CalendarMonth>
  /// Whether the page of subscribing has a form: where a server takes what is posted, and the contract is open to it.
  package var takesSubscriptions = false

  package init(
    contract: Contract, language: Language, now: Instant, isSimulation: Bool, base: String,
    pastYears: [Int], months: ClosedRange<CalendarMonth>
  ) {
    self.contract = contract
    self.language = language
    self.now = now
    self.isSimulation = isSimulation
    self.base = PortalSite.withoutSlash(base)
    self.pastYears = pastYears.sorted(by: >)
    self.months = months
  }

  /// For pages that show nothing of the register: what a server answers to forms.
  package init(forms contract: Contract, language: Language, now: Instant, isSimulation: Bool) {
    let month = CalendarMonth(contract.timeZone(at: now).civil(now).date)
    self.init(
      contract: contract, language: language, now: now, isSimulation: isSimulation, base: contract.home,
      pastYears: [], months: month...month)
    takesSubscriptions = true
  }

  /// Whether the page of all services is published above this one: not where the folder of a service is served alone.
  var isBelowSite: Bool { base.utf8.suffix(contract.service.utf8.count + 1).elementsEqual("/\(contract.service)".utf8) }

  package var paths: PortalPaths { PortalPaths(service: contract.service) }

  var service: String { language.choice(contract.name) }
  var colon: String { language.colon + " " }

  /// Sentences with the times of the zone in force at `instant`.
  func wording(at instant: Instant) -> Wording {
    Wording(language, zone: contract.timeZone(at: instant), audience: .clients)
  }
  func wording(of change: Change) -> Wording { wording(at: change.content.interval.start) }

  func telling(of change: Change) -> ChangeTelling {
    ChangeTelling(change, contract: contract, language: language)
  }

  /// When the service may be stopped, by the version of the contract in force then.
  func windowTerms(at instant: Instant) -> String { wording(at: instant).window(contract.terms(at: instant)) }

  /// When the work is announced for; with its zone only where that is not the one which the foot of every page names.
  func range(_ telling: ChangeTelling) -> String {
    telling.range + (telling.wording.zoneName == wording(at: now).zoneName ? "" : telling.zone)
  }

  var newestPast: PortalPage {
    .past(year: pastYears.first ?? wording(at: now).zone.civil(now).date.year, isNewest: true)
  }

  private static func withoutSlash(_ text: String) -> String {
    var text = text
    while text.utf8.last == UInt8(ascii: "/") { text.removeLast() }
    return text
  }
}

extension PortalSite {
  /// A link to another page of this language, as seen from `page`.
  func link(_ target: PortalPage, from page: PortalPage) -> Link {
    .within(paths.page(target, language).relative(to: paths.page(page, language)))
  }

  func link(_ target: PortalPath, from page: PortalPage) -> Link {
    .within(target.relative(to: paths.page(page, language)))
  }
}

import CivilTime

/// Makes decisions about new plans. Commands on changes that exist stand in `Planner+Move.swift`.
struct Planner {
  let context: DecisionContext

  func submit(_ request: ChangeContent) throws(CommandError) -> Decision {
    let content = try checked(request)
    let verdict = judge(content)
    guard verdict.status == .allowed else { return Decision(verdict: verdict, events: [.refused(content, verdict)]) }
    let isDecided = !context.contract.needsApproval(content)
    return Decision(verdict: verdict, events: [isDecided ? .planned(content, verdict) : .requested(content, verdict)])
  }

  func emergency(_ request: ChangeContent) throws(CommandError) -> Decision {
    let content = try checked(request.estimated(by: context.contract, at: context.now))
    let verdict = judge(content)
    guard verdict.status == .allowed else { return Decision(verdict: verdict, events: [.refused(content, verdict)]) }
    let interval = content.interval
    if interval.start > context.now { return Decision(verdict: verdict, events: [.planned(content, verdict)]) }
    // Work that has begun is a fact; it is over when its stated end is not ahead.
    let end = interval.end <= context.now ? interval.end : nil
    return Decision(
      verdict: verdict, events: [.emergencyRecorded(content, verdict, start: interval.start, end: end)])
  }

  func judge(_ content: ChangeContent, except id: ChangeID? = nil) -> Verdict {
    Rules.judge(
      content, at: context.now, publishedBy: context.publishedBy, windows: windows(content), contract: context.contract,
      booked: context.booked,
      except: id)
  }

  func windows(_ content: ChangeContent) -> WindowTable {
    if let table = context.windows, table.covers(content.interval) { return table }
    return WindowTable(contract: context.contract, environment: content.environment, covering: content.interval)
  }

  /// The content with its texts and lists in order, or the error that says what cannot stand.
  func checked(_ request: ChangeContent) throws(CommandError) -> ChangeContent {
    var content = request
    for field in ChangeField.ofContent { try checkText(field, of: &content) }
    content.moveReason = try reason(content.moveReason)
    try checkPlace(&content)
    try checkInterval(content.interval)
    try checkUpdate(&content)
    content.alongside = Array(Set(content.alongside)).sorted()
    return content
  }

  /// A text that may be left out says nothing when it is empty.
  private func checkText(_ field: ChangeField, of content: inout ChangeContent) throws(CommandError) {
    guard case .text(let rule) = field.kind, let said = content[field]?.text else { return }
    let text = try text(said, rule)
    if rule.isLink, !WebAddress.isPlausible(text) { throw .invalidDocumentationAddress(text) }
    if field.isRequired, text.isEmpty { throw field == .title ? .missingTitle : .invalidText(.empty(field: rule)) }
    _ = content.set(field, to: text.isEmpty ? nil : .text(text))
  }

  /// Nil where nothing is said.
  func reason(_ value: Reason?) throws(CommandError) -> Reason? {
    Reason(try text(value?.text, .reason), clients: try text(value?.clients, .clientReason))
  }

  /// Nil where nothing is said.
  func text(_ value: String?, _ field: TextField) throws(CommandError) -> String? {
    guard let value else { return nil }
    let said: String = try text(value, field)
    return said.isEmpty ? nil : said
  }

  func text(_ value: String, _ field: TextField) throws(CommandError) -> String {
    do { return try TextRules.check(value, as: field) } catch { throw .invalidText(error) }
  }

  private func checkPlace(_ content: inout ChangeContent) throws(CommandError) {
    let contract = context.contract
    guard contract.environments.contains(content.environment) else {
      throw .unknownEnvironment(content.environment, known: contract.environments)
    }
    for component in content.components where !contract.components.contains(component) {
      throw .unknownComponent(component, known: contract.components)
    }
    let named = Set(content.components)
    content.components = contract.components.filter(named.contains)
  }

  private func checkInterval(_ interval: Interval) throws(CommandError) {
    guard interval.length <= CommandError.Limits.longestInterval else { throw .intervalTooLong(interval.length) }
    for moment in [interval.start, interval.end] {
      let distance = (moment - context.now).seconds.magnitude
      if distance > CommandError.Limits.horizon.seconds.magnitude { throw .tooFarAway(moment) }
    }
  }

  private func checkUpdate(_ content: inout ChangeContent) throws(CommandError) {
    guard content.kind == .update else {
      if content.update != nil { throw .notAnUpdate }
      return
    }
    guard content.update != nil else { throw .updateDetailsMissing }
    for field in ChangeField.ofUpdate { try checkText(field, of: &content) }
    if content.update?.interruption == false, content.impact == .outage {
      throw .interruptionContradictsImpact(content.impact)
    }
  }
}

/// Addresses that may be published as links.
public enum WebAddress {
  /// `http://` or `https://`, then a host, in printable ASCII without blanks, quotes or angle brackets (RFC 3986).
  public static func isPlausible(_ text: String) -> Bool {
    for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
      let rest = text.utf8.dropFirst(scheme.utf8.count)
      let forbidden = Set("\"<>\\^`{|}'".utf8)
      guard let first = rest.first, first != UInt8(ascii: "/") else { return false }
      return rest.allSatisfy { $0 > 0x20 && $0 < 0x7F && !forbidden.contains($0) }
    }
    return false
  }
}

import JSONText
package import Planning
package import Publication
package import Register
package import Wording

/// Writes a notice of a change in any format.
package struct NoticeWriting {
  let register: Register
  let identity: String
  let isSimulation: Bool
  let templates: NoticeTemplates
  package let language: Language

  package init(
    register: Register, identity: String, isSimulation: Bool, templates: NoticeTemplates, language: Language
  ) {
    self.register = register
    self.identity = identity
    self.isSimulation = isSimulation
    self.templates = templates
    self.language = language
  }

  /// A notice before it takes a form.
  package struct Draft {
    package let document: NoticeDocument
    package let kind: NoticeKind
    /// The change that it tells of, as it was then.
    package let subject: Change
    /// As it is now.
    let newest: Change
    let contract: Contract
  }

  /// - Parameters:
  ///   - history: the change after each of its events; never empty.
  ///   - wanted: nil for the notice that the newest revision calls for.
  package func draft(_ wanted: NoticeKind?, of history: [Change], contract: Contract) throws -> Draft {
    let choice = NoticeChoice(history: history, language: language)
    let (subject, kind) = try choice.choose(wanted)
    // What was sent is written as it was then.
    let isSent = history.last?.notices.contains { $0.kind == kind && $0.revision == subject.revision } ?? false
    let moment = subject.revisedAt ?? subject.recordedAt
    let document = try templates.document(
      kind, of: subject, contract: contract, language: language, isSimulation: isSimulation,
      told: choice.told(before: subject), at: isSent ? nil : register.now,
      isDown: subject.state == .completed ? register.isDown(contract.service, at: moment) : false)
    return Draft(
      document: document, kind: kind, subject: subject, newest: history[history.count - 1], contract: contract)
  }

  package func write(_ draft: Draft, as form: NoticeForm) throws -> [UInt8] {
    let (document, kind, subject, contract) = (draft.document, draft.kind, draft.subject, draft.contract)
    if let text = try form.text(of: document, by: templates, contract: contract, at: register.now) {
      return Array(text.utf8)
    }
    switch form.format {
    case .ics:
      let method = ChangeMessage.Method(for: draft.newest)
      return try ChangeMessage.render(subject.id, from: register, language: language, method: method) ?? []
    case .markdown, .html, .text, .letter, .json:
      let json = ChangeJSON(
        wording: Wording(language, zone: contract.currentTimeZone), isSimulation: isSimulation)
      return Array(document.json(kind: kind, change: json.change(subject.forClients)).prettyText.utf8)
    case .eml:
      let method = ChangeMessage.Method(for: draft.newest)
      // The event is that of the newest revision: nobody's calendar is set back by a late mail.
      let bytes = try ChangeMessage.render(subject.id, from: register, language: language, method: method)
      var mail = NoticeMail(
        document.addressed(by: contract), kind: kind, contract: contract, change: subject, identity: identity,
        date: register.now, recipients: form.recipients, hiddenRecipients: form.hiddenRecipients,
        calendar: bytes.map { ($0, method == .cancel) })
      mail.isDraft = form.isDraft
      return try mail.render(by: templates)
    }
  }
}

extension NoticeWriting {
  /// Throws `BadValue` where clients were told nothing that such a notice could tell again.
  ///
  /// - Parameters:
  ///   - wanted: nil for the notice that was called for last.
  ///   - service: only what touches this one.
  package func draft(
    _ wanted: NoticeKind?, of record: ReleaseRecord, _ changes: [Change], service: String?,
    contract: (String) throws -> Contract
  ) throws -> ReleaseNotice {
    let rows = try changes.filter { change in service.map { $0 == change.content.service } ?? true }.map {
      (change: $0.forClients, contract: try contract($0.content.service))
    }
    if let wanted, !ReleaseNotice.kinds.contains(wanted) {
      let kinds = ReleaseNotice.kinds.map(\.rawValue).joined(separator: ", ")
      throw BadValue(
        language(
          "\(wanted.rawValue) is told of each change; of a release: \(kinds).",
          "\(wanted.rawValue) se dit de chaque changement ; d’une livraison : \(kinds)."))
    }
    guard let notice = ReleaseNotice(record, wanted, rows, language: language) else {
      throw BadValue(
        language(
          "Clients were told nothing of \(record.id) that this notice could tell.",
          "Les clients n’ont rien su de \(record.id) que cet avis puisse dire."))
    }
    return notice
  }

  package func write(_ notice: ReleaseNotice, as form: NoticeForm) throws -> [UInt8] {
    let document = try templates.document(notice, isSimulation: isSimulation)
    let contract = notice.rows[0].contract
    if let text = try form.text(of: document, by: templates, contract: contract, at: register.now) {
      return Array(text.utf8)
    }
    switch form.format {
    case .markdown, .html, .text, .letter, .json:
      return Array(document.json(kind: notice.kind, release: notice.record.id).prettyText.utf8)
    case .ics: return try calendar(notice)
    case .eml:
      return try ReleaseMail(
        document.addressed(by: contract), notice, recipients: form.recipients, hidden: form.hiddenRecipients,
        isDraft: form.isDraft, identity: identity, date: register.now, calendar: calendar(notice)
      ).render(by: templates)
    }
  }

  /// All events of what the notice tells.
  private func calendar(_ notice: ReleaseNotice) throws -> [UInt8] {
    let events = try notice.rows.compactMap { row in
      try register.store.read { try $0.fragment(row.change.id, language: language.rawValue)?.body }
    }
    return try ChangeMessage.calendar(
      Array(events.joined()), language: language, method: notice.kind == .cancelled ? .cancel : .publish)
  }
}

package import CivilTime
package import Planning

extension Wording {
  /// What a change touches; all of the service where no component is named.
  package func components(_ names: [String]) -> String {
    names.isEmpty ? pick("the whole service", "tout le service") : language.list(names)
  }

  /// What an update asks of clients (article 10).
  package func needs(_ update: UpdateDetails) -> String {
    var needs: [String] = []
    if update.training { needs.append(pick("training of users", "formation des utilisateurs")) }
    if update.configuration { needs.append(pick("configuration of the application", "paramétrage de l’application")) }
    return needs.isEmpty
      ? pick("neither training nor configuration", "ni formation ni paramétrage") : language.list(needs)
  }

  /// A moment as someone stated it, with that of recording where the two differ by more than 60 s.
  package func stated(_ moment: Change.StatedInstant) -> String {
    let text = dateTime(moment.stated)
    guard abs((moment.recorded - moment.stated).seconds) > 60 else { return text }
    let recorded = dateTime(moment.recorded)
    return text + pick("; recorded on \(recorded)", "\(Typography.narrow); enregistré le \(recorded)")
  }

  /// When work under way began; of work that is over, when it took place and how much later than announced it ended. Nil
  /// before the start.
  package func actualTimes(of change: Change) -> String? {
    guard let start = change.actualStart?.stated else { return nil }
    guard let end = change.actualEnd?.stated else {
      return pick("Actual start: \(dateTime(start))", "Début réel\u{A0}: \(dateTime(start))")
    }
    let when = Interval(start: start, end: end).map { range($0) } ?? dateTime(end)
    let overrun = change.overrun.map {
      pick("; overrun: \(duration($0))", "\(Typography.narrow); dépassement\u{A0}: \(duration($0))")
    }
    return pick("Actual time: \(when)", "Horaire réel\u{A0}: \(when)") + (overrun ?? "")
  }

  /// How long ahead clients were told of the plan, and when; for work recorded after its start, that it was. Nil for
  /// drafts.
  package func announced(_ change: Change) -> String? {
    guard let notice = change.noticeGiven, let plannedAt = change.plannedAt else { return nil }
    let moment = dateTime(plannedAt)
    if notice > .zero {
      return pick(
        "\(duration(notice)) before the start, on \(moment)", "\(duration(notice)) avant le début, le \(moment)")
    }
    return pick("after the start, on \(moment)", "après le début, le \(moment)")
  }

  /// What the reason of the newest revision is a reason for.
  package func moveReasonName(_ change: Change) -> String {
    switch change.lastRevision {
    case .rescheduled: pick("Reason for the new plan", "Motif du nouveau plan")
    case .amended: pick("Reason for the amendment", "Motif de la modification")
    case .cancelled: pick("Reason for the cancellation", "Motif de l’annulation")
    case .extended: pick("Reason for the extension", "Motif de la prolongation")
    case .completed: pick("Reason for the later end", "Motif de la fin tardive")
    case .started: pick("Reason for the start", "Motif du début")
    case .announced, nil: pick("Reason for the change", "Motif du changement")
    }
  }
}

extension Wording {
  /// What a change is: `maintenance planifiée`, `maintenance urgente`, `mise à jour`.
  package func kind(_ kind: ChangeKind) -> String {
    switch kind {
    case .maintenance: pick("planned maintenance", "maintenance planifiée")
    case .emergency: pick("emergency maintenance", "maintenance urgente")
    case .update: pick("update", "mise à jour")
    }
  }

  /// Where a change stands. Nothing urgent is called planned: without a kind that is known, `planned` reads `annoncée`.
  package func state(_ state: ChangeState, of kind: ChangeKind? = nil) -> String {
    switch (state, kind) {
    case (.refused, _): pick("refused", "refusée")
    case (.requested, _): pick("requested", "demandée")
    case (.planned, .maintenance), (.planned, .update): pick("planned", "planifiée")
    case (.planned, .emergency): pick("announced", "annoncée")
    case (.planned, nil): pick("announced", "annoncée")
    case (.inProgress, _): pick("in progress", "en cours")
    case (.completed, _): pick("completed", "terminée")
    case (.cancelled, _): pick("cancelled", "annulée")
    }
  }

  /// Where `change` stands, in the words of its kind.
  package func state(of change: Change) -> String {
    if change.state == .refused, change.approval?.state == .declined { return pick("declined", "rejetée") }
    return state(change.state, of: change.content.kind)
  }

  package func approval(_ state: Approval.State) -> String {
    switch state {
    case .requested: pick("To be approved", "À approuver")
    case .approved: pick("Approved", "Approuvé")
    case .declined: pick("Declined", "Rejeté")
    }
  }

  /// What has to be decided of a change, by whom and until when, or what was decided; nil where nothing needs it.
  ///
  /// - Parameter contract: nil where the service has none any more.
  package func approval(of change: Change, by contract: Contract?, at now: Instant) -> String? {
    guard let approval = change.approval else { return nil }
    let who = approval.by.map { pick(" by \($0)", " par \($0)") } ?? ""
    let why = approval.reason.map { "\(colon)\($0)" } ?? ""
    let when = dateTime(approval.at)
    switch approval.state {
    case .approved: return pick("Approved\(who), \(when)\(why)", "Approuvée\(who), \(when)\(why)")
    case .declined: return pick("Declined\(who), \(when)\(why)", "Rejetée\(who), \(when)\(why)")
    case .requested:
      guard let asked = change.awaiting else { return nil }
      let time = range(asked.interval)
      let what =
        change.proposal == nil
        ? pick(
          "Requested\(who), \(when): nobody is told yet.", "Demandée\(who), \(when)\(colon)personne n’est prévenu.")
        : pick(
          "Requested\(who), \(when), instead: \(time). Until that is approved the plan stands, and both times are held.",
          "Demandé\(who), \(when), à la place\(colon)\(time). D’ici l’approbation le plan reste, et les deux horaires sont retenus."
        )
      return "\(what) \(deadline(change.id, asked, contract, at: now))"
    }
  }

  private func deadline(_ id: ChangeID, _ asked: ChangeContent, _ contract: Contract?, at now: Instant) -> String {
    let terms = contract?.terms(at: asked.interval.start).approval
    let isAdmin = terms?.by == .admin
    let who = pick(
      isAdmin ? "An administrator" : "A release manager", isAdmin ? "Un administrateur" : "Un release manager")
    let clause = cite(terms?.clause)
    guard let latest = contract?.latestPublication(of: asked) else {
      return pick(
        "\(who) approves it\(clause): \(name(.approve(id)))", "\(who) l’approuve\(clause)\(colon)\(name(.approve(id)))")
    }
    let moment = dateTime(latest)
    return now > latest
      ? pick(
        "Since \(moment) it is too late to approve it as it stands: \(name(.reschedule(id)))",
        "Depuis le \(moment), il est trop tard pour l’approuver telle quelle\(colon)\(name(.reschedule(id)))")
      : pick(
        "\(who) has to approve it\(clause) by \(moment): \(name(.approve(id)))",
        "\(who) doit l’approuver\(clause) au plus tard le \(moment)\(colon)\(name(.approve(id)))")
  }

  /// What clients feel, in a few words.
  package func impact(_ impact: Impact) -> String {
    switch impact {
    case .none: pick("no impact", "sans impact")
    case .reducedRedundancy: pick("reduced redundancy", "redondance réduite")
    case .degraded: pick("degraded service", "service dégradé")
    case .outage: pick("service unavailable", "service indisponible")
    }
  }

  /// What kind of update it is, in the terms of article 10.
  package func category(_ category: UpdateDetails.Category) -> String {
    switch category {
    case .evolution: pick("improvement", "évolution")
    case .ergonomics: pick("ergonomics", "ergonomie")
    case .correction: pick("correction", "correction")
    }
  }

  /// A field of a change, by the name that people know it by.
  package func field(_ field: TextField) -> String {
    switch field {
    case .title: pick("title", "titre")
    case .description: pick("description", "description")
    case .reason: pick("reason", "motif")
    case .version: pick("version", "version")
    case .documentation: pick("documentation", "documentation")
    case .evidence: pick("evidence", "justification")
    case .name: pick("name", "nom")
    case .client: pick("client’s name", "nom du client")
    }
  }
}

extension Wording {
  /// What happened to a change, in a word or two.
  package func event(_ event: ChangeEvent) -> String {
    switch event {
    case .planned: pick("planned", "planifiée")
    case .refused: pick("refused", "refusée")
    case .draftRevised: pick("draft revised", "brouillon revu")
    case .rescheduled: pick("rescheduled", "reportée")
    case .replanningRefused: pick("move refused", "report refusé")
    case .amended: pick("amended", "modifiée")
    case .requested: pick("requested", "demandée")
    case .approved: pick("approved", "approuvée")
    case .declined: pick("declined", "rejetée")
    case .cancelled: pick("cancelled", "annulée")
    case .started: pick("started", "commencée")
    case .extended: pick("extended", "prolongée")
    case .completed: pick("completed", "terminée")
    case .emergencyRecorded: pick("emergency recorded", "urgence enregistrée")
    case .noticesReleased(let kinds):
      pick(
        "to be sent: \(language.list(kinds.map { notice($0) }))",
        "à envoyer : \(language.list(kinds.map { notice($0) }))")
    case .noticePublished(let kind, let channel, _, _, _):
      pick(
        "notice published: \(notice(kind)) (\(self.channel(channel)))",
        "avis publié : \(notice(kind)) (\(self.channel(channel)))")
    }
  }
}

package import CivilTime
package import Planning

extension Wording {
  /// What a change touches; all of the service where no component is named.
  package func components(_ ids: [String], of contract: Contract) -> String {
    ids.isEmpty
      ? pick("the whole service", "tout le service") : language.list(ids.map { contract.component($0, language) })
  }

  /// `composant application`, `composants application et flux`; `“application” and “flux” components`.
  package func componentPhrase(_ ids: [String], of contract: Contract) -> String {
    let names = ids.map { contract.component($0, language) }
    let s = names.count == 1 ? "" : "s"
    return pick(
      "\(language.list(names.map(language.quoted))) component\(s)", "composant\(s) \(language.list(names))")
  }

  /// What an update asks of clients (article 10).
  package func needs(_ update: UpdateDetails) -> String {
    var needs: [String] = []
    if update.training { needs.append(pick("user training", "formation des utilisateurs")) }
    if update.configuration { needs.append(pick("configuration of the application", "paramétrage de l’application")) }
    return needs.isEmpty
      ? pick("nothing (neither training nor configuration)", "rien (ni formation ni paramétrage)")
      : language.list(needs)
  }

  /// A moment as someone stated it, with that of recording where the two differ by more than 60 s.
  package func stated(_ moment: Change.StatedInstant) -> String {
    let text = dateTime(moment.stated)
    guard audience == .staff, abs((moment.recorded - moment.stated).seconds) > 60 else { return text }
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

  /// The end that was told before any extension: of urgent work, whose first notice may have told none, the first told.
  package func firstEnd(_ change: Change) -> String {
    change.content.kind == .emergency
      ? pick("first expected end", "première fin prévue")
      : pick("originally announced end", "fin annoncée initialement")
  }

  /// When clients were told of the plan, and how long ahead or afterwards that was; where nobody has said that they were,
  /// when it was recorded. Staff reads the notice given. Nil for drafts.
  package func announced(_ change: Change) -> String? {
    guard let notice = change.noticeGiven, let plannedAt = change.plannedAt else { return nil }
    let moment = dateTime(audience == .clients ? change.toldAt ?? plannedAt : plannedAt)
    if audience == .clients {
      guard let told = change.toldAt else { return moment }
      let start = change.content.interval.start
      let length = told < start ? start - told : told - start
      var notes = [
        told < start
          ? pick("\(ahead(length)) in advance", "\(ahead(length)) à l’avance")
          : change.actualEnd.map { $0.stated <= told } ?? false
            ? pick("after the end", "après la fin")
            : length < .minutes(1)
              ? pick("at the start", "au début")
              : pick("\(spelled(length)) after the start", "\(spelled(length)) après le début")
      ]
      if let first = change.firstToldAt.map({ date(zone.civil($0).date) }), first != date(zone.civil(told).date) {
        notes.append(pick("first announced: \(first)", "première annonce : \(first)"))
      }
      return "\(moment) (\(language.series(notes)))"
    }
    if notice > .zero {
      return pick(
        "\(days(notice)) before the start, on \(moment)", "\(days(notice)) avant le début, le \(moment)")
    }
    return pick("after the start, on \(moment)", "après le début, le \(moment)")
  }

  /// What the reason of the newest revision is a reason for.
  package func moveReasonName(_ change: Change) -> String {
    switch change.lastRevision {
    case .rescheduled(let before) where before.interval == change.content.interval:
      pick("Reason for the new announcement", "Motif de la nouvelle annonce")
    case .rescheduled(let before)
    where before.interval.start < change.content.interval.start
      && !areSameDay(before.interval, change.content.interval):
      pick("Reason for the postponement", "Motif du report")
    case .rescheduled: pick("Reason for the new time", "Motif du nouvel horaire")
    case .extended where audience == .clients && !change.content.isEndKnown:
      pick("Current status", "Point de situation")
    case .extended(let before) where audience == .clients && !before.isEndKnown:
      pick("Additional information", "Précision")
    case .amended: pick("Reason for the amendment", "Motif de la modification")
    case .cancelled: pick("Reason for the cancellation", "Motif de l’annulation")
    case .extended: pick("Reason for the extension", "Motif de la prolongation")
    case .completed where change.corrected != nil: pick("Reason for the correction", "Motif de la correction")
    case .completed where (change.overrun ?? .zero) < .minutes(1): pick("Additional information", "Précision")
    case .completed: pick("Reason for the overrun", "Motif du dépassement")
    case .started where change.startedEarly: pick("Reason for the early start", "Motif du début anticipé")
    case .started where change.startedLate: pick("Reason for the late start", "Motif du retard")
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

  /// The same at `now`: work that nobody has begun or ended when clients were told that it would be.
  package func state(of change: Change, at now: Instant) -> String {
    let plan = change.content.interval
    switch change.state {
    case .planned where plan.start <= now: return pick("not begun", "non commencée")
    case .inProgress where change.content.isOver(at: now): return pick("overdue", "en retard")
    default: return state(of: change)
    }
  }

  package func approval(_ state: Approval.State) -> String {
    switch state {
    case .requested: pick("To be approved", "À approuver")
    case .approved: pick("Approved", "Approuvée")
    case .declined: pick("Declined", "Rejetée")
    }
  }

  /// What has to be decided of a change, by whom and until when, or what was decided; nil where nothing needs it.
  ///
  /// - Parameter contract: nil where the service has none any more.
  package func approval(of change: Change, by contract: Contract?, at now: Instant) -> String? {
    guard let approval = change.approval else { return nil }
    switch approval.state {
    case .approved, .declined:
      let move = change.declined.map { declined in
        pick("The move was declined\(by(declined))", "La modification du plan a été rejetée\(by(declined))")
          + ". " + pick("The plan stands.", "Le plan reste.")
      }
      // Of a plan that nobody had to approve there is nothing else to tell.
      if let move, approval.state == .declined { return move }
      let plan =
        approval.state == .approved
        ? pick("Approved\(by(approval))", "Approuvée\(by(approval))")
        : pick("Declined\(by(approval))", "Rejetée\(by(approval))")
      return [move, plan].compactMap(\.self).joined(separator: " ")
    case .requested:
      guard let asked = change.awaiting else { return nil }
      let deadline = deadline(change.id, asked, contract, at: now)
      let requested = pick("Requested\(by(approval))", "Demandée\(by(approval))")
      guard change.proposal != nil else {
        return requested + pick(": nobody is told yet.", "\(colon)personne n’est prévenu.") + " " + deadline
      }
      let what = pick("A move is requested\(by(approval))", "Une modification du plan est demandée\(by(approval))")
      guard asked.interval != change.content.interval else {
        return what + pick(". Until it is approved the plan stands. ", ". D’ici l’approbation le plan reste. ")
          + deadline
      }
      return what
        + pick(
          ", instead: \(range(asked: asked)). Until it is approved the plan stands, and both times are held. ",
          ", à la place\(colon)\(range(asked: asked)). D’ici l’approbation le plan reste, et les deux horaires sont retenus. "
        ) + deadline
    }
  }

  /// Who decided, when and why.
  private func by(_ approval: Approval) -> String {
    let who = approval.by.map { pick(" by \($0)", " par \($0)") } ?? ""
    let when = dateTime(approval.at)
    return who + pick(", on \(when)", ", le \(when)") + (approval.reason.map { "\(colon)\($0)" } ?? "")
  }

  /// That a request which is allowed would wait for approval, and until when; nil where nobody has to give it.
  package func approvalNeeded(of asked: ChangeContent, by contract: Contract) -> String? {
    guard contract.needsApproval(asked) else { return nil }
    let who = approver(contract.terms(at: asked.interval.start).approval)
    let by = contract.latestPublication(of: asked).map(dateTime)
    return pick(
      "\(who) would have to approve it\(by.map { " by \($0)" } ?? ""); nobody is told before.",
      "\(who) devrait l’approuver\(by.map { " au plus tard le \($0)" } ?? "")\(Typography.narrow); personne n’est prévenu avant."
    )
  }

  private func approver(_ terms: ContractTerms.Approval?) -> String {
    terms?.by == .admin
      ? pick("An administrator", "Un administrateur")
      : pick("A release manager", "Un responsable des mises en production")
  }

  private func deadline(_ id: ChangeID, _ asked: ChangeContent, _ contract: Contract?, at now: Instant) -> String {
    let terms = contract?.terms(at: asked.interval.start).approval
    let who = approver(terms)
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
    case .correction: pick("fix", "correction")
    }
  }

  /// A field of a change, by the name that people know it by.
  package func field(_ field: TextField) -> String {
    switch field {
    case .title: pick("title", "titre")
    case .titleEnglish: pick("English title", "titre anglais")
    case .descriptionEnglish: pick("English description", "description anglaise")
    case .clientReason: pick("reason for clients", "motif pour les clients")
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
  ///
  /// - Parameter change: as the event left it.
  package func event(_ event: ChangeEvent, after change: Change) -> String {
    switch event {
    case .rescheduled where change.lastRevision == .announced, .planned: pick("planned", "planifiée")
    case .refused: pick("refused", "refusée")
    case .draftRevised: pick("draft revised", "brouillon revu")
    case .rescheduled:
      if case .rescheduled(let before)? = change.lastRevision, before.interval == change.content.interval {
        pick("announced anew", "annoncée de nouveau")
      } else {
        pick("rescheduled", "replanifiée")
      }
    case .replanningRefused: pick("move refused", "report refusé")
    case .amended: pick("amended", "modifiée")
    case .requested: pick("requested", "demandée")
    case .approved: pick("approved", "approuvée")
    case .declined: pick("declined", "rejetée")
    case .cancelled: pick("cancelled", "annulée")
    case .started: pick("started", "commencée")
    case .extended: pick("extended", "prolongée")
    case .completed where change.corrected != nil: pick("times corrected", "horaires corrigés")
    case .completed: pick("completed", "terminée")
    case .emergencyRecorded: pick("emergency recorded", "urgence enregistrée")
    case .leftRelease: pick("left its release", "sortie de sa livraison")
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

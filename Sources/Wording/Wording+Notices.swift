package import CivilTime
package import Planning

extension Wording {
  /// What a notice is called; a reminder with its distance from the start.
  package func notice(_ kind: NoticeKind, lead: Elapsed? = nil) -> String {
    switch kind {
    case .announcement: pick("announcement", "annonce")
    case .reminder:
      lead.map { pick("reminder at \(duration($0))", "rappel à \(duration($0))") } ?? pick("reminder", "rappel")
    case .rescheduled: pick("rescheduling", "report")
    case .amended: pick("amendment", "modification")
    case .cancelled: pick("cancellation", "annulation")
    case .emergency: pick("emergency", "urgence")
    case .regularisation: pick("account afterwards", "régularisation")
    case .update: pick("update", "mise à jour")
    case .started: pick("start", "début")
    case .extended: pick("extension", "prolongation")
    case .completed: pick("end", "fin")
    }
  }

  /// The same for somebody who chooses among them.
  package func noticeOffered(_ kind: NoticeKind) -> String {
    switch kind {
    case .announcement: pick("Maintenance is announced", "Annonce d’une maintenance")
    case .reminder: pick("Reminder before the start", "Rappel avant le début")
    case .rescheduled: pick("Another time", "Report")
    case .amended: pick("Details have changed", "Modification")
    case .cancelled: pick("Cancellation", "Annulation")
    case .emergency: pick("Urgent maintenance", "Maintenance urgente")
    case .regularisation: pick("Account of urgent maintenance", "Compte rendu d’une maintenance urgente")
    case .update: pick("An update is announced", "Annonce d’une mise à jour")
    case .started: pick("Work begins", "Début de l’intervention")
    case .extended: pick("Work takes longer", "Prolongation de l’intervention")
    case .completed: pick("Work is over", "Fin de l’intervention")
    }
  }

  package func channel(_ channel: NoticeChannel) -> String {
    switch channel {
    case .portal: pick("portal", "portail")
    case .mail: pick("mail", "courriel")
    case .letter: pick("letter", "courrier")
    }
  }

  /// Heading above notices that are late, due or to come.
  package func obligation(_ status: NoticeObligation.Status) -> String {
    switch status {
    case .late: pick("Late", "En retard")
    case .due: pick("To be published now", "À publier maintenant")
    case .upcoming: pick("Coming up", "À venir")
    }
  }

  /// By when a notice has to be out, and how far that is.
  package func deadline(_ obligation: NoticeObligation, now: Instant) -> String {
    let moment = dateAndTime(obligation.status(at: now) == .upcoming ? obligation.hour : obligation.due)
    switch obligation.status(at: now) {
    case .late:
      let late = days(now - obligation.due)
      return pick("\(moment) (\(late) ago)", "\(moment) (depuis \(late))")
    case .due:
      return pick("by \(moment)", "avant le \(moment)")
    case .upcoming:
      return moment
    }
  }

  /// That the messages of a notice wait for somebody, until when and for what.
  package func unsent(_ notice: UnsentNotice, of id: ChangeID) -> String {
    let what = self.notice(notice.kind, lead: notice.lead)
    let (moment, step) = (dateTime(notice.before), name(Step.send(notice.kind, of: id)))
    return pick(
      "Not sent yet, to go by \(moment): \(what) (\(step))",
      "Pas encore envoyé, à envoyer avant le \(moment)\(colon)\(what) (\(step))")
  }

  /// Why a notice cannot be written yet.
  package func awaits(_ obligation: NoticeObligation) -> String {
    let id = obligation.change
    let (start, extend, complete, over) = (Step.start(id), Step.extend(id), Step.complete(id), Step.carriedOut(id))
    switch obligation.kind {
    case .started:
      return pick(
        "first say that the work begins (\(name(start))) or is over (\(name(over)))",
        "dites d’abord que le travail commence (\(name(start))) ou qu’il est fini (\(name(over)))")
    case .extended:
      return pick(
        "clients were promised word: say that the work goes on (\(name(extend))) or has ended (\(name(complete)))",
        "les clients attendent une information : dites que le travail continue (\(name(extend))) ou qu’il est fini (\(name(complete)))"
      )
    default:
      return pick(
        "first say that the work ended: \(name(complete))", "dites d’abord que le travail est fini : \(name(complete))")
    }
  }
}

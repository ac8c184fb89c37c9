package import Planning

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
    case .cancelled: pick("cancelled", "annulée")
    case .started: pick("started", "commencée")
    case .extended: pick("extended", "prolongée")
    case .completed: pick("completed", "terminée")
    case .emergencyRecorded: pick("emergency recorded", "urgence enregistrée")
    case .noticePublished(let kind, let channel, _, _):
      pick(
        "notice published: \(notice(kind)) (\(self.channel(channel)))",
        "avis publié : \(notice(kind)) (\(self.channel(channel)))")
    }
  }
}

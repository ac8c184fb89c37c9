package import Planning

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
    case (.planned, .maintenance), (.planned, .update): pick("planned", "planifiée")
    case (.planned, .emergency): pick("announced", "annoncée")
    case (.planned, nil): pick("announced", "annoncée")
    case (.inProgress, _): pick("in progress", "en cours")
    case (.completed, _): pick("completed", "terminée")
    case (.cancelled, _): pick("cancelled", "annulée")
    }
  }

  /// Where `change` stands, in the words of its kind.
  package func state(of change: Change) -> String { state(change.state, of: change.content.kind) }

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

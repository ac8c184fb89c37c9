import CivilTime
package import Planning

extension Wording {
  /// One line: what is wrong with a command, with which of its values, and what would be right.
  package func commandError(_ error: CommandError) -> String {
    switch error {
    case .unknownComponent(let name, let known):
      return unknown(.component, pick("component", "composant"), name, known)
    case .unknownEnvironment(let name, let known):
      return unknown(.environment, pick("environment", "environnement"), name, known)
    case .invalidText(let text):
      return textError(text)
    case .missingTitle:
      return pick(
        "\(name(.title)): a change needs a title; clients see it first.",
        "\(name(.title))\(colon)un changement a besoin d’un titre, c’est ce que les clients voient d’abord.")
    case .intervalTooLong(let length):
      return pick(
        "\(name(.end)): the work would last \(duration(length)); at most \(duration(CommandError.Limits.longestInterval)) "
          + "can be announced.",
        "\(name(.end))\(colon)l’intervention durerait \(duration(length))\(Typography.narrow); "
          + "\(duration(CommandError.Limits.longestInterval)) au plus.")
    case .tooFarAway(let instant):
      return pick(
        "\(name(.start)): \(dateTime(instant)) is more than ten years away.",
        "\(name(.start))\(colon)\(dateTime(instant)), c’est à plus de dix ans.")
    case .nothingToAmend:
      return pick(
        "Nothing to amend: say what changes, for instance \(name(.title)), \(name(.description)), \(name(.impact)) or \(name(.component)).",
        "Rien à modifier\(colon)dites ce qui change, par exemple \(name(.title)), \(name(.description)), \(name(.impact)) ou \(name(.component))."
      )
    case .nothingToMove:
      return pick(
        "\(name(.start)), \(name(.end)): this is the interval that is announced already; nothing was changed.",
        "\(name(.start)), \(name(.end))\(colon)c’est déjà l’horaire annoncé\(Typography.narrow); rien n’a changé.")
    case .noticeRecordedAlready(let kind, let channel, let revision):
      return pick(
        "The \(notice(kind)) notice of revision \(revision) is recorded on that channel (\(self.channel(channel))) already.",
        "L’avis «\(Typography.hard)\(notice(kind))\(Typography.hard)» de la révision \(revision) est déjà enregistré "
          + "sur ce canal (\(self.channel(channel))).")
    case .notAnUpdate:
      let list = list(ChangeField.amendable.filter(ChangeField.ofUpdate.contains))
      return pick(
        "This change is no update: \(list) do not apply.",
        "Ce changement n’est pas une mise à jour\(colon)\(list) ne s’appliquent pas.")
    case .updateDetailsMissing:
      return pick(
        "An update needs its version and category: give \(name(.update)), and \(name(.category)): evolution, ergonomics or correction.",
        "Une mise à jour demande sa version et sa catégorie\(colon)donnez \(name(.update)), "
          + "et \(name(.category))\(colon)evolution, ergonomics ou correction.")
    case .interruptionContradictsImpact(let impact):
      return pick(
        "\(name(.interruption)) contradicts \(name(.impact)) \(impact.rawValue) (\(self.impact(impact))): leave one of them out.",
        "\(name(.interruption)) contredit \(name(.impact)) \(impact.rawValue) (\(self.impact(impact)))\(colon)retirez l’un des deux."
      )
    case .momentInFuture(let moment, let now):
      return pick(
        "\(name(.at)): \(dateTime(moment)) lies ahead; it is now \(dateTime(now)). State a moment that has passed.",
        "\(name(.at))\(colon)\(dateTime(moment)) est à venir\(Typography.narrow); nous sommes le \(dateTime(now)). "
          + "Indiquez un moment passé.")
    case .momentTooEarly(let moment, let earliest):
      return pick(
        "\(name(.at)): \(dateTime(moment)) is too early; the earliest moment is \(dateTime(earliest)).",
        "\(name(.at))\(colon)\(dateTime(moment)) est trop tôt\(Typography.narrow); au plus tôt le \(dateTime(earliest))."
      )
    case .endNotLater(let end, let current):
      return pick(
        "\(name(.end)): \(dateTime(end)) is not later than the end announced, \(dateTime(current)).",
        "\(name(.end))\(colon)\(dateTime(end)) n’est pas après la fin annoncée, \(dateTime(current)).")
    case .endNotAhead(let id, let end, let now):
      return pick(
        "\(name(.end)): \(dateTime(end)) does not lie ahead; it is now \(dateTime(now)). If the work is over: \(name(.complete(id)))",
        "\(name(.end))\(colon)\(dateTime(end)) n’est pas à venir\(Typography.narrow); nous sommes le \(dateTime(now)). Si le travail est fini\(colon)\(name(.complete(id)))"
      )
    case .endMissing(let id):
      return pick(
        "\(name(.end)): say when \(id) ends now; only work whose end is not known goes on without one.",
        "\(name(.end))\(colon)dites quand \(id) se termine désormais\(Typography.narrow); seul un travail dont la fin n’est pas connue se prolonge sans elle."
      )
    case .alongsideItself(let id):
      return pick(
        "\(name(.alongside)): \(id) cannot stand alongside itself; name another change.",
        "\(name(.alongside))\(colon)\(id) ne peut pas se chevaucher lui-même, nommez un autre changement.")
    case .noticeNotApplicable(let kind, let id):
      return pick(
        "\(name(.kind)) \(kind.rawValue): \(id) has no published revision that calls for it. See: \(name(.noticesDue))",
        "\(name(.kind)) \(kind.rawValue)\(colon)aucune révision publiée de \(id) ne l’appelle. Voir\(colon)\(name(.noticesDue))"
      )
    case .nothingOwed(let id):
      return pick(
        "Nothing is owed for \(id) now: name the notice that was published with \(name(.kind)).",
        "Rien n’est dû pour \(id) en ce moment\(colon)nommez l’avis publié avec \(name(.kind)).")
    case .nothingToDecide(let id):
      return pick(
        "Nothing of \(id) waits for approval. See: \(name(.changes))",
        "Rien de \(id) n’attend d’approbation. Voir\(colon)\(name(.changes))")
    case .nothingToSend(let id):
      return pick(
        "No such message of \(id) waits to be sent. See: \(name(.noticesDue))",
        "Aucun message de ce genre de \(id) n’attend d’être envoyé. Voir\(colon)\(name(.noticesDue))")
    case .ownRequest(let id):
      return pick(
        "\(id) is your own request: somebody else has to approve it.",
        "\(id) est votre propre demande\(colon)une autre personne doit l’approuver.")
    case .declinedWithoutReason(let id):
      return pick(
        "\(name(.reason)): say why \(id) is declined; whoever asked for it reads that.",
        "\(name(.reason))\(colon)dites pourquoi \(id) est rejeté\(Typography.narrow); l’auteur de la demande le lira.")
    case .invalidDocumentationAddress(let address):
      return pick(
        "\(name(.documentation)): \(language.quoted(address)) is no web address; write https://….",
        "\(name(.documentation))\(colon)\(language.quoted(address)) n’est pas une adresse web, écrivez https://….")
    }
  }

  /// `--training, --configuration and --documentation`.
  package func list(_ fields: [ChangeField]) -> String {
    let names = fields.map { name(Field($0)) }
    return names.dropLast().joined(separator: ", ") + pick(" and ", " et ") + names[names.count - 1]
  }

  private func unknown(_ field: Field, _ word: String, _ value: String, _ known: [String]) -> String {
    pick(
      "\(name(field)): unknown \(word) \(language.quoted(value)); known: \(known.joined(separator: ", ")).",
      "\(name(field))\(colon)\(word) inconnu \(language.quoted(value))\(Typography.narrow); "
        + "connus\(colon)\(known.joined(separator: ", ")).")
  }

  /// What is wrong with a text that someone entered, and where.
  package func textError(_ error: TextError) -> String {
    switch error {
    case .controlCharacter(let field, let scalar, let position):
      return character(pick("a control character", "un caractère de commande"), field, scalar, position)
    case .bidirectionalOverride(let field, let scalar, let position):
      return character(
        pick("a character that turns the direction of writing", "un caractère qui inverse le sens d’écriture"),
        field, scalar, position)
    case .noncharacter(let field, let scalar, let position):
      return character(pick("something that is no character", "ce qui n’est pas un caractère"), field, scalar, position)
    case .tooLong(let field, let count, let limit):
      return pick(
        "\(name(Field(field))): \(count) characters; at most \(limit) are taken.",
        "\(name(Field(field)))\(colon)\(count) caractères\(Typography.narrow); \(limit) au plus.")
    case .empty(let field):
      return pick(
        "\(name(Field(field))): the \(self.field(field)) is empty; write something or leave it out.",
        "\(name(Field(field)))\(colon)texte vide\(Typography.narrow); écrivez quelque chose ou ne le donnez pas.")
    }
  }

  private func character(_ what: String, _ field: TextField, _ scalar: UInt32, _ position: Int) -> String {
    let code = "U+" + scalar.padded(4, radix: 16, uppercase: true)
    return pick(
      "\(name(Field(field))): \(what) (\(code)) at character \(position); take it out.",
      "\(name(Field(field)))\(colon)\(what) (\(code)) au caractère \(position)\(Typography.narrow); retirez-le.")
  }
}

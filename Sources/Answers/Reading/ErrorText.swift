import CivilTime
import ICalendar
import Planning
import Publication
import Register
package import Wording

/// Words the errors that a request can meet, whichever door it came through; nil for any other error.
package struct ErrorText {
  let wording: Wording

  package init(wording: Wording) { self.wording = wording }

  private var language: Language { wording.language }

  package func text(_ error: any Error) -> String? {
    switch error {
    case let error as BadValue: return error.message
    case let error as ServiceError: return text(error)
    case let error as CommandError: return wording.commandError(error)
    case let error as OutageError: return wording.outageError(error)
    case let error as GateError: return wording.gateError(error)
    case let error as AccessError: return wording.accessError(error)
    case let error as SubscriptionError: return wording.subscriptionError(error)
    case let error as RegisterError: return text(error)
    case let error as ReleaseError: return text(error)
    case let error as StalePlan:
      return (error.texts + [language("Nothing was recorded. Plan it anew.", "Rien n’a été enregistré. Replanifiez.")])
        .joined(separator: "\n")
    case let error as ReleaseFileProblems: return error.description
    case let error as RequestError:
      let subject = (error.change?.description ?? error.name).map { "\($0)\(language.colon) " } ?? ""
      return text(error.cause).map { cause in
        language("\(subject)\(cause) Nothing was recorded.", "\(subject)\(cause) Rien n’a été enregistré.")
      }
    case let error as ReadBackMismatch:
      return language(
        "Not recorded: the calendar event would be read differently from what was written (\(error.field): wrote “\(error.written)”, read “\(error.read)”). Change that text and try again.",
        "Non enregistré : l’événement de calendrier serait relu autrement qu’écrit (\(error.field) : écrit « \(error.written) », relu « \(error.read) »). Changez ce texte puis recommencez."
      )
    case let error as ContentLineError:
      return language(
        "Not recorded: \(error.property) holds what no calendar can carry: \(text(error.reason)).",
        "Non enregistré : \(error.property) contient ce qu’aucun calendrier ne peut porter : \(text(error.reason)).")
    case let error as MailError: return error.description
    case NoticeError.notApplicable(let kind, let id):
      return language(
        "\(name(.kind)) \(kind.rawValue): does not fit \(id) as it stands.",
        "\(name(.kind)) \(kind.rawValue) : ne convient pas à \(id) dans son état.")
    case NoticeError.emptySubject(let kind):
      return language(
        "The template of \(kind.rawValue) gives an empty subject.",
        "Le modèle de \(kind.rawValue) donne un objet vide.")
    case NoticeError.emptyReport(let name):
      return language(
        "The template of \(name) gives an empty subject.", "Le modèle de \(name) donne un objet vide.")
    case NoticeError.noLayout(let layout):
      let file = "layouts/notice.\(layout.rawValue).mustache"
      return language(
        "The folder of templates has no \(file): copy it from share/preavis/templates.",
        "Le dossier des modèles n’a pas de \(file) : copiez-le depuis share/preavis/templates.")
    case NoticeError.noTemplate(let name):
      let file = "notices/fr/\(name).mustache, notices/en/\(name).mustache"
      return language(
        "The folder of templates has no \(file): copy them from share/preavis/templates.",
        "Le dossier des modèles n’a pas de \(file) : copiez-les depuis share/preavis/templates.")
    default: return nil
    }
  }

  private func name(_ field: Field) -> String { wording.door.name(field) }
  private func name(_ step: Step) -> String { wording.door.name(step) }

  private func text(_ reason: ContentLineError.Reason) -> String {
    switch reason {
    case .controlCharacter(let scalar):
      let code = "U+" + scalar.padded(4, radix: 16, uppercase: true)
      return language("a control character (\(code))", "un caractère de commande (\(code))")
    case .bidirectionalOverride:
      return language(
        "a character that turns the direction of writing", "un caractère qui inverse le sens d’écriture")
    case .lineBreak: return language("a line break", "un saut de ligne")
    case .badName, .badParameter, .badToken:
      return language("a name that is none", "un nom qui n’en est pas un")
    case .badURI: return language("what is no web address", "ce qui n’est pas une adresse web")
    case .badAddress: return language("what is no mail address", "ce qui n’est pas une adresse électronique")
    case .emptyValue: return language("nothing", "rien")
    case .emptySpan: return language("a time that ends no later than it begins", "un horaire sans durée")
    case .outOfRange: return language("a number that is too large", "un nombre trop grand")
    }
  }

  private func text(_ error: ServiceError) -> String {
    switch error {
    case .unknown(let service, let known):
      return language(
        "\(name(.service)) \(service): unknown; there are: \(known.joined(separator: ", ")).",
        "\(name(.service)) \(service) : inconnu ; il y a : \(known.joined(separator: ", ")).")
    case .several(let known):
      return language(
        "There are several services: say which with \(name(.service)) (\(known.joined(separator: ", "))).",
        "Il y a plusieurs services : dites lequel avec \(name(.service)) (\(known.joined(separator: ", "))).")
    case .none(let place):
      return language("There is no contract in \(place).", "Il n’y a aucun contrat dans \(place).")
    }
  }

  private func text(_ error: ReleaseError) -> String {
    switch error {
    case .nothing(.approved, let id), .nothing(.declined, let id):
      return language("Nothing of \(id) waits for approval.", "Rien de \(id) n’attend d’approbation.")
    case .nothing(_, let id):
      return language(
        "Nothing of \(id) can be moved: its changes are there already, have begun, or are over.",
        "Rien de \(id) ne peut être déplacé : ses changements y sont déjà, ont commencé ou sont finis.")
    case .notInRelease(let change, let id):
      return language("\(change) is not in \(id).", "\(change) ne fait pas partie de \(id).")
    case .unclearTime(let change, let civil, let resolution):
      return "\(change)\(language.colon) " + wording.ambiguity(civil: civil, resolution, field: .start)
    }
  }

  private func text(_ error: RegisterError) -> String {
    switch error {
    case .notFound(let path):
      return language(
        "No register at \(path). Make one with: preavis init --register \(path)",
        "Pas de registre à \(path). Créez-en un : preavis init --register \(path)")
    case .notAFile(let path):
      return language(
        "\(path) is a folder, not a register; name the file in it with --register.",
        "\(path) est un dossier, pas un registre ; nommez le fichier avec --register.")
    case .exists(let path):
      return language(
        "There is a file at \(path) already; it was left as it is. Choose another path with --register.",
        "Il y a déjà un fichier à \(path) ; il est resté tel quel. Choisissez un autre chemin avec --register.")
    case .notInitialised:
      return language(
        "The register is empty: its creation was cut off. Remove the file and run preavis init.",
        "Le registre est vide : sa création a été interrompue. Supprimez le fichier puis lancez preavis init.")
    case .damaged(let damage):
      let line = DamageText(language: language).line(damage)
      return language(
        "The register is damaged. \(line) Nothing was written. Run preavis register verify; restore a backup.",
        "Le registre est endommagé. \(line) Rien n’a été écrit. Lancez preavis register verify ; restaurez une sauvegarde."
      )
    case .newerFormat(let found, let known):
      return language(
        "The register has format \(found), this program knows up to \(known). Use a newer preavis.",
        "Le registre est au format \(found), ce programme connaît jusqu’à \(known). Prenez un preavis plus récent.")
    case .readOnly(let path):
      return language(
        "\(path) cannot be opened for writing. Check the permissions of the file and of its folder.",
        "\(path) ne peut pas être ouvert en écriture. Vérifiez les droits du fichier et de son dossier.")
    case .diskFull(let path):
      return language(
        "The disk is full; nothing was recorded in \(path). Free some room and try again.",
        "Le disque est plein ; rien n’a été enregistré dans \(path). Libérez de la place puis recommencez.")
    case .tooManyFiles:
      return language(
        "Too many files are open; the register could not be opened. Raise the limit (ulimit -n, LimitNOFILE) and try again.",
        "Trop de fichiers sont ouverts ; le registre n’a pu être ouvert. Relevez la limite (ulimit -n, LimitNOFILE) puis recommencez."
      )
    case .inputOutput(let detail):
      return language(
        "The register could not be read or written (\(detail)). Whether the change was recorded is unknown: ask again with the same \(name(.idempotencyKey)).",
        "Le registre n’a pu être lu ou écrit (\(detail)). On ne sait pas si le changement est enregistré : redemandez avec la même \(name(.idempotencyKey))."
      )
    case .busy:
      return language(
        "The register is busy: another process is writing. Nothing was recorded; try again.",
        "Le registre est occupé : un autre processus écrit. Rien n’a été enregistré ; recommencez.")
    case .clockBehind(let now, let newest):
      return language(
        "Refused to write: the clock (\(TimeText.utc(now))) stands before the newest event (\(TimeText.utc(newest))). Set the machine’s clock right.",
        "Écriture refusée : l’horloge (\(TimeText.utc(now))) est avant le dernier événement (\(TimeText.utc(newest))). Mettez la machine à l’heure."
      )
    case .unknownChange(let id):
      return language(
        "There is no \(id) in this register. See: \(name(.changes))",
        "Il n’y a pas de \(id) dans ce registre. Voir : \(name(.changes))")
    case .unknownOutage(let id):
      return language(
        "There is no \(id) in this register. See: \(name(.outages))",
        "Il n’y a pas de \(id) dans ce registre. Voir : \(name(.outages))")
    case .unknownRelease(let id):
      return language(
        "There is no \(id) in this register. See: \(name(.releases))",
        "Il n’y a pas de \(id) dans ce registre. Voir : \(name(.releases))")
    case .staleRelease(let id):
      return language(
        "\(id), or a change of it, has moved on since you saw it. Look at it again.",
        "\(id), ou l’un de ses changements, a évolué depuis que vous l’avez vu. Relisez.")
    case .staleRevision(let expected, let current):
      let now = current.map(String.init) ?? language("none", "aucune")
      return language(
        "The change has moved on: you named revision \(expected), it is at \(now). Look at it again.",
        "Le changement a évolué : vous citez la révision \(expected), il en est à \(now). Relisez-le.")
    case .staleOutage(let id, let expected, let current):
      return language(
        "\(id) has been amended since: you named revision \(expected), it is at \(current). Look at it again.",
        "\(id) a été corrigée depuis\(language.colon) vous citez la révision \(expected), elle en est à \(current). Relisez-la."
      )
    case .staleDraft:
      return language(
        "The draft or request has moved on since you saw it. Look at it again.",
        "Le brouillon ou la demande a évolué depuis que vous l’avez vu. Relisez-le.")
    case .idempotencyKeyReused(let key):
      return language(
        "The idempotency key “\(key)” was used for another request. Take a new key for a new request.",
        "La clé d’idempotence « \(key) » a servi à une autre demande. Prenez une nouvelle clé.")
    }
  }
}

import Register
import Wording

/// What `register verify` found, in words.
struct VerificationText {
  let language: Language

  func line(_ problem: Verification.Problem) -> String {
    switch problem {
    case .sequence(let expected, let found):
      language(
        "Event \(expected) is missing or out of order: \(found) stands in its place.",
        "L’événement \(expected) manque ou n’est pas à sa place : on trouve \(found).")
    case .content(let sequence):
      language(
        "Event \(sequence) was edited: its content does not have its hash.",
        "L’événement \(sequence) a été modifié : son contenu n’a pas son empreinte.")
    case .chain(let sequence):
      language(
        "Event \(sequence) does not follow the event before it.",
        "L’événement \(sequence) ne suit pas celui qui le précède.")
    case .clock(let sequence):
      language(
        "Event \(sequence) is earlier than the one before it.",
        "L’événement \(sequence) est antérieur à celui qui le précède.")
    case .unreadable(let sequence):
      language("Event \(sequence) cannot be read.", "L’événement \(sequence) est illisible.")
    case .impossible(let sequence, let stream):
      language(
        "Event \(sequence) cannot follow the events of \(stream) before it.",
        "L’événement \(sequence) ne peut pas suivre ceux de \(stream) qui le précèdent.")
    case .numbering(let series):
      language("The identifiers \(series)… have gaps.", "Les identifiants \(series)… ont des trous.")
    case .projection(let name):
      language(
        "The stored row of \(name) differs from its events.", "La ligne de \(name) diffère de ses événements.")
    case .outbox(let sequence, let subscription):
      language(
        "The outbox and the log disagree on what \(subscription) is told of event \(sequence).",
        "La boîte d’envoi et le journal divergent sur ce que \(subscription) apprend de l’événement \(sequence).")
    case .publication(let id):
      language(
        "What is published of \(id) differs from what was recorded.",
        "Ce qui est publié de \(id) diffère de ce qui a été enregistré.")
    case .answer(let key):
      language(
        "The answer stored for key “\(key)” is missing or another.",
        "La réponse gardée pour la clé « \(key) » manque ou diffère.")
    case .checkpoint(let size):
      language(
        "The log does not contain the checkpoint of \(size) events: it was cut or rewritten.",
        "Le journal ne contient pas le point de contrôle à \(size) événements : il a été tronqué ou réécrit.")
    }
  }
}

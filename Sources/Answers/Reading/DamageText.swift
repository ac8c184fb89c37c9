package import Register
package import Wording

/// What is wrong with a register, in words: what it is, and where.
package struct DamageText {
  let language: Language

  package init(language: Language) { self.language = language }

  package func line(_ damage: Damage) -> String {
    switch damage {
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
    case .row(let table, let key, let difference): row(table, key, difference)
    case .schema(let kind, let name, let difference): schema(kind, name, difference)
    case .header(let field):
      language(
        "The beginning of the file is not that of a register (\(field)).",
        "Le début du fichier n’est pas celui d’un registre (\(field)).")
    case .file(let detail):
      language(
        "The file is damaged; SQLite says: \(detail).", "Le fichier est endommagé ; SQLite dit : \(detail).")
    case .checkpoint(let size):
      language(
        "The log does not contain the checkpoint of \(size) events: it was cut or rewritten.",
        "Le journal ne contient pas le point de contrôle à \(size) événements : il a été tronqué ou réécrit.")
    case .contradiction(let detail):
      language("The register contradicts itself: \(detail).", "Le registre se contredit : \(detail).")
    }
  }

  private func row(_ table: String, _ key: String, _ difference: Damage.Difference) -> String {
    switch difference {
    case .missing:
      language(
        "The row of “\(key)” in \(table) is missing: the log calls for it.",
        "La ligne de « \(key) » dans \(table) manque : le journal l’exige.")
    case .surplus:
      language(
        "The row of “\(key)” in \(table) follows from no event.",
        "La ligne de « \(key) » dans \(table) ne suit d’aucun événement.")
    case .unreadable:
      language(
        "The row of “\(key)” in \(table) cannot be read.", "La ligne de « \(key) » dans \(table) est illisible.")
    case .differs(let columns):
      language(
        "The row of “\(key)” in \(table) differs from its events\(named(columns)).",
        "La ligne de « \(key) » dans \(table) diffère de ses événements\(named(columns)).")
    }
  }

  private func named(_ columns: [String]) -> String { columns.isEmpty ? "" : " (\(columns.joined(separator: ", ")))" }

  private func schema(_ kind: String, _ name: String, _ difference: Damage.Difference) -> String {
    switch difference {
    case .missing:
      language("The \(kind) \(name) is missing.", "Il manque l’objet \(name) (\(kind)).")
    case .surplus:
      language(
        "The \(kind) \(name) is none of a register of this format.",
        "L’objet \(name) (\(kind)) n’est pas d’un registre de ce format.")
    case .unreadable, .differs:
      language(
        "The \(kind) \(name) is not the one of a register of this format.",
        "L’objet \(name) (\(kind)) n’est pas celui d’un registre de ce format.")
    }
  }
}

import ArgumentParser
import Register
import RegisterSQLite
import Remote
import Wording

struct AcceptHistoryVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Take a server's history as it is now, although it is not the one seen before.",
    discussion: """
      The program remembers how far it saw a server's log, and refuses one that was cut or rewritten. Give the \
      checkpoint that the refusal printed, once you know why the history differs.

      Example:
        preavis register accept 128:9f86d081…
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The server's checkpoint.", valueName: "size:hash")) var checkpoint: String

  func run(_ session: Session) throws {
    guard let server = session.server else {
      throw Failure.usage(
        session.language(
          "register accept is for a register that a server keeps: name it with --register https://….",
          "register accept concerne un registre tenu par un serveur\u{A0}: nommez-le avec --register https://…."))
    }
    guard let accepted = Checkpoint(checkpoint) else {
      throw Failure.usage(
        session.language(
          "\(checkpoint): not a checkpoint; it looks like 128:9f86…",
          "\(checkpoint)\u{A0}: pas un point de contrôle\u{202F}; il ressemble à 128:9f86…"))
    }
    let remote = try server.accept(accepted)
    let newest = try remote.replica.store.read { try $0.newestEvent() }
    try session.output.write(
      session.language(
        "Accepted; the server's history is known up to event \(newest?.sequence ?? 0).",
        "Accepté\u{202F}; l’historique du serveur est connu jusqu’à l’événement \(newest?.sequence ?? 0)."))
  }
}

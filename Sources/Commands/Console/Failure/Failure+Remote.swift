import Answers
import Register
import Remote
import Wording

extension Failure {
  /// A server that was not asked, since it would want to know who asks.
  init(_ error: MissingToken, _ language: Language, records: Bool) {
    let needed = language(
      "A server asks who you are: put your token into PREAVIS_TOKEN (preavis token create --name … --role …, on the server).",
      "Un serveur demande qui vous êtes : mettez votre jeton dans PREAVIS_TOKEN (preavis token create --name … --role …, sur le serveur)."
    )
    let open = language(
      " The command line reads drafts too; what is published is read without a token at \(error.address)/ and \(error.address)/api/v1/changes.",
      " La ligne de commande lit aussi les brouillons ; ce qui est publié se lit sans jeton sur \(error.address)/ et \(error.address)/api/v1/changes."
    )
    self.init(status: .notPermitted, message: records ? needed : needed + open)
  }

  /// What a server did not do, and why.
  init(_ error: RemoteError, _ language: Language, records: Bool) {
    func fail(_ status: ExitStatus, _ english: String, _ french: FrenchText) -> Failure {
      Failure(status: status, message: language(english, french))
    }
    switch error {
    case .unreachable(let detail):
      let nothing = records ? language(" Nothing was recorded.", " Rien n’a été enregistré.") : ""
      self = fail(
        .unreachable,
        "The server could not be reached (\(detail)).\(nothing) Check the address in PREAVIS_REGISTER and the network, or try again later.",
        "Le serveur n’a pu être joint (\(detail)).\(nothing) Vérifiez l’adresse dans PREAVIS_REGISTER et le réseau, ou recommencez plus tard."
      )
    case .unknownOutcome(let detail, let key):
      self = fail(
        .unreachable,
        "The server gave no usable answer (\(detail)). Whether the command was recorded is unknown: give it again with --idempotency-key \(key), which never records twice.",
        "Le serveur n’a pas donné de réponse utilisable (\(detail)). On ne sait pas si la commande est enregistrée : redonnez-la avec --idempotency-key \(key), qui n’enregistre jamais deux fois."
      )
    case .unknownAccess(let detail, let verb):
      // Whoever takes a message without a secret takes it all the same.
      let advice =
        verb == "deliveries"
        ? ""
        : language(
          " Revoke what was made and is not wanted, or whose secret was not shown.",
          " Révoquez ce qui a été créé sans être voulu, ou sans que son secret soit montré.")
      self = fail(
        .unreachable,
        "The server gave no usable answer (\(detail)). Whether the command was recorded is unknown: see preavis \(verb) list.\(advice)",
        "Le serveur n’a pas donné de réponse utilisable (\(detail)). On ne sait pas si la commande est enregistrée : voyez preavis \(verb) list.\(advice)"
      )
    case .recordedUnseen(let detail):
      self = fail(
        .unreachable,
        "The server has answered the command, then could not be reached (\(detail)). See what is recorded with: preavis list",
        "Le serveur a répondu à la commande, puis n’a plus pu être joint (\(detail)). Voyez ce qui est enregistré avec : preavis list"
      )
    case .recordedUncopied(let path):
      self = fail(
        .failure,
        "The server has answered the command, but what it holds could not be kept on this machine (\(path)). Is there room, and may you write there? Then see what is recorded before you give the command again.",
        "Le serveur a répondu à la commande, mais ce qu’il contient n’a pu être conservé sur cette machine (\(path)). Y a-t-il de la place, et pouvez-vous y écrire ? Voyez ensuite ce qui est enregistré avant de redonner la commande."
      )
    case .noteDamaged(let path):
      self = fail(
        .failure,
        "\(path): damaged. It said how far this server’s history was seen, so that a log that is cut or rewritten is noticed. Take up the checkpoint that you hold elsewhere with: preavis register accept SIZE:HASH. Or remove the file to take the history as it is now.",
        "\(path) : endommagé. Ce fichier disait jusqu’où l’historique de ce serveur a été vu, pour qu’un journal coupé ou réécrit se remarque. Reprenez le point de contrôle que vous détenez par ailleurs avec : preavis register accept TAILLE:EMPREINTE. Ou supprimez le fichier pour prendre l’historique tel qu’il est."
      )
    case .untrusted(let detail):
      self = fail(
        .unreachable,
        "The server’s certificate is not to be trusted (\(detail)); nothing was sent. Name a private authority with --ca-file or PREAVIS_CA.",
        "Le certificat du serveur n’est pas digne de confiance (\(detail)) ; rien n’a été envoyé. Nommez une autorité privée avec --ca-file ou PREAVIS_CA."
      )
    case .notPermitted(let status, let detail):
      let said = detail.isEmpty ? "" : " " + detail
      self.init(
        status: .notPermitted,
        message: status == 401
          ? language(
            "The server does not know the token in PREAVIS_TOKEN, or its time is over. Ask an administrator for a new one.",
            "Le serveur ne connaît pas le jeton de PREAVIS_TOKEN, ou sa durée est passée. Demandez-en un nouveau à un administrateur."
          )
          : language(
            "The token in PREAVIS_TOKEN does not allow this.\(said)",
            "Le jeton de PREAVIS_TOKEN ne le permet pas.\(said)"))
    case .problem(let code, let detail): self.init(status: code?.exit ?? .usage, message: detail)
    case .stale:
      self = fail(
        .tryAgain,
        "Somebody else has moved the change in the meantime; nothing was recorded. Look at it again.",
        "Quelqu’un d’autre a fait évoluer le changement entre-temps ; rien n’a été enregistré. Relisez-le.")
    case .tooLarge:
      self = fail(
        .badData,
        "More than the server takes in one request; nothing was recorded. Split the file, or run the import where the register lies.",
        "C’est plus que le serveur n’accepte en une demande ; rien n’a été enregistré. Découpez le fichier, ou lancez l’import là où se trouve le registre."
      )
    case .tooMany:
      self = fail(
        .tryAgain,
        "The server is asked too often by this token or address. Try again in a minute.",
        "Le serveur est trop souvent sollicité par ce jeton ou cette adresse. Recommencez dans une minute.")
    case .moved(let target):
      self = fail(
        .usage,
        "The server says that it is at another address (\(target)); the token was not sent there. If that is right, put it into PREAVIS_REGISTER.",
        "Le serveur dit être à une autre adresse (\(target)) ; le jeton n’y a pas été envoyé. Si c’est juste, mettez-la dans PREAVIS_REGISTER."
      )
    case .notUnderstood(let detail):
      self = fail(
        .failure,
        "The answer is not one of a Préavis server of this version (\(detail)). Check the address in PREAVIS_REGISTER and the versions of both programs.",
        "La réponse n’est pas celle d’un serveur Préavis de cette version (\(detail)). Vérifiez l’adresse dans PREAVIS_REGISTER et la version des deux programmes."
      )
    case .historyDiffers(let seen, let found):
      self = fail(
        .failure,
        """
        The server’s history is not the one seen before; nothing was taken over from it.
          seen before:     \(seen)
          the server now:  \(found)
        A log that was cut, rewritten or restored from an old backup looks like this. Ask who looks after the server. If the new history is right: preavis register accept \(found)
        """,
        """
        L’historique du serveur n’est pas celui vu auparavant ; rien n’en a été repris.
          vu auparavant :      \(seen)
          serveur maintenant : \(found)
        C’est l’aspect d’un journal coupé, réécrit, ou restauré d’une ancienne sauvegarde. Demandez à qui tient le serveur. Si le nouvel historique est juste : preavis register accept \(found)
        """)
    }
  }

  /// What is wrong with the address of a server; `text` is left out where it holds a password.
  init(_ problem: ServerAddress.Problem, _ language: Language) {
    func usage(_ english: String, _ french: FrenchText) -> Failure { .usage(language(english, french)) }
    switch problem {
    case .notEncrypted:
      self = usage(
        "--register: http:// is for this machine only (localhost, 127.0.0.1, [::1]); a token would be read on the way. Use https://.",
        "--register : http:// ne vaut que pour cette machine (localhost, 127.0.0.1, [::1]) ; un jeton serait lu en chemin. Utilisez https://."
      )
    case .scheme:
      self = usage(
        "--register: the address of a server begins with https://.",
        "--register : l’adresse d’un serveur commence par https://.")
    case .credentials:
      self = usage(
        "--register: leave user name and password out of the address; the token goes into PREAVIS_TOKEN.",
        "--register : retirez nom et mot de passe de l’adresse ; le jeton va dans PREAVIS_TOKEN.")
    case .malformed:
      self = usage(
        "--register: not an address of a server; it looks like https://plans.example.",
        "--register : pas une adresse de serveur ; elle ressemble à https://plans.example.")
    }
  }
}

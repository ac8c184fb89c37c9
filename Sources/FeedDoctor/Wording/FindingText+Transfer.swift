import Wording

extension FindingText {
  /// HTTP.
  static func transfer(_ code: FindingCode, _ pick: Language) -> String? {
    switch code {
    case .httpStatus:
      pick(
        "The server answered with an error; serve the last good copy.",
        "Le serveur a répondu par une erreur\u{202F}; servez la dernière bonne copie.")
    case .httpGone:
      pick(
        "There is nothing at this address (any more); keep the address for good, or redirect it.",
        "Il n’y a (plus) rien à cette adresse\u{202F}; gardez l’adresse pour toujours, ou redirigez-la.")
    case .httpPageInstead:
      pick(
        "The server answered 200 with an HTML page (a login or an error page?); answer with an error "
          + "status, or with the last good copy.",
        "Le serveur a répondu 200 avec une page HTML (connexion ou erreur\u{202F}?)\u{202F}; répondez par "
          + "un code d’erreur, ou par la dernière bonne copie.")
    case .httpContentType:
      pick(
        "Content-Type is not text/calendar; send text/calendar; charset=utf-8.",
        "Content-Type n’est pas text/calendar\u{202F}; envoyez text/calendar; charset=utf-8.")
    case .httpCharset:
      pick(
        "Content-Type does not say charset=utf-8.",
        "Content-Type ne dit pas charset=utf-8.")
    case .httpAddressSuffix:
      pick(
        "The address does not end in .ics, by which some clients tell a calendar.",
        "L’adresse ne finit pas par .ics, à quoi des clients reconnaissent un calendrier.")
    case .httpNoETag:
      pick(
        "There is no ETag; every client fetches the whole feed each time.",
        "Il n’y a pas d’ETag\u{202F}; chaque client relit tout le flux à chaque fois.")
    case .httpWeakETag:
      pick(
        "The ETag is weak; a strong one lets clients compare bytes.",
        "L’ETag est faible\u{202F}; un ETag fort permet de comparer les octets.")
    case .httpNoLastModified:
      pick(
        "There is no Last-Modified.",
        "Il n’y a pas de Last-Modified.")
    case .httpNotConditional:
      pick(
        "The server does not answer 304 to its own ETag or Last-Modified.",
        "Le serveur ne répond pas 304 à son propre ETag ou Last-Modified.")
    case .httpHeadRefused:
      pick(
        "The server refuses HEAD, which Thunderbird asks first; answer it like GET, without a body.",
        "Le serveur refuse HEAD, que Thunderbird demande d’abord\u{202F}; répondez-y comme à GET, sans corps.")
    case .httpBodyCut:
      pick(
        "The body is shorter than Content-Length: the transfer was cut.",
        "Le corps est plus court que Content-Length\u{A0}: le transfert a été coupé.")
    case .httpRedirectScheme:
      pick(
        "The address redirects to another scheme; publish the final address, over https.",
        "L’adresse redirige vers un autre schéma\u{202F}; publiez l’adresse finale, en https.")
    case .httpRedirectHost:
      pick(
        "The address redirects to another host (a login?); publish the final address.",
        "L’adresse redirige vers un autre hôte (connexion\u{202F}?)\u{202F}; publiez l’adresse finale.")
    case .httpNotEncrypted:
      pick(
        "The feed is sent without encryption; use https.",
        "Le flux est envoyé sans chiffrement\u{202F}; prenez https.")
    case .httpNoStore:
      pick(
        "Cache-Control: no-store forbids clients to keep the feed, so that nothing is shown offline.",
        "Cache-Control: no-store interdit aux clients de garder le flux, rien ne s’affiche donc hors ligne.")
    case .httpCookie:
      pick(
        "The server sets a cookie, which calendar programs do not keep; send none.",
        "Le serveur pose un cookie, que les agendas ne gardent pas\u{202F}; n’en envoyez pas.")
    case .httpRobots:
      pick(
        "X-Robots-Tag keeps robots out, Google Calendar’s importer perhaps among them.",
        "X-Robots-Tag écarte les robots, peut-être aussi l’importateur de Google Agenda.")
    default: nil
    }
  }
}

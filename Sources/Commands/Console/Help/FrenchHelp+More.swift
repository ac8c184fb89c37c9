import Wording

extension FrenchHelp {
  static let others: [String: FrenchText] = [
    "JSON Lines of Requests; - reads standard input.": "Demandes en JSON Lines ; - lit l'entrée standard.",
    "How many Requests were taken in charge in time, by period of 12 months.":
      "Combien de Demandes ont été prises en charge à temps, par période de 12 mois.",
    "CSV with a line of column names, parted by commas or semicolons, UTF-8: registered_at and taken_in_charge_at (empty: still pending); where known also id, criticality (1, 2 or 3), qualified_at, plan_at (criticality 1) and corrected_at (criticality 2). Times as on the command line. A row that cannot be read: no report, exit 65.":
      "CSV avec une ligne de noms de colonnes, séparés par des virgules ou des points-virgules, en UTF-8 : registered_at et taken_in_charge_at (vide : en attente) ; si connus aussi id, criticality (1, 2 ou 3), qualified_at, plan_at (criticité 1) et corrected_at (criticité 2). Les moments comme à la ligne de commande. Une ligne illisible : pas de rapport, code 65.",
    "Pending Requests are overdue or open at the moment of the report. Without qualified_at, what comes after the earliest deadline of its criticality is undetermined. Shares are rounded down when shown, never when judged.":
      "Les Demandes en attente sont en retard ou ouvertes au moment du rapport. Sans qualified_at, ce qui suit la première échéance possible de sa criticité est indéterminé. Les parts sont arrondies vers le bas à l'affichage, jamais pour juger.",
    "The moment at which what is pending is judged (now).":
      "Le moment où l'on juge ce qui est en attente (maintenant).",
    "Print CSV, a line a period.": "Affiche du CSV, une ligne par période.",
    "The account of a month: plans, refusals, emergencies, notice, overruns.":
      "Le compte rendu d'un mois : plans, refus, urgences, préavis, dépassements.",
    "What was decided counts in the month in which it was recorded; what was done, in the month in which it began or ended. Commands that are refused without a trace are in no register, and not in the report.":
      "Ce qui a été décidé compte dans le mois où cela a été enregistré ; ce qui a été fait, dans celui où cela a commencé ou fini. Les commandes refusées sans trace ne sont dans aucun registre, ni dans le compte rendu.",
    "The month (the current one).": "Le mois (celui en cours).",
    "text, html or json.": "text, html ou json.",
    "All papers of a month at once: report, picture, figures and notice.":
      "Tous les documents d'un mois : compte rendu, image, chiffres et avis.",
    "Writes, in French and English, what preavis report, preavis availability and preavis notice --kind availability write of the month. What stands there already is never overwritten without --replace; either all files are written or none.":
      "Écrit, en français et en anglais, ce qu'écrivent du mois preavis report, preavis availability et preavis notice --kind availability. Ce qui est déjà là n'est jamais remplacé sans --replace ; tous les fichiers sont écrits, ou aucun.",
    "The month (the last one that is over).": "Le mois (le dernier qui soit fini).",
    "The folder; made where there is none.": "Le dossier ; créé s'il n'existe pas.",
    "Overwrite what stands there.": "Remplace ce qui est déjà là.",
    "Write a feed that calendars and programs read, or examine one.":
      "Écrire un flux que lisent agendas et programmes, ou en examiner un.",
    "Without a subcommand a feed is written; its options: preavis feed write --help":
      "Sans verbe, un flux est écrit ; ses options : preavis feed write --help",
    "Write a feed that calendars and programs read.": "Écrire un flux que lisent agendas et programmes.",
    "Only changes of this environment (all; windows and the change calendar: production).":
      "Seulement les changements de cet environnement (tous ; fenêtres et calendrier des changements : production).",
    "Only this change, as a message for mail.": "Seulement ce changement, comme message à envoyer.",
    "standard, maintnote, change-calendar, atom, json-feed or statuspage.":
      "standard, maintnote, change-calendar, atom, json-feed ou statuspage.",
    "profile": "profil",
    "changes, windows, holidays, freezes or availability (RFC 7953).":
      "changes, windows, holidays, freezes ou availability (RFC 7953).",
    "what": "quoi",
    "The feed of one client of the contracts.": "Le flux d'un client des contrats.",
    "name": "nom",
    "Ring so long before each start; repeatable.": "Rappelle si longtemps avant chaque début ; répétable.",
    "publish or cancel, with CHG-…; the state of the change decides.":
      "publish ou cancel, avec CHG-… ; l'état du changement décide.",
    "method": "méthode",
    "Say what is wrong with a feed, and which readers would stumble over it.":
      "Dire ce qui ne va pas dans un flux, et quels lecteurs y trébucheraient.",
    "Leaves with 1 where something is wrong: with --fail-on error for errors alone. Notes alone are nothing wrong.":
      "Sort avec 1 si quelque chose ne va pas : avec --fail-on error, pour les seules erreurs. De simples remarques ne comptent pas.",
    "The feed; - reads standard input.": "Le flux ; - lit l'entrée standard.",
    "file|url": "fichier|url",
    "The same feed as it was before: revisions are compared.":
      "Le même flux tel qu'il était avant : les révisions sont comparées.",
    "Write the notice of a change, or of a month's availability, for the portal, for mail or for a program.":
      "Écrire l'avis d'un changement, ou de la disponibilité d'un mois, pour le portail, le courriel ou un programme.",
    "Without --kind, the notice that the newest revision calls for. See also: preavis notices due":
      "Sans --kind, l'avis qu'appelle la dernière révision. Voir aussi : preavis notices due",
    "The change or the release; none for a month's availability.":
      "Le changement ou la livraison ; aucun pour la disponibilité d'un mois.", "CHG-…|REL-…": "CHG-…|REL-…",
    "announcement, reminder, rescheduled, amended, cancelled, emergency, regularisation, update, started, extended, completed or availability.":
      "announcement (annonce), reminder (rappel), rescheduled (report), amended (modification), cancelled (annulation), emergency (urgence), regularisation, update (mise à jour), started (début), extended (prolongation), completed (fin) ou availability (disponibilité).",
    "kind": "sorte",
    "markdown, html, text, eml or json.": "markdown, html, text, eml ou json.",
    "The month of a report of availability (the last one that is over).":
      "Le mois d'un rapport de disponibilité (le dernier qui soit fini).",
    "The service of a report of availability, where there are several; of a release, only this one.":
      "Le service d'un rapport de disponibilité, s'il y en a plusieurs ; d'une livraison, seulement celui-ci.",
    "Whom the mail goes to; they see each other. Repeatable.":
      "À qui va le courriel ; les destinataires se voient. Répétable.",
    "address": "adresse",
    "Whom the mail goes to unseen by others; repeatable.":
      "À qui va le courriel sans que d'autres le voient ; répétable.",
    "Notices that are owed, and those that were published.": "Les avis qui sont dus, et ceux qui ont été publiés.",
    "Notices that clients are owed, late ones first.": "Les avis dus aux clients, les retards d'abord.",
    "What a plan owes is computed from the plan as it stands: a move takes its stale reminders with it. What mailings have sent, and what a portal that is served shows, is owed no more: see preavis notices evidence.":
      "Ce que doit un plan se calcule sur le plan tel qu'il est : un report emporte les rappels devenus faux. Ce que les envois ont livré, et ce que montre un portail servi, n'est plus dû : voir preavis notices evidence.",
    "How far ahead to look (72h).": "Jusqu'où regarder (72h).",
    "Let messages go that wait for it.": "Laisser partir les messages qui l'attendent.",
    "Where the contract says publication: { send: reviewed }, mails and webhooks of clients wait until a release manager sends them. What a newer notice tells too need not go any more. Reminders go at their hour once they are sent.":
      "Si le contrat dit publication: { send: reviewed }, courriels et webhooks des clients attendent qu'un responsable des mises en production les envoie. Ce que dit aussi un avis plus récent n'a plus à partir. Les rappels partent à leur heure une fois envoyés.",
    "The kind of notice, as preavis notice takes it; without it, all but reminders.":
      "La sorte d'avis, comme pour preavis notice ; sinon toutes sauf les rappels.",
    "Record that a notice was published; nothing else of the change moves.":
      "Enregistrer qu'un avis a été publié ; rien d'autre du changement ne bouge.",
    "The kind of notice, as preavis notice takes it; without it, the one that is owed first.":
      "La sorte d'avis, comme pour preavis notice ; sinon celui qui est dû d'abord.",
    "portal, mail or letter.": "portal (portail), mail (courriel) ou letter (lettre).",
    "channel": "voie",
    "When, if not now; both times are kept.": "Quand, sinon maintenant ; les deux moments sont gardés.",
    "What clients were told, to how many, by which way, when, and how long ahead.":
      "Ce que les clients ont appris, combien d'entre eux, par quelle voie, quand, et combien à l'avance.",
    "Each line has its place in the log; of what the program mailed, the SHA-256 of the text too. --check says whether a text, or a mail that was saved, is one of those.":
      "Chaque ligne a sa place dans le journal ; de ce que le programme a envoyé, aussi le SHA-256 du texte. --check dit si un texte, ou un courriel enregistré, est l'un d'eux.",
    "All that was published in a month.": "Tout ce qui a été publié en un mois.",
    "Only this service, with --month.": "Seulement ce service, avec --month.",
    "One row a notice, for spreadsheets.": "Une ligne par avis, pour tableurs.",
    "A text or a mail: is it one that was sent?": "Un texte ou un courriel : est-il de ceux qui sont partis ?",
    "Write the portal and all feeds as files for any web server.":
      "Écrire le portail et tous les flux comme fichiers pour n'importe quel serveur web.",
    "Each file appears whole or not at all, with a compressed copy beside it; what has not changed is not touched, so that web servers and calendars are not asked to fetch it again. Run it after each change, or every few minutes.":
      "Chaque fichier apparaît entier ou pas du tout, avec une copie compressée à côté ; ce qui n'a pas changé n'est pas touché, pour que serveurs et agendas n'aient pas à le relire. À lancer après chaque changement, ou à intervalles de quelques minutes.",
    "The folder that the web server shows.": "Le dossier que montre le serveur web.",
    "Only this service; without it, all of them.": "Seulement ce service ; sinon tous.",
    "Also each client's own calendars, below clients/: see to it that only they can read them.":
      "Aussi les agendas de chaque client, sous clients/ : veillez à ce qu'eux seuls puissent les lire.",
    "Serve the portal, the feeds and the API over HTTP.": "Servir le portail, les flux et l'API par HTTP.",
    "What is committed to the register, by this server or by any other preavis on the same file, is served at once. SIGTERM and SIGINT let what is under way finish; SIGHUP reads the certificate, contracts and templates anew. Standard error gets one JSON object a request; feeds that are sent from memory are only counted (/metrics).":
      "Ce qui est enregistré, par ce serveur ou par un autre preavis sur le même fichier, est servi aussitôt. SIGTERM et SIGINT laissent finir ce qui est en cours ; SIGHUP relit certificat, contrats et modèles. L'erreur standard reçoit un objet JSON par requête ; les flux servis de la mémoire sont seulement comptés (/metrics).",
    "host:port, [address]:port or unix:path.": "hôte:port, [adresse]:port ou unix:chemin.",
    "PEM file with the server's certificate and its chain.": "Fichier PEM du certificat du serveur et de sa chaîne.",
    "PEM file with its private key.": "Fichier PEM de sa clé privée.",
    "Address of a reverse proxy whose X-Forwarded-For is believed; unix for any on a Unix socket.":
      "Adresse d'un mandataire dont X-Forwarded-For est cru ; unix pour tous ceux d'une socket Unix.",
    "Connections at once.": "Connexions à la fois.",
    "Calls of the API a second by one address; 0: no limit.":
      "Appels de l'API par seconde et par adresse ; 0 : sans limite.",
    "Threads that answer from memory; one a core unless given.":
      "Fils qui répondent de la mémoire ; un par cœur sinon.",
    "The program that mail is handed to.": "Le programme à qui le courrier est remis.",
    "path": "chemin",
    "https address at which people reach this server, for the way out in each mail; where left out, the contract's portal if it is served.":
      "Adresse https où l'on atteint ce serveur, pour le désabonnement de chaque courriel ; sinon le portail du contrat s'il est servi.",
    "Let webhooks go to private networks and without TLS: receivers in your own network, tests.":
      "Laisse les webhooks aller dans des réseaux privés et sans TLS : récepteurs de votre réseau, essais.",
    "Make, list and revoke tokens of the API.": "Créer, lister et révoquer les jetons de l'API.",
    "Make a token; it is shown once and cannot be read again.":
      "Créer un jeton ; il est montré une fois et ne peut être relu.",
    "The register keeps a hash of it. Its name stands as the actor in the history of what it does. Standard output gets the token and nothing else.":
      "Le registre en garde une empreinte. Son nom figure comme auteur dans l'historique de ce qu'il fait. La sortie standard reçoit le jeton et rien d'autre.",
    "Roles: engineer (submits changes and moves its own), release-manager (moves all changes, states notices and outages, imports), admin (tokens, private feeds, webhooks, contracts).":
      "Rôles : engineer (demande des changements et déplace les siens), release-manager (déplace tous les changements, déclare avis et pannes, importe), admin (jetons, flux privés, webhooks, contrats).",
    "Who or what holds it; no other token in force may have that name.":
      "Qui ou quoi le détient ; aucun autre jeton en vigueur ne peut porter ce nom.",
    "engineer, release-manager or admin.": "engineer, release-manager ou admin.",
    "role": "rôle",
    "When it ends: 90d (of 24 hours), 12h, 2027-03-31 (to the end of that day) or a time; never where left out.":
      "Quand il finit : 90d (de 24 heures), 12h, 2027-03-31 (à la fin de ce jour) ou un moment ; jamais sinon.",
    "when": "quand",
    "All tokens that were ever made, with their role, expiry and last use.":
      "Tous les jetons jamais créés, avec rôle, échéance et dernier usage.",
    "The last use is kept to the minute, and is the one thing that no event vouches for.":
      "Le dernier usage est gardé à la minute, et rien d'autre que lui n'échappe au journal.",
    "active, expired or revoked; repeatable.": "active, expired ou revoked ; répétable.",
    "Take a token back: from now on it is refused.": "Reprendre un jeton : il est refusé dès maintenant.",
    "What it did stays on record. One that is revoked already stays as it is.":
      "Ce qu'il a fait reste enregistré. S'il est déjà révoqué, il reste tel quel.",
    "The token, by its identifier.": "Le jeton, par son identifiant.",
    "Make, list and revoke feeds at addresses that one client knows.":
      "Créer, lister et révoquer des flux à des adresses qu'un seul client connaît.",
    "Make a private feed; its address is shown once and cannot be read again.":
      "Créer un flux privé ; son adresse est montrée une fois et ne peut être relue.",
    "Without --service the client gets what the contracts name for it under clients, as they stand at each reading. With --service it gets that service, or of it the components named and all work on the whole service.":
      "Sans --service, le client reçoit ce que les contrats nomment pour lui sous clients, tels qu'ils sont à chaque lecture. Avec --service, ce service, ou ses composantes nommées et tous les travaux sur le service entier.",
    "The feeds lie at <portal>/private/<secret>/maintenance.fr.ics, maintenance.en.ics and maintnote.ics. Standard output gets the first address and nothing else: in the language of --lang, French without it.":
      "Les flux sont à <portail>/private/<secret>/maintenance.fr.ics, maintenance.en.ics et maintnote.ics. La sortie standard reçoit la première adresse et rien d'autre : dans la langue de --lang, sinon en français.",
    "The client, as its calendar shall be called.": "Le client, du nom que portera son agenda.",
    "A service that it takes; repeatable.": "Un service qu'il reçoit ; répétable.",
    "A component that it takes; repeatable; of several services, service:component.":
      "Une composante qu'il reçoit ; répétable ; de plusieurs services, service:composante.",
    "All private feeds that were ever made, without their addresses.":
      "Tous les flux privés jamais créés, sans leurs adresses.",
    "active or revoked; repeatable.": "active ou revoked ; répétable.",
    "Take a private feed back: from now on its address leads nowhere.":
      "Reprendre un flux privé : son adresse ne mène plus nulle part.",
    "A feed whose address has leaked is revoked and made anew. One that is revoked already stays as it is.":
      "Un flux dont l'adresse a fui se révoque et se refait. S'il est déjà révoqué, il reste tel quel.",
    "The private feed, by its identifier.": "Le flux privé, par son identifiant.",
    "Make, list, try and revoke webhooks; give them another secret.":
      "Créer, lister, essayer et révoquer des webhooks ; leur donner un autre secret.",
    "Have an address told of what is published; its secret is shown once.":
      "Faire prévenir une adresse de ce qui est publié ; son secret est montré une fois.",
    "Messages are signed as Standard Webhooks 1.0 says, with the secret. The register keeps it, since it has to sign:\nwhoever may read the register's file may read it. Messages are sent by preavis serve, or preavis deliveries run.":
      "Les messages sont signés du secret selon Standard Webhooks 1.0. Le registre le garde, puisqu'il signe : qui lit le fichier du registre peut le lire. Les messages partent par preavis serve, ou preavis deliveries run.",
    "Formats other than standard are for the people in a chat, in the language of --lang, with the words of the mails. Nothing is signed there: the address is the secret, and none is shown.":
      "Les formats autres que standard s'adressent aux gens d'une messagerie, dans la langue de --lang, avec les mots des courriels. Rien n'y est signé : l'adresse est le secret, et aucun n'est montré.",
    "Where messages go: https://host/path.": "Où vont les messages : https://hôte/chemin.",
    "Only this event, such as change.planned; repeatable; all that clients are told of where left out. For staff: change.conflict, a plan that today's rules refuse; change.requested, change.approved and change.declined.":
      "Seulement cet événement, comme change.planned ; répétable ; sinon tout ce que les clients apprennent. Pour l'équipe : change.conflict, un plan que refusent les règles d'aujourd'hui ; change.requested, change.approved et change.declined.",
    "event": "événement",
    "standard, slack, teams, mattermost or google-chat.": "standard, slack, teams, mattermost ou google-chat.",
    "Take http and private networks too; whoever sends there needs the same flag.":
      "Accepte aussi http et les réseaux privés ; qui envoie doit donner la même option.",
    "All webhooks that were ever made.": "Tous les webhooks jamais créés.",
    "active, revoked or gone; repeatable.": "active, revoked ou gone ; répétable.",
    "Send a signed ping now, and show the answer.": "Envoyer maintenant un ping signé, et montrer la réponse.",
    "Nothing is recorded. The secret lies on the server's machine, and so this runs there. A receiver that answers anything but 2xx makes the exit code 1.":
      "Rien n'est enregistré. Le secret est sur la machine du serveur, où ceci se lance donc. Un récepteur qui répond autre chose que 2xx donne le code de sortie 1.",
    "The webhook, by its identifier.": "Le webhook, par son identifiant.",
    "Give a webhook another secret, which is shown once.": "Donner à un webhook un autre secret, montré une fois.",
    "Messages bear the signatures of both secrets for a while, so that the receiver can change over and misses none; nothing is sent twice. Of three secrets the newest two sign.":
      "Les messages portent un temps les deux signatures, pour que le récepteur puisse changer sans en manquer ; rien n'est envoyé deux fois. De trois secrets, les deux plus récents signent.",
    "How long the secret before signs as well; 0h ends it at once.":
      "Combien de temps l'ancien secret signe encore ; 0h y met fin aussitôt.",
    "Send a webhook nothing more; what waits for it is given up.":
      "Ne plus rien envoyer à un webhook ; ce qui l'attend est abandonné.",
    "Have notices mailed as they become due, list who gets them, read what came back, and stop.":
      "Faire envoyer les avis dès qu'ils sont dus, lister qui les reçoit, lire ce qui revient, et cesser.",
    "Have an address sent the notice of every published revision, and reminders.":
      "Faire envoyer à une adresse l'avis de chaque révision publiée, et les rappels.",
    "The mails are in the language of --lang, else in that of config.yaml, else in French. Reminders go at the hours that the contract names, unless the plan has moved by then. Mails are sent by preavis serve, or preavis deliveries run, through sendmail.":
      "Les courriels sont dans la langue de --lang, sinon dans celle de config.yaml, sinon en français. Les rappels partent aux heures que nomme le contrat, sauf si le plan a bougé. Les courriels partent par preavis serve, ou preavis deliveries run, par sendmail.",
    "Who gets them.": "Qui les reçoit.",
    "Only this kind of notice, as preavis notice takes it; repeatable; all where left out.":
      "Seulement cette sorte d'avis, comme pour preavis notice ; répétable ; toutes sinon.",
    "Only what touches this component, or the whole service; repeatable; all where left out.":
      "Seulement ce qui touche cette composante, ou le service entier ; répétable ; tout sinon.",
    "Make the mailings of a list of addresses: all or nothing.": "Abonner une liste d'adresses : toutes ou aucune.",
    "One address a line, or the first column of separated values; a first line without an address names the columns. A line that holds no address, and nothing is recorded (exit 65). Addresses that get notices of the service keep their mailing as it is; who left, or whose mails came back, gets none: mailing create makes one on purpose.":
      "Une adresse par ligne, ou la première colonne de valeurs séparées ; une première ligne sans adresse nomme les colonnes. Une ligne sans adresse, et rien n'est enregistré (code 65). Les adresses déjà abonnées gardent leur envoi tel quel ; qui s'est désabonné, ou dont le courrier est revenu, n'en reçoit pas : mailing create en crée un exprès.",
    "All mailings that were ever made.": "Tous les envois jamais créés.",
    "active, revoked, left or bounced; repeatable.": "active, revoked, left ou bounced ; répétable.",
    "Say that mails to addresses came back for good: nothing more is sent there.":
      "Dire que du courrier est revenu pour de bon : plus rien n'est envoyé à ces adresses.",
    "Of every service. The newest mail to each counts as one that did not arrive; preavis notices evidence says so.":
      "De tous les services. Le dernier courriel à chacune compte comme non arrivé ; preavis notices evidence le dit.",
    "The addresses.": "Les adresses.",
    "Read the mails that came back, and send nothing more where it is for good.":
      "Lire le courrier revenu, et ne plus rien envoyer là où c'est pour de bon.",
    "The file is a mailbox (mbox) or one message, with reports of delivery (RFC 3464). What failed for good (status 5) ends the mailing; what may pass is told, and changes nothing. A file that was read before changes nothing.":
      "Le fichier est une boîte (mbox) ou un message, avec des rapports de remise (RFC 3464). Ce qui a échoué pour de bon (état 5) met fin à l'envoi ; ce qui peut passer est dit, et ne change rien. Un fichier déjà lu ne change rien.",
    "Send an address nothing more; what waits for it is given up.":
      "Ne plus rien envoyer à une adresse ; ce qui l'attend est abandonné.",
    "The mailing, by its identifier.": "L'envoi, par son identifiant.",
    "Messages to webhooks and mailings: list them, send them, send them again.":
      "Les messages aux webhooks et aux abonnés : les lister, les envoyer, les renvoyer.",
    "Messages by event, the newest last.": "Les messages par événement, le plus récent en dernier.",
    "Those that were given up.": "Ceux qui ont été abandonnés.",
    "Those that wait.": "Ceux qui attendent.",
    "Only those to this webhook or mailing.": "Seulement ceux de ce webhook ou de cet envoi.",
    "At most so many, the newest.": "Pas plus que ce nombre, les plus récents.",
    "Send what is due, once, and end; preavis serve does it all the time.":
      "Envoyer ce qui est dû, une fois, puis finir ; preavis serve le fait tout le temps.",
    "For a register without a server: run it from cron. Two at once do not send the same. What fails is tried again by a later run, after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, and then given up.":
      "Pour un registre sans serveur : à lancer par cron. Deux à la fois n'envoient pas la même chose. Ce qui échoue est repris par un passage suivant, après 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h et 24 h, puis abandonné.",
    "The sendmail program.": "Le programme sendmail.",
    "Send what was given up again, from the first attempt on.":
      "Renvoyer ce qui a été abandonné, depuis le premier essai.",
    "It keeps its identifier, and goes before what waits for the same receiver.":
      "Il garde son identifiant, et passe avant ce qui attend le même destinataire.",
    "The message.": "Le message.",
    "All that was given up and whose webhook or mailing is in force.":
      "Tout ce qui a été abandonné et dont le webhook ou l'envoi est en vigueur.",
    "Look after contract files.": "Tenir les fichiers de contrat.",
    "Check every contract, holiday and freeze file, with file and line.":
      "Vérifier chaque fichier de contrat, de jours fériés et de gel, avec fichier et ligne.",
    "With a register also the plans that these contracts refuse, exit 3 where there are any, and the months with stops on record whose availability differs from what the contracts in force say, where --calendars names others.":
      "Avec un registre, aussi les plans que ces contrats refusent, code 3 s'il y en a, et les mois avec des arrêts dont la disponibilité différerait de ce que disent les contrats en vigueur, si --calendars en nomme d'autres.",
    "What a contract says that another does not, and what that does to what is on record.":
      "Ce que dit un contrat et non un autre, et ce que cela fait à ce qui est enregistré.",
    "OLD and NEW are folders of calendars, or contract files: the holidays and freezes of a file are those of the folder that it lies in, or else those in force. Without NEW, what is in force.":
      "OLD et NEW sont des dossiers de calendriers, ou des fichiers de contrat : jours fériés et gels d'un fichier sont ceux de son dossier, sinon ceux en vigueur. Sans NEW, ce qui est en vigueur.",
    "Terms are compared for all time; windows, holidays and freezes for a year from today, or ten at the most. With a register, also the plans that NEW refuses, and the months with stops on record whose availability it would make another. Exit 3 where NEW refuses a plan, else 0.":
      "Les termes sont comparés pour toujours ; fenêtres, jours fériés et gels pour un an à partir d'aujourd'hui, dix au plus. Avec un registre, aussi les plans que NEW refuse, et les mois dont il changerait la disponibilité. Code 3 si NEW refuse un plan, sinon 0.",
    "A folder of calendars, or a contract file.": "Un dossier de calendriers, ou un fichier de contrat.",
    "old": "ancien",
    "The same; what is in force.": "De même ; ce qui est en vigueur.",
    "new": "nouveau",
    "First day to compare (today).": "Premier jour à comparer (aujourd'hui).",
    "Last moment, exclusive (366 days later).": "Dernier moment, exclu (366 jours plus tard).",
    "Look after notice templates.": "Tenir les modèles d'avis.",
    "Check every template: unknown variables, missing partials, raw output.":
      "Vérifier chaque modèle : variables inconnues, parties manquantes, sortie brute.",
    "Look after the register.": "Tenir le registre.",
    "Recompute every hash and rebuild every change; say what does not agree.":
      "Recalculer chaque empreinte et refaire chaque changement ; dire ce qui ne concorde pas.",
    "A checkpoint is what register info prints; whoever keeps one can tell whether history was cut or rewritten.":
      "Un point de contrôle est ce qu'affiche register info ; qui en garde un peut dire si l'historique a été coupé ou réécrit.",
    "A checkpoint kept elsewhere.": "Un point de contrôle gardé ailleurs.",
    "size:hash": "taille:empreinte",
    "Where the register is, how it is kept, and its checkpoint.":
      "Où est le registre, comment il est tenu, et son point de contrôle.",
    "Copy the register while it is in use; the copy is verified before it gets its name.":
      "Copier le registre pendant qu'il sert ; la copie est vérifiée avant de recevoir son nom.",
    "Put a verified backup in the place of a register that is gone.":
      "Mettre une sauvegarde vérifiée à la place d'un registre perdu.",
    "A register that is still there is never overwritten: move it away first. With --against, a backup that is shorter than the checkpoint is refused.":
      "Un registre encore là n'est jamais remplacé : déplacez-le d'abord. Avec --against, une sauvegarde plus courte que le point de contrôle est refusée.",
    "The backup.": "La sauvegarde.",
    "The newest checkpoint that is known.": "Le point de contrôle le plus récent que l'on connaisse.",
    "Take a server's history as it is now, although it is not the one seen before.":
      "Prendre l'historique d'un serveur tel qu'il est, bien que ce ne soit pas celui vu auparavant.",
    "The program remembers how far it saw a server's log, and refuses one that was cut or rewritten. Give the checkpoint that the refusal printed, once you know why the history differs.":
      "Le programme se souvient jusqu'où il a vu le journal d'un serveur, et refuse celui qui a été coupé ou réécrit. Donnez le point de contrôle qu'affichait le refus, une fois que vous savez pourquoi l'historique diffère.",
    "The server's checkpoint.": "Le point de contrôle du serveur.",
    "Under which name you record, and what you may do.": "Sous quel nom vous enregistrez, et ce que vous pouvez faire.",
    "On a file that is the name of your account, and whoever may write the file may do everything. A server goes by your token.":
      "Sur un fichier, c'est le nom de votre compte, et qui peut écrire le fichier peut tout. Un serveur s'en tient à votre jeton.",
    "Plan": "Planifier",
    "Move": "Faire évoluer",
    "Read": "Lire",
    "Calendar": "Calendrier",
    "Measure": "Mesurer",
    "Publish": "Publier",
    "Serve": "Servir",
    "Deliver": "Envoyer",
    "Look after": "Tenir",
    "Example:": "Exemple :",
    "Examples:": "Exemples :",
    "markdown, html, text, eml, letter (a sheet of A4 that word processors open), json or ics.":
      "markdown, html, text, eml, letter (une page A4 qu'ouvrent les traitements de texte), json ou ics.",
    "HTML to paste into an editor: no page, no style sheet, no subject.":
      "HTML à coller dans un éditeur : ni page, ni feuille de style, ni objet.",
    "The subject and nothing else, for the field beside the text.":
      "L'objet et rien d'autre, pour le champ à côté du texte.",
    "A mail that mail programs open for writing: to be read again, addressed and sent by hand.":
      "Un courriel que les logiciels ouvrent à l'écriture : à relire, adresser et envoyer à la main.",
    "A line of the address on a letter; repeatable.": "Une ligne de l'adresse d'une lettre ; répétable.",
    "line": "ligne",
    "town": "ville",
    "Where a letter is written, for its date line.": "Où une lettre est écrite, pour sa date.",
    "Write the notice of a change, and record that it was published.":
      "Écrire l'avis d'un changement, et enregistrer qu'il a été publié.",
    "It is recorded before it is written out, so that what is refused goes nowhere. Written are the forms of preavis notice.":
      "Il est enregistré avant d'être écrit, pour que ce qui est refusé n'aille nulle part. Il s'écrit sous les formes de preavis notice.",
    "portal, mail or letter; repeatable.": "portal (portail), mail (courriel) ou letter (lettre) ; répétable.",
    "Record that notices were published; nothing else of a change moves.":
      "Enregistrer que des avis ont été publiés ; rien d'autre d'un changement ne bouge.",
    "All that is named is recorded, or nothing. --written records what preavis notices write has written, and nothing that came to be owed since; --due records all that preavis notices due lists as late or due now.":
      "Tout ce qui est nommé est enregistré, ou rien. --written enregistre ce que preavis notices write a écrit, et rien de ce qui est dû depuis ; --due, tout ce que preavis notices due donne en retard ou dû maintenant.",
    "The changes.": "Les changements.",
    "All notices that are owed now.": "Tous les avis dus maintenant.",
    "Only this service, with --due.": "Seulement ce service, avec --due.",
    "All notices that preavis notices write wrote into this folder.":
      "Tous les avis que preavis notices write a écrits dans ce dossier.",
    "Write all notices that are owed, or those of some changes, into a folder.":
      "Écrire dans un dossier tous les avis dus, ou ceux de quelques changements.",
    "One file a notice, language and format; index.html lists them with their subjects and deadlines. Without --format, what an editor takes (preavis notice --fragment); without --lang, both languages, unless config.yaml says one. Files that this verb wrote before, and nobody edited, give way; nothing else does.":
      "Un fichier par avis, langue et format ; index.html les donne avec objets et échéances. Sans --format, ce que prend un éditeur (preavis notice --fragment) ; sans --lang, les deux langues, sauf si config.yaml en dit une. Les fichiers que ce verbe a écrits, et que personne n'a modifiés, cèdent la place ; rien d'autre.",
    "The kind of notice, as preavis notice takes it; without it, those that are owed now.":
      "La sorte d'avis, comme pour preavis notice ; sinon ceux qui sont dus maintenant.",
    "As preavis notice takes it; repeatable.": "Comme pour preavis notice ; répétable.",
    "HTML to paste into an editor, beside what --format names.":
      "HTML à coller dans un éditeur, en plus de ce que nomme --format.",
    "Mails (eml) are opened for writing by mail programs.":
      "Les courriels (eml) s'ouvrent à l'écriture dans les logiciels.",
    "Whom mails go to; they see each other. Repeatable.":
      "À qui vont les courriels ; les destinataires se voient. Répétable.",
    "Whom mails go to unseen by others; repeatable.":
      "À qui vont les courriels sans que d'autres le voient ; répétable.",
    "The folder to write into.": "Le dossier où écrire.",
  ]
}

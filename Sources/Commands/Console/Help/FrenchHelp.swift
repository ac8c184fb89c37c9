import Wording

/// The texts of help in French, by their English; `FrenchHelp+More.swift` has the other half. Whoever adds an option, or
/// words one anew, adds its French here: a test names what has none.
enum FrenchHelp {
  static let texts = plans.merging(others) { first, _ in first }

  /// Words that are the same in French.
  static let same: Set<String> = [
    "1|2|3", "CHG-…", "HOOK-…", "HOOK-…|MAIL-…", "MAIL-…", "OUT-…", "PFD-…", "TOK-…", "cause", "client", "description",
    "format", "fr|en", "impact", "msg_…", "service", "url", "version", "zone",
  ]

  private static let plans: [String: FrenchText] = [
    "Plan maintenance and announce change under a service contract.":
      "Planifier des maintenances et annoncer des changements selon un contrat de service.",
    "Completion for bash, zsh and fish: preavis --generate-completion-script zsh":
      "Complétion pour bash, zsh et fish : preavis --generate-completion-script zsh",
    "Exit codes: 0 done or allowed, 1 failure, 3 refused by the rules or closed, 64 wrong usage, 65 bad data file, 69 no answer from an address, 75 try again, 77 not permitted.":
      "Codes de sortie : 0 fait ou autorisé, 1 échec, 3 refusé par les règles ou fermé, 64 mauvaise commande, 65 fichier erroné, 69 adresse sans réponse, 75 à recommencer, 77 non permis.",
    "Show the version.": "Affiche la version.",
    "Show help information.": "Affiche cette aide.",
    "Create a register.": "Créer un registre.",
    "Of a simulation PREAVIS_NOW is the clock, and all that it publishes is marked SIMULATION.":
      "D'une simulation, PREAVIS_NOW est l'horloge, et tout ce qu'elle publie porte la marque SIMULATION.",
    "The register: a file, or https://… of a server (or PREAVIS_REGISTER, or register: in ~/.config/preavis/config.yaml).":
      "Le registre : un fichier, ou https://… d'un serveur (ou PREAVIS_REGISTER, ou register: dans ~/.config/preavis/config.yaml).",
    "place": "lieu",
    "Certificates (PEM) that a server’s has to come from (or PREAVIS_CA).":
      "Certificats (PEM) dont celui du serveur doit venir (ou PREAVIS_CA).",
    "file": "fichier",
    "Folder of contracts (or PREAVIS_CALENDARS).": "Dossier des contrats (ou PREAVIS_CALENDARS).",
    "folder": "dossier",
    "Folder of templates (or PREAVIS_TEMPLATES).": "Dossier des modèles (ou PREAVIS_TEMPLATES).",
    "Language of what is printed: fr or en.": "Langue de ce qui s'affiche : fr ou en.",
    "Print JSON; messages go to standard error.": "Affiche du JSON ; les messages vont sur l'erreur standard.",
    "Write to a file instead of standard output.": "Écrit dans un fichier plutôt que sur la sortie standard.",
    "A register for trials: its clock may be set with PREAVIS_NOW, all it publishes is marked SIMULATION.":
      "Un registre d'essai : son horloge peut se régler par PREAVIS_NOW, tout ce qu'il publie porte la marque SIMULATION.",
    "The verdict that a request would get; nothing is recorded.":
      "Le verdict que recevrait une demande ; rien n'est enregistré.",
    "Refused intervals come with the nearest allowed slots. Exit code 0 allowed, 3 refused.":
      "Un horaire refusé est suivi des prochains créneaux autorisés. Code de sortie 0 autorisé, 3 refusé.",
    "The service; may be left out where there is only one contract.": "Le service ; inutile s'il n'y a qu'un contrat.",
    "The environment.": "L'environnement.",
    "environment": "environnement",
    "Start of the work: 2026-12-06T01:00, Sunday 1am, tomorrow 01:00.":
      "Début des travaux : 2026-12-06T01:00, dimanche 1h, demain 01:00.",
    "time": "moment",
    "End of the work.": "Fin des travaux.",
    "Instead of --end: 90m, 2h, 2h30, PT2H.": "Au lieu de --end : 90m, 2h, 2h30, PT2H.",
    "duration": "durée",
    "none, reduced-redundancy, degraded or outage.": "none, reduced-redundancy, degraded ou outage.",
    "A component of the service; repeatable; none means the whole service.":
      "Une composante du service ; répétable ; aucune : tout le service.",
    "component": "composante",
    "Why the work is needed; clients read it.": "Pourquoi les travaux sont nécessaires ; les clients le lisent.",
    "What clients read instead of --reason.": "Ce que les clients lisent au lieu de --reason.",
    "client-reason": "motif",
    "The same for English readers, who else read the title.":
      "Le même pour les lecteurs anglais, qui lisent sinon le titre.",
    "title-en": "titre",
    "The same for English readers, who else read the description.":
      "La même pour les lecteurs anglais, qui lisent sinon la description.",
    "description-en": "description",
    "reason": "motif",
    "A change that this one may overlap; repeatable.": "Un changement que celui-ci peut chevaucher ; répétable.",
    "The change is an update to this version (article 10).":
      "Le changement est une mise à jour vers cette version (article 10).",
    "evolution, ergonomics or correction.": "evolution, ergonomics ou correction.",
    "category": "catégorie",
    "The update needs training.": "La mise à jour demande une formation.",
    "The update needs configuration.": "La mise à jour demande un paramétrage.",
    "The update does not interrupt the service.": "La mise à jour n'interrompt pas le service.",
    "Address of the update's documentation.": "Adresse de la documentation de la mise à jour.",
    "Urgent maintenance, as preavis emergency records it.":
      "Maintenance urgente, comme l'enregistre preavis emergency.",
    "JSON Lines of requests to judge by calculation alone; - reads standard input.":
      "Demandes en JSON Lines, jugées par le seul calcul ; - lit l'entrée standard.",
    "Record a change request: allowed, it is planned and published; refused, a draft.":
      "Enregistrer une demande : autorisée, elle est planifiée et publiée ; refusée, un brouillon.",
    "What clients read first.": "Ce que les clients lisent d'abord.",
    "title": "titre",
    "More for clients; - reads standard input.": "La suite, pour les clients ; - lit l'entrée standard.",
    "Judge only, as this verb would now: nothing is recorded.":
      "Juge seulement, comme le ferait ce verbe : rien n'est enregistré.",
    "The same key gives the same answer and never records twice.":
      "La même clé donne la même réponse et n'enregistre jamais deux fois.",
    "key": "clé",
    "Record emergency maintenance, before, during or after.":
      "Enregistrer une maintenance urgente, avant, pendant ou après.",
    "Times that lie behind are facts: work whose end has passed is recorded as completed.\nWithout --end and --duration the end is not known: clients are told so, and by when they hear more. preavis extend moves that on, or says the end.":
      "Ce qui est passé est un fait : des travaux dont la fin est passée sont enregistrés comme terminés. Sans --end ni --duration, la fin n'est pas connue : les clients l'apprennent, et quand ils en sauront plus. preavis extend reporte ce moment, ou dit la fin.",
    "Record change requests in bulk, from .ics, CSV or JSON Lines: all or nothing.":
      "Enregistrer des demandes en nombre, de .ics, CSV ou JSON Lines : tout ou rien.",
    "Every row is judged before anything is recorded, each after the ones above it. One refused row, and nothing is recorded (exit 3); a row that cannot be read, and nothing is recorded (exit 65). A file that was imported before records nothing twice: a row's idempotency_key, or else its content, tells. An event is known by its UID: one that has changed moves or amends what it made, a cancelled one cancels it, under the rules of those verbs and with --reason.":
      "Chaque ligne est jugée avant que rien ne soit enregistré, chacune après celles qui la précèdent. Une ligne refusée, et rien n'est enregistré (code 3) ; une ligne illisible, et rien ne l'est (code 65). Un fichier déjà importé n'enregistre rien deux fois : l'idempotency_key d'une ligne, sinon son contenu, le dit. Un événement est reconnu à son UID : changé, il déplace ou modifie ce qu'il a créé, annulé, il l'annule, selon les règles de ces verbes et avec --reason.",
    "CSV: a line of column names (title, start, end or duration, description, impact, component (parted by ;), environment, service, reason, kind, update, category, training, configuration, interruption, documentation, alongside, title_en, description_en, client_reason, idempotency_key), parted by commas or semicolons, UTF-8. JSON Lines: the same keys, or what submit --json prints. iCalendar: every event that lies ahead; days mean whole civil days; a recurrence needs COUNT or UNTIL, or --until.":
      "CSV : une ligne de noms de colonnes (title, start, end ou duration, description, impact, component (séparés par ;), environment, service, reason, kind, update, category, training, configuration, interruption, documentation, alongside, title_en, description_en, client_reason, idempotency_key), séparés par des virgules ou des points-virgules, en UTF-8. JSON Lines : les mêmes clés, ou ce qu'affiche submit --json. iCalendar : chaque événement à venir ; des jours sont des jours civils entiers ; une récurrence demande COUNT ou UNTIL, ou --until.",
    "The file; - reads standard input.": "Le fichier ; - lit l'entrée standard.",
    "ics, csv or jsonl; told by the file's name unless given.": "ics, csv ou jsonl ; sinon d'après le nom du fichier.",
    "Judge everything, record nothing; the same answer and exit code.":
      "Juge tout, n'enregistre rien ; même réponse et même code de sortie.",
    "Record what is allowed, although other rows are refused.":
      "Enregistre ce qui est autorisé, même si d'autres lignes sont refusées.",
    "day": "jour",
    "level": "niveau",
    "text": "texte",
    "iCalendar: why what an earlier file planned is moved or cancelled.":
      "iCalendar : pourquoi ce qu'un fichier précédent a planifié est déplacé ou annulé.",
    "iCalendar: the last day of series without end.": "iCalendar : le dernier jour des séries sans fin.",
    "iCalendar: take private and confidential events too.":
      "iCalendar : prendre aussi les événements privés et confidentiels.",
    "From which level on the exit code is 1.": "À partir de quel niveau le code de sortie est 1.",
    "With --keep-going, keep refused rows as drafts.": "Avec --keep-going, garde les lignes refusées comme brouillons.",
    "Free room inside the windows, clear of other changes and freezes, earliest first.":
      "La place libre dans les fenêtres, hors autres changements et gels, la plus proche d'abord.",
    "Each proposal is the earliest of another stretch of free room, and leaves a quarter of an hour to submit it.":
      "Chaque proposition est la première d'une autre plage libre, et laisse un quart d'heure pour la demander.",
    "How long the work takes.": "Combien de temps durent les travaux.",
    "How many proposals.": "Combien de propositions.",
    "count": "nombre",
    "Not before this day or moment.": "Pas avant ce jour ou ce moment.",
    "JSON Lines of searches; - reads standard input.": "Recherches en JSON Lines ; - lit l'entrée standard.",
    "Place, announce and move a set of changes as a whole.":
      "Placer, annoncer et déplacer un ensemble de changements.",
    "Record a release: all of its changes, or nothing.":
      "Enregistrer une livraison : tous ses changements, ou rien.",
    "The times are looked for as release plan does, or taken from a plan that was made before (--as-planned, what release plan --json printed). The register judges every change by its own clock and bookings, as submit would; where one is refused, nothing is recorded (exit 3), and the answer says what stands in its way.":
      "Les horaires sont cherchés comme le fait release plan, ou pris d'un plan fait auparavant (--as-planned, ce qu'a affiché release plan --json). Le registre juge chaque changement d'après sa propre horloge et ses réservations, comme submit ; si l'un est refusé, rien n'est enregistré (code 3), et la réponse dit ce qui s'y oppose.",
    "The plan to keep to, as release plan --json printed it.":
      "Le plan à suivre, tel que release plan --json l'a affiché.",
    "Move all of a release that has not begun, or nothing.":
      "Déplacer tout ce qui n'a pas commencé d'une livraison, ou rien.",
    "--by moves every change by as much: days keep the hour, whatever the clock does between (7d, -1d), lengths are elapsed (90m). --replan looks for new times, by the file that the release was submitted as, among what is planned now. Each change is judged as by reschedule: the notice runs again, clients are told why, and what needs approval waits for it.":
      "--by déplace chaque changement d'autant : les jours gardent l'heure, quoi que fasse l'horloge entre-temps (7d, -1d), les durées sont du temps écoulé (90m). --replan cherche de nouveaux horaires, d'après le fichier avec lequel la livraison a été demandée, parmi ce qui est planifié maintenant. Chaque changement est jugé comme par reschedule : le préavis court de nouveau, les clients apprennent pourquoi, et ce qui demande une approbation l'attend.",
    "How far: 7d, -1d, 90m.": "De combien : 7d, -1d, 90m.",
    "Look for new times.": "Cherche de nouveaux horaires.",
    "Cancel what of a release has not begun.": "Annuler ce qui n'a pas commencé d'une livraison.",
    "What has begun or is over stays as it is. With --from, only what starts then or later.":
      "Ce qui a commencé ou est fini reste tel quel. Avec --from, seulement ce qui commence alors ou plus tard.",
    "Only changes that start on this day or at this time, or later.":
      "Seulement les changements qui commencent ce jour ou à cette heure, ou plus tard.",
    "Publish all of a release that waits for approval, or nothing.":
      "Publier tout ce qui attend une approbation d'une livraison, ou rien.",
    "Decline all of a release that waits for approval.": "Rejeter tout ce qui attend une approbation d'une livraison.",
    "Let changes go on without their release, as they stand.":
      "Laisser des changements continuer sans leur livraison, tels quels.",
    "A change that leaves; repeatable.": "Un changement qui part ; répétable.",
    "Releases with their changes, and what was done with them.":
      "Des livraisons, avec leurs changements et ce qu'on en a fait.",
    "The releases, by start.": "Les livraisons, par début.",
    "The service; may be left out where there is only one contract. Several: joint work, one change in each.":
      "Le service ; inutile s'il n'y a qu'un contrat. Plusieurs : travaux communs, un changement dans chacun.",
    "A change that says what is left out, all but its start.":
      "Un changement qui dit ce qui n'est pas dit, sauf son début.",
    "A release of occurrences from --start on, by a recurrence rule of iCalendar.":
      "Une livraison d'occurrences à partir de --start, selon une règle de récurrence d'iCalendar.",
    "The last day of occurrences.": "Le dernier jour des occurrences.",
    "How many occurrences.": "Combien d'occurrences.",
    "rule": "règle",
    "length": "durée", "REL-…": "REL-…",
    "The release.": "La livraison.", "The release; repeatable.": "La livraison ; répétable.",
    "Find the best times for the changes of a release; nothing is recorded.":
      "Trouver les meilleurs horaires des changements d'une livraison ; rien n'est enregistré.",
    "The file (YAML or JSON) has the changes; windows, notice and freezes come from the contracts, and what is planned already from the register. Ctrl-C ends the search and keeps the best plan so far. docs/releases.md says how the file is written and the plan found.":
      "Le fichier (YAML ou JSON) porte les changements ; fenêtres, préavis et gels viennent des contrats, et ce qui est déjà planifié du registre. Ctrl-C arrête la recherche et garde le meilleur plan trouvé. docs/releases.md dit comment le fichier s'écrit et comment le plan est trouvé.",
    "The release; - reads standard input.": "La livraison ; - lit l'entrée standard.",
    "When approval is expected (now): notice counts from then.":
      "Quand l'approbation est attendue (maintenant) : le préavis court de là.",
    "A change that starts exactly then; repeatable.": "Un changement qui commence exactement alors ; répétable.",
    "change": "changement", "change=time": "changement=moment",
    "A change of the file to leave out, or one of the register (CHG-…) whose time is free; repeatable.":
      "Un changement du fichier à laisser de côté, ou du registre (CHG-…) dont l'horaire est libre ; répétable.",
    "text, svg, html, json, csv or ics.": "text, svg, html, json, csv ou ics.",
    "A folder for the plan in every format; made where there is none.":
      "Un dossier pour le plan dans tous les formats ; créé s'il n'existe pas.",
    "JSON Lines of releases; - reads standard input.": "Livraisons en JSON Lines ; - lit l'entrée standard.",
    "How long each release is searched: seconds, or steps from 10000 on.":
      "Combien de temps chercher pour chaque livraison : des secondes, ou des pas à partir de 10000.",
    "seconds|steps": "secondes|pas",
    "Makes another plan where the best is not proven.": "Donne un autre plan là où le meilleur n'est pas prouvé.",
    "number": "nombre",
    "Plan a change anew: the notice runs again, except inside the announced interval.":
      "Planifier autrement : le préavis court de nouveau, sauf à l'intérieur de l'horaire annoncé.",
    "A refused reschedule leaves the plan as it stands. A draft becomes planned by one that is allowed.":
      "Un report refusé laisse le plan tel qu'il est. Un brouillon devient planifié par un report autorisé.",
    "The change.": "Le changement.",
    "Why; clients read it where it moves what is published.":
      "Pourquoi ; les clients le lisent quand cela change ce qui est publié.",
    "Only if the change is still at this revision.": "Seulement si le changement en est encore à cette révision.",
    "New start.": "Nouveau début.",
    "New end.": "Nouvelle fin.",
    "Instead of --end; the length stays as it was when neither is given.":
      "Au lieu de --end ; la durée reste la même si ni l'un ni l'autre n'est donné.",
    "Reword or narrow a change; more impact or more components is planning anew.":
      "Reformuler ou restreindre un changement ; plus d'impact ou de composantes, c'est planifier de nouveau.",
    "Components that are left; repeatable.": "Les composantes qui restent ; répétable.",
    "Whether the update needs training.": "Si la mise à jour demande une formation.",
    "Whether the update needs configuration.": "Si la mise à jour demande un paramétrage.",
    "Whether the update interrupts the service.": "Si la mise à jour interrompt le service.",
    "Cancel a change; it stays in the feed as cancelled.":
      "Annuler un changement ; il reste dans le flux comme annulé.",
    "Say that the work has begun.": "Dire que les travaux ont commencé.",
    "When it began, if not now; both times are kept.":
      "Quand ils ont commencé, sinon maintenant ; les deux moments sont gardés.",
    "Announce a later end of work that is under way; it excuses nothing.":
      "Annoncer une fin plus tardive de travaux en cours ; cela n'excuse rien.",
    "Of urgent work whose end is not known, --end says it; without --end the moment by which clients hear more moves on, by the contract's emergency.first-estimate.":
      "De travaux urgents dont la fin n'est pas connue, --end la dit ; sans --end, le moment où les clients en sauront plus est reporté, de emergency.first-estimate du contrat.",
    "The new end.": "La nouvelle fin.",
    "Instead of --end: how much later than now announced.":
      "Au lieu de --end : de combien au-delà de la fin annoncée à présent.",
    "Say that the work has ended; after the announced end, with a reason.":
      "Dire que les travaux sont finis ; après la fin annoncée, avec un motif.",
    "Planned work that was carried out is closed by one command: --started says when it began. An hour alone is then the one nearest to the announced start, and that of the end the first after it. Both are recorded, or neither.":
      "Des travaux planifiés et exécutés se clôturent par une seule commande : --started dit quand ils ont commencé. Une heure seule est alors la plus proche du début annoncé, et celle de la fin la première qui le suit. Les deux sont enregistrés, ou aucun.",
    "Of work that is over, another time corrects the one on record, with a reason.":
      "Pour des travaux finis, un autre horaire corrige celui qui est enregistré, avec un motif.",
    "When it began, of planned work that nobody has started.":
      "Quand ont commencé des travaux planifiés que personne n'a dits commencés.",
    "When it ended, if not now; both times are kept.":
      "Quand ils ont fini, sinon maintenant ; les deux moments sont gardés.",
    "Publish what waits for approval; the notice runs to this moment.":
      "Publier ce qui attend une approbation ; le préavis court jusqu'à ce moment.",
    "Where the contract asks for approval, what is allowed is requested first: it holds its time, and nobody is told. It is judged anew here; what is not allowed any more stays requested. Nobody approves their own request where the contract asks for four eyes (exit 77).":
      "Si le contrat demande une approbation, ce qui est autorisé est d'abord demandé : son horaire est retenu, et personne n'est prévenu. Il est jugé de nouveau ici ; ce qui n'est plus autorisé reste demandé. Nul n'approuve sa propre demande si le contrat veut quatre yeux (code 77).",
    "Decline what waits for approval: a request becomes a draft, a plan stays as it is.":
      "Rejeter ce qui attend une approbation : une demande devient un brouillon, un plan reste tel qu'il est.",
    "What is under way and to come; with --all, what is over too.":
      "Ce qui est en cours et à venir ; avec --all, ce qui est passé aussi.",
    "What is completed or cancelled, and drafts whose time has passed, are left out, and counted below, unless --all, --state, --from or --to asks for them; then what is to come stands first, and what is over after it, the newest first. JSON holds all changes by start; with --limit the same ones as the table.":
      "Ce qui est terminé ou annulé, et les brouillons dont l'horaire est passé, sont laissés de côté et comptés au-dessous, sauf si --all, --state, --from ou --to les demande ; ce qui vient est alors d'abord, puis ce qui est passé, le plus récent en tête. JSON donne tous les changements par début ; avec --limit, ceux du tableau.",
    "What is over too.": "Ce qui est passé aussi.",
    "Only what you submitted.": "Seulement ce que vous avez demandé.",
    "No more than so many.": "Pas plus que ce nombre.",
    "Only this service.": "Seulement ce service.",
    "Only this environment.": "Seulement cet environnement.",
    "refused, requested (as text with moves of plans that wait), planned, in-progress, completed or cancelled; repeatable.":
      "refused, requested (en texte, avec les plans dont une modification attend), planned, in-progress, completed ou cancelled ; répétable.",
    "state": "état",
    "Changes that end after this day or time.": "Changements qui finissent après ce jour ou ce moment.",
    "Changes that start before this day or time.": "Changements qui commencent avant ce jour ou ce moment.",
    "One change, with its verdict and what today's rules say of it.":
      "Un changement, avec son verdict et ce qu'en disent les règles d'aujourd'hui.",
    "Of work under way it also tells the point of no return, which is the latest moment at which undoing the work still ends in the maintenance window, and what each further minute costs of the month's availability.":
      "De travaux en cours, dit aussi le point de non-retour, dernier moment où les défaire finit encore dans la fenêtre, et ce que coûte chaque minute de plus sur la disponibilité du mois.",
    "How long undoing work under way takes (as long as it will have run by then).":
      "Combien de temps prend un retour arrière (autant qu'ils auront duré).",
    "Every event of a change, with its reason and its hash.":
      "Chaque événement d'un changement, avec son motif et son empreinte.",
    "The plans that today's rules refuse. None: exit 0; any: exit 3.":
      "Les plans que refusent les règles d'aujourd'hui. Aucun : code 0 ; sinon : code 3.",
    "A plan keeps the verdict that it was given. What has come since then, a freeze, a version of the contract, another file of holidays, can make it impossible: such a plan is in conflict until it is moved or cancelled. Notice already given is not judged anew.":
      "Un plan garde le verdict qu'il a reçu. Ce qui est venu depuis, un gel, une version du contrat, un autre fichier de jours fériés, peut le rendre impossible : il est alors en conflit jusqu'à ce qu'il soit reporté ou annulé. Le préavis déjà donné n'est pas jugé de nouveau.",
    "May work go on now? Open: exit 0; closed: exit 3. For pipelines.":
      "Peut-on travailler maintenant ? Ouvert : code 0 ; fermé : code 3. Pour les chaînes d'intégration.",
    "Open only while a planned or emergency change covers the moment, or, where the contract says gate: { opens: window }, whenever the maintenance window is open and nothing is frozen. Work beyond its announced end opens nothing until it is extended.":
      "Ouvert seulement tant qu'un changement planifié ou urgent couvre le moment, ou, si le contrat dit gate: { opens: window }, quand la fenêtre est ouverte et que rien n'est gelé. Au-delà de leur fin annoncée, des travaux n'ouvrent plus rien avant d'être prolongés.",
    "The moment in question (now), as the register stands now.":
      "Le moment dont il s'agit (maintenant), d'après le registre actuel.",
    "Only this change may open the gate, or an override; repeatable.":
      "Seul ce changement peut ouvrir la porte, ou une dérogation ; répétable.",
    "Wait until the gate is open.": "Attend que la porte soit ouverte.",
    "How long to wait before exit 3 (2h).": "Combien attendre avant le code 3 (2h).",
    "Hold the gate open for a while, with a reason that stays on record.":
      "Tenir la porte ouverte un moment, avec un motif qui reste enregistré.",
    "Four hours at most: what takes longer is a change. --end closes it again before its time, for all overrides of the environment.":
      "Quatre heures au plus : ce qui dure davantage est un changement. --end la referme avant l'heure, pour toutes les dérogations de l'environnement.",
    "Why.": "Pourquoi.",
    "How long: 30m, 2h, 4h at most.": "Combien de temps : 30m, 2h, 4h au plus.",
    "Instead of --for: the moment at which it ends.": "Au lieu de --for : le moment de la fin.",
    "End the overrides that are in force.": "Met fin aux dérogations en cours.",
    "Every override of the gate, oldest first.": "Toutes les dérogations, la plus ancienne d'abord.",
    "When the service may be stopped.": "Quand le service peut être arrêté.",
    "First day or moment (today).": "Premier jour ou moment (aujourd'hui).",
    "Last moment, exclusive (14 days later).": "Dernier moment, exclu (14 jours plus tard).",
    "Draw a month.": "Dessine un mois.",
    "YYYY-MM": "AAAA-MM",
    "Draw a year.": "Dessine une année.",
    "YYYY": "AAAA",
    "text, ics, or svg with --month or --year.": "text, ics, ou svg avec --month ou --year.",
    "JSON Lines of ranges; - reads standard input.": "Plages en JSON Lines ; - lit l'entrée standard.",
    "The public holidays of a year, with the law that makes each.":
      "Les jours fériés d'une année, avec la loi qui fait chacun.",
    "The service whose zone counts.": "Le service dont la zone compte.",
    "The year (this one).": "L'année (celle-ci).",
    "Another zone: metropole, alsace-moselle, guadeloupe, …":
      "Une autre zone : metropole, alsace-moselle, guadeloupe, …",
    "text or ics.": "text ou ics.",
    "JSON Lines of years; - reads standard input.": "Années en JSON Lines ; - lit l'entrée standard.",
    "The contract's calendar of a year, to print and hang on the wall.":
      "Le calendrier contractuel d'une année, à imprimer et afficher.",
    "Every window with its length, public holidays, bridges, clock changes, freezes, and what stop each month allows. The picture (svg, html) is one page: A3, landscape.":
      "Chaque fenêtre et sa durée, jours fériés, ponts, changements d'heure, gels, et l'arrêt permis chaque mois. L'image (svg, html) tient sur une page A3 en paysage.",
    "text, html, svg, ics or json.": "text, html, svg, ics ou json.",
    "Record when the service was down, and why.": "Enregistrer quand le service était arrêté, et pourquoi.",
    "Record an outage; without an end, one that still goes on.": "Enregistrer une panne ; sans fin, elle dure encore.",
    "Maintenances and emergencies count by themselves (preavis start, complete, emergency); record here what no change is about.":
      "Maintenances et urgences comptent d'elles-mêmes (preavis start, complete, emergency) ; enregistrez ici ce dont aucun changement ne parle.",
    "When the service went down.": "Quand le service s'est arrêté.",
    "When it was back; leave it out while it is down.": "Quand il est revenu ; à omettre tant qu'il est arrêté.",
    "incident, planned-maintenance, urgent-maintenance, force-majeure, client-equipment or out-of-perimeter.":
      "incident, planned-maintenance, urgent-maintenance, force-majeure, client-equipment ou out-of-perimeter.",
    "A component that was down; repeatable; the time counts for the service in any case.":
      "Une composante arrêtée ; répétable ; le temps compte de toute façon pour le service.",
    "What it was.": "Ce que c'était.",
    "What the cause rests on: a ticket, a log, a letter; - reads standard input.":
      "Sur quoi repose la cause : un ticket, un journal, une lettre ; - lit l'entrée standard.",
    "evidence": "justification",
    "The outages on record, by start.": "Les pannes enregistrées, par début.",
    "ongoing, ended or voided; repeatable.": "ongoing, ended ou voided ; répétable.",
    "Only outages that meet this month.": "Seulement les pannes de ce mois.",
    "Say that an outage is over.": "Dire qu'une panne est finie.",
    "When the service was back, if not now.": "Quand le service est revenu, si ce n'est maintenant.",
    "Give an outage its end, or correct what is on record.":
      "Donner sa fin à une panne, ou corriger ce qui est enregistré.",
    "The end of an outage that goes on, a title and evidence need no reason; any other correction does.":
      "La fin d'une panne qui dure, un titre et une justification se passent de motif ; toute autre correction en demande un.",
    "The outage.": "La panne.",
    "When it was back.": "Quand il est revenu.",
    "Takes the end back: the outage still goes on.": "Retire la fin : la panne dure encore.",
    "As in preavis outage record.": "Comme pour preavis outage record.",
    "Where it was down.": "Où il était arrêté.",
    "A component that was down; repeatable.": "Une composante arrêtée ; répétable.",
    "What the cause rests on; - reads standard input.": "Sur quoi repose la cause ; - lit l'entrée standard.",
    "Why the record changes.": "Pourquoi corriger.",
    "Only if the record is still at this revision.": "Seulement si l'enregistrement en est encore à cette révision.",
    "Say that an outage was recorded by mistake; it stays on record and counts nowhere.":
      "Dire qu'une panne a été enregistrée par erreur ; elle reste au registre et ne compte nulle part.",
    "Record outages in bulk, from CSV or JSON Lines: all or nothing.":
      "Enregistrer des pannes en nombre, de CSV ou JSON Lines : tout ou rien.",
    "A row that cannot be read, or that makes no sense, and nothing is recorded (exit 65). A file that was imported before records nothing twice: a row's idempotency_key, or else its content, tells.":
      "Une ligne illisible ou absurde, et rien n'est enregistré (code 65). Un fichier déjà importé n'enregistre rien deux fois : l'idempotency_key d'une ligne, sinon son contenu, le dit.",
    "CSV: a line of column names (service, environment, component (parted by ;), cause, start, end or duration, title, evidence, idempotency_key), parted by commas or semicolons, UTF-8. JSON Lines: the same keys. Without end and duration the outage goes on.":
      "CSV : une ligne de noms de colonnes (service, environment, component (séparés par ;), cause, start, end ou duration, title, evidence, idempotency_key), séparés par des virgules ou des points-virgules, en UTF-8. JSON Lines : les mêmes clés. Sans end ni duration, la panne dure encore.",
    "The service of rows that name none.": "Le service des lignes qui n'en nomment pas.",
    "csv or jsonl; told by the file's name unless given.": "csv ou jsonl ; sinon d'après le nom du fichier.",
    "How available the service was, with every stop accounted for.":
      "Combien le service a été disponible, chaque arrêt expliqué.",
    "Outages count as recorded with preavis outage record; maintenances and emergencies by what they really did, from their actual start to their actual end, where their impact is an outage. A month that is not over, or in which something still goes on, is provisional. A breach is a result:\nthe exit code is 0.":
      "Les pannes comptent comme les enregistre preavis outage record ; maintenances et urgences par ce qu'elles ont vraiment fait, du début réel à la fin réelle, si leur impact est un arrêt. Un mois qui n'est pas fini, ou dans lequel quelque chose dure, est provisoire. Un engagement non tenu est un résultat : le code de sortie est 0.",
    "Only this service; without it, every service.": "Seulement ce service ; sinon tous.",
    "One month (the current one).": "Un mois (celui en cours).",
    "First month.": "Premier mois.",
    "Last month, included (the current one).": "Dernier mois, compris (celui en cours).",
    "text, json, csv, or svg: one month of one service as a picture, A4 landscape.":
      "text, json, csv, ou svg : un mois d'un service en image, A4 en paysage.",
    "One row a month, for spreadsheets; the same as --format csv.":
      "Une ligne par mois, pour tableurs ; comme --format csv.",
    "With --csv: one row a stop, with what counts of it and why the rest does not.":
      "Avec --csv : une ligne par arrêt, ce qui en compte et pourquoi le reste ne compte pas.",
    "What a stop would cost: 2026-11-23T06:00/2h.": "Ce que coûterait un arrêt : 2026-11-23T06:00/2h.",
    "start/duration": "début/durée",
    "JSON Lines of months with outages; - reads standard input.":
      "Mois et pannes en JSON Lines ; - lit l'entrée standard.",
    "When support owes its answers to a Request (article 12).":
      "Quand le support doit ses réponses à une Demande (article 12).",
    "Where the moment at which the anomaly was qualified and reproduced is not known, nothing of criticality 1 and 2 is due before the dates that are given; they say so.":
      "Si le moment où l'anomalie a été qualifiée et reproduite n'est pas connu, rien de criticité 1 et 2 n'est dû avant les dates données ; elles le disent.",
    "When the Request was registered.": "Quand la Demande a été enregistrée.",
    "Only the deadline of this criticality.": "Seulement l'échéance de cette criticité.",
    "When the anomaly was qualified and reproduced.": "Quand l'anomalie a été qualifiée et reproduite.",
  ]
}

import Testing
import Wording

/// French as it is typed in the source, and as it is read. U+202F and U+00A0 are written out.
@Suite struct FrenchTextTests {
  @Test(arguments: [
    ("inconnu ; il y a : un, deux.", "inconnu\u{202F}; il y a\u{A0}: un, deux."),
    ("Encore ? Oui !", "Encore\u{202F}? Oui\u{202F}!"), ("« Réseau »", "«\u{A0}Réseau\u{A0}»"),
    ("l'exploitant n'a qu'un jour", "l’exploitant n’a qu’un jour"),
    ("ouvert à 12:30 et après", "ouvert à 12:30 et après"),
    ("voir https://portal.example/x?y=1", "voir https://portal.example/x?y=1"),
    ("écrivez 'x' ou \"y\"", "écrivez 'x' ou \"y\""), ("Authorization: Bearer JETON", "Authorization: Bearer JETON"),
    ("déjà\u{202F}; bon", "déjà\u{202F}; bon"), ("", ""),
  ])
  func `Blanks and apostrophes are put where French has its own`(typed: String, read: String) {
    #expect(Language.french("", FrenchText(stringLiteral: typed)) == read)
  }

  /// What people entered, and code, is not ours to mend.
  @Test func `Values in a text stay as they are`() {
    let (title, code) = ("Patch : l'autre ?", #"{"a" : 1}"#)
    #expect(Language.french("", "Titre : \(title) ; \(code) !") == "Titre\u{A0}: \(title)\u{202F}; \(code)\u{202F}!")
    #expect(Language.french("", "l'\(title)" + " : \(code)") == "l’\(title)\u{A0}: \(code)")
    #expect(Language.english("a : b", "c : d") == "a : b")
  }

  @Test(arguments: [
    ("93.184.215.14: no connection in time", "93.184.215.14\u{A0}: pas de connexion à temps"),
    ("status 503: later : please", "statut 503: later : please"), ("410 Gone", "410 Gone"),
    (
      "refused: 10.0.0.1 is no address of the public Internet",
      "refusé\u{A0}: 10.0.0.1 n’est pas une adresse de l’Internet public"
    ),
    ("/usr/sbin/sendmail exited with 75", "/usr/sbin/sendmail s’est terminé avec le code 75"),
    ("/usr/sbin/sendmail took longer than 30 s", "/usr/sbin/sendmail a mis plus de 30 s"),
    ("x.example: no address", "x.example\u{A0}: aucune adresse"), ("something new", "something new"),
  ])
  func `Errors of deliveries are read in French`(kept: String, read: String) {
    #expect(DeliveryErrorText(language: .french).text(kept) == read)
    #expect(DeliveryErrorText(language: .english).text(kept) == kept)
  }
}

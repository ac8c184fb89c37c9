import ArgumentParser
import Planning

/// Flags that every verb knows.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The register: a file, or https://… of a server (or PREAVIS_REGISTER, or register: in ~/.config/preavis/config.yaml).",
      valueName: "place"))
  var register: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Certificates (PEM) that a server’s has to come from (or PREAVIS_CA).", valueName: "file"))
  var caFile: String?

  @Option(name: .long, help: ArgumentHelp("Folder of contracts (or PREAVIS_CALENDARS).", valueName: "folder"))
  var calendars: String?

  @Option(name: .long, help: ArgumentHelp("Folder of templates (or PREAVIS_TEMPLATES).", valueName: "folder"))
  var templates: String?

  @Option(name: .long, help: ArgumentHelp("Language of what is printed: fr or en.", valueName: "fr|en"))
  var lang: String?

  @Flag(name: .long, help: "Print JSON; messages go to standard error.")
  var json = false

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var output: String?
}

/// Which service a verb is about.
struct ServiceOptions: ParsableArguments {
  @Option(name: .long, help: "The service; may be left out where there is only one contract.")
  var service: String?

  @Option(name: .long, help: "The environment.")
  var environment = Contract.production
}

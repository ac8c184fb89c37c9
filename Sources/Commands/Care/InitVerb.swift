import ArgumentParser
import CivilTime
import JSONText
import Register
import RegisterSQLite
import Wording

struct InitVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Create a register.",
    discussion: """
      Examples:
        preavis init
        preavis init --register plans.sqlite
        preavis init --simulation --register trial.sqlite

      Of a simulation PREAVIS_NOW is the clock, and all that it publishes is marked SIMULATION.
      """)

  @OptionGroup var global: GlobalOptions
  @Flag(help: "A register for trials: its clock may be set with PREAVIS_NOW, all it publishes is marked SIMULATION.")
  var simulation = false

  func run(_ session: Session) throws {
    let path = try session.registerFile(for: "init")
    if session.environment["PREAVIS_NOW"] != nil, !simulation {
      throw Failure.usage(
        session.language(
          "PREAVIS_NOW is set, but only a register made with init --simulation honours it. Unset it.",
          "PREAVIS_NOW est défini, mais seul un registre créé avec init --simulation l’accepte. Retirez-le."))
    }
    if simulation { _ = try session.clock(isSimulation: true) }
    let identity = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    let store = try SQLiteStore.create(at: path) { store in
      // A simulation may begin at any date, so its first event stands at the beginning of time.
      try Register.initialise(
        store, isSimulation: simulation, identity: identity,
        now: simulation ? .init(secondsSinceEpoch: 0) : Session.systemClock())
    }
    if session.options.json {
      try session.output.write([
        "register": .string(path), "identity": .string(identity), "simulation": .bool(simulation),
        "journal": .string(store.journal.rawValue),
      ])
    } else {
      try session.output.write(
        session.language(
          "Register created: \(path)\(simulation ? " (SIMULATION)" : ""). Next: preavis check --start … --duration 2h",
          "Registre créé : \(path)\(simulation ? " (SIMULATION)" : ""). Ensuite : preavis check --start … --duration 2h"
        ))
    }
  }
}

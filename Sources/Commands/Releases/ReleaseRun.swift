import Answers
import CivilTime
import Dispatch
import Files
import Foundation
import Planning
import Publication
import Register
import Synchronization
import Wording

/// From the file of a release to its plan, with the progress on a terminal, until somebody stops it.
struct ReleaseRun {
  let session: Session
  let budget: ReleaseBudget
  let seed: UInt64

  private var language: Language { session.language }

  /// A release file, among what is on record, at one moment.
  struct Source {
    let file: ReleaseFile
    /// Nil where there is no register.
    let open: OpenRegister?
    let now: Instant
    /// In the zone of the contracts, which times without an offset are of.
    let wording: Wording
  }

  func read(_ file: String) throws -> Source {
    let open = try session.registerIfAny()
    if open == nil {
      Output.note(
        language(
          "No register at \(session.registerPath): what is planned already was not looked at.",
          "Pas de registre à \(session.registerPath) : ce qui est déjà planifié n’a pas été regardé."))
    }
    return try read(bytes(file), named: file, open)
  }

  /// - Parameter file: its name, beside which other files lie.
  func read(_ bytes: [UInt8], named file: String, _ open: OpenRegister?) throws -> Source {
    let now = try open?.register.now ?? session.now()
    let zone = session.firstContract?.currentTimeZone ?? .utc
    var reader = ReleaseFileReader(
      file: file, language: language, zone: zone, now: now, contract: { try session.contract($0).contract },
      open: { name in
        let folder = URL(fileURLWithPath: file == "-" ? "." : file).deletingLastPathComponent()
        return try self.bytes(URL(fileURLWithPath: name, relativeTo: folder).path)
      })
    do {
      return Source(file: try reader.read(bytes), open: open, now: now, wording: Wording(language, zone: zone) { now })
    } catch let error as ReleaseFileProblems {
      throw Failure(status: .badData, message: error.description)
    }
  }

  func plan(_ source: Source, _ choices: ReleasePlanning.Choices) throws -> PlannedRelease {
    let planning = ReleasePlanning(
      source.file, choices, register: source.open?.register, now: source.now, wording: source.wording)
    let stop = Stop()
    defer { stop.end() }
    let start = DispatchTime.now().uptimeNanoseconds
    var (bar, seen) = (
      budget.deadline.map { ProgressBar(language("Searching", "Recherche"), total: Int(clamping: $0 / 1_000_000)) },
      UInt64(0)
    )
    defer { bar?.finish() }
    return try planning.plan(
      PlanningBudget(steps: budget.steps, seed: seed, explicable: Release.mostWorks),
      isSimulation: source.open?.isSimulation ?? false,
      isCancelled: {
        let elapsed = (DispatchTime.now().uptimeNanoseconds - start) / 1_000_000
        bar?.step(Int(clamping: elapsed - seen))
        seen = elapsed
        return stop.isAsked || budget.deadline.map { elapsed > $0 / 1_000_000 } ?? false
      }, wasStopped: { stop.isAsked })
  }

  func bytes(_ path: String) throws -> [UInt8] {
    let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    // Nil of a file that is empty.
    guard let handle, let data = try? handle.read(upToCount: FileNode.limit + 1) ?? Data() else {
      throw Failure(
        status: .failure,
        message: language(
          "\(path): cannot be read. Check the path and the permissions.",
          "\(path) : illisible. Vérifiez le chemin et les droits."))
    }
    guard data.count <= FileNode.limit else {
      throw Failure(
        status: .badData,
        message: language("\(path): larger than 1 MiB; split it.", "\(path) : plus de 1 Mio ; découpez-le."))
    }
    return [UInt8](data)
  }
}

/// Whether somebody wants an end of it: the first Ctrl-C asks, the second ends the program as ever.
private struct Stop {
  private final class Flag: Sendable { let isSet = Atomic<Bool>(false) }

  private let flag = Flag()
  private let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [flag] in
      flag.isSet.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    source.resume()
  }

  var isAsked: Bool { flag.isSet.load(ordering: .relaxed) }

  func end() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}

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

  /// - Parameter choices: reads what is asked for beside the file, with times in the zone of the contracts.
  func plan(_ file: String, choices: (Wording) throws -> ReleasePlanning.Choices) throws -> PlannedRelease {
    let open = try session.registerIfAny()
    if open == nil {
      Output.note(
        language(
          "No register at \(session.registerPath): what is planned already was not looked at.",
          "Pas de registre à \(session.registerPath) : ce qui est déjà planifié n’a pas été regardé."))
    }
    let now = try open?.register.now ?? session.now()
    let zone = session.firstContract?.currentTimeZone ?? .utc
    let wording = Wording(language, zone: zone) { now }
    var reader = ReleaseFileReader(
      file: file, language: language, zone: zone, now: now, contract: { try session.contract($0).contract },
      open: { name in
        let folder = URL(fileURLWithPath: file == "-" ? "." : file).deletingLastPathComponent()
        return try bytes(URL(fileURLWithPath: name, relativeTo: folder).path)
      })
    let release: ReleaseFile
    do { release = try reader.read(bytes(file)) } catch let error as ReleaseFileProblems {
      throw Failure(status: .badData, message: error.description)
    }
    let planning = ReleasePlanning(release, try choices(wording), register: open?.register, now: now, wording: wording)
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
      isSimulation: open?.isSimulation ?? false,
      isCancelled: {
        let elapsed = (DispatchTime.now().uptimeNanoseconds - start) / 1_000_000
        bar?.step(Int(clamping: elapsed - seen))
        seen = elapsed
        return stop.isAsked || budget.deadline.map { elapsed > $0 / 1_000_000 } ?? false
      }, wasStopped: { stop.isAsked })
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let handle, let data = try? handle.read(upToCount: FileNode.limit + 1) else {
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

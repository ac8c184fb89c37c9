import Answers
import Foundation
import Wording

/// A folder that files are put into together: all are made first, apart from it, then each takes its place, or none does.
/// Others may write there too: no link of theirs is followed, and of two runs one waits for the other.
final class OutFolder {
  struct File {
    let name: String
    let bytes: [UInt8]
  }

  /// A call of the system that failed.
  private struct Trouble: Error { let code: Int32 }

  /// Of folders in which files are made; what follows is chance, so that nobody has made it before.
  private static let pending = ".preavis-pending-"
  /// How often another run is waited for, 50 milliseconds each time.
  private static let patience = 200

  private let path: String
  private let language: Language
  private let root: Int32

  static func checkName(_ path: String, _ language: Language) throws {
    guard path.isEmpty else { return }
    throw Failure.usage(
      language(
        "--out: say which folder; . is the one that you are in.",
        "--out : dites quel dossier ; . est celui où vous êtes."))
  }

  /// Makes the folder where there is none.
  init(_ path: String, _ language: Language) throws {
    try OutFolder.checkName(path, language)
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    (self.path, self.language) = (path, language)
    root = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw failure(errno) }
    var waits = 0
    // A file system without locks is one where nobody else is waited for.
    while flock(root, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      guard waits < OutFolder.patience else {
        throw Failure(
          status: .tryAgain,
          message: language(
            "--out \(path): another run is writing there; try again when it has ended.",
            "--out \(path) : une autre commande y écrit ; recommencez quand elle aura fini."))
      }
      waits += 1
      usleep(50_000)
    }
  }

  deinit { close(root) }

  /// What has the name; nil where nothing does. A link is a link.
  private func found(_ name: String) -> stat? {
    var found = stat()
    return unsafe fstatat(root, name, &found, AT_SYMLINK_NOFOLLOW) == 0 ? found : nil
  }

  func holds(_ name: String) -> Bool { found(name) != nil }

  /// Folders of runs of ours that were cut off.
  var leftovers: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { name in
      guard name.hasPrefix(OutFolder.pending), let found = found(name) else { return false }
      return found.st_mode & S_IFMT == S_IFDIR && found.st_uid == geteuid()
    }
  }

  func place(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Nothing is written where one of them would be lost.
  func put(_ files: [File], replacing: Bool) throws {
    let standing = files.map(\.name).filter(holds)
    guard standing.isEmpty || replacing else {
      let names =
        standing[0]
        + (standing.count > 1 ? language(" and \(standing.count - 1) more", " et \(standing.count - 1) autres") : "")
      throw Failure.usage(
        language(
          "--out \(path): there already: \(names). Nothing was written; choose another folder, or add --replace.",
          "--out \(path) : déjà là : \(names). Rien n’a été écrit ; choisissez un autre dossier, ou ajoutez --replace.")
      )
    }
    try put(files)
  }

  /// Files take the place of plain files only. Those of `old` are removed with it, and what was cut off before.
  func put(_ files: [File], removing old: [String] = []) throws {
    for file in files {
      guard let found = found(file.name), found.st_mode & S_IFMT != S_IFREG else { continue }
      throw Failure.usage(
        language(
          "--out \(path): \(file.name) is something other than a file. Nothing was written: move it, or choose another folder.",
          "--out \(path) : \(file.name) est autre chose qu’un fichier. Rien n’a été écrit : déplacez-le, ou choisissez un autre dossier."
        ))
    }
    let left = leftovers
    let name = OutFolder.pending + String(UInt64.random(in: 0 ... .max), radix: 36)
    do {
      try check(unsafe mkdirat(root, name, 0o700))
      defer { unsafe unlinkat(root, name, AT_REMOVEDIR) }
      let made = unsafe openat(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      try check(made)
      defer {
        for name in files.map(\.name) + (files.map(\.name) + old).map(OutFolder.kept) { unsafe unlinkat(made, name, 0) }
        close(made)
      }
      for file in files { try make(file, in: made) }
      try place(files.map(\.name), removing: old, from: made)
    } catch let trouble as Trouble {
      throw failure(trouble.code)
    }
    for name in left { try? FileManager.default.removeItem(atPath: "\(path)/\(name)") }
  }

  private func make(_ file: File, in made: Int32) throws {
    let descriptor = unsafe openat(made, file.name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    try check(descriptor)
    defer { close(descriptor) }
    var rest = file.bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      try check(Int32(clamping: count))
      rest = rest.dropFirst(count)
    }
    try check(fsync(descriptor))
  }

  /// What stood there stays at hand until all is done: what cannot be ended is undone.
  private func place(_ names: [String], removing old: [String], from made: Int32) throws {
    var done: [(name: String, wasThere: Bool)] = []
    do {
      for name in old + names {
        let isKept = unsafe linkat(root, name, made, OutFolder.kept(name), 0) == 0
        let isNew = !isKept && errno == ENOENT
        if old.contains(name) {
          try check(unsafe unlinkat(root, name, 0))
        } else {
          try check(unsafe renameat(made, name, root, name))
        }
        // Where a file system knows no second name, what was replaced cannot come back.
        if isKept || isNew { done.append((name, isKept)) }
      }
    } catch {
      for (name, wasThere) in done.reversed() {
        if wasThere {
          unsafe renameat(made, OutFolder.kept(name), root, name)
        } else {
          unsafe unlinkat(root, name, 0)
        }
      }
      throw error
    }
  }

  private static func kept(_ name: String) -> String { "was-\(name)" }

  private func check(_ result: Int32) throws(Trouble) { if result < 0 { throw Trouble(code: errno) } }

  private func failure(_ code: Int32) -> Failure {
    Failure(
      status: .failure,
      message: code == ENOSPC || code == EDQUOT
        ? language(
          "--out \(path): the disk is full; nothing was written.",
          "--out \(path) : le disque est plein ; rien n’a été écrit.")
        : language(
          "--out \(path): cannot be written; make the folder, or choose another.",
          "--out \(path) : écriture impossible ; créez le dossier ou choisissez-en un autre."))
  }
}

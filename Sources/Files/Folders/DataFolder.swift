import Foundation

/// A folder of files that an operator edits, and how it was found.
package struct DataFolder: Hashable, Sendable {
  /// As it was given or put together; relative where the working folder is meant.
  package let path: String
  package let foundBy: FoundBy

  /// What led to a folder, in the order of looking.
  package enum FoundBy: String, Hashable, Sendable {
    case flag
    case environment
    /// The file of a person's own settings.
    case settings
    case installation
    case workingFolder = "working-folder"
  }

  /// Contracts, holidays and freezes: `flag`, `PREAVIS_CALENDARS`, settings, the installation, `./calendars`.
  ///
  /// - Parameter executable: path of the running program.
  package static func calendars(
    flag: String?, environment: [String: String], settings: PersonalSettings = .none, executable: String
  ) throws(DataFolderError) -> DataFolder {
    try find(
      "calendars", variable: "PREAVIS_CALENDARS", flag: flag, environment: environment,
      settings: (settings.file, settings.calendars), executable: executable)
  }

  /// Templates of notices: `flag`, `PREAVIS_TEMPLATES`, settings, the installation, `./templates`.
  ///
  /// - Parameter executable: path of the running program.
  package static func templates(
    flag: String?, environment: [String: String], settings: PersonalSettings = .none, executable: String
  ) throws(DataFolderError) -> DataFolder {
    try find(
      "templates", variable: "PREAVIS_TEMPLATES", flag: flag, environment: environment,
      settings: (settings.file, settings.templates), executable: executable)
  }

  /// A folder that was named (by flag or environment) is taken or refused, never passed over: other terms than the ones
  /// that were asked for would be a silent choice. An empty variable counts as unset.
  private static func find(
    _ name: String, variable: String, flag: String?, environment: [String: String],
    settings: (file: String?, folder: String?), executable: String
  ) throws(DataFolderError) -> DataFolder {
    if let flag {
      guard isFolder(flag) else {
        throw DataFolderError(name: name, named: "--\(name)", variable: variable, places: [flag])
      }
      return DataFolder(path: flag, foundBy: .flag)
    }
    if let path = environment[variable], !path.isEmpty {
      guard isFolder(path) else {
        throw DataFolderError(name: name, named: variable, variable: variable, places: [path])
      }
      return DataFolder(path: path, foundBy: .environment)
    }
    if let path = settings.folder {
      guard isFolder(path) else {
        throw DataFolderError(name: name, named: settings.file, variable: variable, places: [path])
      }
      return DataFolder(path: path, foundBy: .settings)
    }
    let installed = installations(of: executable).map { "\($0)/share/preavis/\(name)" }
    for path in installed where isFolder(path) { return DataFolder(path: path, foundBy: .installation) }
    if isFolder(name) { return DataFolder(path: name, foundBy: .workingFolder) }
    throw DataFolderError(name: name, named: nil, variable: variable, places: installed + ["./\(name)"])
  }

  /// `prefix` of `prefix/bin/preavis`, then the folder of the program itself, as in an unpacked archive.
  private static func installations(of executable: String) -> [String] {
    guard executable.contains("/") else { return [] }
    let folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    return [folder.deletingLastPathComponent().path, folder.path].map { $0 == "/" ? "" : $0 }
  }

  private static func isFolder(_ path: String) -> Bool {
    guard !path.isEmpty else { return false }
    return (try? URL(fileURLWithPath: path).resolvingSymlinksInPath().resourceValues(forKeys: [.isDirectoryKey]))?
      .isDirectory == true
  }
}

/// Reads the files of a data folder.
enum DataFile {
  /// Why a file was not read.
  enum Failure: Error, Hashable {
    case missing
    case notAFile
    case tooLarge(limit: Int)
    case unreadable

    /// What is wrong, in a few English words.
    var text: String {
      switch self {
      case .missing: "no such file"
      case .notAFile: "not a regular file"
      case .tooLarge(let limit): "larger than \(limit / 1024) KB"
      case .unreadable: "cannot be read; check its permissions"
      }
    }
  }

  /// The bytes of a regular file of at most `limit` bytes; links are followed.
  static func bytes(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let values = try? url.resourceValues(forKeys: [.isRegularFileKey]) else { throw .missing }
    guard values.isRegularFile == true else {
      throw FileManager.default.fileExists(atPath: path) ? .notAFile : .missing
    }
    guard let handle = try? FileHandle(forReadingFrom: url) else { throw .unreadable }
    defer { try? handle.close() }
    // Read rather than measured beforehand, so that a file that grows meanwhile stays within the limit.
    var data = Data()
    while data.count <= limit {
      guard let more = try? handle.read(upToCount: limit + 1 - data.count) else {
        if data.isEmpty { return [] }
        break
      }
      if more.isEmpty { break }
      data.append(more)
    }
    guard data.count <= limit else { throw .tooLarge(limit: limit) }
    return [UInt8](data)
  }

  /// Names of the files in `folder` that end in `.yaml`, sorted; hidden ones are left out. Nil when there is no folder.
  static func yamlFiles(in folder: String) -> [String]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
    return names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
  }
}

/// A folder of data that could not be found.
package struct DataFolderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// `calendars` or `templates`.
  package let name: String
  /// The flag or variable that named a folder which is none; nil when nothing named one.
  package let named: String?
  /// The environment variable that may name it.
  package let variable: String
  /// Where it was looked for, in order.
  package let places: [String]

  /// One English line: what, where, and what to do.
  package var description: String {
    if let named { return "\(named) names \(places.joined(separator: ", ")), which is not a folder" }
    return "no \(name) folder in \(places.joined(separator: ", ")); name one with --\(name) or \(variable)"
  }
}

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
    case installation
    case workingFolder = "working-folder"
  }

  /// Contracts, holidays and freezes: `flag`, `PREAVIS_CALENDARS`, the installation, `./calendars`.
  ///
  /// - Parameter executable: path of the running program.
  package static func calendars(
    flag: String?, environment: [String: String], executable: String
  ) throws(DataFolderError) -> DataFolder {
    try find("calendars", variable: "PREAVIS_CALENDARS", flag: flag, environment: environment, executable: executable)
  }

  /// Templates of notices: `flag`, `PREAVIS_TEMPLATES`, the installation, `./templates`.
  ///
  /// - Parameter executable: path of the running program.
  package static func templates(
    flag: String?, environment: [String: String], executable: String
  ) throws(DataFolderError) -> DataFolder {
    try find("templates", variable: "PREAVIS_TEMPLATES", flag: flag, environment: environment, executable: executable)
  }

  /// A folder that was named (by flag or environment) is taken or refused, never passed over: other terms than the ones
  /// that were asked for would be a silent choice. An empty variable counts as unset.
  private static func find(
    _ name: String, variable: String, flag: String?, environment: [String: String], executable: String
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

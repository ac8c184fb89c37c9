package import Foundation

/// Where the sources of the project lie, told from the place of this file in them.
package enum Project {
  package static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  package static let fixtures = root.appending(path: "Tests/Fixtures")

  /// The built program: it lies beside the bundle of the tests.
  package static let executable: URL = {
    let beside = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "preavis")
    if let beside, FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return root.appending(path: ".build/debug/preavis")
  }()
}

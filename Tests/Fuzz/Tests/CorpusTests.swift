import Foundation
import FuzzTargets
import TestSupport
import Testing

/// What `make fuzz` has found, and the smallest inputs that reach most of each reader, in short: `Tests/Fuzz/Corpus`.
struct CorpusTests {
  @Test(.timeLimit(.minutes(20)), arguments: FuzzTarget.allCases)
  func `Nothing that a stranger wrote stops the program`(target: FuzzTarget) throws {
    let folder = Project.root.appending(path: "Tests/Fuzz/Corpus/\(target.rawValue)")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 5)
    for file in files {
      #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.run(Array(try Data(contentsOf: file))) }
    }
  }
}

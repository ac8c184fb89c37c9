import Foundation
import Testing

@testable import Files

/// The pipelines of `examples/ci` are YAML with the keys that their systems know, and call what there is.
@Suite struct PipelineExampleTests {
  static let keys = [
    "github-actions.yml": ["name", "on", "env", "jobs"], "gitlab-ci.yml": ["stages", "variables", "gate", "deploy"],
  ]

  @Test(arguments: keys.keys.sorted()) func `A pipeline is read by a YAML parser`(name: String) throws {
    let text = try String(contentsOfFile: "\(Workbench.root)/examples/ci/\(name)", encoding: .utf8)
    let problems = ProblemList(file: name)
    let root = try #require(YAMLText.document(in: Array(text.utf8), problems))
    let keys = try #require(Self.keys[name])
    let section = try #require(Section(root, name: "", keys: keys, problems))
    #expect(keys.allSatisfy(section.has))
    #expect(problems.problems.isEmpty, "\(problems.problems)")
    #expect(text.contains("preavis gate --service profession-liberale --change \"$CHANGE\" --wait --timeout 2h"))
    #expect(text.contains("sh examples/ci/gate.sh profession-liberale \"$CHANGE\""))
    #expect(FileManager.default.fileExists(atPath: "\(Workbench.root)/examples/ci/gate.sh"))
  }
}

import API
import Files
import Foundation
import JSONText
import Planning
import Register
import TestSupport
import Testing

@testable import Remote

@Suite struct ContractCacheTests {
  /// A folder of contracts as the register wants them.
  private struct ContractFolderAt {
    let folder: ContractFolder
    init(_ path: String) { folder = ContractFolder(path) }
    func bound(_ service: String) throws -> BoundContract {
      let loaded = try folder.load(service: service)
      return BoundContract(contract: loaded.contract, files: loaded.sources)
    }
  }

  @Test func `contracts are fetched once, and asked for by their hash afterwards`() throws {
    let bench = try Bench()
    let folder = try RemoteRegister.contracts(place: bench.place(), courier: bench.courier)
    let again = try RemoteRegister.contracts(place: bench.place(), courier: bench.courier)
    #expect(folder == again)
    #expect(bench.api.received.last?.header("if-none-match") != nil)
    let service = "profession-liberale"
    let (theirs, ours) = (try bench.api.bound(service), try ContractFolderAt(folder).bound(service))
    #expect(theirs.digest == ours.digest)
  }

  @Test func `contracts that were edited in the cache are fetched anew`() throws {
    let bench = try Bench()
    let folder = try RemoteRegister.contracts(place: bench.place(), courier: bench.courier)
    let file = URL(fileURLWithPath: "\(folder)/services/profession-liberale.yaml")
    try Data((String(contentsOf: file, encoding: .utf8).replacing("48h", with: "1h")).utf8).write(to: file)
    let again = try RemoteRegister.contracts(place: bench.place(), courier: bench.courier)
    #expect(
      try ContractFolderAt(again).bound("profession-liberale").digest == bench.api.bound("profession-liberale").digest)
  }

  @Test(arguments: [
    "../evil.yaml", "/etc/passwd", "services/../../x", "services/.hidden", "a\\b", "a//b", "", "a/\u{1}",
  ])
  func `a file that would lie outside the folder is not taken`(name: String) {
    #expect(ContractFiles(json: .object([.init(name, "x")])) == nil)
  }
}

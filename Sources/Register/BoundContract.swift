package import Planning

/// A contract with the files that its meaning comes from, and their hash.
package struct BoundContract: Sendable {
  package let contract: Contract
  package let files: [(name: String, bytes: [UInt8])]
  /// SHA-256 over names and contents.
  package let digest: String

  package init(contract: Contract, files: [(name: String, bytes: [UInt8])]) {
    self.contract = contract
    self.files = files
    digest = Digest.sha256(files.map { "\($0.name) \(Digest.sha256($0.bytes))\n" }.joined().utf8)
  }
}

/// Renders what clients read of a change, inside the transaction that plans it: what cannot be rendered is not planned.
package protocol Publisher: Sendable {
  func fragments(of change: Change, contract: Contract) throws -> [(language: String, body: [UInt8])]
}

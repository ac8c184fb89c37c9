package import Planning

/// A contract and the files that it was read from.
package struct LoadedContract: Sendable {
  package let contract: Contract
  /// The contract file as the operator would open it.
  package let file: String
  /// Everything in the calendars folder that its meaning depends on: the contract file, then the holiday files, then
  /// the freezes, each in the order in which the contract names them first. Names are relative to the folder.
  package let sources: [(name: String, bytes: [UInt8])]
}

package import JSONText

/// The files that contracts are read from, as a server gives them to those who plan with it.
package struct ContractFiles: Sendable {
  /// Sorted by name; names are relative to the calendars folder, `services/profession-liberale.yaml`.
  package let files: [(name: String, bytes: [UInt8])]

  /// The most files and octets that are taken.
  package static let most = 500
  package static let octets = 8 << 20

  package init(_ files: [(name: String, bytes: [UInt8])]) { self.files = files.sorted { $0.name < $1.name } }

  /// SHA-256 over names and contents; the same files give the same one.
  package var digest: String { Digest.files(files) }

  /// One member a file: its name, and its text.
  package var json: JSON {
    .object(files.map { JSON.Member($0.name, .string(String(decoding: $0.bytes, as: UTF8.self))) })
  }

  /// Nil where it is anything else, where there is too much of it, or where a name could lead out of its folder.
  package init?(json: JSON) {
    guard let members = json.members, members.count <= ContractFiles.most else { return nil }
    var files: [(name: String, bytes: [UInt8])] = []
    var sum = 0
    for member in members {
      guard let text = member.value.string, ContractFiles.isSafe(member.key) else { return nil }
      files.append((member.key, Array(text.utf8)))
      sum += text.utf8.count
    }
    guard sum <= ContractFiles.octets else { return nil }
    self.init(files)
  }

  /// Up to eight parts, none of them empty, longer than a file system takes, or beginning with a full stop; no control
  /// character and no backslash.
  private static func isSafe(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return (1...8).contains(parts.count)
      && parts.allSatisfy { part in
        (1...200).contains(part.utf8.count) && part.utf8.first != UInt8(ascii: ".")
          && part.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
      }
  }
}

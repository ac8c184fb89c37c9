import Planning

extension ContractFolder {
  /// Everything in the folder that contracts are read from, sorted by name: contract files and holidays, readable or not,
  /// and the freezes of each contract that can be read. A file that is not UTF-8 is left out: no contract can be read
  /// from one.
  package func allFiles() -> [(name: String, bytes: [UInt8])] {
    var found: [String: [UInt8]] = [:]
    for kind in ["services", "holidays"] {
      for file in DataFile.yamlFiles(in: shown(kind)) ?? [] {
        found["\(kind)/\(file)"] = try? DataFile.bytes(shown("\(kind)/\(file)"), limit: YAMLText.limit)
      }
    }
    for service in (try? services()) ?? [] {
      for source in (try? load(service: service))?.sources ?? [] { found[source.name] = source.bytes }
    }
    return found.filter { String(validating: $0.value, as: UTF8.self) != nil }
      .map { (name: $0.key, bytes: $0.value) }.sorted { $0.name < $1.name }
  }

  private func shown(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }
}

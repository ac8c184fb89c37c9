import CivilTime
package import Planning
import Yams

/// Where contracts come from: a folder that is read anew each time, or one that is kept in memory.
package protocol ContractSource: Sendable {
  /// The names of all services, sorted.
  func services() throws(FileProblems) -> [String]
  func load(service: String) throws(FileProblems) -> LoadedContract
  /// All contracts, sorted by service.
  func loadAll() throws(FileProblems) -> [LoadedContract]
  /// The holidays of a zone; nil where the country has no such zone.
  func holidayCalendar(zone: String, country: String) throws(FileProblems) -> HolidayCalendar?
  func holidayZones(country: String) throws(FileProblems) -> [String]
}

extension ContractFolder: ContractSource {}

/// A contract and the files that it was read from.
package struct LoadedContract: Sendable {
  package let contract: Contract
  /// The contract file as the operator would open it.
  package let file: String
  /// Everything in the calendars folder that its meaning depends on: the contract file, then the holiday files, then
  /// the freezes, each in the order in which the contract names them first. Names are relative to the folder.
  package let sources: [(name: String, bytes: [UInt8])]
}

/// The contracts, holidays and freezes of a calendars folder.
package struct ContractFolder: Sendable {
  /// The folder as it was found.
  package let path: String

  package init(_ path: String) { self.path = path }

  /// The names of all services, sorted. A file in which no name can be read, or a name in two files, is an error.
  package func services() throws(FileProblems) -> [String] {
    let listing = list()
    try throwAny(listing.problems + repeated(listing.entries))
    return listing.entries.map(\.service).sorted()
  }

  /// The contract of one service. What is wrong in files of other services does not matter here.
  package func load(service: String) throws(FileProblems) -> LoadedContract {
    let listing = list()
    let entries = listing.entries.filter { $0.service == service }
    try throwAny(repeated(entries))
    guard let entry = entries.first else {
      let known = listing.entries.map(\.service).sorted()
      let hint = NearestName.hint(service, among: known)
      let missing = FileProblem(
        file: files.shown("services"), line: nil,
        message: "no contract of service `\(service)`\(hint) (known: \(known.joined(separator: ", ")))")
      throw FileProblems([missing] + listing.problems)
    }
    return try load(entry, SourceFiles(folder: path))
  }

  /// The contract of a file that may lie anywhere, with the holidays and freezes of this folder.
  package func load(file: String) throws(FileProblems) -> LoadedContract {
    let problems = ProblemList(file: file)
    do {
      let bytes = try DataFile.bytes(file, limit: YAMLText.limit)
      let files = files
      if let document = YAMLText.document(in: bytes, problems),
        let (contract, dependencies) = ContractReader(files: files, problems: problems).read(document)
      {
        return LoadedContract(contract: contract, file: file, sources: [(file, bytes)] + files.sources(dependencies))
      }
    } catch {
      problems.add(nil, error.text)
    }
    throw FileProblems(problems.sorted)
  }

  /// All contracts, sorted by service; any problem of any of them is an error.
  package func loadAll() throws(FileProblems) -> [LoadedContract] {
    let (contracts, problems) = readable()
    try throwAny(problems)
    return contracts
  }

  /// The contracts that can be read, sorted by service, and what is wrong with the others.
  package func readable() -> (contracts: [LoadedContract], problems: [FileProblem]) { load(list()) }

  /// Everything wrong in every contract, holiday file and freeze, in order of files and lines; files of holidays count
  /// whether a contract names them or not.
  package func check() -> [FileProblem] {
    let problems = ProblemList(file: "")
    problems.add(readable().problems)
    for file in DataFile.yamlFiles(in: files.shown("holidays")) ?? [] {
      do {
        _ = try files.holidays(String(file.dropLast(".yaml".count)))
      } catch {
        problems.add(error.problems)
      }
    }
    return problems.problems
  }

  /// The holidays of a zone such as `metropole`; nil where the country has no such zone.
  package func holidayCalendar(zone: String, country: String = "fr") throws(FileProblems) -> HolidayCalendar? {
    try holidayFile(country).calendar(zone: zone, country: country)
  }

  /// The zones of a country in the order of its file.
  package func holidayZones(country: String = "fr") throws(FileProblems) -> [String] {
    try holidayFile(country).zones.map(\.name)
  }

  // MARK: Reading

  /// A contract file whose service is known.
  private struct Entry {
    let service: String
    let line: Int?
    /// Relative to the folder.
    let file: String
  }

  /// Every use reads the files anew.
  private var files: SourceFiles { SourceFiles(folder: path) }

  private func holidayFile(_ country: String) throws(FileProblems) -> HolidayFile {
    guard ContractNames.isName(country) else {
      throw FileProblems([FileProblem(file: files.shown("holidays"), line: nil, message: "no country `\(country)`")])
    }
    return try files.holidays(country)
  }

  private func list() -> (entries: [Entry], problems: [FileProblem]) {
    let files = files
    guard let names = DataFile.yamlFiles(in: files.shown("services")) else {
      return ([], [FileProblem(file: files.shown("services"), line: nil, message: "no such folder")])
    }
    if names.isEmpty {
      return ([], [FileProblem(file: files.shown("services"), line: nil, message: "no contract file (*.yaml)")])
    }
    var entries: [Entry] = []
    var found: [FileProblem] = []
    for name in names {
      let file = "services/\(name)"
      let problems = ProblemList(file: files.shown(file))
      if let document = document(file, files, problems) {
        if let (service, line) = ContractReader.service(document) {
          entries.append(Entry(service: service, line: line, file: file))
        } else {
          // Without a name it belongs to no service: say all that is wrong with it now.
          _ = ContractReader(files: files, problems: problems).read(document)
        }
      }
      found += problems.sorted
    }
    return (entries, found)
  }

  private func document(_ file: String, _ files: SourceFiles, _ problems: ProblemList) -> Node? {
    do {
      return YAMLText.document(in: try files.bytes(file, limit: YAMLText.limit), problems)
    } catch {
      problems.add(nil, error.text)
      return nil
    }
  }

  private func load(_ entry: Entry, _ files: SourceFiles) throws(FileProblems) -> LoadedContract {
    let problems = ProblemList(file: files.shown(entry.file))
    guard let document = document(entry.file, files, problems),
      let (contract, dependencies) = ContractReader(files: files, problems: problems).read(document)
    else { throw FileProblems(problems.sorted) }
    return LoadedContract(
      contract: contract, file: problems.file, sources: files.sources([entry.file] + dependencies))
  }

  private func load(
    _ listing: (entries: [Entry], problems: [FileProblem])
  ) -> (contracts: [LoadedContract], problems: [FileProblem]) {
    let files = files
    var contracts: [LoadedContract] = []
    let problems = ProblemList(file: "")
    problems.add(listing.problems)
    for entry in listing.entries {
      do {
        contracts.append(try load(entry, files))
      } catch {
        problems.add(error.problems)
      }
    }
    problems.add(repeated(listing.entries))
    return (contracts.sorted { $0.contract.service < $1.contract.service }, problems.problems)
  }

  /// A service in two files: the later file is told of the earlier.
  private func repeated(_ entries: [Entry]) -> [FileProblem] {
    entries.enumerated().compactMap { index, entry in
      guard let first = entries[..<index].first(where: { $0.service == entry.service }) else { return nil }
      return FileProblem(
        file: files.shown(entry.file), line: entry.line,
        message: "service `\(entry.service)` is also in \(files.shown(first.file))")
    }
  }

  private func throwAny(_ problems: [FileProblem]) throws(FileProblems) {
    if !problems.isEmpty { throw FileProblems(problems) }
  }
}

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

/// Reads the files of a calendars folder, each once, and remembers them in order.
final class SourceFiles {
  /// The calendars folder.
  let folder: String
  private var read: [String: [UInt8]] = [:]
  private var holidayFiles: [String: Result<HolidayFile, FileProblems>] = [:]

  init(folder: String) { self.folder = folder }

  /// As the operator would open it.
  func shown(_ name: String) -> String { folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)" }

  /// The bytes of a file named relative to the folder.
  func bytes(_ name: String, limit: Int) throws(DataFile.Failure) -> [UInt8] {
    if let bytes = read[name] { return bytes }
    let bytes = try DataFile.bytes(shown(name), limit: limit)
    read[name] = bytes
    return bytes
  }

  /// Files that were read, in the order of `names`, each once.
  func sources(_ names: [String]) -> [(name: String, bytes: [UInt8])] {
    var seen: Set<String> = []
    return names.compactMap { name in
      guard seen.insert(name).inserted, let bytes = read[name] else { return nil }
      return (name, bytes)
    }
  }

  /// `holidays/fr.yaml` for `fr`.
  static func holidayFile(_ country: String) -> String { "holidays/\(country).yaml" }

  /// The holidays of a country.
  func holidays(_ country: String) throws(FileProblems) -> HolidayFile {
    if let known = holidayFiles[country] { return try known.get() }
    let result: Result<HolidayFile, FileProblems>
    do {
      result = .success(try readHolidays(country))
    } catch {
      result = .failure(error)
    }
    holidayFiles[country] = result
    return try result.get()
  }

  private func readHolidays(_ country: String) throws(FileProblems) -> HolidayFile {
    let name = SourceFiles.holidayFile(country)
    let problems = ProblemList(file: shown(name))
    do {
      if let file = HolidayFile.read(try bytes(name, limit: YAMLText.limit), country: country, problems) { return file }
    } catch {
      problems.add(nil, error.text)
    }
    throw FileProblems(problems.sorted)
  }
}

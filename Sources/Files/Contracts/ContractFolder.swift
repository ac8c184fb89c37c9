import CivilTime
package import Planning
import Yams

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

  /// All contracts, sorted by service; any problem of any of them is an error.
  package func loadAll() throws(FileProblems) -> [LoadedContract] {
    let listing = list()
    let (contracts, problems) = load(listing)
    try throwAny(problems)
    return contracts
  }

  /// Everything wrong in every contract, holiday file and freeze, in order of files and lines; files of holidays count
  /// whether a contract names them or not.
  package func check() -> [FileProblem] {
    let problems = ProblemList(file: "")
    problems.add(load(list()).problems)
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

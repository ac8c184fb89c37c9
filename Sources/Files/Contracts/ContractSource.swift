package import Planning

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

package import Files

extension ContractSource {
  /// The contract of `service`, or the only one there is.
  ///
  /// - Parameter place: where contracts were looked for, as a message names it.
  package func choose(_ service: String?, place: String) throws -> LoadedContract {
    if let service {
      // What is wrong in files of other services does not matter here.
      if let known = try? services(), !known.contains(service) { throw ServiceError.unknown(service, known: known) }
      return try load(service: service)
    }
    let services = try services()
    guard services.count == 1 else {
      throw services.isEmpty ? ServiceError.none(place: place) : .several(services)
    }
    return try load(service: services[0])
  }
}

package import Files

extension ContractSource {
  /// The contract of `service`, or the only one there is.
  ///
  /// - Parameter place: where contracts were looked for, as a message names it.
  package func choose(_ service: String?, place: String) throws -> LoadedContract {
    let services = try services()
    if let service {
      guard services.contains(service) else { throw ServiceError.unknown(service, known: services) }
      return try load(service: service)
    }
    guard services.count == 1 else {
      throw services.isEmpty ? ServiceError.none(place: place) : .several(services)
    }
    return try load(service: services[0])
  }
}

package import Files
package import Wording

extension ContractSource {
  /// The contract of `service`, or the only one there is.
  ///
  /// - Parameter place: where contracts were looked for, as a message names it.
  package func choose(_ service: String?, _ language: Language, place: String) throws -> LoadedContract {
    let services = try services()
    if let service {
      guard services.contains(service) else {
        throw BadValue(
          language(
            "--service \(service): unknown; there are: \(services.joined(separator: ", ")).",
            "--service \(service) : inconnu ; il y a : \(services.joined(separator: ", "))."))
      }
      return try load(service: service)
    }
    guard services.count == 1 else {
      throw BadValue(
        services.isEmpty
          ? language("There is no contract in \(place).", "Il n’y a aucun contrat dans \(place).")
          : language(
            "There are several services: say which with --service (\(services.joined(separator: ", "))).",
            "Il y a plusieurs services : dites lequel avec --service (\(services.joined(separator: ", ")))."))
    }
    return try load(service: services[0])
  }
}

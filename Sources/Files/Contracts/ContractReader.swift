import CivilTime
import Planning
import Yams

/// Reads one contract file; everything that is wrong in it goes to `problems`.
struct ContractReader {
  let files: SourceFiles
  let problems: ProblemList
  /// Where zones are found; only tests put another in its place.
  var loadZone: (String) throws(ZoneFileError) -> ZoneRules = { name throws(ZoneFileError) in try SystemZones.load(name)
  }

  private static let keys = [
    "service", "name", "source", "components", "environments", "contact", "organizer", "portal", "versions", "clients",
    "subscriptions",
  ]

  /// The name of the service alone, with its line; nil where it cannot be told.
  static func service(_ document: Node) -> (name: String, line: Int?)? {
    guard let node = document.mapping?["service"], let name = node.scalar?.string, ContractNames.isName(name) else {
      return nil
    }
    return (name, node.line)
  }

  /// Nil after reporting what is wrong. The second value names every file that the contract depends on besides itself.
  func read(_ document: Node) -> (contract: Contract, dependencies: [String])? {
    guard let root = Section(document, name: "", keys: ContractReader.keys, problems) else { return nil }
    let service = root.value("service", form: ContractNames.form) {
      ContractNames.isName($0) && !ContractNames.reserved.contains($0) ? $0 : nil
    }
    let name = localizedName(root)
    let source = root.text("source")
    let components = parts(root, "components")
    let environments = parts(root, "environments")
    let contact = contact(root)
    let organizer = root.value("organizer", form: "a mail address such as maintenance@portal.example") {
      ContractNames.isMailAddress($0) ? $0 : nil
    }
    let portal = root.value("portal", form: ContractReader.webForm) { ContractNames.isWebAddress($0) ? $0 : nil }
    let clients = clients(root, components: components?.ids ?? [])
    let takesSubscriptions = root.choice("subscriptions", "open", or: "closed", default: false)
    var dependencies = Dependencies()
    let versions = versions(root, environments: environments?.ids ?? [], &dependencies)
    guard problems.problems.isEmpty, let service, let name, let source, let components, let environments, let contact,
      let organizer, let portal, let clients, let takesSubscriptions, let last = versions.last
    else { return nil }
    var contract = Contract(
      service: service, name: name, source: source, components: components.ids, environments: environments.ids,
      contact: contact, organizer: organizer, portal: portal, versions: versions.map(\.terms),
      keepPastDays: last.publication.keepPastDays, notices: last.publication.notices,
      outages: last.publication.outages, showsAvailability: last.publication.showsAvailability, clients: clients,
      takesSubscriptions: takesSubscriptions)
    (contract.componentNames, contract.environmentNames) = (components.names, environments.names)
    contract.notices.privateEnvironments = environments.hidden
    return (contract, dependencies.holidays + dependencies.freezes)
  }

  private static let webForm = "an address that begins with https:// or http://"

  private func localizedName(_ root: Section) -> Contract.LocalizedName? {
    if let node = root.required("name"), node.scalar != nil {
      return root.text(of: node, "name").map { Contract.LocalizedName(french: $0, english: $0) }
    }
    guard let section = root.section("name", keys: ["fr", "en"], required: false) else { return nil }
    let (french, english) = (section.text("fr"), section.text("en"))
    guard let french, let english else { return nil }
    return Contract.LocalizedName(french: french, english: english)
  }

  /// What the file names by identifiers, and calls for people.
  private struct Parts {
    var ids: [String] = []
    var names: [String: Contract.LocalizedName] = [:]
    /// Of which nothing is shown to the public.
    var hidden: Set<String> = []
  }

  /// Identifiers, or mappings of one and its names: `{ id: flux, fr: Échanges, en: Interfaces }`. English readers read the
  /// French name where it has no other.
  private func parts(_ root: Section, _ key: String) -> Parts? {
    guard let nodes = root.items(key) else { return nil }
    if nodes.isEmpty { problems.add(root.line(of: key), "`\(key)` must not be empty") }
    let ofEnvironment = key == "environments"
    var parts = Parts()
    for node in nodes {
      let section = node.mapping.flatMap { _ in
        Section(node, name: key, keys: ["id", "fr", "en"] + (ofEnvironment ? ["public"] : []), problems)
      }
      guard node.mapping == nil || section != nil, let id = section.map({ $0.text("id") }) ?? root.text(of: node, key)
      else { continue }
      if parts.ids.contains(id) { problems.add(node.line, "`\(id)` stands twice in `\(key)`") }
      parts.ids.append(id)
      guard let section else { continue }
      if section.has("fr") || section.has("en"), let french = section.text("fr") {
        let english = section.has("en") ? section.text("en") : french
        parts.names[id] = english.map { Contract.LocalizedName(french: french, english: $0) }
      }
      guard ofEnvironment, section.flag("public", default: true) == false else { continue }
      if id == Contract.production { section.add("public", "clients work in `\(id)`; what is done there is published") }
      parts.hidden.insert(id)
    }
    return parts
  }

  private func contact(_ root: Section) -> Contract.Contact? {
    guard let section = root.section("contact", keys: ["name", "url", "email", "phone"]) else { return nil }
    let name = section.text("name")
    let url = section.valueIfPresent("url", form: ContractReader.webForm) {
      ContractNames.isWebAddress($0) ? $0 : nil
    }
    let email = section.valueIfPresent("email", form: "a mail address such as support@portal.example") {
      ContractNames.isMailAddress($0) ? $0 : nil
    }
    let phone = section.valueIfPresent("phone", form: "a number such as +33 1 23 45 67 89") {
      ContractNames.isPhone($0) ? $0 : nil
    }
    guard let name else { return nil }
    return Contract.Contact(name: name, url: url, email: email, phone: phone)
  }

  private func clients(_ root: Section, components known: [String]) -> [Contract.Client]? {
    guard root.has("clients") else { return [] }
    guard let nodes = root.items("clients") else { return nil }
    var clients: [Contract.Client] = []
    for node in nodes {
      guard let section = Section(node, name: "client", keys: ["name", "components"], problems),
        let name = section.text("name"),
        let components = section.names("components", among: known, called: "component")
      else { continue }
      if clients.contains(where: { $0.name == name }) { section.add("name", "two clients are called `\(name)`") }
      clients.append(Contract.Client(name: name, components: components))
    }
    return clients
  }

  /// Files that the versions name, each once, in order.
  struct Dependencies {
    var holidays: [String] = []
    var freezes: [String] = []
  }

  private func versions(
    _ root: Section, environments: [String], _ dependencies: inout Dependencies
  ) -> [TermsReader.Version] {
    guard let nodes = root.items("versions") else { return [] }
    if nodes.isEmpty { root.add("versions", "there must be one at least") }
    var versions: [TermsReader.Version] = []
    var previous: CivilDate?
    for node in nodes {
      guard let section = Section(node, name: "version", keys: TermsReader.keys, problems) else { continue }
      let reader = TermsReader(contract: self, section: section, environments: environments)
      let date = section.value("effective-from", form: "a date such as 2021-10-18") { CivilDate($0) }
      if let date {
        if let previous, date <= previous {
          section.add(
            "effective-from",
            "\(TimeText.date(date)) is not after \(TimeText.date(previous)); versions stand in order of their dates")
        }
        previous = date
      }
      if let version = reader.read(from: date, &dependencies) { versions.append(version) }
    }
    return versions
  }
}

/// The form of names that stand in addresses, file names and identifiers.
enum ContractNames {
  static let form = "small letters, digits and hyphens, such as profession-liberale"

  /// `[a-z0-9-]+`, at most 64 characters, neither beginning nor ending with a hyphen.
  /// Folders of the published site that are no service's.
  static let reserved: Set<String> = ["clients", "log", "private"]

  static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 64 else { return false }
    let hyphen = UInt8(ascii: "-")
    return first != hyphen && last != hyphen
      && bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == hyphen }
  }

  /// A mail address whose domain has a dot.
  static func isMailAddress(_ text: String) -> Bool {
    MailAddress.isAddress(text) && text.drop { $0 != "@" }.contains(".")
  }

  /// A telephone number as people write it: 3 to 15 digits (ITU-T E.164), parted by blanks, dots or
  /// hyphens, the first behind a plus sign or none.
  static func isPhone(_ text: String) -> Bool {
    let rest = text.first == "+" ? text.dropFirst() : text[...]
    return (3...15).contains(rest.filter(\.isNumber).count)
      && rest.first.map { $0 != " " } ?? false
      && rest.utf8.allSatisfy { (0x30...0x39).contains($0) || " .-".utf8.contains($0) }
  }

  /// An address of the web in ASCII (RFC 3986): `http://` or `https://`, a host, and no character that must be escaped.
  static func isWebAddress(_ text: String) -> Bool {
    guard text.utf8.count <= 300, let scheme = ["https://", "http://"].first(where: text.hasPrefix) else {
      return false
    }
    let rest = text.dropFirst(scheme.count)
    let host = rest.prefix { !"/?#:".contains($0) }
    return !host.isEmpty
      && host.utf8.allSatisfy { isAlphanumeric($0) || "-.".utf8.contains($0) }
      && rest.utf8.allSatisfy { isAlphanumeric($0) || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

import CivilTime
import Planning
import Wording

/// Names for feeds and entries that stay when addresses and titles change. Source: RFC 4151; RFC 4287, section 4.2.6.
struct TagNames {
  /// `portal.example,2021:`, before it `tag:`; a simulation has names of its own, so that no reader takes its entries
  /// for those of the real register.
  private let authority: String
  private let service: String

  init(_ contract: Contract, isSimulation: Bool) {
    let domain = TagNames.host(of: contract.portal) ?? TagNames.mailDomain(contract.organizer) ?? "preavis.invalid"
    let year = String(contract.versions[0].effectiveFrom.year)
    let date = String(repeating: "0", count: max(0, 4 - year.count)) + year
    authority = "tag:\(domain),\(date):" + (isSimulation ? "simulation:" : "")
    service = TagNames.encoded(contract.service)
  }

  func feed(_ language: Language) -> String { "\(authority)\(service):\(language.rawValue)" }

  /// Another in each language: a reader that has subscribed to both would otherwise show one of the two.
  func entry(_ id: ChangeID, revision: Int, _ language: Language) -> String {
    "\(authority)\(id):\(revision):\(language.rawValue)"
  }

  /// The host name of a web address in small letters; nil where it is no DNS name.
  static func host(of address: String) -> String? {
    guard let start = address.firstRange(of: "://")?.upperBound else { return nil }
    let authority = address[start...].prefix { !"/?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    return domain(host.prefix { $0 != ":" })
  }

  private static func mailDomain(_ address: String) -> String? {
    guard let at = address.lastIndex(of: "@") else { return nil }
    return domain(address[address.index(after: at)...])
  }

  private static func domain(_ text: Substring) -> String? {
    let isName = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x2E
    }
    return isName && !text.isEmpty ? text.lowercased() : nil
  }

  /// Percent-encodes all but unreserved characters (RFC 3986, section 2.3).
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      if (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._~".utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}

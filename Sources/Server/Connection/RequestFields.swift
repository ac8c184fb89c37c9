import NIOCore
import NIOHTTP1

/// The header fields that the front door goes by, gathered in one pass: it is most of the work of a 304.
struct RequestFields: Sendable {
  /// How many there are of `Host`.
  private(set) var hosts = 0
  /// Whether what they name may be a host with a port.
  private(set) var isHostSound = true
  /// The parser has refused what is no number; one beyond 63 bits is the highest.
  private(set) var contentLength: Int?
  /// Something else than `chunked`.
  private(set) var hasForeignCoding = false
  /// Another protocol is asked for.
  private(set) var hasUpgrade = false
  private(set) var expect: String?
  /// Several fields of a list are one with commas. Source: RFC 9110, section 5.3.
  private(set) var acceptEncoding: String?
  private(set) var ifNoneMatch: String?
  private(set) var ifModifiedSince: String?
  /// The last one: that of the nearest proxy.
  private(set) var forwardedFor: String?

  init(_ headers: HTTPHeaders) {
    for (name, value) in headers {
      switch name.utf8.count {
      case 4 where RequestFields.name(name, is: "host"):
        hosts += 1
        isHostSound = isHostSound && value.utf8.allSatisfy(RequestFields.mayStandInHost)
      case 6 where RequestFields.name(name, is: "expect"): expect = value
      case 7 where RequestFields.name(name, is: "upgrade"): hasUpgrade = true
      case 13 where RequestFields.name(name, is: "if-none-match"):
        ifNoneMatch = ifNoneMatch.map { $0 + "," + value } ?? value
      case 14 where RequestFields.name(name, is: "content-length"): contentLength = Int(value) ?? .max
      case 15 where RequestFields.name(name, is: "accept-encoding"):
        acceptEncoding = acceptEncoding.map { $0 + "," + value } ?? value
      case 15 where RequestFields.name(name, is: "x-forwarded-for"): forwardedFor = value
      case 17 where RequestFields.name(name, is: "transfer-encoding"):
        hasForeignCoding = hasForeignCoding || !RequestFields.name(value, is: "chunked")
      case 17 where RequestFields.name(name, is: "if-modified-since"): ifModifiedSince = ifModifiedSince ?? value
      default: break
      }
    }
  }

  /// Source: RFC 3986, sections 3.2.2 and 3.2.3.
  private static func mayStandInHost(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "\""),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"),
      UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
      false
    default: (0x21...0x7E).contains(octet)
    }
  }

  /// `small` has letters and hyphens only, as many as `name`.
  private static func name(_ name: String, is small: String) -> Bool {
    name.utf8.elementsEqual(small.utf8) { $0 | 0x20 == $1 }
  }
}

/// A request whose end has not come yet.
struct PartialRequest: Sendable {
  let head: HTTPRequestHead
  let fields: RequestFields
  var body: ByteBuffer?
  /// Octets that the body may have.
  let limit: Int
}

/// What a request line asks for.
enum RequestTarget {
  /// `/path?query` of an address with scheme and host, which servers have to take too; nil where `target` is none.
  /// Source: RFC 9112, section 3.2.2.
  static func originForm(of target: String) -> String? {
    guard target.utf8.first != UInt8(ascii: "/") else { return nil }
    for scheme in ["http://", "https://"] where target.prefix(scheme.count).lowercased() == scheme {
      let rest = target.dropFirst(scheme.count)
      guard let start = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
      return rest[start] == "/" ? String(rest[start...]) : "/" + rest[start...]
    }
    return nil
  }
}

/// Whether a client takes gzip. Source: RFC 9110, section 12.5.3.
enum AcceptedEncoding {
  static func takesGzip(_ field: String?) -> Bool {
    guard let field else { return false }
    // What nearly all send.
    if field == "gzip" || field == "gzip, deflate" || field == "gzip, deflate, br" { return true }
    var any: Bool?
    for item in field.lowercased().split(separator: ",") {
      let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      let isTaken = !parts.dropFirst().contains { $0.hasPrefix("q=") && (Double($0.dropFirst(2)) ?? 1) == 0 }
      switch parts.first {
      case "gzip", "x-gzip": return isTaken
      case "*": any = isTaken
      default: break
      }
    }
    return any ?? false
  }
}

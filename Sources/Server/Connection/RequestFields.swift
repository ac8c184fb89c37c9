import NIOCore
import NIOHTTP1

/// The header fields that the front door goes by, gathered in one pass: it is most of the work of a 304.
struct RequestFields: Sendable {
  /// How many there are of `Host`.
  private(set) var hosts = 0
  /// Nil where it is no number either: the parser has refused that already.
  private(set) var contentLength: Int?
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
      case 4 where RequestFields.name(name, is: "host"): hosts += 1
      case 6 where RequestFields.name(name, is: "expect"): expect = value
      case 13 where RequestFields.name(name, is: "if-none-match"):
        ifNoneMatch = ifNoneMatch.map { $0 + "," + value } ?? value
      case 14 where RequestFields.name(name, is: "content-length"): contentLength = Int(value)
      case 15 where RequestFields.name(name, is: "accept-encoding"):
        acceptEncoding = acceptEncoding.map { $0 + "," + value } ?? value
      case 15 where RequestFields.name(name, is: "x-forwarded-for"): forwardedFor = value
      case 17 where RequestFields.name(name, is: "if-modified-since"): ifModifiedSince = ifModifiedSince ?? value
      default: break
      }
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

import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a page as an XML parser does, after closing what HTML leaves open.
final class PageReader: NSObject, XMLParserDelegate {
  private(set) var elements: [String: Int] = [:]
  private(set) var attributes: Set<String> = []
  private(set) var ids: [String] = []
  private(set) var labels: [String] = []
  private(set) var words = ""

  /// Nil for what is not well-formed.
  init?(_ bytes: [UInt8]) {
    super.init()
    let html = String(decoding: bytes, as: UTF8.self).replacing("<!DOCTYPE html>\n", with: "")
    let parser = XMLParser(data: Data(html.replacing(/<meta([^>]*)>/) { "<meta\($0.1)/>" }.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    self.attributes.formUnion(attributes.keys)
    if let id = attributes["id"] { ids.append(id) }
    if let label = attributes["aria-labelledby"] { labels += label.split(separator: " ").map(String.init) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { words += string }
}

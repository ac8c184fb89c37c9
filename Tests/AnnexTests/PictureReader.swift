import Foundation

@testable import Publication

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a picture as a program of its own would: an XML parser, and where each text comes to stand on the page.
final class PictureReader: NSObject, XMLParserDelegate {
  struct Text {
    var content: String
    /// Hundredths of a millimetre of the page.
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    func meets(_ other: Text) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  private(set) var elements: [String: Int] = [:]
  private(set) var attributes: Set<String> = []
  private(set) var texts: [Text] = []
  private(set) var titles: [String: String] = [:]
  private(set) var root: [String: String] = [:]
  private var places: [(x: Double, y: Double, scale: Double)] = [(0, 0, 1)]
  private var current: [String: String] = [:]
  private var content = ""

  init?(_ bytes: [UInt8]) {
    super.init()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    self.attributes.formUnion(attributes.keys)
    if root.isEmpty { root = attributes }
    var place = places[places.count - 1]
    if let transform = attributes["transform"] {
      let numbers = transform.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
      place = (place.x + numbers[0] * place.scale, place.y + numbers[1] * place.scale, place.scale)
      if numbers.count > 2 { place.scale *= numbers[2] }
    }
    places.append(place)
    current = attributes
    content = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { content += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    let place = places.removeLast()
    if name == "title" || name == "desc" { titles[name] = content }
    guard name == "text", let size = Int64(current["font-size"] ?? "") else { return }
    let bold = current["font-weight"] == "bold"
    let width = current["textLength"].flatMap(Double.init) ?? Double(TextWidth.of(content, size: size, isBold: bold))
    let (x, y) = (Double(current["x"] ?? "") ?? -1, Double(current["y"] ?? "") ?? -1)
    let left = current["text-anchor"] == "end" ? x - width : current["text-anchor"] == "middle" ? x - width / 2 : x
    texts.append(
      Text(
        content: content, left: place.x + left * place.scale, right: place.x + (left + width) * place.scale,
        top: place.y + (y - Double(size) * 0.72) * place.scale, bottom: place.y + (y + Double(size) * 0.2) * place.scale
      ))
  }
}

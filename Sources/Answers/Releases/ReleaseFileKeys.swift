import Files
import Planning
import Wording

/// The keys of one mapping of a release file, each asked for by name; what is wrong is noted with its line and path, and
/// reading goes on.
struct ReleaseFileKeys {
  let path: String
  let line: Int?
  let notes: Notes
  private var values: [String: (line: Int?, value: FileNode)] = [:]

  /// Where problems go.
  final class Notes {
    let file: String
    let language: Language
    private(set) var problems: [ReleaseFileProblems.Problem] = []

    init(file: String, language: Language) {
      self.file = file
      self.language = language
    }

    func add(_ line: Int?, _ path: String, _ text: String, file: String? = nil) {
      problems.append(.init(file: file ?? self.file, line: line, path: path, text: text))
    }
  }

  private var language: Language { notes.language }

  /// Nil after noting that `node` is no mapping. Keys outside `known` are noted.
  init?(_ node: FileNode, _ path: String, known: [String], _ notes: Notes) {
    (self.path, line, self.notes) = (path, node.line, notes)
    let language = notes.language
    guard case .keys(let pairs) = node.value else {
      notes.add(
        node.line, path,
        language(
          "write keys with values here: \(known.joined(separator: ", ")).",
          "écrivez ici des clés avec leurs valeurs : \(known.joined(separator: ", "))."))
      return nil
    }
    for (key, line, value) in pairs {
      guard known.contains(key) else {
        let near = NearestName.nearest(to: key, among: known).map {
          language(" Did you mean \($0)?", " Vouliez-vous dire \($0) ?")
        }
        notes.add(
          line, path,
          language("there is no key \(key.prefix(60)).", "il n’y a pas de clé \(key.prefix(60)).") + (near ?? "")
            + language(" Known: ", " Connues : ") + known.joined(separator: ", ") + ".")
        continue
      }
      values[key] = (line, value)
    }
  }

  func has(_ key: String) -> Bool { values[key] != nil }
  func line(of key: String) -> Int? { values[key]?.line ?? line }
  func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
  func add(_ key: String, _ text: String) { notes.add(line(of: key), place(key), text) }

  /// Nil where the key is missing.
  func node(_ key: String) -> FileNode? { values[key]?.value }

  /// Notes a key that has to be there, and is not.
  func require(_ key: String) {
    guard !has(key) else { return }
    notes.add(line, path, language("\(key) is missing.", "\(key) manque."))
  }

  /// The text of a value; nil after noting that it is none, or is longer than a line of 300 characters.
  func text(_ node: FileNode, _ place: String) -> String? {
    guard case .text(let text) = node.value, !text.allSatisfy(\.isWhitespace) else {
      notes.add(node.line, place, language("write one value here.", "écrivez ici une seule valeur."))
      return nil
    }
    guard text.count <= 10_000 else {
      notes.add(node.line, place, language("the text is too long.", "le texte est trop long."))
      return nil
    }
    return text
  }

  func text(_ key: String) -> String? { node(key).flatMap { text($0, place(key)) } }

  /// What `read` makes of the text; what it throws is noted.
  func value<Value>(_ key: String, _ read: (String) throws -> Value?) -> Value? {
    node(key).flatMap { value($0, place(key), read) }
  }

  func value<Value>(_ node: FileNode, _ place: String, _ read: (String) throws -> Value?) -> Value? {
    guard let text = text(node, place) else { return nil }
    do { return try read(text) } catch {
      notes.add(node.line, place, (error as? BadValue)?.message ?? "\(error)")
      return nil
    }
  }

  /// The items of a list, each with its path; one value alone is a list of one.
  func items(_ key: String) -> [(node: FileNode, place: String)] {
    guard let node = node(key) else { return [] }
    guard case .list(let nodes) = node.value else { return [(node, place(key))] }
    return nodes.enumerated().map { ($1, "\(place(key))[\($0)]") }
  }

  /// Texts without repetition.
  func names(_ key: String) -> [String] {
    var names: [String] = []
    for (node, place) in items(key) {
      guard let name = text(node, place) else { continue }
      if names.contains(name) {
        notes.add(node.line, place, language("\(name) stands twice.", "\(name) figure deux fois."))
      } else {
        names.append(name)
      }
    }
    return names
  }
}

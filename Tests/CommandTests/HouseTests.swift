import Foundation
import TestSupport
import Testing

/// The walls of the house (docs/design.md): which module may import which.
@Suite struct HouseTests {
  /// Names of our modules in the order of Package.swift, lowest floor first.
  private func modules() throws -> [String] {
    let package = try String(contentsOf: Project.root.appending(path: "Package.swift"), encoding: .utf8)
    let list = try #require(package.split(separator: "let modules: [Target] = [").last?.split(separator: "\n]").first)
    return list.matches(of: /arget\(\s*name: "(\w+)"/).map { String($0.1) }
  }

  /// Path below `Sources` and text of each file.
  private func sources() throws -> [(path: String, text: String)] {
    let sources = Project.root.appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var result: [(path: String, text: String)] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let path = String(file.path.dropFirst(sources.path.count + 1))
      result.append((path, try String(contentsOf: file, encoding: .utf8)))
    }
    return result
  }

  /// Module, file and what it imports, for each file of `Sources`.
  private func imports() throws -> [(module: String, file: String, imported: String)] {
    var result: [(module: String, file: String, imported: String)] = []
    for (path, text) in try sources() {
      // Imports stand before anything that is indented or in braces.
      for line in text.split(separator: "\n") where line.hasSuffix("{") == false && !line.hasPrefix(" ") {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place < 3, let name = words.last?.prefix(while: { $0 != "." })
        else { continue }
        result.append((String(path.prefix { $0 != "/" }), path, String(name)))
      }
    }
    return result
  }

  @Test func `Imports run downward only`() throws {
    let modules = try modules()
    let imports = try imports()
    #expect(modules.first == "CivilTime" && modules.last == "preavis")
    #expect(Set(imports.map(\.module)).isSubset(of: modules))
    let floors = Dictionary(uniqueKeysWithValues: zip(modules, modules.indices))
    for (module, file, imported) in imports {
      guard let below = floors[imported], let own = floors[module] else { continue }
      #expect(below < own, "\(file) imports \(imported), which stands above \(module)")
    }
  }

  @Test func `A module is a wall, and sixteen are enough`() throws {
    #expect(try modules().count <= 16)
  }

  @Test func `The core is pure, and one module knows each library of C and each store`() throws {
    let core: Set = ["CivilTime", "JSONText", "Planning"]
    let alone = [
      "CLibical": "ICalendar", "CZlib": "Server", "CMalloc": "Commands", "GRDB": "RegisterSQLite", "Yams": "Files",
      "Mustache": "Publication", "Hummingbird": "Server", "ArgumentParser": "Commands",
    ]
    var seen: Set<String> = []
    for (module, file, imported) in try imports() {
      #expect(!core.contains(module) || core.contains(imported), "\(file) imports \(imported)")
      guard let owner = alone[imported] else { continue }
      seen.insert(imported)
      #expect(module == owner, "\(file) imports \(imported)")
    }
    #expect(seen == Set(alone.keys))
  }

  // MARK: Traps

  /// What ends a process where a disk or a network holds something else than was thought: a trap that is meant stands
  /// below, or on, a line with `// Holds: ` and the reason why it never comes to it.
  @Test func `Nothing traps on what comes from outside, and every trap that is meant says why it holds`() throws {
    // After an opening bracket or blank an exclamation mark negates; before an equals sign it compares.
    let unwraps = /[\w)\]}"]!(?!=)/
    let words = /\b(try!|as!|unowned\b|(fatalError|precondition|preconditionFailure|assert|assertionFailure)\()/
    let calls = /uniqueKeysWithValues|unsafelyUnwrapped|unsafeBitCast/
    for (path, text) in try sources() {
      var before: Substring = ""
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        defer { before = line }
        // Without what is said in words: comments, and texts between quotes.
        let code =
          String(line).replacing(/"(?:[^"\\]|\\.)*"/, with: "\"\"")
          .split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        let isTrap = code.contains(unwraps) || code.contains(words) || code.contains(calls)
        let isMeant = [before, line].contains { $0.contains(/\/\/ Holds: \S.{5,90}\.$/) }
        #expect(!isTrap || isMeant, "\(path):\(number + 1): \(line)")
        // One place reads the columns of a file, and throws.
        #expect(
          !path.hasPrefix("RegisterSQLite/") || path.hasSuffix("/Fields.swift") || !code.contains(/\brow\[/),
          "\(path):\(number + 1): \(line)")
      }
    }
  }
}

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

  /// Module, file and what it imports, for each file of `Sources`.
  private func imports() throws -> [(module: String, file: String, imported: String)] {
    let sources = Project.root.appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var result: [(module: String, file: String, imported: String)] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let path = file.path.dropFirst(sources.path.count + 1)
      let text = try String(contentsOf: file, encoding: .utf8)
      // Imports stand before anything that is indented or in braces.
      for line in text.split(separator: "\n") where line.hasSuffix("{") == false && !line.hasPrefix(" ") {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place < 3, let name = words.last?.prefix(while: { $0 != "." })
        else { continue }
        result.append((String(path.prefix { $0 != "/" }), String(path), String(name)))
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
}

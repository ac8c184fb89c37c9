import Foundation
import Testing

@testable import Files

@Suite struct DataFolderTests {
  @Test func `the first of flag, variable and installation wins`() throws {
    let bench = try Workbench()
    for name in ["flag", "variable", "prefix/share/preavis/calendars", "prefix/share/preavis/templates", "prefix/bin"] {
      try bench.write(name + "/keep", [])
    }
    let (flag, variable) = (bench.path + "/flag", bench.path + "/variable")
    let executable = bench.path + "/prefix/bin/preavis"
    let environment = ["PREAVIS_CALENDARS": variable, "PREAVIS_TEMPLATES": flag]
    var found = try DataFolder.calendars(flag: flag, environment: environment, executable: executable)
    #expect(found == DataFolder(path: flag, foundBy: .flag))
    found = try DataFolder.calendars(flag: nil, environment: environment, executable: executable)
    #expect(found == DataFolder(path: variable, foundBy: .environment))
    found = try DataFolder.templates(flag: nil, environment: environment, executable: executable)
    #expect(found == DataFolder(path: flag, foundBy: .environment))
    found = try DataFolder.calendars(flag: nil, environment: ["PREAVIS_CALENDARS": ""], executable: executable)
    #expect(found.foundBy == .installation)
    #expect(found.path.hasSuffix("/prefix/share/preavis/calendars"))
    found = try DataFolder.templates(flag: nil, environment: [:], executable: executable)
    #expect(found.path.hasSuffix("/prefix/share/preavis/templates"))
  }

  @Test func `a folder that was named and is none is an error`() throws {
    let bench = try Workbench()
    let none = bench.path + "/none"
    var error = #expect(throws: DataFolderError.self) {
      try DataFolder.calendars(flag: none, environment: ["PREAVIS_CALENDARS": bench.path], executable: "x")
    }
    #expect(error?.description == "--calendars names \(none), which is not a folder")
    error = #expect(throws: DataFolderError.self) {
      try DataFolder.templates(flag: nil, environment: ["PREAVIS_TEMPLATES": none], executable: "x")
    }
    #expect(error?.description == "PREAVIS_TEMPLATES names \(none), which is not a folder")
  }
}

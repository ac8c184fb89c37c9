import Planning
import Testing

@testable import Files

@Suite struct KeptContractsTests {
  @Test func `what was edited is read anew, and what was not is the same`() throws {
    let bench = try Workbench()
    let kept = KeptContracts(ContractFolder(bench.path))
    let name = "services/profession-liberale.yaml"
    #expect(try kept.services() == ["profession-liberale"])
    #expect(try kept.load(service: "profession-liberale").contract.organizer == "maintenance@portal.example")
    #expect(try kept.loadAll().count == 1)
    #expect(try kept.holidayCalendar(zone: "alsace-moselle", country: "fr") != nil)
    #expect(try kept.holidayCalendar(zone: "moon", country: "fr") == nil)
    #expect(try kept.holidayCalendar(zone: "alsace-moselle", country: "fr") != nil)
    let text = try bench.text(name)
    try bench.write(name, Array(text.replacing("maintenance@portal.example", with: "changes@portal.example").utf8))
    #expect(try kept.load(service: "profession-liberale").contract.organizer == "changes@portal.example")
    #expect(try kept.loadAll()[0].contract.organizer == "changes@portal.example")
  }

  @Test func `rules of a zone that are installed anew are read anew`() throws {
    let bench = try Workbench()
    let zones = try Workbench()
    let kept = KeptContracts(ContractFolder(bench.path), zonesIn: [zones.path])
    try zones.write("Europe/Paris", Array("of 2026".utf8))
    _ = try kept.loadAll()
    let before = kept.stamp()
    #expect(kept.stamp() == before)
    #expect(kept.zoneStamp().count == 1)
    try zones.write("Europe/Rome", Array("of no contract".utf8))
    #expect(kept.stamp() == before)
    try zones.write("Europe/Paris", Array("of 2027, longer".utf8))
    #expect(kept.stamp() != before)
    #expect(try kept.loadAll().count == 1)
  }

  @Test func `a fault is told of, and is gone when it is mended`() throws {
    let bench = try Workbench()
    let kept = KeptContracts(ContractFolder(bench.path))
    let name = "services/profession-liberale.yaml"
    let text = try bench.text(name)
    _ = try kept.load(service: "profession-liberale")
    try bench.write(name, Array((text + "nonsense: true\n").utf8))
    #expect(throws: FileProblems.self) { try kept.load(service: "profession-liberale") }
    try bench.write(name, Array(text.utf8))
    #expect(try kept.load(service: "profession-liberale").contract.service == "profession-liberale")
  }
}

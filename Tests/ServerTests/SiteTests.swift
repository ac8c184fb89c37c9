import Testing

@testable import Publication

/// A server answers the files that `export` writes, and no others.
struct SiteTests {
  @Test func `Every file that is handed over is found at its path with the same bytes`() throws {
    let publication = try Published()
    try publication.submit("2026-12-06T01:00:00Z", title: "Base & \"index\" <b>")
    try publication.submit("2026-12-08T02:00:00Z")
    let site = try publication.site()
    var paths: Set<String> = []
    try site.each { file in
      #expect(paths.insert(file.path).inserted, "\(file.path) twice")
      let found = try site.file(at: file.path)
      #expect(try found?.bytes() == file.bytes(), "\(file.path)")
      #expect(found?.path == file.path && found?.mediaType == file.mediaType)
    }
    #expect(paths.count == site.count)
    #expect(
      paths.contains("profession-liberale/CHG-2026-0002/en/index.html")
        || paths.contains { $0.contains("CHG-2026-0002") })
  }

  @Test(
    arguments: [
      "", "/", "index", "index.html/", "/index.html", "./index.html", "../index.html", "profession-liberale",
      "profession-liberale/", "profession-liberale/../index.html", "profession-liberale//index.html",
      "profession-liberale/index.html\0.txt", "Profession-Liberale/index.html", "autre/index.html",
      "profession-liberale/CHG-2026-0001/index.htm", "profession-liberale/CHG-2026-9999/index.html",
      "profession-liberale/chg-2026-0001/index.html", "profession-liberale/CHG-2026-1/index.html",
      "profession-liberale/x/CHG-2026-0001/index.html", "profession-liberale/CHG-2026-0001/CHG-2026-0001/index.html",
      "profession-liberale/calendar/2026-13.html", "profession-liberale/calendar/9999-01.html",
      "profession-liberale/feeds/maintenance.de.ics", "register.sqlite", "etc/passwd", "%2e%2e/index.html",
    ])
  func `Nothing else is found`(path: String) throws {
    let publication = try Published()
    try publication.submit("2026-12-06T01:00:00Z")
    let site = try publication.site()
    var paths: Set<String> = []
    try site.each { paths.insert($0.path) }
    #expect(!paths.contains(path))
    #expect(try site.file(at: path) == nil)
  }
}

import Planning
import Publication
import Testing
import Wording

@Suite struct PathTests {
  let paths = PortalPaths(service: "svc")
  let id = ChangeID(year: 2026, number: 42)

  @Test func `French stands in the service's folder, English below en`() {
    let month = CalendarMonth(PortalSamples.day("2026-03-31"))
    let expected: [(PortalPage, String)] = [
      (.home, "index.html"), (.past(year: 2026, isNewest: true), "past.html"),
      (.past(year: 2025, isNewest: false), "past-2025.html"), (.calendar, "calendar/index.html"),
      (.month(month), "calendar/2026-03.html"), (.subscribe, "subscribe.html"),
      (.change(id), "CHG-2026-0042/index.html"), (.component("flux"), "component/flux.html"),
    ]
    for (page, path) in expected {
      #expect(paths.page(page, .french).description == "svc/" + path)
      #expect(paths.page(page, .english).description == "svc/en/" + path)
    }
    #expect(paths.page(.services, .english).description == "index.html")
  }

  @Test func `Feeds lie beside the French pages in both languages`() {
    #expect(
      PortalFeed.allCases.map { paths.feed($0, .english).description } == [
        "svc/feeds/maintenance.en.ics", "svc/feeds/windows.en.ics", "svc/feeds/holidays.en.ics",
        "svc/feeds/freezes.en.ics", "svc/feeds/availability.ics", "svc/feeds/change-calendar.ics",
        "svc/feeds/atom.en.xml", "svc/feeds/feed.en.json", "svc/api/v2/summary.json",
      ])
    #expect(paths.event(id, .french).description == "svc/CHG-2026-0042/change.fr.ics")
  }

  @Test func `A link within the site goes up and down by names only`() {
    let change = paths.page(.change(id), .english)
    #expect(paths.stylesheet.relative(to: change) == "../../style.css")
    #expect(paths.page(.home, .english).relative(to: change) == "../index.html")
    #expect(paths.page(.change(id), .french).relative(to: change) == "../../CHG-2026-0042/index.html")
    #expect(change.relative(to: paths.page(.home, .french)) == "en/CHG-2026-0042/index.html")
    #expect(paths.page(.home, .french).relative(to: PortalPaths.services) == "svc/index.html")
    #expect(change.relative(to: change) == "index.html")
  }

  @Test func `Addresses start at the folder of the service, and webcal stands for both schemes`() {
    let feed = paths.address(of: paths.feed(.maintenance, .french), base: "https://x.example/m")
    #expect(feed == "https://x.example/m/feeds/maintenance.fr.ics")
    #expect(
      paths.address(of: paths.page(.change(id), .french), base: "https://x.example")
        == "https://x.example/CHG-2026-0042/")
    #expect(PortalPaths.subscription(to: feed) == "webcal://x.example/m/feeds/maintenance.fr.ics")
    #expect(PortalPaths.subscription(to: "http://x/a") == "webcal://x/a")
    #expect(PortalPaths.subscription(to: "ftp://x/a") == nil)
  }
}

extension SiteFile {
  /// What a web server says that the file is, told by its name. Calendars and pages are UTF-8.
  package var mediaType: String {
    let name = path.split(separator: "/").last ?? ""
    switch name.split(separator: ".").last {
    case "html": return "text/html; charset=utf-8"
    case "css": return "text/css; charset=utf-8"
    case "svg": return "image/svg+xml"
    case "ics": return "text/calendar; charset=utf-8"
    case "xml": return "application/atom+xml; charset=utf-8"
    case "json": return name.hasPrefix("feed.") ? "application/feed+json" : "application/json"
    default: return "text/plain; charset=utf-8"
    }
  }
}

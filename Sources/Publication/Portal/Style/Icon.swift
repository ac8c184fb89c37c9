extension PortalSite {
  /// `icon.svg`, what a browser shows on the tab: a sheet of a calendar with one day marked. Without one, browsers ask the
  /// server for an icon of their own choice, and find none.
  package static let icon = Array(
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <rect x="3" y="5" width="26" height="24" rx="4" fill="#ffffff" stroke="#0b4f9c" stroke-width="2"/>
    <path d="M3 12V9a4 4 0 0 1 4-4h18a4 4 0 0 1 4 4v3z" fill="#0b4f9c"/>
    <path d="M10 2v6M22 2v6" stroke="#0b4f9c" stroke-width="3" stroke-linecap="round"/>
    <rect x="17" y="18" width="7" height="6" rx="1" fill="#0b4f9c"/>
    </svg>

    """.utf8)
}

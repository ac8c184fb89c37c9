/// The time zone names that a file may use. Source: RFC 5545, section 3.2.19.
struct ZoneNames {
  let known: Set<String>

  /// The name of the list that `written` means, nil when there is none.
  ///
  /// A leading `/` marks a global name: some programs write their own domain, and perhaps a version, before the name of
  /// the tz database, as in `/freeassociation.sourceforge.net/Europe/Paris`. Names with dots are never looked for.
  func name(for written: String) -> String? {
    if known.contains(written) { return written }
    guard written.utf8.first == UInt8(ascii: "/"), written.utf8.count <= 200 else { return nil }
    let segments = written.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for skipped in 1...2 where segments.count > skipped {
      let name = segments.dropFirst(skipped).joined(separator: "/")
      if known.contains(name), !name.utf8.contains(UInt8(ascii: ".")) { return name }
    }
    return nil
  }
}

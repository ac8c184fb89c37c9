package import Register

/// The answer of `GET /api/v1/log`: a page of the log as JSON Lines, from which a reader rebuilds the register and
/// checks that nothing of it was rewritten.
///
/// First `LogHead` (the clock, the register's identity, the size and root hash of the whole log), then the events after
/// `after`, then the newest published pieces of the changes that they touch. A page without events tells that the reader
/// has all of them, or has more than the register: it is for the reader to compare.
package enum LogExtract {
  package static let contentType = "application/x-ndjson; charset=utf-8"

  /// - Parameters:
  ///   - after: how many events the reader has; what is negative counts as none.
  ///   - limit: the most events; between 1 and `LogPage.largest`, to which it is brought.
  package static func answer(after: Int, limit: Int = LogPage.largest, of register: Register) throws -> APIAnswer {
    let facts = try Register.facts(register.store)
    let page = try LogPage(after: after, limit: limit, of: register, facts: facts)
    return APIAnswer(
      status: 200, headers: [("content-type", contentType), ("cache-control", "no-store")], body: page.bytes)
  }
}

/// A request to the API, whatever carried it.
package struct APICall: Sendable {
  /// In capitals, as it came.
  package var method: String
  /// As it came, without the query: `/api/v1/changes/CHG-2026-0042`.
  package var path: String
  /// As it came, without the question mark; nil where there is none.
  package var query: String?
  /// Names in small letters; in the order in which they came.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(
    _ method: String, _ path: String, query: String? = nil, headers: [(name: String, value: String)] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The value of the only header of that name; nil where there is none or more than one.
  package func header(_ name: String) -> String? {
    let found = headers.filter { $0.name == name }
    return found.count == 1 ? found[0].value : nil
  }
}

/// What the API answers.
package struct APIAnswer: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// Nothing was done since another program held the register's lock.
  package var isBusy: Bool

  package init(
    status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], isBusy: Bool = false
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.isBusy = isBusy
  }
}

import AsyncHTTPClient
import FeedDoctor
import Foundation
import NIOCore
import NIOHTTP1

/// Why an address gave no feed to look at.
enum RetrievalError: Error, Hashable, Sendable {
  /// Not `http://`, `https://` or `webcal://` with a host.
  case notAnAddress(String)
  case unreachable(String)
  /// More octets than are looked at.
  case tooLarge(Int)
}

/// Fetches a feed as a calendar does: a GET, the same again with its validators, and a HEAD.
struct FeedRetrieval {
  /// More is not looked at.
  static let largest = 16 << 20
  /// For each request as a whole.
  private static let patience = TimeAmount.seconds(20)

  /// The body and what is known of the answers. A status other than 200 is no error here: the facts tell it.
  static func fetch(_ text: String) throws -> (body: [UInt8], facts: HTTPFacts) {
    let address = try self.address(text)
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .follow(max: 5, allowCycles: false)
    configuration.timeout = .init(connect: .seconds(10), read: .seconds(10))
    configuration.decompression = .disabled
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    defer { try? client.syncShutdown() }
    let first = try get(address, client, method: .GET)
    var validators = HTTPHeaders()
    if let etag = first.headers.first(name: "ETag") { validators.add(name: "If-None-Match", value: etag) }
    if let date = first.headers.first(name: "Last-Modified") {
      validators.add(name: "If-Modified-Since", value: date)
    }
    let again = validators.isEmpty ? nil : try? get(address, client, method: .GET, validators)
    let head = try? get(address, client, method: .HEAD)
    let body = first.body.map { [UInt8]($0.readableBytesView) } ?? []
    var facts = HTTPFacts(
      address: address, finalAddress: first.url?.absoluteString, status: Int(first.status.code), bodyLength: body.count,
      header: first.headers.first(name:))
    facts.headStatus = head.map { Int($0.status.code) }
    facts.conditionalStatus = again.map { Int($0.status.code) }
    return (body, facts)
  }

  /// `webcal://` is `https://` to calendars.
  private static func address(_ text: String) throws(RetrievalError) -> String {
    for (scheme, real) in [("https://", "https://"), ("http://", "http://"), ("webcal://", "https://")]
    where text.lowercased().hasPrefix(scheme) {
      let rest = text.dropFirst(scheme.count)
      let isPlain = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      if isPlain, let first = rest.first, first != "/" { return real + rest }
    }
    throw .notAnAddress(text)
  }

  private static func get(
    _ address: String, _ client: HTTPClient, method: HTTPMethod, _ headers: HTTPHeaders = [:]
  ) throws -> HTTPClient.Response {
    do {
      var all = headers
      all.add(name: "User-Agent", value: "Preavis-feed-doctor/1")
      all.add(name: "Accept", value: "text/calendar, */*;q=0.1")
      let request = try HTTPClient.Request(url: address, method: method, headers: all)
      let delegate = ResponseAccumulator(request: request, maxBodySize: largest)
      return try client.execute(request: request, delegate: delegate, deadline: .now() + patience).wait()
    } catch is ResponseAccumulator.ResponseTooBigError {
      throw RetrievalError.tooLarge(largest)
    } catch {
      throw RetrievalError.unreachable("\(address): \(error)")
    }
  }
}

import HTTPTypes
import Hummingbird
import NIOCore
import Publication
import Wording

/// What of a request decides which file is sent, and how.
struct FileRequest: Sendable {
  /// As it came, with its first slash.
  let path: String
  let isHead: Bool
  let ifNoneMatch: String?
  let ifModifiedSince: String?
  let acceptsGzip: Bool
  let language: Language

  init(_ request: Request) {
    path = request.uri.path
    isHead = request.method == .head
    ifNoneMatch = request.headers[.ifNoneMatch]
    ifModifiedSince = request.headers[.ifModifiedSince]
    acceptsGzip = AcceptedEncoding.takesGzip(request.headers[.acceptEncoding])
    // French, the language of the contract, for a browser that asks for neither.
    language = Language(accepting: request.headers[values: .acceptLanguage].joined(separator: ",")) ?? .french
  }
}

/// The portal and the feeds, as `export` writes them.
struct PortalFiles: Sendable {
  let press: FilePress

  func answer(_ request: FileRequest) async throws -> (Metrics.Handler, Response) {
    let path = String(request.path.dropFirst())
    if PrivateFiles.isPrivate(path) {
      return (.feed, try await press.entry(path).map { response($0, request) } ?? notFound(request))
    }
    if path.isEmpty || path.hasSuffix("/") { return (.portal, try await folder(path, request)) }
    if let entry = try await press.entry(path) { return (entry.isFeed ? .feed : .portal, response(entry, request)) }
    let isFolder = try await press.entry(path + "/index.html") != nil
    return (.portal, isFolder ? redirect(to: request.path + "/", permanently: true) : notFound(request))
  }

  /// A folder stands for its `index.html`. That of a service is French; who prefers English is led to the English one,
  /// and comes back by the link on the page, which names the file.
  private func folder(_ path: String, _ request: FileRequest) async throws -> Response {
    guard let entry = try await press.entry(path + "index.html") else { return notFound(request) }
    if !path.isEmpty, request.language == .english, !path.hasSuffix("/en/"),
      try await press.entry(path + "en/index.html") != nil
    {
      var response = redirect(to: "/" + path + "en/", permanently: false)
      response.headers[.vary] = "accept-language"
      return response
    }
    var response = response(entry, request)
    response.headers[.vary] = "accept-encoding, accept-language"
    return response
  }

  private func response(_ entry: SnapshotEntry, _ request: FileRequest) -> Response {
    let variant = entry.variant(
      ifNoneMatch: request.ifNoneMatch, ifModifiedSince: request.ifModifiedSince, acceptsGzip: request.acceptsGzip)
    var fields = HTTPFields()
    for (name, value) in entry.fields(variant) {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    let isUnchanged = if case .notModified = variant { true } else { false }
    return Response(
      status: isUnchanged ? .notModified : .ok, headers: fields,
      body: request.isHead ? ResponseBody() : ResponseBody(entry.answer(variant).body))
  }

  private func redirect(to address: String, permanently: Bool) -> Response {
    Response(
      status: permanently ? .movedPermanently : .found,
      headers: [.location: address, .contentLength: "0", .cacheControl: "no-cache"])
  }

  private func notFound(_ request: FileRequest) -> Response {
    let page = PortalSite.notFound(request.language)
    return Response(
      status: .notFound,
      headers: [
        .contentType: "text/html; charset=utf-8", .contentLength: String(page.count), .cacheControl: "no-cache",
        // Holds: the name is one of a field.
        .init("content-security-policy")!: SecurityFields.pagePolicy,
      ], body: request.isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: page)))
  }
}

extension ResponseBody {
  fileprivate init(_ body: SnapshotEntry.Body) {
    switch body {
    case .nothing: self.init()
    case .octets(let octets) where octets.count == 1: self.init(byteBuffer: octets[0])
    case .octets(let octets):
      self.init(contentLength: octets.reduce(0) { $0 + $1.readableBytes }) { writer in
        for piece in octets { try await writer.write(piece) }
        try await writer.finish(nil)
      }
    case .blocks(let blocks):
      self.init(contentLength: blocks.reduce(0) { $0 + $1.length }) { writer in
        for block in blocks { try await writer.write(try block.text()) }
        try await writer.finish(nil)
      }
    }
  }
}

package import Files
import JSONText
import Register

/// The answer of `GET /api/v1/contracts`: the files that the server's contracts are read from, so that whoever plans
/// with it plans by the same terms.
package enum ContractBundle {
  /// - Parameter ifNoneMatch: the header of that name; 304 where it names what the folder holds.
  package static func answer(_ folder: ContractFolder, ifNoneMatch: String? = nil) -> APIAnswer {
    let files = ContractFiles(folder.allFiles())
    let tag = EntityTag(files.digest)
    let headers = [("etag", tag.text), ("cache-control", "private, no-cache")]
    if tag.matches(ifNoneMatch) { return APIAnswer(status: 304, headers: headers) }
    return APIAnswer(
      status: 200, headers: [("content-type", "application/json")] + headers, body: files.json.bytes)
  }
}

import Answers
import Wording

/// Problems of calls that never came as far as the API, so that a client finds in them what it finds in all others.
package enum DoorProblem {
  /// Nil for a status that is none of these. The language that the client asks for is not known yet: English.
  package static func answer(_ status: Int) -> APIAnswer? {
    switch status {
    case 400: problem(.malformedRequest, "The request is no HTTP/1.1 that could be read; the connection is closed.")
    case 408: problem(.requestTimeout, "Send the whole request within 10 seconds.")
    case 413: problem(.tooLarge, "Bodies hold 256 KiB at the most, those of imports 1 MiB.")
    case 414: problem(.addressTooLong, "Path and query hold 4,096 octets at the most.")
    case 429: problem(.tooManyRequests, "Ask more slowly: see Retry-After.", [("retry-after", "1")])
    case 431: problem(.headersTooLarge, "All header fields together hold 16 KiB at the most.")
    case 503:
      problem(.busy, "The server is stopping or overloaded; ask again with the same key.", [("retry-after", "2")])
    default: nil
    }
  }

  private static func problem(
    _ code: ErrorCode, _ detail: String, _ headers: [(name: String, value: String)] = []
  ) -> APIAnswer {
    Problem(code, detail, headers: headers).answer(.english)
  }
}

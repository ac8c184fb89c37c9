import Answers
import CivilTime
package import Files
import Planning
package import Publication
package import Register
package import Wording

/// Says whose secret a caller bears.
package protocol Authenticator: Sendable {
  /// Nil for a secret that is nobody's, or no longer.
  func principal(bearing secret: String) throws -> Principal?
}

/// The API below `/api/v1`: knows no socket, holds no state of its own, and may be asked from many threads at once.
package struct API: Sendable {
  var register: Register
  /// Random name of the register.
  let identity: String
  let isSimulation: Bool
  let contracts: any ContractSource
  let templates: @Sendable () throws -> NoticeTemplates
  let authenticator: any Authenticator
  /// Where the contracts lie as files.
  let folder: ContractFolder
  let readCalendar: CalendarReader?
  /// Whether webhooks may go to private networks and without TLS, as what sends them takes it.
  let allowsPrivate: Bool

  /// Reads the events of a calendar file, whose times without a zone are of the named one. What comes from strangers is
  /// read in a process of its own, which a library cannot start.
  package typealias CalendarReader =
    @Sendable (_ bytes: [UInt8], _ zone: String, _ language: Language) throws -> RowFile

  package static let prefix = Operation.prefix

  /// - Parameters:
  ///   - contracts: asked with every call; a folder reads its files anew each time, so that a server keeps them.
  ///   - templates: asked where a notice is written.
  ///   - readCalendar: nil where calendar files are not taken; throws `BadValue` for one that cannot be read.
  package init(
    register: Register, identity: String, isSimulation: Bool, contracts: any ContractSource,
    templates: @escaping @Sendable () throws -> NoticeTemplates, authenticator: any Authenticator,
    folder: ContractFolder, readCalendar: CalendarReader? = nil, allowsPrivate: Bool = false
  ) {
    self.register = register
    self.identity = identity
    self.isSimulation = isSimulation
    self.contracts = contracts
    self.templates = templates
    self.authenticator = authenticator
    self.folder = folder
    self.readCalendar = readCalendar
    self.allowsPrivate = allowsPrivate
  }

  /// Every operation.
  package static let routes: [Route] =
    Route.about + Route.calendar + Route.plan + Route.changes + Route.moves + Route.notices + Route.measures
    + Route.releases + Route.outages + Route.imports + Route.deliveries + Route.gate + Route.grants + Route.log

  /// Answers any call; never throws, and never with a status of 500 or above for what the call says.
  package func answer(_ call: APICall) -> APIAnswer {
    var reading = CallReading(api: self, call: call)
    var answer: APIAnswer
    do {
      let (route, exchange) = try reading.read()
      answer = try route.handle(exchange)
    } catch {
      answer = problem(error, reading.language, Preference.door(call)).answer(reading.language)
    }
    answer.headers += [
      ("content-language", reading.language.rawValue), ("vary", "Accept-Language, Authorization, Prefer"),
      ("x-content-type-options", "nosniff"),
    ]
    if !answer.headers.contains(where: { $0.name == "cache-control" }) {
      // What a token may see stays out of every store; what all may see is asked for anew each time.
      let isRead = answer.status < 300 || answer.status == 304
      answer.headers.append(("cache-control", reading.isAnonymous && isRead ? "no-cache" : "no-store"))
    }
    if call.method == "HEAD", answer.status != 304 {
      answer.headers.append(("content-length", String(answer.body.count)))
      answer.body = []
    }
    return answer
  }

  private func problem(_ error: any Error, _ language: Language, _ door: Door) -> Problem {
    if let problem = error as? Problem { return problem }
    let zone = (try? contracts.loadAll())?.first?.contract.currentTimeZone ?? .utc
    return Problem(error, wording: Wording(language, zone: zone, door: door))
  }
}

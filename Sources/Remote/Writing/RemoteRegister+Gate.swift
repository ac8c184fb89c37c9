import Planning
package import Register
import RegisterSQLite

extension RemoteRegister {
  package func execute(
    _ request: Register.GateRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.GateOutcome {
    let key = request.idempotencyKey ?? RemoteRegister.newKey()
    let (_, known) = try write(WriteCall.request(request, key: key), key: key) { delivery in
      guard [200, 201].contains(delivery.answer.status) else {
        throw WriteAnswer.error(delivery, ProblemDetails(delivery.answer), .creation, key: key)
      }
    }
    guard let sequence = try sequence(of: key, in: GateID(service: request.service).description),
      let line = try replica.store.read({ try $0.events(after: sequence - 1, limit: 1).first })
    else { throw RemoteError.notUnderstood("log") }
    return Register.GateOutcome(
      overrides: try register.overrides(service: request.service, touchedBy: sequence),
      isReplay: sequence <= known, decidedAt: line.at)
  }
}

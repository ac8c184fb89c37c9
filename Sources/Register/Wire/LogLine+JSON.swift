package import CivilTime
package import JSONText
import Planning

/// Events as they travel: each field exact, so that whoever receives one can compute its hash.
extension StoredEvent {
  package var json: JSON {
    [
      "sequence": .integer(Int64(sequence)), "at": .string(TimeText.utc(at)), "stream": .string(stream),
      "type": .string(type), "body": .string(body), "previous": .string(previous), "hash": .string(hash),
    ]
  }

  package init(json: JSON) throws(EventCodecError) {
    guard let sequence = json["sequence"]?.integer.flatMap(Int.init(exactly:)) else {
      throw EventCodecError(member: "sequence")
    }
    self.init(
      sequence: sequence, at: try json.instant("at"), stream: try json.required("stream"),
      type: try json.required("type"), body: try json.required("body"), previous: try json.required("previous"),
      hash: try json.required("hash"))
  }
}

extension Fragment {
  package var json: JSON {
    [
      "fragment": .string(change.description), "language": .string(language), "revision": .integer(Int64(revision)),
      "body": .string(String(decoding: body, as: UTF8.self)),
    ]
  }

  package init(json: JSON) throws(EventCodecError) {
    guard let change = ChangeID(try json.required("fragment")) else { throw EventCodecError(member: "fragment") }
    guard let revision = json["revision"]?.integer.flatMap(Int.init(exactly:)) else {
      throw EventCodecError(member: "revision")
    }
    self.init(
      change: change, language: try json.required("language"), revision: revision,
      body: Array(try json.required("body").utf8))
  }
}

/// The first line of an extract of the log: the register as a whole, at the moment of the answer.
package struct LogHead: Hashable, Sendable {
  /// The register's clock.
  package var now: Instant
  package var identity: String
  package var isSimulation: Bool
  /// Number of events, and the hash of the newest.
  package var checkpoint: Checkpoint

  package init(now: Instant, identity: String, isSimulation: Bool, checkpoint: Checkpoint) {
    self.now = now
    self.identity = identity
    self.isSimulation = isSimulation
    self.checkpoint = checkpoint
  }

  package var json: JSON {
    [
      "now": .string(TimeText.utc(now)), "identity": .string(identity), "simulation": .bool(isSimulation),
      "size": .integer(Int64(checkpoint.size)), "root": .string(checkpoint.root),
    ]
  }

  package init(json: JSON) throws(EventCodecError) {
    guard let isSimulation = json["simulation"]?.bool else { throw EventCodecError(member: "simulation") }
    guard let size = json["size"]?.integer, let checkpoint = Checkpoint("\(size):\(try json.required("root"))") else {
      throw EventCodecError(member: "size")
    }
    self.init(
      now: try json.instant("now"), identity: try json.required("identity"), isSimulation: isSimulation,
      checkpoint: checkpoint)
  }
}

/// Keeps the idempotency keys of people apart: in the log each stands behind the name of the token that it came with.
package enum KeyScope {
  /// What stands before the keys of `name`. A slash in a name is written otherwise, so that no name and key read like
  /// those of another token.
  package static func prefix(_ name: String) -> String {
    name.replacing("%", with: "%25").replacing("/", with: "%2F") + "/"
  }
}

/// The members of an answer, each stated once: its JSON and its schema are made of the same list.
package struct Form<Value>: Sendable {
  package struct Member: Sendable {
    let name: String
    let schema: Schema
    /// Whether it is always there.
    let isRequired: Bool
    /// Nil leaves the member out.
    let get: @Sendable (Value, TimeStyle) -> JSON?
  }

  /// As a component of the OpenAPI document; nil where it stands only inside others.
  package let name: String?
  package let members: [Member]
  private let about: String?

  package init(_ name: String? = nil, saying about: String? = nil, _ members: [Member]) {
    self.name = name
    self.members = members
    self.about = about
  }

  package func json(_ value: Value, _ times: TimeStyle) -> JSON {
    var written: [JSON.Member] = []
    written.reserveCapacity(members.count)
    for member in members {
      if let json = member.get(value, times) { written.append(JSON.Member(member.name, json)) }
    }
    return .object(written)
  }

  package func json(_ values: some Sequence<Value>, _ times: TimeStyle) -> JSON {
    .array(values.map { json($0, times) })
  }

  /// Where another schema refers to it.
  package var schema: Schema { name.map(Schema.named) ?? object }

  /// Itself, with every member. Members may come, none goes: it is open.
  package var object: Schema {
    let object = Schema.open(
      members.map { Schema.Member(name: $0.name, schema: $0.schema, isRequired: $0.isRequired) })
    return about.map(object.saying) ?? object
  }
}

extension Form.Member {
  /// A member that is always there; an optional value is null where it is nil.
  package static func must<Part: Formed>(
    _ name: String, _ get: @escaping @Sendable (Value) -> Part
  ) -> Form<Value>.Member {
    must(name, Part.schema, get)
  }

  /// With a narrower schema than that of the value's type.
  package static func must<Part: Formed>(
    _ name: String, _ schema: Schema, _ get: @escaping @Sendable (Value) -> Part
  ) -> Form<Value>.Member {
    Form<Value>.Member(name: name, schema: schema, isRequired: true) { get($0).json($1) }
  }

  /// A member that is left out where its value is nil.
  package static func may<Part: Formed>(
    _ name: String, _ get: @escaping @Sendable (Value) -> Part?
  ) -> Form<Value>.Member {
    may(name, Part.schema, get)
  }

  package static func may<Part: Formed>(
    _ name: String, _ schema: Schema, _ get: @escaping @Sendable (Value) -> Part?
  ) -> Form<Value>.Member {
    Form<Value>.Member(name: name, schema: schema, isRequired: false) { get($0)?.json($1) }
  }

  /// An object of a form of its own.
  package static func must<Part>(
    _ name: String, _ form: Form<Part>, _ get: @escaping @Sendable (Value) -> Part
  ) -> Form<Value>.Member {
    Form<Value>.Member(name: name, schema: form.schema, isRequired: true) { form.json(get($0), $1) }
  }

  package static func may<Part>(
    _ name: String, _ form: Form<Part>, _ get: @escaping @Sendable (Value) -> Part?
  ) -> Form<Value>.Member {
    Form<Value>.Member(name: name, schema: form.schema, isRequired: false) { value, times in
      get(value).map { form.json($0, times) }
    }
  }

  /// A list of such objects.
  package static func must<Part>(
    _ name: String, list form: Form<Part>, _ get: @escaping @Sendable (Value) -> [Part]
  ) -> Form<Value>.Member {
    Form<Value>.Member(name: name, schema: .list(form.schema), isRequired: true) { form.json(get($0), $1) }
  }

  package static func may<Part>(
    _ name: String, list form: Form<Part>, _ get: @escaping @Sendable (Value) -> [Part]?
  ) -> Form<Value>.Member {
    Form<Value>.Member(name: name, schema: .list(form.schema), isRequired: false) { value, times in
      get(value).map { form.json($0, times) }
    }
  }

  /// True where the register is one of a simulation; not there otherwise.
  package static func simulation(_ isSimulation: @escaping @Sendable (Value) -> Bool) -> Form<Value>.Member {
    may("simulation") { isSimulation($0) ? true : nil }
  }
}

extension Form {
  /// The members of a part, among those of the whole.
  package func members<Whole>(of part: @escaping @Sendable (Whole) -> Value) -> [Form<Whole>.Member] {
    members.map { member in
      Form<Whole>.Member(name: member.name, schema: member.schema, isRequired: member.isRequired) {
        member.get(part($0), $1)
      }
    }
  }
}

/// The members of an answer, each stated once: its JSON and its schema are made of the same list.
///
/// Forms are written by the thousand, so what a member does is inlined where it is stated, and the list is joined into one
/// function when it is made.
package struct Form<Value>: Sendable {
  /// Appends what there is to say of a value.
  @usableFromInline typealias Writer = @Sendable (Value, TimeStyle, inout [JSON.Member]) -> Void

  /// One line of the list: a member, or those of a part.
  package struct Entry: Sendable {
    @usableFromInline let fields: [Schema.Member]
    @usableFromInline let write: Writer

    @usableFromInline
    init(_ fields: [Schema.Member], _ write: @escaping Writer) {
      self.fields = fields
      self.write = write
    }
  }

  /// As a component of the OpenAPI document; nil where it stands only inside others.
  package let name: String?
  /// Every member that may be there, each once.
  @usableFromInline let fields: [Schema.Member]
  @usableFromInline let write: Writer
  private let about: String?

  package init(_ name: String, saying about: String? = nil, _ entries: [Entry]) {
    self.init(name: name, about: about, entries)
  }

  package init(saying about: String? = nil, _ entries: [Entry]) { self.init(name: nil, about: about, entries) }

  private init(name: String?, about: String?, _ entries: [Entry]) {
    self.name = name
    self.about = about
    fields = entries.flatMap(\.fields).reduce(into: []) { fields, field in
      if !fields.contains(where: { $0.name == field.name }) { fields.append(field) }
    }
    write = Form.joined(entries.map(\.write)[...])
  }

  private static func joined(_ writers: ArraySlice<Writer>) -> Writer {
    guard writers.count > 1 else { return writers.first ?? { _, _, _ in } }
    let middle = writers.startIndex + writers.count / 2
    let (first, second) = (joined(writers[..<middle]), joined(writers[middle...]))
    return { value, times, members in
      first(value, times, &members)
      second(value, times, &members)
    }
  }

  @inlinable
  package func json(_ value: Value, _ times: TimeStyle) -> JSON {
    var members: [JSON.Member] = []
    members.reserveCapacity(fields.count)
    write(value, times, &members)
    return .object(members)
  }

  @inlinable
  package func json(_ values: some Sequence<Value>, _ times: TimeStyle) -> JSON {
    .array(values.map { json($0, times) })
  }

  /// Where another schema refers to it.
  package var schema: Schema { name.map(Schema.named) ?? object }

  /// For the document's list of components.
  package var component: (name: String, schema: Schema) { (name ?? "", object) }

  /// Itself, with every member. Members may come, none goes: it is open.
  package var object: Schema {
    let object = Schema.open(fields)
    return about.map(object.saying) ?? object
  }
}

extension Form.Entry {
  /// A member that is always there; an optional value is null where it is nil.
  @inlinable @inline(__always)
  package static func must<Part: Formed>(
    _ name: String, _ get: @escaping @Sendable (Value) -> Part
  ) -> Form<Value>.Entry {
    must(name, Part.schema, get)
  }

  /// With a narrower schema than that of the value's type.
  @inlinable @inline(__always)
  package static func must<Part: Formed>(
    _ name: String, _ schema: Schema, _ get: @escaping @Sendable (Value) -> Part
  ) -> Form<Value>.Entry {
    Form<Value>.Entry([.must(name, schema)]) { $2.append(JSON.Member(name, get($0).json($1))) }
  }

  /// A member that is left out where its value is nil.
  @inlinable @inline(__always)
  package static func may<Part: Formed>(
    _ name: String, _ get: @escaping @Sendable (Value) -> Part?
  ) -> Form<Value>.Entry {
    may(name, Part.schema, get)
  }

  @inlinable @inline(__always)
  package static func may<Part: Formed>(
    _ name: String, _ schema: Schema, _ get: @escaping @Sendable (Value) -> Part?
  ) -> Form<Value>.Entry {
    Form<Value>.Entry([.may(name, schema)]) {
      if let part = get($0) { $2.append(JSON.Member(name, part.json($1))) }
    }
  }

  /// An object of a form of its own.
  @inlinable @inline(__always)
  package static func must<Part>(
    _ name: String, _ form: Form<Part>, _ get: @escaping @Sendable (Value) -> Part
  ) -> Form<Value>.Entry {
    Form<Value>.Entry([.must(name, form.schema)]) { $2.append(JSON.Member(name, form.json(get($0), $1))) }
  }

  /// The same, or null.
  @inlinable @inline(__always)
  package static func must<Part>(
    _ name: String, orNull form: Form<Part>, _ get: @escaping @Sendable (Value) -> Part?
  ) -> Form<Value>.Entry {
    Form<Value>.Entry([.must(name, form.schema.orNull)]) { value, times, members in
      members.append(JSON.Member(name, get(value).map { form.json($0, times) } ?? .null))
    }
  }

  @inlinable @inline(__always)
  package static func may<Part>(
    _ name: String, _ form: Form<Part>, _ get: @escaping @Sendable (Value) -> Part?
  ) -> Form<Value>.Entry {
    Form<Value>.Entry([.may(name, form.schema)]) {
      if let part = get($0) { $2.append(JSON.Member(name, form.json(part, $1))) }
    }
  }

  /// A list of such objects.
  @inlinable @inline(__always)
  package static func must<Part>(
    _ name: String, list form: Form<Part>, _ get: @escaping @Sendable (Value) -> [Part]
  ) -> Form<Value>.Entry {
    Form<Value>.Entry([.must(name, .list(form.schema))]) { $2.append(JSON.Member(name, form.json(get($0), $1))) }
  }

  @inlinable @inline(__always)
  package static func may<Part>(
    _ name: String, list form: Form<Part>, _ get: @escaping @Sendable (Value) -> [Part]?
  ) -> Form<Value>.Entry {
    Form<Value>.Entry([.may(name, .list(form.schema))]) {
      if let parts = get($0) { $2.append(JSON.Member(name, form.json(parts, $1))) }
    }
  }

  /// The members of a part, among those of the whole.
  @inlinable @inline(__always)
  package static func all<Part>(
    of form: Form<Part>, _ part: @escaping @Sendable (Value) -> Part
  ) -> Form<Value>.Entry {
    let write = form.write
    return Form<Value>.Entry(form.fields) { write(part($0), $1, &$2) }
  }

  package static func all(_ entries: [Form<Value>.Entry]) -> Form<Value>.Entry {
    let form = Form(entries)
    return Form<Value>.Entry(form.fields, form.write)
  }

  /// Members that only some values have.
  package static func when(
    _ holds: @escaping @Sendable (Value) -> Bool, _ entries: [Form<Value>.Entry]
  ) -> Form<Value>.Entry {
    let form = Form(entries)
    let write = form.write
    return Form<Value>.Entry(form.fields.map { .may($0.name, $0.schema) }) { value, times, members in
      if holds(value) { write(value, times, &members) }
    }
  }

  /// True where the register is one of a simulation; not there otherwise.
  package static func simulation(_ isSimulation: @escaping @Sendable (Value) -> Bool) -> Form<Value>.Entry {
    may("simulation") { isSimulation($0) ? true : nil }
  }
}

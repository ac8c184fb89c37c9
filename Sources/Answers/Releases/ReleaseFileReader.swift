package import CivilTime
import Files
import JSONText
package import Planning
package import Publication
package import Wording

/// Reads a release file; all that is wrong with it is said at once.
package struct ReleaseFileReader {
  private let wording: Wording
  private let now: Instant
  private let notes: ReleaseFileKeys.Notes
  private let contract: (String) throws -> Contract
  private let open: (String) throws -> [UInt8]
  private var file = ReleaseFile(name: "")
  /// Lines and paths of what changes name, to be looked for once all are read.
  private var names: [(name: String, line: Int?, place: String)] = []
  private var ids: [String: Int?] = [:]

  private var language: Language { wording.language }
  private var times: TimeArgument { TimeArgument(wording: wording) }

  /// - Parameters:
  ///   - zone: of times without an offset.
  ///   - contract: that of a service; throws `ServiceError` where there is none.
  ///   - open: the bytes of a file beside this one.
  package init(
    file: String, language: Language, zone: ZoneRules, now: Instant, contract: @escaping (String) throws -> Contract,
    open: @escaping (String) throws -> [UInt8]
  ) {
    wording = Wording(language, zone: zone, door: .file)
    notes = ReleaseFileKeys.Notes(file: file, language: language)
    (self.now, self.contract, self.open) = (now, contract, open)
  }

  package mutating func read(_ bytes: [UInt8]) throws -> ReleaseFile {
    do {
      let node = try FileNode(file: notes.file, bytes: bytes)
      try read(node)
      file.source = source(node)
    } catch let error as FileProblems {
      // What the parser found, in its own words.
      for problem in error.problems {
        notes.add(
          problem.line, "",
          language(problem.message, "ce n’est ni du YAML ni du JSON (\(problem.message))."))
      }
    }
    guard notes.problems.isEmpty else {
      throw ReleaseFileProblems(problems: notes.problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
    }
    return file
  }

  private mutating func read(_ node: FileNode) throws {
    let known = ["release", "reason", "not-before", "deadline", "people", "usage", "changes"]
    guard let keys = ReleaseFileKeys(node, "", known: known, notes) else { return }
    for key in ["release", "changes"] { keys.require(key) }
    file.name = keys.text("release") ?? ""
    file.reason = keys.text("reason")
    let bounds = self.bounds(keys)
    if let node = keys.node("people") { people(node, keys) }
    if case .list(let weights)? = keys.node("usage")?.value {
      usage(weights, keys)
    } else if let name = keys.text("usage") {
      try usage(name, keys)
    }
    let items = keys.items("changes")
    if items.isEmpty, keys.has("changes") {
      keys.add("changes", language("there is no change.", "il n’y a aucun changement."))
    }
    if items.count > Release.mostWorks {
      let most = Release.mostWorks
      keys.add("changes", language("more than \(most); split the release.", "plus de \(most) ; coupez la livraison."))
      return
    }
    for (node, place) in items { try change(node, place, bounds) }
    for (name, line, place) in names where ids[name] == nil { unknown(name, line, place) }
    checkCycles()
  }

  /// As it is, but for the file of usage, which is read already.
  private func source(_ node: FileNode) -> JSON {
    guard case .object(let members) = node.json else { return .null }
    let usage = JSON.array(file.usage.map { .integer(Int64($0)) })
    return .object(members.map { $0.key == "usage" ? JSON.Member($0.key, usage) : $0 })
  }

  private func unknown(_ name: String, _ line: Int?, _ place: String) {
    let near = NearestName.nearest(to: name, among: Array(ids.keys)).map {
      language(" Did you mean \($0)?", " Vouliez-vous dire \($0) ?")
    }
    notes.add(
      line, place,
      language("no change of this file is called \(name).", "aucun changement de ce fichier ne s’appelle \(name).")
        + (near ?? ""))
  }

  // MARK: Times

  private func bounds(_ keys: ReleaseFileKeys) -> (notBefore: Instant?, deadline: Instant?) {
    let notBefore = keys.value("not-before") { try times.bound($0, field: .column("not-before")) }
    // A day alone could mean its beginning or its end.
    let deadline = keys.value("deadline") { try times.instant($0, field: .column("deadline")) }
    return (notBefore.flatMap { minute($0, "not-before", keys) }, deadline.flatMap { minute($0, "deadline", keys) })
  }

  private func minute(_ instant: Instant, _ key: String, _ keys: ReleaseFileKeys) -> Instant? {
    guard instant.secondsSinceEpoch % 60 == 0 else {
      keys.add(key, language("write whole minutes.", "écrivez des minutes entières."))
      return nil
    }
    return instant
  }

  /// Whole minutes; nought only where it is `allowed`.
  private func minutes(_ text: String, allowsZero: Bool) throws -> Int {
    guard let length = Elapsed(text), length.seconds % 60 == 0, allowsZero || length > .zero,
      length.seconds / 60 <= Release.longest
    else {
      throw BadValue(
        language(
          "\(text) is no length in whole minutes; write 90m, 2h or 2h30.",
          "\(text) n’est pas une durée en minutes entières ; écrivez 90m, 2h ou 2h30."))
    }
    return Int(length.seconds / 60)
  }

  // MARK: People and usage

  private mutating func people(_ node: FileNode, _ keys: ReleaseFileKeys) {
    guard case .keys(let pairs) = node.value else {
      keys.add(
        "people",
        language("write a key with the name of each person.", "écrivez une clé au nom de chaque personne."))
      return
    }
    for (name, line, value) in pairs {
      let place = "people.\(name)"
      if file.people.contains(where: { $0.name == name }) {
        notes.add(line, place, language("\(name) stands twice.", "\(name) figure deux fois."))
      }
      var person = Release.Person(name: name)
      // A name alone says that there is such a person.
      if case .none = value.value {
        file.people.append(person)
        continue
      }
      guard let own = ReleaseFileKeys(value, place, known: ["away", "rest"], notes) else { continue }
      person.rest = own.value("rest") { try minutes($0, allowsZero: true) } ?? person.rest
      if person.rest >= 1440 {
        own.add("rest", language("a rest is less than 24 h.", "un repos dure moins de 24 h."))
      }
      person.away = own.items("away").compactMap { node, place in own.value(node, place, away) }
      file.people.append(person)
    }
  }

  /// `2026-12-05/2026-12-07`, both days included; one day; `2026-12-05T08:00/2026-12-05T12:00`.
  private func away(_ text: String) throws -> Interval? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if let first = parts.first, (1...2).contains(parts.count) {
      let start = try times.bound(first, field: .column("away"))
      let last = parts[parts.count - 1]
      let end =
        try CivilDate(last).map { wording.zone.startOfDay($0.advanced(byDays: 1)) }
        ?? times.instant(last, field: .column("away"))
      if let interval = Interval(start: start, end: end) { return interval }
    }
    throw BadValue(
      language(
        "\(text): write the first and the last day, such as 2026-12-05/2026-12-07, or two times in their order.",
        "\(text) : écrivez le premier et le dernier jour, par exemple 2026-12-05/2026-12-07, ou deux moments dans l’ordre."
      ))
  }

  /// A weight for each hour of the week, Monday 00:00 first: how a release keeps the usage that it was planned with.
  private mutating func usage(_ nodes: [FileNode], _ keys: ReleaseFileKeys) {
    let weights = nodes.compactMap { node -> Int? in
      guard case .text(let text) = node.value else { return nil }
      return Int(text).flatMap { (0...100_000).contains($0) ? $0 : nil }
    }
    guard weights.count == 168, nodes.count == 168 else {
      keys.add(
        "usage",
        language(
          "write the name of a file, or 168 whole numbers, one for each hour of the week.",
          "écrivez le nom d’un fichier, ou 168 nombres entiers, un pour chaque heure de la semaine."))
      return
    }
    file.usage = weights
  }

  private mutating func usage(_ name: String, _ keys: ReleaseFileKeys) throws {
    let bytes: [UInt8]
    do { bytes = try open(name) } catch {
      keys.add(
        "usage",
        language(
          "\(name) cannot be read beside this file; check its name.",
          "\(name) est illisible à côté de ce fichier ; vérifiez son nom."))
      return
    }
    let rows = UsageRows(bytes)
    let names = UsageRows.Column.allCases.map(\.rawValue)
    let text = RowProblemText(language: language, names: names, example: names.joined(separator: ","))
    for problem in rows.problems { notes.add(problem.line, "", text.text(problem.reason), file: name) }
    for (line, column, value) in rows.badValues {
      let form =
        switch column {
        case .weekday: language("monday to sunday, or monday-friday", "monday à sunday, ou monday-friday")
        case .hour: language("0 to 23, each once a day", "0 à 23, une fois par jour chacune")
        case .weight: language("a whole number up to 100000", "un nombre entier jusqu’à 100000")
        }
      notes.add(
        line, column.rawValue, language("\(value): write \(form).", "\(value) : écrivez \(form)."), file: name)
    }
    file.usage = rows.weights
  }

  // MARK: Changes

  /// Keys that a change has besides those that say when it may be, under the field that each fills.
  private static let fields: [(key: String, field: ChangeField)] = [
    ("title", .title), ("description", .description), ("impact", .impact), ("environment", .environment),
  ]
  private static let updateFields = ChangeField.ofUpdate.filter { $0 != .update }

  private mutating func change(
    _ node: FileNode, _ place: String, _ bounds: (notBefore: Instant?, deadline: Instant?)
  ) throws {
    let known = [
      "id", "title", "description", "services", "components", "environment", "duration", "rollback", "crew", "impact",
      "priority", "not-before", "deadline", "start", "after", "together", "update",
    ]
    guard let keys = ReleaseFileKeys(node, place, known: known, notes) else { return }
    for key in ["id", "title", "services", "duration"] { keys.require(key) }
    guard let id = keys.value("id", identifier) else { return }
    if let line = ids.updateValue(keys.line(of: "id"), forKey: id) {
      let first = line.map { language(" (line \($0))", " (ligne \($0))") } ?? ""
      keys.add("id", language("there is a change \(id) already\(first).", "il y a déjà un changement \(id)\(first)."))
    }
    let duration = keys.value("duration") { try minutes($0, allowsZero: false) }
    let priority = keys.value("priority") { text -> Int in
      if let value = Int(text), (1...5).contains(value) { return value }
      throw BadValue(
        language("\(text): write 1 to 5, 5 the most important.", "\(text) : écrivez 1 à 5, 5 le plus important."))
    }
    let own = self.bounds(keys)
    let services = keys.names("services")
    if services.isEmpty, keys.has("services") {
      keys.add("services", language("name one service at least.", "nommez au moins un service."))
    }
    let environment = keys.text("environment") ?? Contract.production
    var work = Release.Work(
      id: id, services: services.map { ReleaseFile.lane($0, environment) }, duration: duration ?? 1,
      rollback: keys.value("rollback") { try minutes($0, allowsZero: true) } ?? 0,
      notBefore: own.notBefore ?? bounds.notBefore, deadline: own.deadline ?? bounds.deadline,
      fixed: keys.value("start") { try times.instant($0, field: .start) }.flatMap { minute($0, "start", keys) },
      after: keys.items("after").compactMap { after($0.node, $0.place) }, together: keys.names("together"),
      crew: keys.names("crew"), isVisible: false, priority: priority ?? 3)
    for (node, place) in keys.items("together") {
      if case .text(let name) = node.value { names.append((name, node.line, place)) }
    }
    checkCrew(work, keys)
    guard let row = row(keys), let duration else { return }
    let contents = try services.compactMap { try content(row, $0, environment, minutes: duration, keys) }
    guard let first = contents.first, contents.count == services.count else { return }
    work.isVisible = contents.contains { $0.impact == .degraded || $0.impact == .outage }
    if !first.isPlannedMaintenance { work.exempt = [.window, .notice] }
    file.changes.append(
      ReleaseFile.Change(title: first.title, environment: environment, work: work, contents: contents))
  }

  private func identifier(_ text: String) throws -> String {
    guard text.count <= 40, text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "=" }) else {
      throw BadValue(
        language(
          "\(text): a name of up to 40 signs without blanks and =.",
          "\(text) : un nom de 40 signes au plus, sans blanc ni =."))
    }
    return text
  }

  /// `{ change: db, gap: 0h..72h }`, or the name alone.
  private mutating func after(_ node: FileNode, _ place: String) -> Release.Dependency? {
    if case .text(let name) = node.value {
      names.append((name, node.line, place))
      return Release.Dependency(work: name, least: 0, most: nil)
    }
    guard let keys = ReleaseFileKeys(node, place, known: ["change", "gap"], notes) else { return nil }
    keys.require("change")
    guard let name = keys.text("change") else { return nil }
    names.append((name, keys.line(of: "change"), keys.place("change")))
    let gap = keys.value("gap") { text -> (Int, Int?) in
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, parts[1].isEmpty, !(parts[0].isEmpty && parts[2].isEmpty) else {
        throw BadValue(
          language("\(text): write 0h..72h, 24h.. or ..72h.", "\(text) : écrivez 0h..72h, 24h.. ou ..72h."))
      }
      let least = parts[0].isEmpty ? 0 : try minutes(parts[0], allowsZero: true)
      let most = parts[2].isEmpty ? nil : try minutes(parts[2], allowsZero: true)
      guard most.map({ $0 >= least }) ?? true else {
        throw BadValue(
          language("\(text): the shorter gap stands first.", "\(text) : l’écart le plus court vient en premier."))
      }
      return (least, most)
    }
    return Release.Dependency(work: name, least: gap?.0 ?? 0, most: gap?.1)
  }

  /// A name that is nearly one of `people` is more likely to be misspelt than to be somebody else.
  private func checkCrew(_ work: Release.Work, _ keys: ReleaseFileKeys) {
    let people = file.people.map(\.name)
    for name in work.crew where !people.contains(name) {
      guard let near = NearestName.nearest(to: name, among: people) else { continue }
      keys.add(
        "crew",
        language(
          "\(name) is not in people; did you mean \(near)? If not, add \(name) there.",
          "\(name) n’est pas dans people ; vouliez-vous dire \(near) ? Sinon, ajoutez-y \(name)."))
    }
  }

  /// What the change says as a request of it would; nil after noting what cannot be said.
  private func row(_ keys: ReleaseFileKeys) -> RequestRow? {
    let before = notes.problems.count
    var row = RequestRow(line: keys.line ?? 1)
    for (key, field) in ReleaseFileReader.fields { row[field] = keys.text(key) }
    row[value: .component] = .list(keys.names("components"))
    row[.reason] = file.reason
    if let node = keys.node("update") {
      let known = ["version"] + ReleaseFileReader.updateFields.map(\.rawValue)
      guard let update = ReleaseFileKeys(node, keys.place("update"), known: known, notes) else { return nil }
      for key in ["version", "category"] { update.require(key) }
      row[.update] = update.text("version")
      for field in ReleaseFileReader.updateFields {
        guard field.kind == .flag else {
          row[field] = update.text(field.rawValue)
          continue
        }
        row[value: field] = update.value(field.rawValue) { text -> FieldValue in
          guard text == "true" || text == "false" else {
            throw BadValue(language("\(text): write true or false.", "\(text) : écrivez true ou false."))
          }
          return .flag(text == "true")
        }
      }
    }
    return notes.problems.count == before ? row : nil
  }

  /// The same checks as `submit` makes, of all but the time.
  private mutating func content(
    _ row: RequestRow, _ service: String, _ environment: String, minutes: Int, _ keys: ReleaseFileKeys
  ) throws -> ChangeContent? {
    do {
      let contract = try file.contracts[service] ?? contract(service)
      file.contracts[service] = contract
      var row = row
      (row[.start], row[.duration]) = (TimeText.utc(now), "\(minutes)m")
      var reading = ChangeReading(wording: wording)
      let content = try reading.content(row, service: service, environment: environment)
      let context = DecisionContext(contract: contract, now: now, booked: [])
      for event in try ChangeCommand(creating: content).decide(on: nil, in: context).events {
        // As it would be recorded: texts without blanks at their ends.
        switch event {
        case .planned(let content, _), .refused(let content, _), .requested(let content, _): return content
        default: break
        }
      }
      return nil
    } catch {
      // Files that cannot be read are the operator's to mend.
      guard let text = ErrorText(wording: wording).text(error) else { throw error }
      let about = [
        ("component", "components"), ("impact", "impact"), ("environment", "environment"), ("title", "title"),
      ]
      let key = error is ServiceError ? "services" : about.first { text.hasPrefix($0.0) }?.1
      keys.notes.add(keys.line(of: key ?? ""), key.map(keys.place) ?? keys.path, text)
      return nil
    }
  }

  // MARK: The whole

  private func checkCycles() {
    let after = Dictionary(
      file.changes.map { ($0.work.id, $0.work.after.map(\.work)) }, uniquingKeysWith: { first, _ in first })
    var isDone: Set<String> = []
    func cycle(_ id: String, _ path: [String]) -> [String]? {
      if let start = path.firstIndex(of: id) { return path[start...] + [id] }
      guard !isDone.contains(id) else { return nil }
      for other in after[id] ?? [] { if let found = cycle(other, path + [id]) { return found } }
      isDone.insert(id)
      return nil
    }
    for change in file.changes {
      guard let found = cycle(change.work.id, []) else { continue }
      let names = found.joined(separator: " → ")
      notes.add(
        ids[change.work.id] ?? nil, "after",
        language("each waits for the next: \(names).", "chacun attend le suivant : \(names)."))
      return
    }
  }
}

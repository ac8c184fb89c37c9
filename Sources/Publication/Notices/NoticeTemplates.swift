package import CivilTime
import Mustache
package import Planning
package import Wording

/// The templates of an operator, checked when they are read, so that rendering cannot meet an unknown name.
///
/// Two steps: the short text of a kind gives plain prose, nothing escaped; the layout of a format then escapes every
/// text once. So the same prose serves every format, and no text can be escaped twice or not at all.
package struct NoticeTemplates: Sendable {
  private var prose: [Language: MustacheLibrary] = [:]
  private var layouts: [NoticeLayout: MustacheLibrary] = [:]

  /// Reads and checks every template in `folder`.
  package init(folder: String) throws(TemplateErrors) {
    let folder = TemplateFolder(folder)
    guard folder.problems.isEmpty else { throw TemplateErrors(problems: folder.problems.sorted()) }
    try self.init(files: folder.files)
  }

  /// The same from texts by path below the folder.
  package init(files: [String: String]) throws(TemplateErrors) {
    let problems = TemplateChecks(files).problems
    guard problems.isEmpty else { throw TemplateErrors(problems: problems) }
    Escaping.registered
    for language in Language.allCases { prose[language] = MustacheLibrary() }
    for format in NoticeLayout.allCases { layouts[format] = MustacheLibrary() }
    for (path, source) in files {
      do {
        switch TemplatePath(path) {
        case .notice(let language, let name)?:
          let text = Self.pragma(.text) + ProseTypography.polished(source, in: language)
          try prose[language]?.register(text, named: name)
        case .layout(let format, let name)?: try layouts[format]?.register(Self.pragma(format) + source, named: name)
        case nil: break
        }
      } catch {
        throw TemplateErrors(problems: [.init(file: path, line: 1, message: "\(error)")])
      }
    }
  }

  /// Everything wrong in `folder`, by file and line; empty when the templates can be used.
  package static func check(folder: String) -> [TemplateProblem] {
    let folder = TemplateFolder(folder)
    guard !folder.files.isEmpty || folder.problems.isEmpty else { return folder.problems }
    return (folder.problems + TemplateChecks(folder.files).problems).sorted()
  }

  /// A line of its own, which Mustache removes. Each file needs it: an included one starts from HTML again.
  private static func pragma(_ format: NoticeLayout) -> String { "{{% CONTENT_TYPE: \(Escaping.name(format)) }}\n" }

  /// The notice before it takes a format. Throws `NoticeError`.
  ///
  /// - Parameters:
  ///   - told: what clients knew before, where that is not the revision before.
  ///   - now: when it is written; nil for what is sent as the change was.
  ///   - isDown: whether an outage of the service goes on.
  package func document(
    _ kind: NoticeKind, of change: Change, contract: Contract, language: Language, isSimulation: Bool,
    told: ChangeContent? = nil, at now: Instant? = nil, isDown: Bool = false
  ) throws -> NoticeDocument {
    guard kind.isApplicable(to: change) else { throw NoticeError.notApplicable(kind, change.id) }
    var known = change
    // What was sent is written as it was then: that it was told is nothing that it tells.
    known.notices.removeAll { $0.kind == kind && $0.revision == change.revision }
    var telling = ChangeTelling(known, contract: contract, language: language, told: told)
    (telling.now, telling.isDown) = (now, isDown)
    let paragraphs = prose(kind.rawValue, telling.variables, language)
    guard let subject = paragraphs.first else { throw NoticeError.emptySubject(kind) }
    // Said once: by the sentences or, where those of an operator leave it out, below the facts.
    let zone = NoticeDocument.Fact(
      key: "zone", name: language("Time zone", "Fuseau horaire"), value: telling.wording.zoneName)
    let isZoneSaid = paragraphs.contains { $0.contains(zone.value) }
    let facts = telling.noticeFacts.filter { fact in
      fact.key != "reason" || !paragraphs.contains { $0.contains(fact.value) }
    }
    return NoticeDocument(
      language: language, subject: (isSimulation ? "SIMULATION – " : "") + telling.environmentMark + subject,
      paragraphs: Array(paragraphs.dropFirst()), differences: telling.differences,
      facts: facts + (isZoneSaid ? [] : [zone]),
      description: Self.paragraphs(telling.content.description, joiningLines: false),
      descriptionLanguage: telling.descriptionLanguage,
      reference: kind == .reminder ? telling.reminderReference : telling.reference,
      simulation: isSimulation ? Self.simulation(language) : nil)
  }

  func hasProse(_ name: String, _ language: Language) -> Bool { prose[language]?.getTemplate(named: name) != nil }

  /// The paragraphs of a short text; the first is the subject.
  func prose(_ name: String, _ variables: [String: Any], _ language: Language) -> [String] {
    Self.paragraphs(prose[language]?.render(variables, withTemplate: name) ?? "", joiningLines: true)
  }

  /// The notice as it is sent. Throws `NoticeError`.
  package func render(
    _ kind: NoticeKind, of change: Change, contract: Contract, language: Language, format: NoticeLayout,
    isSimulation: Bool
  ) throws -> String {
    let document = try document(
      kind, of: change, contract: contract, language: language, isSimulation: isSimulation)
    return render(document, format: format)
  }

  /// A notice in one format; `letter` is what stands on paper beside it. Whoever asks for a layout that a folder may lack
  /// has to `require` it before.
  package func render(_ document: NoticeDocument, format: NoticeLayout, letter: NoticeLetter? = nil) -> String {
    layouts[format]?.render(document.variables(of: letter), withTemplate: "notice") ?? ""
  }

  package func require(_ layout: NoticeLayout) throws(NoticeError) {
    if layouts[layout]?.getTemplate(named: "notice") == nil { throw .noLayout(layout) }
  }

  static func simulation(_ language: Language) -> String {
    language(
      "SIMULATION: this notice comes from a register of simulation; it announces no real work.",
      "SIMULATION\(language.colon) cet avis vient d’un registre de simulation\(Typography.narrow); "
        + "il n’annonce aucune intervention.")
  }

  /// The blocks that blank lines part. Lines of one block are joined by a blank where a template only wraps them.
  private static func paragraphs(_ text: String, joiningLines: Bool) -> [String] {
    var result: [[String]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if trimmed.isEmpty {
        result.append([])
      } else {
        result[result.count - 1].append(String(joiningLines ? trimmed : line))
      }
    }
    return result.filter { !$0.isEmpty }.map { $0.joined(separator: joiningLines ? " " : "\n") }
  }
}

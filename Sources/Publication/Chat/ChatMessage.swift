package import CivilTime
package import JSONText
package import Planning
package import Wording

/// A message for the people in a chat, before it takes the form of a service: plain lines, nothing escaped. Its words are
/// those of the notice and of the feeds.
package struct ChatMessage: Hashable, Sendable {
  let language: Language
  let title: String
  let paragraphs: [String]
  let facts: [SyndicationEntry.Fact]
  /// Of the change's page; nil where it is about none.
  let address: String?
  /// Identifier and revision.
  let reference: String

  /// - Parameter document: the notice that mails bring.
  package init(_ document: NoticeDocument, of change: Change, contract: Contract) {
    let differences = document.differences.map {
      "\($0.name)\(document.language.colon) \($0.before) → \($0.after)"
    }
    self.init(
      document.language, document.subject,
      (document.simulation.map { [$0] } ?? []) + document.paragraphs + differences, of: change, contract)
  }

  /// That today's rules refuse a plan: for staff.
  ///
  /// - Parameter obstacles: what refuses it.
  package init(
    conflict obstacles: [Finding], of change: Change, contract: Contract, language: Language, isSimulation: Bool
  ) {
    let telling = ChangeTelling(change, contract: contract, language: language, for: .staff)
    self.init(
      language, "\(telling.wording.conflictsTitle)\(language.colon) \(telling.subject)",
      obstacles.map { telling.wording.finding($0, of: change.id) }, of: change, contract, isSimulation: isSimulation,
      for: .staff)
  }

  /// What has to be approved, or what came of it: for staff.
  package init(
    approvalOf change: Change, at moment: Instant, contract: Contract, language: Language, isSimulation: Bool
  ) {
    let telling = ChangeTelling(change, contract: contract, language: language, for: .staff)
    let wording = telling.wording
    let differences =
      change.approval?.state == .approved
      ? telling.differences.map { "\($0.name)\(language.colon) \($0.before) → \($0.after)" }
      : telling.proposedDifferences
    // The facts are those of what there is to decide.
    let shown = (telling.proposed ?? telling).change
    self.init(
      language,
      "\(change.approval.map { wording.approval($0.state) } ?? "")\(language.colon) \(shown.content.title(language))",
      [wording.approval(of: change, by: contract, at: moment)].compactMap(\.self) + differences, of: shown, contract,
      isSimulation: isSimulation, for: .staff)
  }

  private init(
    _ language: Language, _ title: String, _ paragraphs: [String], of change: Change, _ contract: Contract,
    isSimulation: Bool = false, for audience: Audience = .clients
  ) {
    let mark = isSimulation ? (SimulationMark.prefix, [SimulationMark.sentence(language)]) : ("", [])
    self.language = language
    self.title = mark.0 + CleanText.line(title)
    self.paragraphs = (mark.1 + paragraphs).map(CleanText.line).filter { !$0.isEmpty }
    let telling = ChangeTelling(change, contract: contract, language: language, for: audience)
    let title = ChangeFacts.told(.notice, of: telling).filter { $0.key == "title" }
    facts = title.map { .init(name: $0.name, value: CleanText.line($0.text)) } + telling.lines(.entry)
    address =
      change.revision == nil || !contract.isPublic(change.content.environment)
      ? nil : Link.plain(contract.address(of: change.id))
    reference = telling.reference
  }

  /// A trial.
  package init(trialOf webhook: String, service: String, language: Language, isSimulation: Bool) {
    self.language = language
    title = (isSimulation ? SimulationMark.prefix : "") + language("Trial of \(webhook)", "Essai de \(webhook)")
    paragraphs = [
      language("What is published of \(service) will be told here.", "Ce qui sera publié de \(service) sera dit ici.")
    ]
    (facts, address, reference) = ([], nil, webhook)
  }

  /// The body that the service takes; nil for the format that is for programs.
  package func body(for format: WebhookFormat) -> JSON? {
    switch format {
    case .standard: nil
    case .slack: slack
    case .teams: teams
    case .mattermost: mattermost
    case .googleChat: googleChat
    }
  }

  // MARK: Services

  /// Octets as they are sent, so that no limit of a service, which counts characters, is met: a title, all paragraphs
  /// together, one fact. With 20 facts at the most it stays below 16,383 (Mattermost, one post), 28 KB (Teams) and 32,000
  /// octets (Google Chat).
  private enum Limit {
    /// Source: Slack, Block Kit, header block: 150 characters.
    static let title = 150
    /// Source: Slack, section block: 3,000 characters.
    static let paragraphs = 3000
    static let fact = 500
    /// Source: Slack, section block: 10 fields.
    static let fields = 10
  }

  private var pageName: String { language("Page of the work", "Page de l’intervention") }

  /// Source: docs.slack.dev, Block Kit (header, section, context), "Escaping text".
  private var slack: JSON {
    let text = Self.clipped(paragraphs.joined(separator: "\n\n"), to: Limit.paragraphs, Self.slackEscape)
    var blocks: [JSON] = [
      [
        "type": "header",
        "text": [
          "type": "plain_text", "text": .string(Self.clipped(title, to: Limit.title, Self.entities)), "emoji": false,
        ],
      ]
    ]
    if !text.isEmpty { blocks.append(["type": "section", "text": Self.mrkdwn(text)]) }
    let fields = facts.map { fact in
      Self.mrkdwn("*\(Self.entities(fact.name))*\n" + Self.clipped(fact.value, to: Limit.fact, Self.slackEscape))
    }
    for start in stride(from: 0, to: fields.count, by: Limit.fields) {
      blocks.append(["type": "section", "fields": .array(Array(fields[start...].prefix(Limit.fields)))])
    }
    if let address {
      blocks.append([
        "type": "section", "text": Self.mrkdwn("<\(Self.entities(address))|\(Self.entities(pageName))>"),
      ])
    }
    blocks.append(["type": "context", "elements": [Self.mrkdwn(Self.entities(reference))]])
    let fallback = [Self.clipped(title, to: Limit.title, Self.slackEscape), text].joined(separator: "\n")
    return ["text": .string(fallback), "blocks": .array(blocks)]
  }

  /// Links and mentions in it are not guessed.
  private static func mrkdwn(_ text: String) -> JSON { ["type": "mrkdwn", "text": .string(text), "verbatim": true] }

  /// A workflow's webhook takes a message with one adaptive card. Runs of text know no markup, so that nothing is escaped.
  /// Source: learn.microsoft.com, "Create incoming webhooks with Workflows"; Adaptive Cards 1.4.
  private var teams: JSON {
    func run(_ text: String, _ style: (name: String, value: JSON)...) -> JSON {
      .object([.init("type", "TextRun"), .init("text", .string(text))] + style.map { .init($0.name, $0.value) })
    }
    func block(_ runs: JSON...) -> JSON { ["type": "RichTextBlock", "inlines": .array(runs)] }
    let title = Self.clipped(title, to: Limit.title)
    var rest = Limit.paragraphs
    var body = [block(run(title, ("size", "large"), ("weight", "bolder")))]
    for paragraph in paragraphs where rest > 0 {
      body.append(block(run(Self.clipped(paragraph, to: rest))))
      rest -= paragraph.utf8.count
    }
    body += facts.map { fact in
      block(
        run(fact.name + language.colon + " ", ("weight", "bolder")), run(Self.clipped(fact.value, to: Limit.fact)))
    }
    body.append(block(run(reference, ("size", "small"), ("isSubtle", true))))
    let card: JSON = .members([
      "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
      "lang": .string(language.rawValue), "fallbackText": .string(title), "body": .array(body),
      "actions": address.map { address in
        JSON.array([["type": "Action.OpenUrl", "title": .string(pageName), "url": .string(address)]])
      },
    ])
    return [
      "type": "message",
      "attachments": [
        ["contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": .null, "content": card]
      ],
    ]
  }

  /// Source: docs.mattermost.com, "Incoming webhooks"; its Markdown is that of CommonMark and GFM, and `@` a mention.
  private var mattermost: JSON {
    var lines = ["#### " + Self.clipped(title, to: Limit.title, Self.markdown), ""]
    lines += [Self.clipped(paragraphs.joined(separator: "\n\n"), to: Limit.paragraphs, Self.markdown), ""]
    lines += facts.map { fact in
      "**\(Self.markdown(fact.name + language.colon))** " + Self.clipped(fact.value, to: Limit.fact, Self.markdown)
    }
    if let address { lines.append("[\(pageName)](\(address))") }
    lines.append(Self.markdown(reference))
    return ["text": .string(lines.joined(separator: "\n"))]
  }

  /// Texts of a card are HTML of a few tags, those of its header and labels are plain.
  /// Source: developers.google.com/workspace/chat, "Card v2".
  private var googleChat: JSON {
    func html(_ text: String, _ limit: Int) -> String { Self.clipped(text, to: limit, HTMLText.escaped) }
    let title = Self.clipped(title, to: Limit.title)
    let text = html(paragraphs.joined(separator: "\n\n"), Limit.paragraphs)
    var widgets: [JSON] = text.isEmpty ? [] : [["textParagraph": ["text": .string(text)]]]
    widgets += facts.map { fact in
      [
        "decoratedText": [
          "topLabel": .string(fact.name), "text": .string(html(fact.value, Limit.fact)), "wrapText": true,
        ]
      ]
    }
    if let address {
      widgets.append([
        "buttonList": [
          "buttons": [["text": .string(pageName), "onClick": ["openLink": ["url": .string(address)]]]]
        ]
      ])
    }
    let card: JSON = [
      "header": ["title": .string(title), "subtitle": .string(reference)], "sections": [["widgets": .array(widgets)]],
    ]
    return ["fallbackText": .string(title), "cardsV2": [["cardId": "notice", "card": card]]]
  }

  // MARK: Escaping

  /// The escaped text, with an ellipsis where it would be longer than `limit` octets. Never cut within what one scalar was
  /// escaped to.
  private static func clipped(_ text: String, to limit: Int, _ escape: (String) -> String = { $0 }) -> String {
    let whole = escape(text)
    guard whole.utf8.count > limit else { return whole }
    // Escaping is longer than what it escapes, and looks at what stands around: shortened until it fits.
    var kept = text.unicodeScalars.prefix(limit)
    while true {
      let short = escape(String(String.UnicodeScalarView(kept)).trimmed + "…")
      if short.utf8.count <= limit || kept.isEmpty { return short }
      kept = kept.dropLast(max(1, (short.utf8.count - limit) / 8))
    }
  }

  /// Scalar by scalar, as everything here: a sign with a combining accent is one character to Swift, and still markup.
  private static func entities(_ text: String) -> String {
    replacing(text) { scalar, _ in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: nil
      }
    }
  }

  /// `*`, `_`, `~` and a quotation sign are markup where a word begins, and a grave accent everywhere; Slack knows no
  /// escape for them, so that a blank without width takes the place before.
  private static func slackEscape(_ text: String) -> String {
    entities(
      replacing(text) { scalar, last in
        switch scalar {
        case "*", "_", "~":
          last.map { $0.properties.isAlphabetic || ("0"..."9").contains($0) } ?? false ? nil : "\u{200B}\(scalar)"
        case "`": "\u{200B}`"
        case ">": last == nil || last == "\n" ? "\u{200B}>" : nil
        default: nil
        }
      })
  }

  /// Names behind `@` would call people; no escape hinders that, a blank without width does.
  private static func markdown(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let escaped = lines.map { Escaping.markdown(String($0)) }.joined(separator: "\n")
    return replacing(escaped) { scalar, _ in scalar == "@" ? "@\u{200B}" : nil }
  }

  /// - Parameter piece: what stands for a scalar, given the one before it; nil for itself.
  private static func replacing(
    _ text: String, _ piece: (Unicode.Scalar, Unicode.Scalar?) -> String?
  ) -> String {
    var result = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if let piece = piece(scalar, last) { result += piece.unicodeScalars } else { result.append(scalar) }
      last = scalar
    }
    return String(result)
  }
}

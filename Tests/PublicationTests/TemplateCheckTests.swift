import Foundation
import Publication
import Testing

@Suite struct TemplateCheckTests {
  static let announcement = "notices/fr/announcement.mustache"
  static let layout = "layouts/notice.html.mustache"

  @Test func ourOwnTemplatesAreInOrder() {
    #expect(NoticeTemplates.check(folder: Samples.templateFolder).isEmpty)
  }

  @Test(arguments: [
    ("Objet\n\nUne {{maintenace}}.", 3, "unknown variable maintenace"),
    ("Objet\n\n{{#maintenace}}x{{/maintenace}}", 3, "unknown variable maintenace"),
    ("Objet\n\n{{title}}\n{{>pied}}", 4, "missing: {{>pied}}"),
    ("Objet\n\n{{>announcement}}", 3, "{{>announcement}} includes this file again"),
    ("Objet\n\n{{{title}}}", 3, "unescaped output is not allowed"),
    ("Objet\n\n\n{{&title}}", 4, "unescaped output is not allowed"),
    ("{{% CONTENT_TYPE: TEXT}}\nObjet\n\nx", 1, "{{%…}} is not allowed"),
    ("Objet\n\n{{#reason}}{{reason}}", 3, "{{#reason}} is never closed"),
    ("Objet\n\n{{#reason}}\n{{/raison}}", 4, "{{/raison}} found where {{/reason}} of line 3 is due"),
    ("Objet\n\n{{/reason}}", 3, "{{/reason}} closes nothing"),
    ("Objet\n\n{{reason}}", 3, "reason may be absent"),
    ("Objet\n\n{{training}}", 3, "training has no text of its own"),
    ("Objet\n\n{{title", 3, "{{ without }}"),
    ("Objet\n\n{{=<% %>=}}", 3, "{{=…=}} is not allowed"),
    ("Objet\n\n{{<closing}}{{/closing}}", 3, "{{<…}} and {{$…}} are not allowed"),
    ("Objet\n\n{{uppercased(title)}}", 3, "unknown variable uppercased(title)"),
    ("Objet\nTexte", 2, "the first line is the subject"),
    ("", 1, "is empty"),
  ])
  func aProblemIsNamedByFileAndLine(source: String, line: Int, message: String) throws {
    try expect([Self.announcement: source], Self.announcement, line, message)
  }

  @Test func includedFilesMayNotGoRound() throws {
    let files = ["notices/fr/closing.mustache": "{{>foot}}", "notices/fr/foot.mustache": "a\n{{>closing}}"]
    try expect(files, "notices/fr/foot.mustache", 2, "{{>closing}} includes this file again")
  }

  @Test func aMissingKindAndAStrayFileAreNamed() throws {
    try expect([Self.announcement: nil], Self.announcement, 1, "missing: there is one template for each kind")
    try expect(["notices/fr/anouncement.mustache": "x\n"], "notices/fr/anouncement.mustache", 1, "is used nowhere")
    try expect(["notices/de/update.mustache": "x\n"], "notices/de/update.mustache", 1, "is not a place")
    try expect([Self.layout: nil], Self.layout, 1, "missing: there is one layout for each format")
  }

  @Test func layoutsAreCheckedToo() throws {
    try expect([Self.layout: "<p>\n{{{subject}}}"], Self.layout, 2, "unescaped output is not allowed")
    try expect([Self.layout: "<p>\n{{title}}"], Self.layout, 2, "unknown variable title")
    try expect([Self.layout: "{{value}}"], Self.layout, 1, "value belongs to the items of a list")
  }

  /// Replaces (or with nil removes) files of our own set, and expects one problem both on checking and on loading.
  private func expect(_ changes: [String: String?], _ file: String, _ line: Int, _ message: String) throws {
    var files = try Samples.files()
    for (path, text) in changes { files[path] = text }
    let errors = try #require(throws: TemplateErrors.self) { try NoticeTemplates(files: files) }
    #expect(
      errors.problems.contains { $0.file == file && $0.line == line && $0.message.contains(message) },
      "\(errors)")
  }
}

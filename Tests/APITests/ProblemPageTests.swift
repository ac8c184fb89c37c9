import API
import Answers
import Testing

/// Where the `type` of problem details leads.
@Suite struct ProblemPageTests {
  @Test(arguments: ErrorCode.allCases)
  func `Every code has a page in both languages`(code: ErrorCode) throws {
    let answer = try #require(ProblemPage.answer("/problems/\(code.rawValue)"))
    #expect(answer.status == 200)
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(text.contains("<h1>\(code.rawValue) ("))
    let paragraphs = text.split(separator: "<p>").dropFirst().map { $0.prefix { $0 != "<" } }
    #expect(
      paragraphs.count == 2 && paragraphs.allSatisfy { $0.count > 15 } && paragraphs[0] != paragraphs[1], "\(text)")
    #expect(!text.contains(" ;") && !text.contains(" :"), "\(text)")
  }

  /// CSP level 3, section 6.7.2: without `style-src 'self'` a browser leaves the stylesheet out.
  @Test func `A page looks like those of the portal`() throws {
    let answer = try #require(ProblemPage.answer("/problems/refused"))
    #expect(String(decoding: answer.body, as: UTF8.self).contains(#"<link rel="stylesheet" href="/style.css">"#))
    let policy = try #require(answer.headers.first { $0.name == "content-security-policy" }?.value)
    #expect(policy.contains("default-src 'none'") && policy.contains("style-src 'self'"))
  }

  /// Codes that say the same would be one code.
  @Test func `No two codes are explained alike`() {
    let bodies = ErrorCode.allCases.compactMap { ProblemPage.answer("/problems/\($0.rawValue)")?.body }
    let explanations = Set(
      bodies.map { String(decoding: $0, as: UTF8.self).split(separator: "<section", maxSplits: 1).last ?? "" })
    #expect(explanations.count == ErrorCode.allCases.count)
  }

  @Test(arguments: ["/problems/", "/problems/nothing", "/problems/busy/", "/problems", "/problems/<b>", "/"])
  func `Other paths have none`(path: String) { #expect(ProblemPage.answer(path) == nil) }
}

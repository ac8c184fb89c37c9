import Register
import Testing

/// Signatures as others compute them.
@Suite struct SignatureTests {
  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"

  /// The example of the Standard Webhooks libraries; both values computed with `standardwebhooks` of PyPI.
  @Test(arguments: [
    (#"{"test": 2432232314}"#, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    (#"{"title": "Mise à jour – Éléphant"}"#, "v1,wxb7t/M5x24bsnBjlFRbABp7M+HIP7mjlSd9OKTp7V4="),
  ])
  func `A signature is the one of the reference implementation`(body: String, expected: String) throws {
    let secret = try #require(WebhookSecret(Self.secret))
    #expect(secret.signature(id: Self.id, timestamp: 1_614_265_330, body: Array(body.utf8)) == expected)
  }

  @Test func `A new secret has 256 bits and is read back`() throws {
    var seen: Set<String> = []
    for _ in 0..<500 {
      let secret = WebhookSecret.random()
      #expect(secret.text.wholeMatch(of: /whsec_[A-Za-z0-9+\/]{43}=/) != nil)
      #expect(WebhookSecret(secret.text) == secret)
      seen.insert(secret.text)
    }
    #expect(seen.count == 500)
  }

  @Test(arguments: [
    "", "whsec_", "whsec_AAAA", secret + "=", "whsek_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", secret + "\n",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-", "whsec_" + String(repeating: "A", count: 4000),
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwB===", "whsec_====MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  ])
  func `What is no secret is not taken for one`(text: String) { #expect(WebhookSecret(text) == nil) }
}

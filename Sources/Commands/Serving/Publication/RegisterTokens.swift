import API
import Register

/// The tokens of the register, as of its own clock.
struct RegisterTokens: Authenticator {
  let register: Register

  func principal(bearing secret: String) throws -> Principal? {
    try register.principal(bearing: secret, at: register.now)
  }
}

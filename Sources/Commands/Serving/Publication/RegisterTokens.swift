import API
package import Register

/// The tokens of the register, as of its own clock.
package struct RegisterTokens: Authenticator {
  let register: Register

  package init(register: Register) { self.register = register }

  package func principal(bearing secret: String) throws -> Principal? {
    try register.principal(bearing: secret, at: register.now)
  }
}

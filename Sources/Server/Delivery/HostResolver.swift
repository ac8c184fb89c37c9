import Dispatch
import Glibc
package import Register
import Synchronization

/// Turns the name of a host into addresses.
package protocol HostResolver: Sendable {
  /// Never empty. Throws ``DeliveryFault``.
  func addresses(of host: String) async throws -> [NetworkAddress]
}

/// What kept a message from being sent, in words for the list of deliveries.
package struct DeliveryFault: Error, Hashable, Sendable {
  package let message: String
  package init(_ message: String) { self.message = message }
}

/// The resolver of the system, in the order that it prefers (RFC 6724).
package struct SystemResolver: HostResolver {
  private static let queue = DispatchQueue(label: "resolver", attributes: .concurrent)

  package init() {}

  package func addresses(of host: String) async throws -> [NetworkAddress] {
    let answer = Once<Result<[NetworkAddress], DeliveryFault>>()
    // A look-up cannot be called off; who waits for it can be.
    return try await withTaskCancellationHandler {
      try await withCheckedContinuation { continuation in
        answer.wait(with: continuation)
        SystemResolver.queue.async { answer.give(SystemResolver.look(up: host)) }
      }.get()
    } onCancel: {
      answer.give(.failure(DeliveryFault("called off")))
    }
  }

  private static func look(up host: String) -> Result<[NetworkAddress], DeliveryFault> {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, nil, &hints, &list)
    guard code == 0 else {
      return .failure(DeliveryFault("\(host): \(unsafe String(cString: gai_strerror(code)))"))
    }
    defer { unsafe freeaddrinfo(list) }
    var found: [NetworkAddress] = []
    var next = unsafe list
    while let entry = unsafe next {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let length = socklen_t(text.count)
      guard
        unsafe getnameinfo(
          entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0
      else { return .failure(DeliveryFault("\(host): an address that cannot be read")) }
      let shown = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      // With a zone it is link-local: nothing that may be asked, and refused as a whole.
      guard let address = NetworkAddress(shown) else {
        return .failure(DeliveryFault("\(host): \(shown) is no address of the public Internet"))
      }
      if !found.contains(address) { found.append(address) }
      unsafe next = entry.pointee.ai_next
    }
    return found.isEmpty ? .failure(DeliveryFault("\(host): no address")) : .success(found)
  }
}

/// Resumes a continuation with the first of several answers.
final class Once<Value: Sendable>: Sendable {
  private struct State {
    var continuation: CheckedContinuation<Value, Never>?
    var value: Value?
    var isOver = false
  }

  private let state = Mutex(State())

  var isGiven: Bool { state.withLock { $0.value != nil } }

  func wait(with continuation: CheckedContinuation<Value, Never>) {
    let value = state.withLock { state -> Value? in
      if let value = state.value, !state.isOver {
        state.isOver = true
        return value
      }
      state.continuation = continuation
      return nil
    }
    if let value { continuation.resume(returning: value) }
  }

  func give(_ value: Value) {
    let continuation = state.withLock { state -> CheckedContinuation<Value, Never>? in
      guard !state.isOver, state.value == nil else { return nil }
      state.value = value
      guard let waiting = state.continuation else { return nil }
      state.continuation = nil
      state.isOver = true
      return waiting
    }
    continuation?.resume(returning: value)
  }
}

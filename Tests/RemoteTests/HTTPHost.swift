import API
import Foundation
import Synchronization

/// A server on a loopback port, on threads of its own, for the program as a whole. One request a connection.
final class HTTPHost: Sendable {
  enum Fault: Sendable {
    /// The connection is closed before the request is looked at, or after it was carried out.
    case droppedBefore, droppedAfter
    case answered(APIAnswer)
  }

  let port: Int
  private let socket: Int32
  private let state: Mutex<State>

  private struct State {
    var number = 0
    var fault: @Sendable (Int, APICall) -> Fault? = { _, _ in nil }
    var isOver = false
  }

  init(_ answer: @escaping @Sendable (APICall) -> APIAnswer) throws {
    state = Mutex(State())
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.socket = socket
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(socket, address, length) | listen(socket, 64) | getsockname(socket, address, &length)
      }
    }
    guard result == 0 else { throw CocoaError(.featureUnsupported) }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(socket, nil, nil)
        guard connection >= 0, let host = self, !host.state.withLock({ $0.isOver }) else { return }
        Thread.detachNewThread { host.serve(connection, answer) }
      }
    }
  }

  deinit {
    state.withLock { $0.isOver = true }
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  /// What befalls the request of that number, from 1 for the next one.
  func setFault(_ fault: @escaping @Sendable (Int, APICall) -> Fault?) {
    state.withLock { state in
      state.fault = fault
      state.number = 0
    }
  }

  private func serve(_ connection: Int32, _ answer: (APICall) -> APIAnswer) {
    let handle = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
    guard let call = read(handle) else { return }
    let fault = state.withLock { state in
      state.number += 1
      return state.fault(state.number, call)
    }
    switch fault {
    case .droppedBefore?: return
    case .droppedAfter?: _ = answer(call)
    case .answered(let fixed)?: write(fixed, handle)
    case nil: write(answer(call), handle)
    }
  }

  private func read(_ handle: FileHandle) -> APICall? {
    var data = Data()
    let end = Data("\r\n\r\n".utf8)
    while data.range(of: end) == nil {
      let more = handle.availableData
      if more.isEmpty { return nil }
      data += more
    }
    let range = data.range(of: end)!
    let head = String(decoding: data[..<range.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let first = head[0].split(separator: " ").map(String.init)
    let headers = head.dropFirst().map { line -> (String, String) in
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      return (parts[0].lowercased(), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
    }
    var body = Data(data[range.upperBound...])
    let length = headers.first { $0.0 == "content-length" }.flatMap { Int($0.1) } ?? 0
    while body.count < length {
      let more = handle.availableData
      if more.isEmpty { return nil }
      body += more
    }
    let target = first[1].split(separator: "?", maxSplits: 1).map(String.init)
    return APICall(
      first[0], target[0], query: target.count > 1 ? target[1] : nil,
      headers: headers.map { (name: $0.0, value: $0.1) }, body: [UInt8](body))
  }

  private func write(_ answer: APIAnswer, _ handle: FileHandle) {
    var head = "HTTP/1.1 \(answer.status) X\r\nConnection: close\r\n"
    for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
    if answer.status != 304 { head += "Content-Length: \(answer.body.count)\r\n" }
    try? handle.write(contentsOf: Data((head + "\r\n").utf8) + Data(answer.body))
  }
}

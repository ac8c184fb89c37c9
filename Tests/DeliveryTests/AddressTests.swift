import Register
import Server
import Synchronization
import Testing

/// Where a stranger's address may lead, and where not. Expected answers: IANA special-purpose registries.
@Suite struct AddressTests {
  @Test(arguments: [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:7f00:1",
    "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378::1", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456:789a::1", "fe80::1", "febf::1",
    "fec0::1", "ff02::1", "ff0e::1", "0:0:0:0:0:ffff:c0a8:0101",
  ])
  func `An address of a special purpose is refused`(text: String) throws {
    #expect(try !#require(NetworkAddress(text)).isPublic)
  }

  @Test(arguments: [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
    "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4007:80c::200e",
    "2001:4860:4860::8888", "2000::1",
  ])
  func `An address of the public Internet is taken`(text: String) throws {
    #expect(try #require(NetworkAddress(text)).isPublic)
  }

  @Test(arguments: [
    "", "1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.4 ", "0x7f.0.0.1", "2130706433", ":", ":::", "1:2",
    "1::2::3", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "::1.2.3", "1.2.3.4::", "::g", "fe80::1%eth0", "fe80|1:2",
    "12345::", "1:2:3:4:5:6:7:1.2.3.4", "[::1]", "::ffff:1.2.3.400",
  ])
  func `What is no address is not read as one`(text: String) { #expect(NetworkAddress(text) == nil) }

  @Test func `Two ways to write an address are the same`() {
    #expect(NetworkAddress("::ffff:192.168.1.1") == NetworkAddress("0:0:0:0:0:FFFF:c0a8:101"))
    #expect(NetworkAddress("2001:db8::1")?.description == "2001:db8:0:0:0:0:0:1")
  }

  /// Answers from a list, one after the other, and counts.
  final class Resolver: HostResolver {
    let answers: [[String]]
    let asked = Mutex<[String]>([])
    init(_ answers: [[String]]) { self.answers = answers }

    func addresses(of host: String) async throws -> [NetworkAddress] {
      let count = asked.withLock { asked in
        asked.append(host)
        return asked.count
      }
      return answers[min(count, answers.count) - 1].compactMap { NetworkAddress($0) }
    }
  }

  /// Connects nowhere, and remembers where it would have.
  final class Transport: WebhookTransport {
    let sent = Mutex<[String]>([])
    let unreachable: Set<String>
    init(unreachable: Set<String> = []) { self.unreachable = unreachable }

    func send(_ request: WebhookRequest, to address: NetworkAddress) async throws -> WebhookAnswer {
      sent.withLock { $0.append("\(request.address.host) at \(address)") }
      if unreachable.contains("\(address)") { throw Unconnected(message: "refused") }
      return WebhookAnswer(status: 204)
    }
  }

  private func post(_ url: String, _ resolver: Resolver, _ transport: Transport) async throws -> WebhookAnswer {
    try await WebhookClient(resolver: resolver, transport: transport).post(
      [], id: "msg_1", to: url, secrets: [.random()], at: Post.utc("2026-11-02T09:00:00Z"))
  }

  @Test func `A name that changes its meaning after the look does not matter`() async throws {
    let resolver = Resolver([["93.184.216.34"], ["127.0.0.1"]])
    let transport = Transport()
    #expect(try await post("https://rebind.example/", resolver, transport).status == 204)
    #expect(resolver.asked.withLock { $0 } == ["rebind.example"])
    #expect(transport.sent.withLock { $0 } == ["rebind.example at 93.184.216.34"])
    // Looked at again at the next attempt.
    await #expect(throws: DeliveryFault.self) { try await post("https://rebind.example/", resolver, transport) }
    #expect(transport.sent.withLock { $0 }.count == 1)
  }

  @Test(arguments: [["93.184.216.34", "127.0.0.1"], ["::1"], ["::ffff:10.0.0.1"], ["2606:4700::1", "fe80::1"]])
  func `One private address among several refuses the name`(addresses: [String]) async throws {
    let transport = Transport()
    await #expect(throws: DeliveryFault.self) {
      try await post("https://mixed.example/", Resolver([addresses]), transport)
    }
    #expect(transport.sent.withLock { $0 } == [])
  }

  @Test(arguments: [
    "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://[::ffff:7f00:1]/",
  ])
  func `A private address that is written out is refused`(url: String) async throws {
    let transport = Transport()
    await #expect(throws: DeliveryFault.self) { try await post(url, Resolver([["1.1.1.1"]]), transport) }
    #expect(transport.sent.withLock { $0 } == [])
  }

  @Test func `Without a connection the next address is tried, and plain http goes nowhere`() async throws {
    let transport = Transport(unreachable: ["2606:4700:0:0:0:0:0:1"])
    let resolver = Resolver([["2606:4700::1", "93.184.216.34"]])
    #expect(try await post("https://two.example/", resolver, transport).status == 204)
    #expect(transport.sent.withLock { $0 }.count == 2)
    await #expect(throws: DeliveryFault.self) { try await post("http://two.example/", resolver, transport) }
  }

  @Test func `The resolver of the system gives loopback for what glibc takes for it`() async throws {
    let resolver = SystemResolver()
    for host in ["localhost", "2130706433", "0177.1", "0x7f.1"] {
      let found = try await resolver.addresses(of: host)
      #expect(found.allSatisfy { !$0.isPublic } && !found.isEmpty, "\(host): \(found)")
    }
    await #expect(throws: DeliveryFault.self) { try await resolver.addresses(of: "nowhere.invalid") }
  }
}

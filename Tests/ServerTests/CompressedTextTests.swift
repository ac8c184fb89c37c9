import Foundation
import NIOCore
import Testing

@testable import Server

/// Large files are compressed in blocks, of which a later form takes over what is the same.
struct CompressedTextTests {
  /// Numbers that are the same each time, in lines that compress as a feed does.
  private func text(_ octets: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    var text: [UInt8] = []
    text.reserveCapacity(octets + 100)
    while text.count < octets {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += Array(
        "BEGIN:VEVENT\r\nUID:CHG-\(state >> 33)@preavis\r\nSUMMARY:Mise à jour de la base\r\nEND:VEVENT\r\n".utf8)
    }
    return Array(text.prefix(octets))
  }

  /// What gzip makes of it.
  private func unpacked(_ text: CompressedText) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "preavis-\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.buffer.readableBytesView).write(to: file)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Array(bytes)
  }

  @Test(arguments: [0, 1, 32_767, 32_768, 32_769, 262_144, 262_145, 700_000])
  func `gzip reads what was put together`(octets: Int) throws {
    let text = text(octets)
    #expect(try unpacked(CompressedText(text)) == text)
    let flat = [UInt8](repeating: 0x41, count: octets)
    #expect(try unpacked(CompressedText(flat)) == flat)
  }

  @Test func `A change in the middle leaves all blocks but two or three, and the same bytes as without them`() throws {
    let before = text(1_500_000)
    let first = try CompressedText(before)
    var state: UInt64 = 7
    for round in 0..<12 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var after = before
      let place = Int(state >> 33) % after.count
      switch round % 4 {
      case 0: after.insert(contentsOf: text(1000, seed: state), at: place)
      case 1: after.removeSubrange(place..<min(place + 700, after.count))
      case 2: after[place] ^= 1
      default: after += text(900, seed: state)
      }
      let anew = try CompressedText(after)
      let second = try CompressedText(after, older: first)
      #expect(second.buffer == anew.buffer)
      #expect(try unpacked(second) == after)
      let (blocks, same) = second.shared(with: first)
      #expect(blocks > 10 && blocks - same <= 4, "\(blocks - same) of \(blocks) blocks")
    }
  }

  @Test func `A block is not taken over where another stands before it`() throws {
    let (one, two, three) = (text(262_144, seed: 1), text(262_144, seed: 2), text(300_000, seed: 3))
    let older = try CompressedText(one + three)
    let mixed = two + three
    #expect(try unpacked(CompressedText(mixed, older: older)) == mixed)
    #expect(try CompressedText(mixed, older: older).buffer == CompressedText(mixed).buffer)
  }
}

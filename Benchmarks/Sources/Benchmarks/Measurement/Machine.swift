import Foundation

/// What the figures were measured on.
enum Machine {
  static var description: String {
    let information = ProcessInfo.processInfo
    let memory = Figures.plain(Double(information.physicalMemory) / 1_073_741_824)
    return """
      machine: \(information.activeProcessorCount) cores (\(processor)), \(memory) GB, \(system)
      compiler: \(compiler)
      """
  }

  /// The most memory of this process that was ever resident, in bytes (`VmHWM` of proc(5)).
  static var peakMemory: Int {
    let line = lines("/proc/self/status").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }

  private static func lines(_ file: String) -> [Substring] {
    ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: "\n")
  }

  private static var processor: String {
    let line = lines("/proc/cpuinfo").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces) ?? "unknown processor"
  }

  private static var system: String {
    let line = lines("/etc/os-release").first { $0.hasPrefix("PRETTY_NAME=") }
    return line?.dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: ["\""])
      ?? ProcessInfo.processInfo.operatingSystemVersionString
  }

  private static var compiler: String {
    (try? Child.output("/usr/bin/env", ["swift", "--version"]))?.split(separator: "\n").first.map(String.init)
      ?? "unknown"
  }
}

/// A process of its own.
enum Child {
  struct Failed: Error, CustomStringConvertible {
    let command: String
    let status: Int32
    var description: String { "\(command) ended with \(status)" }
  }

  /// Standard output of a program that ends with 0.
  static func output(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(command: ([program] + arguments).joined(separator: " "), status: process.terminationStatus)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
